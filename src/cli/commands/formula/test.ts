/** `formula test`: cases and properties of formulas from YAML files, reported for people or for machines. */
import type { Call, Handler } from '../../context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { jsonReport } from '../../formula/reporters/json.js';
import { junitReport } from '../../formula/reporters/junit.js';
import { tapReport } from '../../formula/reporters/tap.js';
import { textReport } from '../../formula/reporters/text.js';
import { type TestedFile, testFile } from '../../formula/test-files.js';
import type { TestReport } from '../../formula/test-result.js';
import { FileWatch } from '../../formula/watch-files.js';
import { Interrupt } from '../../interrupt.js';

type TestCall = Call<'reporter' | 'watchFiles' | 'update'>;

/** Exits 4 when a case or a property fails, 3 for a file that cannot be tested; under --watch 0, when it is ended. */
export const test: Handler<keyof TestCall['options']> = async (call) => {
  const watch = call.options.watchFiles ? new FileWatch() : null;
  const interrupt = new Interrupt(
    () => watch?.stop(),
    () => {},
  );
  try {
    return watch === null ? await once(call, interrupt) : await again(call, interrupt, watch);
  } finally {
    interrupt.release();
  }
};

async function once(call: TestCall, interrupt: Interrupt): Promise<ExitCode> {
  const tested = await testAll(call, interrupt);
  if (interrupt.code !== null) return interrupt.code;
  if (tested.some(({ problems }) => problems.length > 0)) return EXIT.invalid;
  return tested.every(({ report }) => report.results.every(({ ok }) => ok)) ? EXIT.ok : EXIT.expectation;
}

/** Runs, waits for a change, runs. */
async function again(call: TestCall, interrupt: Interrupt, watch: FileWatch): Promise<ExitCode> {
  const { output } = call.context;
  while (interrupt.code === null) {
    const tested = await testAll(call, interrupt);
    watch.set(tested.flatMap(({ reads }) => reads));
    output.note('waiting for a change; Ctrl-C ends');
    const changed = interrupt.code === null ? await watch.next() : null;
    if (changed !== null) output.note(`\n${changed} changed`);
  }
  watch.stop();
  return EXIT.ok;
}

async function testAll({ context, args, options }: TestCall, interrupt: Interrupt): Promise<readonly TestedFile[]> {
  const tested: TestedFile[] = [];
  for (const path of args) {
    if (interrupt.code === null) tested.push(await testFile(path, context, interrupt, options.update));
  }
  const { output, terminal } = context;
  const reporter = options.reporter ?? (options.json ? 'json' : 'text');
  // Where a person reads, problems come with their carets; in the reports of machines they are failures like others.
  if (reporter === 'text') for (const { problems } of tested) output.problems(problems);
  const testable = tested.filter(({ problems }) => reporter !== 'text' || problems.length === 0);
  const isWorthIt = interrupt.code === null && testable.length > 0;
  if (isWorthIt) {
    output.result(
      reportAs(
        reporter,
        testable.map(({ report }) => report),
        terminal.stdoutColor,
      ),
    );
  }
  return tested;
}

function reportAs(
  reporter: NonNullable<TestCall['options']['reporter']>,
  reports: readonly TestReport[],
  color: boolean,
): string {
  switch (reporter) {
    case 'json':
      return jsonReport(reports);
    case 'tap':
      return tapReport(reports);
    case 'junit':
      return junitReport(reports);
    case 'text':
      return textReport(reports, color);
  }
}

/** Runs formula test files, one after the other, and if wanted writes down what came out. */
import { type Diagnostic, placeText, renderDiagnostic } from '../../base/index.js';
import { nodeFiles, writeWhole } from '../../host/index.js';
import { type FormulaTest, readFormulaTest, updatedText } from '../../scenario/index.js';
import type { Context } from '../context.js';
import type { Interrupt } from '../interrupt.js';
import { ProgressReporter } from '../progress-reporter.js';
import { simulateWatched } from '../simulate.js';
import { type RanCase, runCases } from './run-cases.js';
import { judgeRun, prepareRun } from './run-properties.js';
import type { TestReport, TestResult } from './test-result.js';

/** A file that was tested. */
export interface TestedFile {
  readonly report: TestReport;
  /** What keeps the file from being tested; empty: nothing. */
  readonly problems: readonly Diagnostic[];
  /** Every file whose change could change the outcome. */
  readonly reads: readonly string[];
}

/** Tests the file at a path. With `update` its cases expect from now on what came out. */
export async function testFile(
  path: string,
  context: Context,
  interrupt: Interrupt,
  update: boolean,
): Promise<TestedFile> {
  const read = readFormulaTest(path, nodeFiles());
  if (!read.ok) return invalid(path, read.error, [path]);
  const test = update ? updated(read.value, context) : read.value;
  const cases = runCases(test).map(({ result }) => result);
  const ran = await runProperties(test, context, interrupt);
  if (ran.problems.length > 0) return invalid(path, ran.problems, [...test.files, ...ran.reads]);
  return {
    report: { file: path, results: [...cases, ...ran.results] },
    problems: [],
    reads: [...test.files, ...ran.reads],
  };
}

async function runProperties(test: FormulaTest, { output, terminal, env }: Context, interrupt: Interrupt) {
  const { simulation } = test;
  const nothing: readonly TestResult[] = [];
  if (simulation === null) return { results: nothing, problems: [], reads: [] };
  const prepared = prepareRun(test, simulation, env);
  const own = 'path' in simulation.scenario ? [simulation.scenario.path] : [];
  if (!prepared.ok) return { results: nothing, problems: prepared.error, reads: own };
  const { scenario, files } = prepared.value;
  const progress = new ProgressReporter(output, terminal);
  const { recording } = await simulateWatched(scenario, { record: 'summary' }, interrupt, progress, 'simulating');
  const results = interrupt.code === null ? judgeRun(recording, prepared.value, simulation) : nothing;
  return { results, problems: [], reads: files };
}

/** The test with its file rewritten; the same test where nothing differs, or the file cannot be written. */
function updated(test: FormulaTest, { output }: Context): FormulaTest {
  const wrong = runCases(test).filter(({ result }) => !result.ok);
  if (wrong.length === 0) return test;
  const text = updatedText(test, wrong.map(outcomeOf));
  const written = writeWhole(test.file, [text]);
  if (!written.ok) {
    output.note(`note: ${test.file} is left as it was: ${written.error}`);
    return test;
  }
  output.note(`updated ${wrong.length} of ${test.cases.length} cases in ${test.file}`);
  const again = readFormulaTest(test.file, nodeFiles());
  return again.ok ? again.value : test;
}

function outcomeOf({ case: one, evaluation }: RanCase) {
  return { case: one, evaluation };
}

/** A file that cannot be tested is one failed result: what reads the report must not take it for success. */
function invalid(path: string, problems: readonly Diagnostic[], reads: readonly string[]): TestedFile {
  const says = problems.map(renderDiagnostic);
  const [first] = problems;
  const place = first === undefined ? null : placeText(first);
  const result: TestResult = { kind: 'file', name: 'the file can be tested', ok: false, says, place };
  return { report: { file: path, results: [result] }, problems, reads };
}

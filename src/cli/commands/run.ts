/** `run`: load, simulate, write the run folder, print the summary. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { formatCount, formatDuration } from '../../base/index.js';
import { checkRunFolder, type FolderProblem } from '../../host/index.js';
import { checkExpectations, type Expectation, type Run, readExpectations, summarize } from '../../recording/index.js';
import { summaryJson } from '../../report/index.js';
import { type LoadedScenario, preflight } from '../../scenario/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Call, Context, Handler } from '../context.js';
import { firstDifference } from '../determinism.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { Interrupt } from '../interrupt.js';
import { loadFile, refusalCode } from '../load.js';
import { ProgressReporter } from '../progress-reporter.js';
import { runText } from '../run-text.js';
import { simulateWatched } from '../simulate.js';
import { writeRun } from '../write-run.js';

type RunCall = Call<'runOut' | 'runFormat' | 'noFiles' | 'seed' | 'set' | 'var' | 'until' | 'checkDeterminism'>;

/** A run that may begin: everything that could be wrong beforehand has been looked at. */
interface Plan {
  readonly loaded: LoadedScenario;
  readonly expectations: readonly Expectation[];
  /** Run folder; null: none is wanted. */
  readonly folder: string | null;
}

/** Exits 4 if a rule under expect does not hold or `onActionError: fail` stopped it, 130 or 143 if a signal did. */
export const run: Handler<keyof RunCall['options']> = async (call) => {
  const plan = prepare(call);
  if (typeof plan === 'number') return plan;
  let discard = () => {};
  const interrupt = new Interrupt(
    () => call.context.output.note('stopping; what there is will be reported (once more to quit at once)'),
    () => discard(),
  );
  try {
    const result = await simulatePlan(call, plan, interrupt);
    if (typeof result === 'number') return result;
    return await finish(call, plan, result, interrupt, (undo) => {
      discard = undo;
    });
  } finally {
    interrupt.release();
  }
};

function prepare({ context, args, options }: RunCall): Plan | ExitCode {
  const { output } = context;
  const loaded = loadFile(args[0] as string, options, context.env);
  if (!loaded.ok) {
    output.problems(loaded.error);
    return refusalCode(loaded.error);
  }
  output.problems(loaded.value.warnings);
  output.problems(preflight(loaded.value.scenario, loaded.value.places).diagnostics);
  context.subject.seed = loaded.value.scenario.seed;
  const expectations = readExpectations(loaded.value.expect);
  if (!expectations.ok) {
    output.problems(expectations.error);
    return EXIT.invalid;
  }
  const folder = options.noFiles ? null : (options.runOut ?? defaultFolder(loaded.value, context.version));
  const usable = folder === null ? null : checkRunFolder(folder);
  if (usable !== null && !usable.ok) return refuseFolder(context, usable.error);
  return { loaded: loaded.value, expectations: expectations.value, folder };
}

/** Runs once, or twice to compare. */
async function simulatePlan({ context, options }: RunCall, plan: Plan, interrupt: Interrupt): Promise<Run | ExitCode> {
  const { output, terminal } = context;
  const { scenario } = plan.loaded;
  const record = plan.folder === null && !options.checkDeterminism ? 'summary' : 'full';
  const once = (phase: string) =>
    simulateWatched(scenario, { record }, interrupt, new ProgressReporter(output, terminal), phase);
  if (options.verbose) output.note(`read ${plan.loaded.files.join(', ')}; simulating with seed ${scenario.seed}`);
  const startedMs = performance.now();
  const first = await once('simulating');
  const tookMs = performance.now() - startedMs;
  if (options.verbose)
    output.note(`${formatCount(first.recording.run.eventCount)} events in ${formatDuration(tookMs)}`);
  if (!options.checkDeterminism || interrupt.code !== null) return first;
  const second = await once('simulating again');
  if (interrupt.code !== null) return first;
  const difference = firstDifference(first.recording, second.recording);
  if (difference !== null) {
    output.problems([
      cliError(CLI_CODES.notDeterministic, difference, `please report the scenario and seed ${scenario.seed}`),
    ]);
    return EXIT.failure;
  }
  output.note(`two runs gave the same events and the same digest, ${first.recording.run.digest}`);
  return first;
}

/** Sums up, writes, prints. */
async function finish(
  { context, args, options }: RunCall,
  { loaded, expectations, folder }: Plan,
  result: Run,
  interrupt: Interrupt,
  onBegun: (discard: () => void) => void,
): Promise<ExitCode> {
  const { output, terminal, version } = context;
  const summary = summarize(result);
  const outcomes = checkExpectations(expectations, summary);
  const runContext = {
    tool: { name: 'batchsim', version },
    scenarioHash: createHash('sha256').update(loaded.resolvedYaml).digest('hex'),
    resolvedYaml: loaded.resolvedYaml,
    summary,
    expect: outcomes,
  };
  let written: Parameters<typeof runText>[2] = null;
  if (folder !== null) {
    const progress = new ProgressReporter(output, terminal);
    const done = await writeRun(folder, result, runContext, options.runFormat ?? ['csv', 'json'], progress, onBegun);
    if (!done.ok) return refuseFolder(context, done.error);
    written = { folder, run: done.value };
  }
  output.result(options.json ? summaryJson(summary, outcomes) : runText(summary, outcomes, written, terminal));
  if (folder !== null && options.json) output.note(`files: ${folder}/`);
  output.note(next(args[0] as string, loaded));
  if (interrupt.code !== null) return interrupt.code;
  const isStopped = reportFailure(context, result);
  return isStopped || !outcomes.every((outcome) => outcome.met) ? EXIT.expectation : EXIT.ok;
}

/** ERR-19: says what stopped the run, if `onActionError: fail` did. */
function reportFailure({ output }: Context, { recording }: Run): boolean {
  const { failure, endMs } = recording.run;
  if (failure === undefined) return false;
  const message = `the run stopped after ${formatDuration(endMs)}: ${failure}`;
  const hint = 'correct the action, or write expectError beside it';
  output.problems([cliError(CLI_CODES.actionRefused, message, hint)]);
  return true;
}

/** A folder named after the scenario and what decides its outcome: the same run always lands in the same place. */
function defaultFolder({ resolvedYaml, scenario }: LoadedScenario, version: string): string {
  const hash = createHash('sha256').update(`${resolvedYaml}\n${scenario.seed}\n${version}`).digest('hex');
  const name = scenario.name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return join('reports', `${name}-${hash.slice(0, 6)}`);
}

/** The next likely command: the same with a pool twice as large, or with another seed. */
function next(file: string, { scenario }: LoadedScenario): string {
  const pool = scenario.accounts.flatMap((account) => account.pools).find((one) => one.targetDedicatedNodes > 0);
  const change =
    pool === undefined ? '--seed 2' : `--set pools.${pool.id}.targetDedicatedNodes=${pool.targetDedicatedNodes * 2}`;
  return `next: batchsim run ${file} ${change}`;
}

function refuseFolder({ output }: Context, problem: FolderProblem): ExitCode {
  const story = problem.kind === 'usage' ? CLI_CODES.folderInUse : CLI_CODES.cannotWrite;
  output.problems([cliError(story, problem.message, 'name another folder with -o')]);
  return problem.kind === 'usage' ? EXIT.usage : EXIT.failure;
}

/** A scenario and formulas named on the command line → one simulated run for each formula. */
import { diagnoseFormula } from '../../../autoscale/index.js';
import { type Diagnostic, err, ok, type Result } from '../../../base/index.js';
import type { Scenario } from '../../../model/index.js';
import { type Recording, scalingFigures, seriesOf } from '../../../recording/index.js';
import type { ScalingComparison, ScalingRun } from '../../../report/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import { readFormulaSource } from '../../commands/formula/read-formula.js';
import type { Context } from '../../context.js';
import type { Interrupt } from '../../interrupt.js';
import { ProgressReporter } from '../../progress-reporter.js';
import { simulateWatched } from '../../simulate.js';
import { type FoundPool, findScenarioPool, withFormula } from '../follow.js';

/** One formula to try. */
export interface Trial {
  readonly label: string;
  /** null: the pool has a fixed size. */
  readonly formula: string | null;
  readonly scenario: Scenario;
}

/** What is to be run. */
export interface Trials {
  readonly found: FoundPool;
  readonly trials: readonly Trial[];
  /** What is questionable in the formulas, or fails when they are evaluated. */
  readonly warnings: readonly Diagnostic[];
}

/** Finds the pool and reads the formulas; without any, or with `withOwn`, the pool's own is the first. */
export function prepareTrials(
  scenario: Scenario,
  files: readonly string[],
  wanted: string | null,
  withOwn: boolean,
): Result<Trials, readonly Diagnostic[]> {
  const found = findScenarioPool(scenario, wanted, ({ autoScale }) => autoScale !== null);
  if (!found.ok) {
    const { message, guess, isNear } = found.error;
    const hint = guess === null ? null : isNear ? `did you mean ${guess}?` : `name it: --pool ${guess}`;
    return err([cliError(CLI_CODES.badOptionValue, message, hint)]);
  }
  const { pool } = found.value;
  const own: Trial = { label: ownLabel(found.value), formula: pool.autoScale?.formula ?? null, scenario };
  const read = files.map((file) => readTrial(file, scenario, found.value));
  const problems = read.flatMap((one) => (one.ok ? [] : one.error));
  if (problems.length > 0) return err(problems);
  const given = read.flatMap((one) => (one.ok ? [one.value] : []));
  const trials = withOwn || given.length === 0 ? [own, ...given] : given;
  const warnings = read.flatMap((one) => (one.ok ? one.value.warnings : []));
  return ok({ found: found.value, trials: told(trials, files), warnings });
}

function ownLabel({ pool }: FoundPool): string {
  if (pool.autoScale !== null) return `${pool.id} (own formula)`;
  return `${pool.id} (fixed at ${pool.targetDedicatedNodes + pool.targetLowPriorityNodes})`;
}

/** A formula that the service refuses cannot be tried; of one that only fails when it is evaluated the plot tells more. */
function readTrial(
  file: string,
  scenario: Scenario,
  found: FoundPool,
): Result<Trial & Pick<Trials, 'warnings'>, readonly Diagnostic[]> {
  const source = readFormulaSource(file);
  if (!source.ok) return err([source.error]);
  const { taskSlotsPerNode } = found.pool;
  const { formula, diagnostics } = diagnoseFormula(source.value, { taskSlotsPerNode });
  if (formula === null) return err(diagnostics);
  const { text } = source.value;
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const warnings = diagnostics.map((one): Diagnostic => ({ ...one, severity: 'warning' }));
  const label = name === '-' ? 'standard input' : name;
  return ok({ label, formula: text, scenario: withFormula(scenario, found, text), warnings });
}

/** Files of one name in several folders are told apart by their whole path. */
function told(trials: readonly Trial[], files: readonly string[]): readonly Trial[] {
  const labels = trials.map(({ label }) => label);
  const offset = trials.length - files.length;
  return trials.map((trial, i) =>
    labels.filter((label) => label === trial.label).length > 1
      ? { ...trial, label: files[i - offset] ?? trial.label }
      : trial,
  );
}

/** Runs one after the other; a signal ends the run at hand, and those after it are left out. */
export async function runTrials(
  { found, trials }: Trials,
  { output, terminal }: Context,
  interrupt: Interrupt,
): Promise<ScalingComparison> {
  const runs: ScalingRun[] = [];
  const { account, pool } = found;
  const [first] = trials;
  for (const { label, formula, scenario } of trials) {
    if (interrupt.code !== null) break;
    const progress = new ProgressReporter(output, terminal);
    const { recording } = await simulateWatched(scenario, { record: 'full' }, interrupt, progress, label);
    const row = recording.pools.findIndex(({ id, accountIndex }) => id === pool.id && accountIndex === account);
    const [series, figures] = [seriesOf(recording, row), scalingFigures(recording, row)];
    const { complete } = recording.run;
    runs.push({ label, formula, series, figures, missesMs: missesOf(recording, row), complete });
  }
  const { name = '', seed = 1, accounts = [] } = first?.scenario ?? {};
  return { scenario: name, seed, pool: accounts.length > 1 ? `${accounts[account]?.name}/${pool.id}` : pool.id, runs };
}

/** When evaluations of the pool's formula failed. */
function missesOf({ evaluations, formulas, outcomes }: Recording, pool: number): readonly number[] {
  return Array.from({ length: evaluations.count }, (_, row) => row)
    .filter((row) => formulas[evaluations.formula[row] as number]?.poolIndex === pool)
    .filter((row) => outcomes[evaluations.outcome[row] as number]?.code !== null)
    .map((row) => evaluations.atMs[row] as number);
}

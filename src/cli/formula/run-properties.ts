/** The run that a formula test asks for: its scenario, with the formula in the place of the pool's own, and the verdicts. */
import { compileFormula } from '../../autoscale/index.js';
import { type Diagnostic, err, nearest, ok, type Result } from '../../base/index.js';
import { nodeFiles } from '../../host/index.js';
import { DEFAULT_EVALUATION_INTERVAL_MS, type Pool, propertyText, type Scenario } from '../../model/index.js';
import { judgeScaling, type Recording } from '../../recording/index.js';
import { type FormulaSimulation, type FormulaTest, loadScenario, loadScenarioText } from '../../scenario/index.js';
import { CLI_CODES } from '../codes.js';
import { placeText } from './run-cases.js';
import type { TestResult } from './test-result.js';

/** A scenario that is ready to be simulated. */
export interface PreparedRun {
  readonly scenario: Scenario;
  /** The pool that follows the formula. */
  readonly pool: { readonly id: string; readonly account: number };
  /** Every file that the scenario was read from. */
  readonly files: readonly string[];
}

/** Loads the scenario and puts the formula in. The error is the author's. */
export function prepareRun(
  { formula, placed }: FormulaTest,
  simulation: FormulaSimulation,
  env: Readonly<Record<string, string | undefined>>,
): Result<PreparedRun, readonly Diagnostic[]> {
  const compiled = compileFormula(formula);
  if (!compiled.ok) return err(compiled.error.map(placed));
  const { scenario: given } = simulation;
  const options = { files: nodeFiles(), env };
  const loaded =
    'path' in given ? loadScenario(given.path, options) : loadScenarioText(given.name, given.text, options);
  if (!loaded.ok) return loaded;
  const { scenario, files } = loaded.value;
  const found = findPool(scenario, simulation);
  if (!found.ok) return err([found.error]);
  const { account, pool } = found.value;
  const accounts = scenario.accounts.map((one, index) =>
    index === account
      ? {
          ...one,
          pools: one.pools.map((other) => (other === pool ? following(pool, formula.text, simulation) : other)),
        }
      : one,
  );
  return ok({ scenario: { ...scenario, accounts }, pool: { id: pool.id, account }, files });
}

/** The verdicts on a run. */
export function judgeRun(
  recording: Recording,
  { pool }: PreparedRun,
  simulation: FormulaSimulation,
): readonly TestResult[] {
  const row = recording.pools.findIndex(({ id, accountIndex }) => id === pool.id && accountIndex === pool.account);
  return simulation.properties.map(({ property, mustHold, place }) => {
    const { ok: holds, says } = judgeScaling(recording, row, property);
    const name = mustHold ? propertyText(property) : `violates ${propertyText(property)}`;
    const unexpected = holds && !mustHold ? ['it holds: move it to properties', says] : [says];
    return { kind: 'property', name, ok: holds === mustHold, says: unexpected, place: placeText(place) };
  });
}

/** POOL-06: a pool that follows a formula has no targets of its own. */
function following(pool: Pool, formula: string, { evaluationIntervalMs }: FormulaSimulation): Pool {
  const own = pool.autoScale?.evaluationIntervalMs ?? DEFAULT_EVALUATION_INTERVAL_MS;
  const autoScale = { formula, evaluationIntervalMs: evaluationIntervalMs ?? own };
  return { ...pool, targetDedicatedNodes: 0, targetLowPriorityNodes: 0, autoScale };
}

interface FoundPool {
  readonly account: number;
  readonly pool: Pool;
}

function findPool({ accounts }: Scenario, { pool: wanted, place }: FormulaSimulation): Result<FoundPool, Diagnostic> {
  const all = accounts.flatMap(({ pools }, account) => pools.map((pool) => ({ account, pool })));
  const fitting = all.filter(({ pool }) => wanted === null || pool.id.toLowerCase() === wanted.toLowerCase());
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return ok(first);
  const ids = all.map(({ pool }) => pool.id);
  const near = wanted === null ? null : nearest(wanted, ids);
  const message =
    wanted === null
      ? `the scenario has ${ids.length === 0 ? 'no pool' : 'several pools'}, and the test does not say which one follows the formula`
      : `the scenario has ${fitting.length === 0 ? 'no' : 'more than one'} pool ${wanted}`;
  const hint = near === null ? `write pool: ${ids[0] ?? 'the id of a pool'}` : `did you mean ${near}?`;
  return err({ code: CLI_CODES.notInRun.code, severity: 'error', message, place, hint });
}

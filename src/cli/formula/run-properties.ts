/** The run that a formula test asks for: its scenario, with the formula in the place of the pool's own, and the verdicts. */
import { compileFormula } from '../../autoscale/index.js';
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { nodeFiles } from '../../host/index.js';
import { propertyText, type Scenario } from '../../model/index.js';
import { judgeScaling, type Recording } from '../../recording/index.js';
import { type FormulaSimulation, type FormulaTest, loadScenario, loadScenarioText } from '../../scenario/index.js';
import { CLI_CODES } from '../codes.js';
import { findScenarioPool, type NoPool, withFormula } from './follow.js';
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
  const found = findScenarioPool(scenario, simulation.pool);
  if (!found.ok) return err([noPool(found.error, simulation)]);
  const { account, pool } = found.value;
  const changed = withFormula(scenario, found.value, formula.text, simulation.evaluationIntervalMs);
  return ok({ scenario: changed, pool: { id: pool.id, account }, files });
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

function noPool({ message, guess, isNear }: NoPool, { place }: FormulaSimulation): Diagnostic {
  const hint = isNear ? `did you mean ${guess}?` : `write pool: ${guess ?? 'the id of a pool'}`;
  return { code: CLI_CODES.notInRun.code, severity: 'error', message, place, hint };
}

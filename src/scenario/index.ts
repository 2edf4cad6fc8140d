/** Scenario and trace text → a checked scenario, or located diagnostics. */
export type { CodeStory } from './codes/row.js';
export { SCENARIO_CODES, type ScenarioCode, scenarioCodeStory } from './codes.js';
export {
  type FormulaCase,
  type FormulaProperty,
  type FormulaSimulation,
  type FormulaTest,
  readFormulaTest,
} from './formula-files/read-test.js';
export type { GivenState } from './formula-files/state.js';
export { readState } from './formula-files/state-file.js';
export { readStateMoment, startMsOf, stateInputs } from './formula-files/state-inputs.js';
export { formulaTestJsonSchema } from './formula-files/test-file.js';
export { type CaseOutcome, updatedText } from './formula-files/update.js';
export { readVectors, type VectorsFile } from './formula-files/vectors-file.js';
export { findFormulas, type ScenarioFormula } from './formulas/find.js';
export { scenarioJsonSchema } from './json-schema.js';
export { type LoadedScenario, type LoadOptions, loadScenario, loadScenarioText } from './load.js';
export type { Finding } from './preflight/findings.js';
export type { CoreNeed } from './preflight/pools.js';
export { type Preflight, preflight } from './preflight/preflight.js';
export type { Place } from './text/tree.js';
export * from './traces/index.js';

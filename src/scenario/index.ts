/** Scenario and trace text → a checked scenario, or located diagnostics. */
export type { CodeStory } from './codes/row.js';
export { SCENARIO_CODES, type ScenarioCode, scenarioCodeStory } from './codes.js';
export { findFormulas, type ScenarioFormula } from './formulas/find.js';
export { scenarioJsonSchema } from './json-schema.js';
export { type LoadedScenario, type LoadOptions, loadScenario, loadScenarioText } from './load.js';
export type { Finding } from './preflight/findings.js';
export type { CoreNeed } from './preflight/pools.js';
export { type Preflight, preflight } from './preflight/preflight.js';
export type { Place } from './text/tree.js';
export * from './traces/index.js';

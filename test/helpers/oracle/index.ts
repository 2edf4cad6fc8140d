/** A slow simulator of a scenario, written from the rules alone, and what compares it with the engine. */
export { brokenRules } from './checks.js';
export { differences } from './compare.js';
export { type Line, type Outcome, oracle } from './outcome.js';
export { outcomeOf } from './recorded.js';

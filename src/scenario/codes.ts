/**
 * Every problem that a scenario can have: one row each, read by the loader and by `batchsim explain`. Codes are stable.
 * BS20nn: text and form · BS21nn: what Batch itself would refuse · BS22nn: questionable · BS23nn: what pre-flight finds.
 */
import { FORM_CODES } from './codes/form.js';
import { PREFLIGHT_CODES } from './codes/preflight.js';
import { QUESTIONABLE_CODES } from './codes/questionable.js';
import { REFUSED_CODES } from './codes/refused.js';
import type { CodeStory } from './codes/row.js';

/** The table, in the order of the codes. */
export const SCENARIO_CODES = [...FORM_CODES, ...REFUSED_CODES, ...QUESTIONABLE_CODES, ...PREFLIGHT_CODES] as const;

/** The code of a problem of a scenario. */
export type ScenarioCode = (typeof SCENARIO_CODES)[number]['code'];

/** The longer story of a code, or null when it is not one of a scenario's. */
export function scenarioCodeStory(code: string): CodeStory | null {
  return SCENARIO_CODES.find((story) => story.code === code) ?? null;
}

/** The step of files that go by time. */
import { parseDuration } from '../base/index.js';
import type { Scenario } from '../model/index.js';

/** An automatic step gives at most this many steps. */
export const AUTOMATIC_STEPS = 1000;

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NICE_MS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR_MS),
];

/** The shortest readable step, in ms, that covers so long a run in at most {@link AUTOMATIC_STEPS}. */
export function automaticStepMs(endMs: number): number {
  const nice = NICE_MS.find((stepMs) => stepMs * AUTOMATIC_STEPS >= endMs);
  if (nice !== undefined) return nice;
  let stepMs = DAY_MS;
  while (stepMs * AUTOMATIC_STEPS < endMs) stepMs *= 2;
  return stepMs;
}

/** `report.step` of a scenario in ms, or an automatic one. */
export function stepMsOf(scenario: Scenario, endMs: number): number {
  const report = scenario.extras['report'];
  const step = typeof report === 'object' && report !== null && 'step' in report ? report.step : null;
  if (typeof step === 'number' && step >= 1) return Math.floor(step);
  const parsed = typeof step === 'string' ? parseDuration(step) : null;
  return parsed?.ok && parsed.value >= 1 ? parsed.value : automaticStepMs(endMs);
}

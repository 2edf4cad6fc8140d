import { expect, test } from 'vitest';
import { makeScenario } from '../../src/model/index.js';
import { AUTOMATIC_STEPS, automaticStepMs, stepMsOf } from '../../src/report/step.js';

test.each([
  [0, 1000],
  [1_000_000, 1000],
  [1_000_001, 2000],
  [86_400_000, 120_000],
  [7 * 86_400_000, 900_000],
  [4000 * 86_400_000, 4 * 86_400_000],
])('a run of %i ms goes by steps of %i ms', (endMs, stepMs) => {
  expect(automaticStepMs(endMs)).toBe(stepMs);
  expect(endMs / stepMs).toBeLessThanOrEqual(AUTOMATIC_STEPS);
});

test.each([
  [{ step: '30s' }, 30_000],
  [{ step: 250 }, 250],
  [{ step: '' }, 1000],
  [{}, 1000],
  [null, 1000],
])('report: %j gives %i ms for a short run', (report, stepMs) => {
  expect(stepMsOf(makeScenario({ accounts: [], extras: { report } }), 500_000)).toBe(stepMs);
});

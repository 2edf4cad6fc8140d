import { expect, test } from 'vitest';
import { checkEnableAutoScale, checkRemoveNodes, checkResize } from '../../../src/model/index.js';
import { refusal } from './refusals.js';

const MINUTE = 60_000;

test.each<[number | null, number | null, number | null, string]>([
  [1, null, null, 'accepted'],
  [null, 0, null, 'accepted'],
  [1, 2, 5 * MINUTE, 'accepted'],
  [null, null, null, 'MissingRequiredProperty targetDedicatedNodes'],
  [-1, null, null, 'InvalidPropertyValue targetDedicatedNodes'],
  [1, 1.5, null, 'InvalidPropertyValue targetLowPriorityNodes'],
  [1, null, 5 * MINUTE - 1, 'InvalidPropertyValue resizeTimeout'],
  [1, null, 168 * 60 * MINUTE, 'accepted'],
  [1, null, 168 * 60 * MINUTE + 1, 'InvalidPropertyValue resizeTimeout'],
])('RSZ-02, RSZ-03 a resize to %s and %s within %s ms: %s', (dedicated, spot, timeout, expected) => {
  const targets = { targetDedicatedNodes: dedicated, targetLowPriorityNodes: spot };
  expect(refusal(checkResize(targets, timeout))).toBe(expected);
});

test('RSZ-03 a refused timeout says what the limit is', () => {
  const tooShort = checkResize({ targetDedicatedNodes: 1, targetLowPriorityNodes: null }, MINUTE);
  expect(tooShort?.values.find(({ key }) => key === 'Reason')?.value).toBe('It is at least 5 minutes.');
  const tooLong = checkResize({ targetDedicatedNodes: 1, targetLowPriorityNodes: null }, 1e12);
  expect(tooLong?.values.find(({ key }) => key === 'Reason')?.value).toBe('It is at most 168 hours.');
});

test.each([
  [1, null, 'accepted'],
  [100, null, 'accepted'],
  [0, null, 'InvalidPropertyValue nodeList'],
  [101, null, 'InvalidPropertyValue nodeList'],
  [1, MINUTE, 'InvalidPropertyValue resizeTimeout'],
])('RSZ-11 removing %i nodes within %s ms: %s', (count, timeout, expected) => {
  const nodes = Array.from({ length: count }, (_, ordinal) => `n${ordinal}`);
  expect(refusal(checkRemoveNodes(nodes, timeout))).toBe(expected);
});

test.each<[string | null, number | null, string]>([
  ['x=1;', null, 'accepted'],
  [null, 5 * MINUTE, 'accepted'],
  ['x=1;', 168 * 60 * MINUTE, 'accepted'],
  [null, null, 'MissingRequiredProperty autoScaleFormula'],
  ['', null, 'MissingRequiredProperty autoScaleFormula'],
  ['x'.repeat(8193), null, 'AutoScaleFormulaTooLong'],
  [null, MINUTE, 'InvalidPropertyValue autoScaleEvaluationInterval'],
])('ASC-01, ASC-03, ASC-04 enabling autoscale with %s every %s ms: %s', (formula, interval, expected) => {
  expect(refusal(checkEnableAutoScale(formula, interval))).toBe(expected);
});

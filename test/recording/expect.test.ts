import { describe, expect, test } from 'vitest';
import { fileSource } from '../../src/base/index.js';
import { checkExpectations, readExpectations, type Summary } from '../../src/recording/index.js';

const TIMES = { count: 3, sum: 600, mean: 200, p50: 100, p95: 480, p99: 480, max: 480 };

/** The parts of a summary that rules read. */
const SUMMARY = {
  makespan_s: 3600,
  utilization: 0.8125,
  tasks: { total: 200, succeeded: 198, failed: 1, active: 1, running: 0, retries: 4, requeues: 0, interruptions: 2 },
  wait_s: TIMES,
  run_s: { ...TIMES, p50: null },
  coreHours: { total: 12.5, running: 10, idle: 1.5, booting: 1, failed: 0, lost: 0.25 },
  cost: { total: 69.99, running: 50, idle: null, booting: 0, failed: 0, lost: 1 },
} as unknown as Summary;

function check(text: string) {
  const rules = readExpectations([{ text, place: null }]);
  if (!rules.ok) return rules.error[0]?.message;
  const [result] = checkExpectations(rules.value, SUMMARY);
  return `${result?.met ? 'ok' : 'FAIL'} ${result?.actual}`;
}

describe('rules under expect', () => {
  test.each([
    ['makespan <= 1h', 'ok 1h'],
    ['makespan < 1h', 'FAIL 1h'],
    ['makespan < PT2H', 'ok 1h'],
    ['wait.p95 < 8m', 'FAIL 8m'],
    ['wait.p95 <= 8m', 'ok 8m'],
    ['wait.mean>3m', 'ok 3m 20s'],
    ['run.max != 8m', 'FAIL 8m'],
    ['cost.total < 70 USD', 'ok $69.99'],
    ['cost.total < $69', 'FAIL $69.99'],
    ['cost.total <= 69.99', 'ok $69.99'],
    ['tasks.failed <= 0.5%', 'ok 0.5 %'],
    ['tasks.failed < 0.5%', 'FAIL 0.5 %'],
    ['tasks.failed == 1', 'ok 1'],
    ['tasks.interruptions == 0', 'FAIL 2'],
    ['utilization >= 80%', 'ok 81.3 %'],
    ['coreHours.idle < 1.5', 'FAIL 1.5 core-hours'],
    ['cost.idle < 10 USD', 'FAIL not known'],
    ['run.p50 > 0s', 'FAIL not known'],
  ])('%s: %s', (rule, outcome) => {
    expect(check(rule)).toBe(outcome);
  });

  test.each([
    ['makespan', 'cannot read the rule "makespan"'],
    ['makespan = 1h', 'cannot read the rule "makespan = 1h"'],
    ['makespan < 60', 'makespan: "60" has no unit'],
    ['wait.p96 < 1m', 'there is no metric wait.p96'],
    ['cost.total < 70 EUR', 'cost.total: "70 EUR" is not an amount'],
    ['tasks.failed < many', 'tasks.failed: "many" is not a number'],
    ['utilization > 120%', 'utilization: "120%" is more than the whole'],
  ])('%s is refused: %s', (rule, message) => {
    expect(check(rule)).toBe(message);
  });

  test('every rule that cannot be read is reported at its place, with a guess', () => {
    const source = fileSource('s.yaml', 'expect: [makspan < 1h, 3]');
    const place = { source, span: { start: 9, end: 21 } };
    const read = readExpectations([
      { text: 'makspan < 1h', place },
      { text: '3', place },
    ]);
    expect(read.ok ? [] : read.error).toEqual([
      expect.objectContaining({ code: 'BS1014', severity: 'error', place, hint: 'did you mean makespan?' }),
      expect.objectContaining({ code: 'BS1014', place }),
    ]);
  });
});

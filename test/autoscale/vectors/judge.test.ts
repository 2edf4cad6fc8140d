/** What an expectation accepts, and how a difference is told. */
import { describe, expect, test } from 'vitest';
import { judgeVector, type Vector, type VectorExpectation } from '../../../src/autoscale/index.js';

const ANYTHING: VectorExpectation = {
  errors: null,
  targetDedicated: null,
  targetLowPriority: null,
  nodeDeallocationOption: null,
  variables: new Map(),
  results: null,
};

function judge(
  formula: string,
  expected: Partial<VectorExpectation>,
  given: Partial<Vector['context']> = {},
): string[] {
  const context = {
    nowMs: Date.parse('2026-03-04T12:00:00Z'),
    targetDedicatedNodes: 0,
    targetLowPriorityNodes: 0,
    currentDedicatedNodes: 0,
    currentLowPriorityNodes: 0,
    taskSlotsPerNode: 1,
    samples: new Map(),
    constants: new Map(),
    ...given,
  };
  const vector = { id: 'V', title: '', formula, context, expect: { ...ANYTHING, ...expected } };
  return judgeVector(vector).map(({ what, expected: wanted, got }) => `${what}: ${wanted} / ${got}`);
}

test('what is not expected may be anything', () => {
  expect(judge('$TargetDedicatedNodes = 3; x = 1', {})).toEqual([]);
});

test('each output that differs is told, with both values', () => {
  const expected = { targetDedicated: 4, targetLowPriority: 0, nodeDeallocationOption: 'terminate' } as const;
  expect(judge('$TargetDedicatedNodes = 3', expected)).toEqual([
    'targetDedicated: 4 / 3',
    'nodeDeallocationOption: terminate / requeue',
  ]);
});

describe('variables', () => {
  test.each([
    ['a number within 1e-9', 'x = 0.1 + 0.2', 0.3],
    ['a vector element by element', 'x = $PendingTasks.GetSample(9)', []],
    ['a timestamp as the service prints it', 'x = time("2026-01-02T03:04:05Z")', '2026-01-02T03:04:05.000Z'],
    ['a timestamp in any form of the same instant', 'x = time("2026-01-02T03:04:05Z")', '2026-01-02T05:04:05+02:00'],
    ['an interval by its text', 'x = TimeInterval_Minute', '00:01:00'],
    ['a text', 'x = "a"', 'a'],
  ])('%s passes', (_, formula, value) => {
    expect(judge(formula, { variables: new Map([['x', value]]) })).toEqual([]);
  });

  test.each([
    ['x = 0.3000001', 0.3, 'variables.x: 0.3 / 0.3000001'],
    ['x = 1', [1], 'variables.x: [1] / 1'],
    ['x = "1"', 1, 'variables.x: 1 / "1"'],
    ['x = 1', '1', 'variables.x: "1" / 1'],
    ['y = 1', 1, 'variables.x: 1 / not set'],
    ['x = time()', '2026', 'variables.x: "2026" / "2026-03-04T12:00:00.000Z"'],
  ])('%s is not %j', (formula, value, told) => {
    expect(judge(formula, { variables: new Map([['x', value]]) })).toEqual([told]);
  });
});

describe('errors', () => {
  test('any of several kinds is right', () => {
    expect(judge('x = nope', { errors: ['syntax', 'evaluation'] })).toEqual([]);
  });

  test('another kind is told with its sentence, and so is success', () => {
    const told =
      'error: syntax / evaluation (Line 1, Col 5: there is no variable nope, and no statement before gives it a value)';
    expect(judge('x = nope', { errors: ['syntax'] })).toEqual([told]);
    expect(judge('x = 1', { errors: ['syntax', 'limit'] })).toEqual(['error: syntax or limit / success']);
    expect(judge('x = ', { targetDedicated: 0 })[0]).toMatch(/^error: none \/ syntax \(Line 1, Col /);
  });
});

test('ASC-05 results are compared to the letter, after success and after failure', () => {
  const kept = '$TargetDedicatedNodes=2;$TargetLowPriorityNodes=0;$NodeDeallocationOption=requeue';
  const pool = { targetDedicatedNodes: 2 };
  expect(judge('x = nope', { errors: ['evaluation'], results: kept }, pool)).toEqual([]);
  expect(judge('x = 1', { results: kept }, pool)).toEqual([`results: "${kept}" / "${kept};x=1"`]);
});

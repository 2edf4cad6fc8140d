/** A formula tried line by line: what stays from one line to the next, and what time does. */
import { describe, expect, test } from 'vitest';
import { type FormulaInputs, FormulaSession, SAMPLE_HISTORY_MS } from '../../../src/autoscale/index.js';
import { namedStream } from '../../../src/base/index.js';

const NOW_MS = Date.parse('2026-03-04T12:00:00Z');

function session(pending: readonly number[] = []): FormulaSession {
  const times = pending.map((_, row) => NOW_MS - (pending.length - 1 - row) * 30_000);
  const inputs: FormulaInputs = {
    nowMs: NOW_MS,
    targetDedicatedNodes: 2,
    targetLowPriorityNodes: 0,
    currentDedicatedNodes: 2,
    currentLowPriorityNodes: 0,
    taskSlotsPerNode: 1,
    samples: new Map(pending.length === 0 ? [] : [['$PendingTasks', { times, values: pending }]]),
    random: namedStream(1, 'session'),
  };
  return new FormulaSession(inputs);
}

/** The value of an expression in the session. */
function resultOf(at: FormulaSession, expression: string): unknown {
  const trace = at.evaluate(expression);
  return trace.ok ? trace.value.statements.at(-1)?.root.value : trace.error;
}

describe('lines', () => {
  test('what a line assigns, later lines read, also with another type', () => {
    const at = session();
    at.evaluate('x = 5; y = x * 2');
    at.evaluate('x = time()');
    expect(resultOf(at, 'x.hour + y')).toBe(22);
    expect([...at.variables.keys()]).toEqual(['x', 'y']);
  });

  test('a line that fails leaves everything as it was', () => {
    const at = session();
    at.evaluate('x = 1');
    const trace = at.evaluate('x = 2; $TargetDedicatedNodes = 9; y = nope');
    expect(trace.ok && trace.value.evaluation.ok).toBe(false);
    expect([resultOf(at, 'x'), at.inputs.targetDedicatedNodes]).toEqual([1, 2]);
    expect(at.entryOf('x')?.statement.text).toBe('x = 1');
  });

  test('a line that does not compile is told, and changes nothing', () => {
    const at = session();
    expect(at.evaluate('x = (')).toMatchObject({ ok: false });
    expect(at.variables.size).toBe(0);
  });

  test("a target that is set is the pool's from then on", () => {
    const at = session();
    at.evaluate('$TargetDedicatedNodes = 7.9');
    expect(resultOf(at, '$TargetDedicatedNodes')).toBe(7);
  });

  test('what gave a name its value is remembered with its time', () => {
    const at = session();
    at.evaluate('x = 1');
    at.step(60_000);
    at.evaluate('y = 2; x = y + 1');
    expect(at.entryOf('x')).toMatchObject({ nowMs: NOW_MS + 60_000, statement: { text: 'x = y + 1' } });
    expect(at.entryOf('z')).toBeUndefined();
  });
});

describe('time', () => {
  test('ASC-07 samples go on as they were, one each 30 s', () => {
    const at = session([3, 4]);
    at.step(95_000);
    expect(resultOf(at, '$PendingTasks.GetSample(9)')).toEqual([3, 4, 4, 4, 4]);
    at.step(25_000);
    expect(resultOf(at, '$PendingTasks.GetSamplePercent(TimeInterval_Minute * 2)')).toBe(100);
    expect(resultOf(at, '$ActiveTasks.Count()')).toBe(0);
  });

  test('a metric that is set has a sample of now, in the place of one that is there', () => {
    const at = session([3, 4]);
    expect(at.set('$PendingTasks', 9)).toBe(true);
    expect(at.set('$ActiveTasks', 1)).toBe(true);
    at.step(30_000);
    expect(resultOf(at, '$PendingTasks.GetSample(9)')).toEqual([3, 9, 9]);
    expect(resultOf(at, '$ActiveTasks.GetSample(9)')).toEqual([1, 1]);
  });

  test('numbers of the pool can be set, and nothing else', () => {
    const at = session();
    expect([at.set('$CurrentDedicatedNodes', 5), at.set('$TargetLowPriorityNodes', 6), at.set('$Foo', 1)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(resultOf(at, '$CurrentDedicatedNodes + $TargetLowPriorityNodes')).toBe(11);
  });

  test('a step of years costs no more than the history', () => {
    const at = session([1]);
    at.step(20 * 365 * 86_400_000);
    expect(resultOf(at, '$PendingTasks.Count()')).toBe(SAMPLE_HISTORY_MS / 30_000);
  });
});

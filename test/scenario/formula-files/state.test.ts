/** States written by hand, and what a formula sees of them. */
import { describe, expect, test } from 'vitest';
import type { FormulaInputs } from '../../../src/autoscale/index.js';
import { renderDiagnostic } from '../../../src/base/index.js';
import { readState, stateInputs } from '../../../src/scenario/index.js';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

function inputs(text: string, at: string | null = null): FormulaInputs {
  const state = readState('s.yaml', text);
  if (!state.ok) throw new Error(state.error.map(renderDiagnostic).join('\n'));
  return stateInputs(state.value, at);
}

/** Seconds from the start and values of a metric. */
function samples({ samples: all }: FormulaInputs, metric: string): string[] {
  const series = all.get(metric);
  return Array.from(series?.times ?? []).map((atMs, row) => `${(atMs - START_MS) / 1000}: ${series?.values[row]}`);
}

describe('samples', () => {
  test('each by itself, in any order, with or without the $ of the metric', () => {
    const given = inputs('PendingTasks: [[30s, 40], [0s, 10], [2026-01-01T00:01:00Z, 5]]\n$ActiveTasks: [[0:02, 1]]\n');
    expect(samples(given, '$PendingTasks')).toEqual(['0: 10', '30: 40', '60: 5']);
    expect(samples(given, '$ActiveTasks')).toEqual(['120: 1']);
  });

  test('values at equal distances, every 30 s from the start unless said otherwise', () => {
    const given = inputs(
      'PendingTasks: { values: [1, 2, 3] }\nActiveTasks: { values: [4, 5], from: 10m, every: 1m }\n',
    );
    expect(samples(given, '$PendingTasks')).toEqual(['0: 1', '30: 2', '60: 3']);
    expect(samples(given, '$ActiveTasks')).toEqual(['600: 4', '660: 5']);
  });

  test('ASC-07 a number has been so all the time that history keeps', () => {
    const given = inputs('PendingTasks: 7\nnow: 10m\n');
    const series = given.samples.get('$PendingTasks');
    expect([series?.times.length, series?.times[20_160], series?.values[0]]).toEqual([20_161, given.nowMs, 7]);
  });
});

describe('when', () => {
  test('by argument, else by the state, else at the newest sample, else at the start', () => {
    const text = 'start: 2026-01-05T00:00:00Z\nPendingTasks: [[90s, 1]]\n';
    const at = (given: FormulaInputs) => new Date(given.nowMs).toISOString();
    expect(at(inputs(`${text}now: 3m\n`, '4m'))).toBe('2026-01-05T00:04:00.000Z');
    expect(at(inputs(`${text}now: 3m\n`))).toBe('2026-01-05T00:03:00.000Z');
    expect(at(inputs(text))).toBe('2026-01-05T00:01:30.000Z');
    expect(at(inputs('{}'))).toBe('2026-01-01T00:00:00.000Z');
  });
});

describe('numbers of the pool', () => {
  test('present ones are numbers, or the newest sample that is not of the future', () => {
    const text =
      'CurrentDedicatedNodes: [[0s, 1], [1m, 2], [9m, 3]]\nCurrentLowPriorityNodes: 4\nTaskSlotsPerNode: 8\nnow: 2m\n';
    expect(inputs(text)).toMatchObject({ currentDedicatedNodes: 2, currentLowPriorityNodes: 4, taskSlotsPerNode: 8 });
  });

  test('targets, slots and delay are taken as they stand; what is left out is nothing, and one slot', () => {
    expect(
      inputs('TargetDedicatedNodes: 3\nTargetLowPriorityNodes: 5\ntaskSlotsPerNode: 2\nsampleDelay: 1m\n'),
    ).toMatchObject({ targetDedicatedNodes: 3, targetLowPriorityNodes: 5, taskSlotsPerNode: 2, sampleDelayMs: 60_000 });
    expect(inputs('{}')).toMatchObject({ targetDedicatedNodes: 0, currentDedicatedNodes: 0, taskSlotsPerNode: 1 });
  });

  test('rand() draws from the seed', () => {
    const drawn = (text: string) => inputs(text).random.next();
    expect(drawn('seed: 7')).toBe(drawn('seed: 7'));
    expect(drawn('seed: 7')).not.toBe(drawn('{}'));
  });
});

test.each([
  ['PendingTaks: 1', 'unknown key "PendingTaks"', 'did you mean "PendingTasks"?'],
  ['now: 5', '"5" has no unit', 'write 30s, 10m, 3:10 or an ISO time'],
  ['PendingTasks: [[0s]]', 'a sample is [time, value]', ''],
  ['PendingTasks: [[0s, 1, 2]]', 'a sample is [time, value]', ''],
  ['PendingTasks: [[x, 1]]', '"x" is not a duration', ''],
  ['PendingTasks: many', 'PendingTasks', ''],
  ['start: yesterday', '"yesterday" is not an ISO 8601 time', 'write 2026-01-05T00:00:00Z'],
  ['[1]', 'the state must be a table', ''],
])('%s is an error: %s', (text, message, hint) => {
  const state = readState('s.yaml', text);
  const told = state.ok ? '' : state.error.map(renderDiagnostic).join('\n');
  expect(told).toContain('s.yaml:1:');
  expect(told).toContain(message);
  expect(told).toContain(hint);
});

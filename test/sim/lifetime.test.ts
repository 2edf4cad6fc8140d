/** Tasks that outlive their welcome. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type Scenario, TASK_LIFETIME_MS } from '../../src/model/index.js';
import { afterTasks, at, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const lifetime = (taskLifetimeMs: number | null): Partial<Scenario> => ({
  options: { ...DEFAULT_OPTIONS, taskLifetimeMs },
});

test('ACC-15 a running task is stopped, keeps its state, and its slot goes to the next at that instant', () => {
  const late = tasks('u', [1], { arrival: at(2) });
  const recording = run([pool(1)], [job('j', [tasks('t', [9]), late])], lifetime(4));
  expect(gantt(recording)).toEqual(['j/t1 0-… n0', 'j/u1 4-5 n0']);
  expect(recording.nodes.slotMs[0]).toBe(5);
  expect(logged(recording, 'taskGivenUp')).toEqual(['4 0']);
});

test('ACC-15 a waiting task never runs', () => {
  const late = tasks('u', [9], { arrival: at(3) });
  const recording = run([pool(1)], [job('j', [tasks('t', [4]), tasks('w', [1])]), job('k', [late])], {
    options: { ...DEFAULT_OPTIONS, taskLifetimeMs: 4 },
  });
  expect(gantt(recording)[0]).toBe('j/t1 0-4 n0');
  expect(gantt(recording)[1]).toBe('j/w1 active');
});

test('ACC-15 a task that is being dispatched gives its slot back', () => {
  const nodes = pool(1, { timing: latencies({ dispatch: 3 }) });
  const late = tasks('u', [1], { arrival: at(1) });
  expect(gantt(run([nodes], [job('j', [tasks('t', [1]), late])], lifetime(2)))).toEqual(['j/t1 active', 'j/u1 active']);
  expect(gantt(run([nodes], [job('j', [tasks('t', [1]), late])], lifetime(9)))).toEqual(['j/t1 3-4 n0', 'j/u1 7-8 n0']);
});

test('ACC-15 a child that was given up does not run when its parent succeeds', () => {
  const parent = tasks('t', [3], { arrival: at(4) });
  const recording = run([pool(1)], [job('j', [tasks('u', [1], afterTasks(['t1'])), parent])], lifetime(5));
  expect(gantt(recording)).toEqual(['j/u1 active', 'j/t1 4-7 n0']);
});

test('ACC-15, SIM-03 an exit at the very end of the lifetime counts', () => {
  expect(gantt(run([pool(1)], [job('j', [tasks('t', [4])])], lifetime(4)))).toEqual(['j/t1 0-4 n0']);
});

test('ACC-15 the lifetime is 180 days, and none switches it off', () => {
  expect(TASK_LIFETIME_MS).toBe(180 * 24 * 3_600_000);
  const long = [job('j', [tasks('t', [TASK_LIFETIME_MS + 1]), tasks('u', [1], { arrival: at(TASK_LIFETIME_MS + 9) })])];
  expect(gantt(run([pool(2)], long))[0]).toBe('j/t1 0-… n0');
  expect(gantt(run([pool(2)], long, lifetime(null)))[0]).toBe(`j/t1 0-${TASK_LIFETIME_MS + 1} n0`);
});

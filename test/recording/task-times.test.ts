import { expect, test } from 'vitest';
import { TaskMeasures, TaskTimes, tasksByJob } from '../../src/recording/index.js';
import { job, pool, run, tasks } from '../helpers/world.js';

// One node, one slot: j1 runs 0-10, j2 10-30, k1 30-130.
const recording = run([pool(1)], [job('j', [tasks('j', [10, 20])]), job('k', [tasks('k', [100])], { priority: -1 })]);
const times = new TaskTimes(recording, new TaskMeasures(recording));

test('over all tasks: waits 0, 10, 30; turnarounds 10, 30, 130; slowdowns 1, 1.5, 1.3', () => {
  const { wait_s, run_s, turnaround_s, slowdown } = times.all();
  expect(wait_s).toMatchObject({ count: 3, p50: 0.01, p90: 0.03, max: 0.03 });
  expect(run_s).toMatchObject({ count: 3, p50: 0.02, max: 0.1 });
  expect(turnaround_s).toMatchObject({ count: 3, p50: 0.03, p90: 0.13, p95: 0.13, p99: 0.13, max: 0.13 });
  expect(slowdown).toMatchObject({ count: 3, p50: 1.3, max: 1.5 });
});

test('over the tasks of one job', () => {
  const { firsts, rows } = tasksByJob(recording);
  expect(times.of(rows.subarray(firsts[1], firsts[2])).turnaround_s).toMatchObject({ count: 1, p50: 0.13 });
});

test('a task that is still waiting has waited, but neither run nor turned around', () => {
  const last = job('last', [], { arrival: { kind: 'at', atMs: 50 } });
  const left = run([], [job('j', [tasks('t', [10])]), last]);
  const { wait_s, run_s, turnaround_s, slowdown } = new TaskTimes(left, new TaskMeasures(left)).all();
  expect(wait_s).toMatchObject({ count: 1, max: 0.05 });
  expect([run_s.count, turnaround_s.count, slowdown.count]).toEqual([0, 0, 0]);
});

test('a task that takes no time has no slowdown', () => {
  const none = run([pool(1)], [job('j', [tasks('t', [0, 5])])]);
  expect(new TaskTimes(none, new TaskMeasures(none)).all().slowdown).toMatchObject({ count: 1, max: 1 });
});

/** Tasks that give way to those of higher priority. */
import { describe, expect, test } from 'vitest';
import type { Job } from '../../src/model/index.js';
import { ATTEMPT_ENDS, type Recording } from '../../src/recording/index.js';
import { at, each, gantt, job, latencies, logged, nameOf, pool, run, tasks } from '../helpers/world.js';

const yielding = { allowTaskPreemption: true } as const;
const high = (atMs: number, given: Partial<Job> = {}): Partial<Job> => ({ priority: 1, arrival: at(atMs), ...given });
const stops = (recording: Recording) =>
  Array.from({ length: recording.attempts.count }, (_, row) => {
    const { attempts } = recording;
    const end = ATTEMPT_ENDS[attempts.outcome[row] as number];
    return `${nameOf(recording, attempts.task[row] as number)} ${end} at ${attempts.endMs[row]}`;
  });

describe('who may', () => {
  test('JOB-20 a task of higher priority displaces one of a job that allows it', () => {
    const recording = run(
      [pool(1)],
      [job('low', [tasks('t', [9])], yielding), job('high', [tasks('t', [2])], high(4))],
    );
    expect(gantt(recording)).toEqual(['low/t1 6-15 n0', 'high/t1 4-6 n0']);
    expect(stops(recording)).toEqual(['low/t1 displaced at 4']);
  });

  test('JOB-05, JOB-20 without permission nothing is stopped', () => {
    const recording = run([pool(1)], [job('low', [tasks('t', [9])]), job('high', [tasks('t', [2])], high(4))]);
    expect(gantt(recording)).toEqual(['low/t1 0-9 n0', 'high/t1 9-11 n0']);
  });

  test('SCH-16 equal priority displaces nothing', () => {
    const jobs = [job('low', [tasks('t', [9])], yielding), job('peer', [tasks('t', [2])], { arrival: at(4) })];
    expect(gantt(run([pool(1)], jobs))).toEqual(['low/t1 0-9 n0', 'peer/t1 9-11 n0']);
  });

  test('SCH-16 where a node has room nothing is stopped', () => {
    const jobs = [job('low', [tasks('t', [9])], yielding), job('high', [tasks('t', [2])], high(4))];
    expect(stops(run([pool(2)], jobs))).toEqual([]);
  });

  test('SCH-16 no task is stopped for one that would not fit even then', () => {
    const fixed = job('fixed', [tasks('t', [9])]);
    const large = job('high', [tasks('t', [1], { requiredSlots: 2 })], high(4));
    const recording = run([pool(1, { taskSlotsPerNode: 2 })], [fixed, job('low', [tasks('t', [6])], yielding), large]);
    expect(stops(recording)).toEqual([]);
    expect(gantt(recording).at(-1)).toBe('high/t1 9-10 n0');
  });
});

describe('whom', () => {
  test('SCH-16 on the node that needs the fewest stops, lowest ordinal among equals', () => {
    const low = job(
      'low',
      [tasks('a', [9], { requiredSlots: 1 }), tasks('b', [9], { requiredSlots: 2 }), tasks('c', [9])],
      yielding,
    );
    const large = job('high', [tasks('t', [1], { requiredSlots: 2 })], high(4));
    const recording = run([pool(2, { taskSlotsPerNode: 2 })], [low, large]);
    expect(stops(recording)).toEqual(['low/b1 displaced at 4']);
    expect(gantt(recording).at(-1)).toBe('high/t1 4-5 n1');
  });

  test('SCH-16 lowest priority first, then the most recent start', () => {
    const lowest = job('a', [tasks('t', [30])], { ...yielding, priority: -2 });
    const early = job('b', [tasks('t', [30])], { ...yielding, priority: -1 });
    const late = job('c', [tasks('t', [30])], { ...yielding, priority: -1, arrival: at(1) });
    const rush = [2, 3, 4].map((atMs) => job(`x${atMs}`, [tasks('t', [50])], high(atMs)));
    const recording = run([pool(1, { taskSlotsPerNode: 3 })], [lowest, early, late, ...rush]);
    expect(stops(recording)).toEqual(['a/t1 displaced at 2', 'c/t1 displaced at 3', 'b/t1 displaced at 4']);
  });

  test('SCH-16 of alike victims the last in order of creation', () => {
    const recording = run(
      [pool(1, { taskSlotsPerNode: 3 })],
      [job('low', [tasks('t', [9, 9, 9])], yielding), job('high', [tasks('t', [2])], high(4))],
    );
    expect(stops(recording)).toEqual(['low/t3 displaced at 4']);
  });

  test('SCH-16 a task that is being dispatched counts as the most recent', () => {
    const timing = latencies({ dispatch: 3 });
    const jobs = [
      job('a', [tasks('t', [20])], yielding),
      job('b', [tasks('t', [20])], { ...yielding, arrival: at(5) }),
    ];
    const recording = run(
      [pool(1, { taskSlotsPerNode: 2, timing })],
      [...jobs, job('high', [tasks('t', [2])], high(6))],
    );
    expect(stops(recording)).toEqual(['b/t1 displaced at 6']);
  });

  test('SCH-16 the highest job comes first, and slots left over by a stop are given before more is stopped', () => {
    const low = job('low', [tasks('t', [9, 9], { requiredSlots: 4 })], yielding);
    const recording = run([pool(2, { taskSlotsPerNode: 4 })], [low, job('high', [tasks('t', [1, 1])], high(4))]);
    expect(stops(recording)).toEqual(['low/t1 displaced at 4']);
  });
});

describe('what becomes of it', () => {
  test('TASK-09, TASK-10 it runs again in full without a retry, and only the interruption is counted', () => {
    const set = tasks('t', [9], { maxTaskRetryCount: 0 });
    const recording = run([pool(1)], [job('low', [set], yielding), job('high', [tasks('t', [2])], high(4))]);
    const { tasks: rows } = recording;
    expect([rows.retries[0], rows.requeues, rows.interruptions?.[0]]).toEqual([0, null, 1]);
    expect([rows.readyMs[0], rows.startMs[0], rows.endMs[0]]).toEqual([4, 6, 15]);
  });

  test('SCH-12 it competes by its original place', () => {
    const low = job('low', [tasks('t', [9, 3])], yielding);
    const recording = run([pool(1)], [low, job('high', [tasks('t', [2])], high(4))]);
    expect(gantt(recording)).toEqual(['low/t1 6-15 n0', 'low/t2 15-18 n0', 'high/t1 4-6 n0']);
  });

  test('SCH-11, SCH-16 stopped in its dispatch it has not begun: its wait goes on, the attempt is kept', () => {
    const nodes = pool(1, { timing: latencies({ dispatch: 3 }) });
    const jobs = [job('low', [tasks('t', [1])], yielding), job('high', [tasks('t', [1])], high(2))];
    const { tasks: rows, attempts } = run([nodes], jobs);
    expect(rows.readyMs[0]).toBe(0);
    expect([attempts.assignedMs[0], attempts.startMs[0], attempts.endMs[0]]).toEqual([0, -1, 2]);
    expect([rows.startMs[0], rows.endMs[0]]).toEqual([9, 10]);
  });

  test('SIM-08 an interrupted attempt takes its place in lists with a value per attempt', () => {
    const set = tasks('t', [0], { runtime: each(9, 2) });
    const recording = run([pool(1)], [job('low', [set], yielding), job('high', [tasks('t', [2])], high(4))]);
    expect(gantt(recording)[0]).toBe('low/t1 6-8 n0');
  });

  test('SIM-02 the exit that it would have had does not come', () => {
    const recording = run(
      [pool(1)],
      [job('low', [tasks('t', [9])], yielding), job('high', [tasks('t', [20])], high(4))],
    );
    expect(logged(recording, 'taskFinished')).toEqual(['24 1', '33 0']);
  });
});

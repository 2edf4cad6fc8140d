/** Tasks that wait for tasks. */
import { describe, expect, test } from 'vitest';
import { afterTasks, at, each, gantt, job, logged, pool, run, tasks } from '../helpers/world.js';

const failing = { exitCode: each(1) };

describe('by id', () => {
  test('DEP-02 a task is runnable when the last of its parents has succeeded', () => {
    const jobs = [job('j', [tasks('t', [2, 5]), tasks('u', [1], afterTasks(['t1', 't2']))])];
    const recording = run([pool(3)], jobs);
    expect(gantt(recording)).toEqual(['j/t1 0-2 n0', 'j/t2 0-5 n1', 'j/u1 5-6 n0']);
    expect(logged(recording, 'taskRunnable')).toEqual(['5 2']);
    expect(recording.tasks.readyMs[2]).toBe(5);
  });

  test('DEP-11 ids ignore case', () => {
    const recording = run([pool(1)], [job('j', [tasks('Mesh', [2]), tasks('u', [1], afterTasks(['mESH1']))])]);
    expect(gantt(recording)).toEqual(['j/Mesh1 0-2 n0', 'j/u1 2-3 n0']);
  });

  test('DEP-11 a task of the same id in another job is no parent', () => {
    const jobs = [job('a', [tasks('t', [2])]), job('b', [tasks('u', [1], afterTasks(['t1']))])];
    expect(gantt(run([pool(2)], jobs))).toEqual(['a/t1 0-2 n0', 'b/u1 active']);
  });

  test('DEP-03, DEP-04, EXIT-04 a parent that failed leaves its children active', () => {
    const recording = run([pool(1)], [job('j', [tasks('t', [1], failing), tasks('u', [1], afterTasks(['t1']))])]);
    expect(gantt(recording)).toEqual(['j/t1 0-1 n0', 'j/u1 active']);
  });

  test('DEP-03 only the outcome after all retries counts', () => {
    const parent = tasks('t', [2], { exitCode: each(1, 1, 0), maxTaskRetryCount: 2 });
    const recording = run([pool(1)], [job('j', [parent, tasks('u', [1], afterTasks(['t1']))])]);
    expect(gantt(recording)).toEqual(['j/t1 4-6 n0', 'j/u1 6-7 n0']);
  });

  test('DEP-03 a parent that was stopped at its wall clock does not satisfy, whatever the code says', () => {
    const parent = tasks('t', [9], { maxWallClockTimeMs: 3 });
    const recording = run([pool(1)], [job('j', [parent, tasks('u', [1], afterTasks(['t1']))])]);
    expect(gantt(recording)).toEqual(['j/t1 0-3 n0', 'j/u1 active']);
  });

  test('DEP-05 a parent may be added after its child', () => {
    const parent = tasks('late', [2], { arrival: at(5) });
    const recording = run([pool(1)], [job('j', [tasks('u', [1], afterTasks(['late1'])), parent])]);
    expect(gantt(recording)).toEqual(['j/u1 7-8 n0', 'j/late1 5-7 n0']);
  });

  test('DEP-05 a parent that never comes leaves its child active', () => {
    expect(gantt(run([pool(1)], [job('j', [tasks('u', [1], afterTasks(['nobody']))])]))).toEqual(['j/u1 active']);
  });

  test('DEP-02 a parent that satisfied before its child was added does not hold the child up', () => {
    const child = tasks('u', [1], { ...afterTasks(['t1']), arrival: at(6) });
    expect(gantt(run([pool(1)], [job('j', [tasks('t', [2]), child])]))).toEqual(['j/t1 0-2 n0', 'j/u1 6-7 n0']);
  });

  test('DEP-10 a circle and a task that waits for itself never run, and hold nobody else up', () => {
    const sets = [
      tasks('a', [1], afterTasks(['b1'])),
      tasks('b', [1], afterTasks(['a1'])),
      tasks('c', [1], afterTasks(['c1'])),
    ];
    expect(gantt(run([pool(3)], [job('j', [...sets, tasks('d', [1])])]))).toEqual([
      ...['j/a1 active', 'j/b1 active', 'j/c1 active', 'j/d1 0-1 n0'],
    ]);
  });
});

describe('by range', () => {
  test('DEP-06 a range has both its ends and all between', () => {
    const recording = run([pool(6)], [job('j', [tasks('', [1, 2, 7, 4, 9]), tasks('u', [1], afterTasks([], [2, 4]))])]);
    expect(gantt(recording)[5]).toBe('j/u1 7-8 n0');
  });

  test('DEP-06 leading zeros make one member, and the first to satisfy counts', () => {
    const sets = [tasks('', [5, 2]), tasks('0', [3, 9]), tasks('u', [1], afterTasks([], [1, 2]))];
    expect(gantt(run([pool(6)], [job('j', sets)])).at(-1)).toMatch(/^j\/u1 3-4 /);
  });

  test('DEP-06 a member that failed does not count as long as its twin may succeed', () => {
    const sets = [tasks('', [2], failing), tasks('0', [5]), tasks('u', [1], afterTasks([], [1, 1]))];
    expect(gantt(run([pool(6)], [job('j', sets)])).at(-1)).toMatch(/^j\/u1 5-6 /);
  });

  test('DEP-07 a missing member keeps the task waiting', () => {
    const sets = [tasks('', [1, 1]), tasks('u', [1], afterTasks([], [1, 3]))];
    expect(gantt(run([pool(3)], [job('j', sets)])).at(-1)).toBe('j/u1 active');
  });

  test('DEP-06 ids that are no integers are no members', () => {
    const sets = [tasks('1', [1]), tasks('x', [1]), tasks('u', [1], afterTasks([], [1, 1]))];
    expect(gantt(run([pool(3)], [job('j', sets)])).at(-1)).toBe('j/u1 active');
  });
});

/** The scheduler's pass: who goes where, and who waits. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS, type Job, nodeId } from '../../src/model/index.js';
import { afterTasks, at, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';

const starts = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 2).join(' '));
const high = (given: Partial<Job>): Partial<Job> => ({ priority: 10, ...given });

describe('which node', () => {
  test('POOL-08, SCH-08 spread is the default: fewest used slots, dedicated before preemptible, lowest first', () => {
    const nodes = pool(2, { targetLowPriorityNodes: 1, taskSlotsPerNode: 2 });
    expect(gantt(run([nodes], [job('j', [tasks('t', [9, 9, 9, 9])])]))).toEqual([
      ...['j/t1 0-9 n0', 'j/t2 0-9 n1', 'j/t3 0-9 n2', 'j/t4 0-9 n0'],
    ]);
  });

  test('POOL-08, SCH-08 pack: most used slots that still have room', () => {
    const nodes = pool(2, { taskSlotsPerNode: 3, nodeFillType: 'pack' });
    const mixed = [tasks('a', [9], { requiredSlots: 2 }), tasks('b', [9], { requiredSlots: 2 }), tasks('c', [9, 9])];
    expect(gantt(run([nodes], [job('j', mixed)]))).toEqual([
      ...['j/a1 0-9 n0', 'j/b1 0-9 n1', 'j/c1 0-9 n0', 'j/c2 0-9 n1'],
    ]);
  });

  test.each(['spread', 'pack'] as const)('SCH-09 one slot a node, %s: the lowest idle node', (nodeFillType) => {
    const nodes = pool(2, { targetLowPriorityNodes: 1, nodeFillType });
    expect(gantt(run([nodes], [job('j', [tasks('t', [5, 3, 9, 4])])]))).toEqual([
      ...['j/t1 0-5 n0', 'j/t2 0-3 n1', 'j/t3 0-9 n2', 'j/t4 3-7 n1'],
    ]);
  });

  test('TASK-19 a task goes to the node that it wants, and elsewhere rather than wait', () => {
    expect(gantt(run([pool(3)], [job('j', [tasks('t', [2, 2], { affinityId: 'n2' })])]))).toEqual([
      ...['j/t1 0-2 n2', 'j/t2 0-2 n0'],
    ]);
  });

  test('NODE-16, TASK-19 it may name the node by its id, with or without TVM in front', () => {
    const id = nodeId(1, 'a', 'p', 2, 'dedicated');
    for (const affinityId of [id, `TVM:${id}`]) {
      expect(gantt(run([pool(3)], [job('j', [tasks('t', [2], { affinityId })])]))).toEqual(['j/t1 0-2 n2']);
    }
  });

  test('TASK-18 more slots than any node has: accepted, never scheduled, in nobody’s way', () => {
    const jobs = [job('j', [tasks('t', [1], { requiredSlots: 5 }), tasks('u', [1])])];
    expect(gantt(run([pool(1, { taskSlotsPerNode: 4 })], jobs))).toEqual(['j/t1 active', 'j/u1 0-1 n0']);
  });
});

describe('which task', () => {
  test('JOB-04, SCH-04 higher priority first', () => {
    const jobs = [job('low', [tasks('t', [2])]), job('mid', [tasks('t', [2])], { priority: 5 })];
    const top = job('top', [tasks('t', [2])], { priority: 1000 });
    expect(starts(gantt(run([pool(1)], [...jobs, top])))).toEqual(['low/t1 4-6', 'mid/t1 2-4', 'top/t1 0-2']);
  });

  test('SCH-04 inside a job by creation, or with taskOrder ready by readiness', () => {
    const columns = { offsets: Int32Array.of(0, 1), parents: Int32Array.of(0) };
    const child = tasks('u', [7], { dependsOn: { taskIds: [], taskIdRanges: [], columns } });
    const late = tasks('v', [7], { arrival: at(1) });
    const first = tasks('t', [3], { requiredSlots: 2 });
    const jobs = [job('j', [first, child, late])];
    const nodes = [pool(1, { taskSlotsPerNode: 2 })];
    const both = (taskOrder: 'creation' | 'ready') =>
      starts(
        gantt(
          run(nodes, [{ ...(jobs[0] as Job), maxParallelTasks: 1 }], { options: { ...DEFAULT_OPTIONS, taskOrder } }),
        ),
      );
    expect(both('creation')).toEqual(['j/t1 0-3', 'j/u1 3-10', 'j/v1 10-17']);
    expect(both('ready')).toEqual(['j/t1 0-3', 'j/u1 10-17', 'j/v1 3-10']);
  });

  test('SCH-05 equals take turns in creation order, and the cursor is kept between passes', () => {
    const jobs = ['a', 'b', 'c'].map((id) => job(id, [tasks('t', [1, 1])]));
    expect(starts(gantt(run([pool(2)], jobs)))).toEqual([
      ...['a/t1 0-1', 'a/t2 1-2', 'b/t1 0-1', 'b/t2 2-3', 'c/t1 1-2', 'c/t2 2-3'],
    ]);
  });

  test('POOL-09, SCH-05 creationtime: all of the older job first', () => {
    const jobs = ['a', 'b'].map((id) => job(id, [tasks('t', [1, 1])]));
    expect(starts(gantt(run([pool(2, { jobDefaultOrder: 'creationtime' })], jobs)))).toEqual([
      ...['a/t1 0-1', 'a/t2 0-1', 'b/t1 1-2', 'b/t2 1-2'],
    ]);
  });

  test('SCH-05 jobOrder random: another seed, another order, and nobody is left out', () => {
    const jobs = ['a', 'b'].map((id) =>
      job(id, [
        tasks(
          't',
          Array.from({ length: 12 }, () => 1),
        ),
      ]),
    );
    const options = { ...DEFAULT_OPTIONS, jobOrder: 'random' } as const;
    const orders = [1, 2].map((seed) => gantt(run([pool(1)], jobs, { options, seed })).join());
    expect(orders[0]).not.toBe(orders[1]);
    expect(orders.some((order) => order.includes('active'))).toBe(false);
  });

  test('SCH-06, SCH-15 what does not fit blocks nothing behind it, and no slot is kept for it', () => {
    const large = job('large', [tasks('t', [1], { requiredSlots: 2 })], { priority: 5 });
    const small = job('small', [tasks('t', [4, 3, 4])]);
    const first = job('first', [tasks('t', [2])], { priority: 9 });
    expect(gantt(run([pool(1, { taskSlotsPerNode: 2 })], [large, small, first]))).toEqual([
      ...['large/t1 8-9 n0', 'small/t1 0-4 n0', 'small/t2 2-5 n0', 'small/t3 4-8 n0', 'first/t1 0-2 n0'],
    ]);
  });

  test('SCH-03 a task that is blocked or whose job is at its limit is no candidate', () => {
    const blocked = tasks('b', [1], afterTasks(['t1']));
    const limited = job('l', [tasks('t', [3, 3])], { maxParallelTasks: 1 });
    expect(gantt(run([pool(4)], [job('j', [tasks('t', [2]), blocked]), limited]))).toEqual([
      ...['j/t1 0-2 n0', 'j/b1 2-3 n0', 'l/t1 0-3 n1', 'l/t2 3-6 n0'],
    ]);
  });

  test('JOB-05 a job of higher priority waits for running tasks', () => {
    const jobs = [job('low', [tasks('t', [9])]), job('high', [tasks('t', [1])], high({ arrival: at(2) }))];
    expect(gantt(run([pool(1)], jobs))).toEqual(['low/t1 0-9 n0', 'high/t1 9-10 n0']);
  });

  test('JOB-19 at most maxParallelTasks hold slots, those being dispatched included', () => {
    const nodes = pool(3, { timing: latencies({ dispatch: 2 }) });
    const limited = job('j', [tasks('t', [1, 1, 1])], { maxParallelTasks: 2 });
    expect(gantt(run([nodes], [limited]))).toEqual(['j/t1 2-3 n0', 'j/t2 2-3 n1', 'j/t3 5-6 n0']);
  });
});

describe('pools apart', () => {
  test('SCH-01, SCH-17 priority acts inside a pool: a high job that waits in one delays nobody in another', () => {
    const nodes = [pool(1), pool(1, { id: 'q' })];
    const jobs = [job('h', [tasks('t', [9, 9])], high({})), job('l', [tasks('t', [2, 2])], { poolId: 'q' })];
    expect(gantt(run(nodes, jobs))).toEqual(['h/t1 0-9 n0', 'h/t2 9-18 n0', 'l/t1 0-2 n0', 'l/t2 2-4 n0']);
  });

  test('POOL-01 several jobs share a pool', () => {
    const jobs = ['a', 'b'].map((id) => job(id, [tasks('t', [3])]));
    expect(gantt(run([pool(2)], jobs))).toEqual(['a/t1 0-3 n0', 'b/t1 0-3 n1']);
  });

  test('JOB-03, DEP-11 a job finds its pool without regard to case, and waits where there is none', () => {
    const jobs = [job('a', [tasks('t', [1])], { poolId: 'P' }), job('b', [tasks('t', [1])], { poolId: 'other' })];
    expect(gantt(run([pool(1)], jobs))).toEqual(['a/t1 0-1 n0', 'b/t1 active']);
  });
});

describe('passes', () => {
  test('SCH-02 every change has its pass at that very instant: an exit, an arrival, a released child', () => {
    const second = tasks('u', [1], { arrival: at(2) });
    const recording = run([pool(2)], [job('j', [tasks('t', [4, 9]), tasks('c', [3], afterTasks(['t1'])), second])]);
    expect(gantt(recording)).toEqual(['j/t1 0-4 n0', 'j/t2 0-9 n1', 'j/c1 4-7 n0', 'j/u1 7-8 n0']);
  });

  test('SCH-10, SCH-11 from its assignment a task holds its slot, and it is active until the dispatch ends', () => {
    const nodes = pool(1, { timing: latencies({ dispatch: 3 }) });
    const clock = { epochMs: 0, untilMs: 7, tailMs: null };
    const recording = run([nodes], [job('j', [tasks('t', [2, 2])])], { clock });
    expect(gantt(recording)).toEqual(['j/t1 3-5 n0', 'j/t2 active']);
    expect(logged(recording, 'taskAssigned', true)).toEqual(['0 0 0', '5 1 0']);
    expect(recording.nodes.runningMs[0]).toBe(7);
    expect(recording.nodes.slotMs[0]).toBe(2);
  });

  test('SCH-13 a task that found no place says so once, however many passes it waits through', () => {
    const recording = run([pool(1)], [job('j', [tasks('t', [2, 2, 2])])]);
    expect(logged(recording, 'taskScheduleFail')).toEqual(['0 1', '0 2']);
  });
});

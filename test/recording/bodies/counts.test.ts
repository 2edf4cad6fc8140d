import { describe, expect, test } from 'vitest';
import { makeJobPreparation, type Operation } from '../../../src/model/index.js';
import { momentAt, poolNodeCounts, taskCountsOf } from '../../../src/recording/index.js';
import { simulate } from '../../../src/sim/index.js';
import { preempt, remove } from '../../helpers/fleet.js';
import { act } from '../../helpers/job-events.js';
import { momentOf } from '../../helpers/moments.js';
import { afterTasks, each, job, latencies, pool, tasks } from '../../helpers/world.js';
import { randomWorld } from '../../helpers/worlds.js';

describe('nodes of a pool', () => {
  const fleet = pool(2, { targetLowPriorityNodes: 2, timing: latencies({ replace: 50, leave: 50 }) });
  const fleetAt = (atMs: number) => {
    const actions = [act(10, preempt(1)), act(20, remove(['n1']))];
    const { recording, state } = momentOf({ pools: [fleet], jobs: [job('j', [tasks('t', [100])])], actions }, atMs);
    return poolNodeCounts(recording, state, 0);
  };

  test('POOL-22 a count for each state and a total, dedicated and low-priority apart', () => {
    expect(fleetAt(30)).toMatchObject({
      poolId: 'p',
      dedicated: { running: 1, leavingPool: 1, idle: 0, total: 2 },
      lowPriority: { preempted: 1, idle: 1, running: 0, total: 2 },
    });
  });

  test('POOL-22 a node that has left is in no count, one that came back is in its own', () => {
    expect(fleetAt(90)).toMatchObject({ dedicated: { running: 1, total: 1 }, lowPriority: { idle: 2, total: 2 } });
  });

  test('POOL-22 every state has its field, in the spelling of the API', () => {
    expect(Object.keys(fleetAt(0).dedicated).sort().join(' ')).toBe(
      'creating deallocated deallocating idle leavingPool offline preempted rebooting reimaging running startTaskFailed starting total unknown unusable upgradingOS waitingForStartTask',
    );
  });
});

describe('tasks of a job', () => {
  const prepared = job('j', [tasks('t', [10, 10], { requiredSlots: 2 }), tasks('u', [1], afterTasks(['t1']))], {
    jobPreparationTask: makeJobPreparation({
      command: { runtime: each(5), exitCode: each(0), downloadBytes: 0, fault: null },
    }),
  });
  const wide = pool(1, { taskSlotsPerNode: 3 });
  const countsAt = (atMs: number) => taskCountsOf(momentOf({ pools: [wide], jobs: [prepared] }, atMs), 0);

  test('JOB-24 preparing tasks count as running, blocked and waiting ones as active; slots are summed beside them', () => {
    expect(countsAt(3)).toEqual({
      taskCounts: { active: 2, running: 1, completed: 0, succeeded: 0, failed: 0 },
      taskSlotCounts: { active: 3, running: 2, completed: 0, succeeded: 0, failed: 0 },
    });
    expect(countsAt(15)).toEqual({
      taskCounts: { active: 0, running: 2, completed: 1, succeeded: 1, failed: 0 },
      taskSlotCounts: { active: 0, running: 3, completed: 2, succeeded: 2, failed: 0 },
    });
  });

  test('JOB-24 completed is the sum of succeeded and failed; a deleted task is not counted', () => {
    const drop: Operation = { kind: 'deleteTask', jobId: 'j', taskId: 't2' };
    const mixed = job('j', [tasks('t', [1, 1, 1], { exitCode: each(0) }), tasks('f', [1], { exitCode: each(3) })]);
    const { taskCounts } = taskCountsOf(momentOf({ jobs: [mixed], actions: [act(20, drop)] }, 30), 0);
    expect(taskCounts).toEqual({ active: 0, running: 0, completed: 3, succeeded: 2, failed: 1 });
  });
});

test('POOL-22, JOB-24 counts add up to nodes and tasks at every instant of random worlds', () => {
  for (const seed of [11, 12, 13]) {
    const run = simulate(randomWorld(seed));
    const { recording } = run;
    for (const share of [0.2, 0.5, 0.8]) {
      const moment = momentAt(run, Math.floor(recording.run.endMs * share));
      const nodes = recording.pools.map((_, row) => poolNodeCounts(recording, moment.state, row));
      const total = nodes.reduce((sum, { dedicated, lowPriority }) => sum + dedicated.total + lowPriority.total, 0);
      expect(total).toBe(moment.state.nodeState.filter((state) => state !== 255).length);
      const counted = recording.jobs.reduce((sum, _, row) => {
        const { active, running, completed } = taskCountsOf(moment, row).taskCounts;
        return sum + active + running + completed;
      }, 0);
      const added = Array.from({ length: recording.tasks.count }, (_, task) => moment.state.taskState(task));
      expect(counted).toBe(added.filter((state) => state !== null).length);
    }
  }
});

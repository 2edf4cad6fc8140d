import { describe, expect, test } from 'vitest';
import type { Job, Operation } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { at, each, job, latencies, pool, tasks, world } from '../helpers/world.js';

/** One node, one job `j`, and what is done to it at which instant. */
function runJob(given: Partial<Job>, actions: readonly (readonly [number, Operation])[], nodes = 1): Recording {
  const declared = job('j', given.tasks ?? [tasks('t', [10, 10])], given);
  const list = actions.map(([atMs, operation]) => act(atMs, operation));
  return simulate(world({ pools: [pool(nodes)], jobs: [declared], actions: list })).recording;
}

const disable = (disableTasks: 'requeue' | 'terminate' | 'wait') =>
  ({ kind: 'disableJob', jobId: 'j', disableTasks }) as const;
const enable = { kind: 'enableJob', jobId: 'j' } as const;
const terminate = (terminateReason: string | null = null, force = false) =>
  ({ kind: 'terminateJob', jobId: 'j', terminateReason, force }) as const;
const remove = (force = false) => ({ kind: 'deleteJob', jobId: 'j', force }) as const;

describe('disable and enable', () => {
  test('JOB-15: requeue stops what runs, which counts as a requeue, and the job is disabled at once', () => {
    const recording = runJob({}, [
      [4, disable('requeue')],
      [20, enable],
    ]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 disabling', '4 disabled', '20 enabling', '20 active']);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 running n0',
      '4 requeued jobDisabled',
      '20 running n0',
      '30 exit 0',
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 0 requeues 1');
    expect(taskMoves(recording, 'j/t2')).toEqual(['30 running n0', '40 exit 0']);
    expect(answers(recording)).toEqual(['4 disableJob job j 202', '20 enableJob job j 202']);
  });

  test('JOB-15: terminate completes what runs with TaskEnded; what waited runs when the job is enabled', () => {
    const recording = runJob({}, [
      [4, disable('terminate')],
      [20, enable],
    ]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '4 stopped jobDisabled']);
    expect(taskResult(recording, 'j/t1')).toBe('completed TaskEnded retries 0 requeues 0');
    expect(taskMoves(recording, 'j/t2')).toEqual(['20 running n0', '30 exit 0']);
  });

  test('JOB-15: wait lets what runs end, and nothing new starts; disabled is reached with the last exit', () => {
    const recording = runJob({}, [
      [4, disable('wait')],
      [25, enable],
    ]);
    expect(jobMoves(recording, 'j').slice(0, 3)).toEqual(['0 active', '4 disabling', '10 disabled']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['25 running n0', '35 exit 0']);
  });

  test('JOB-16: a task that fails while its job waits for it is retried only after enable', () => {
    const failing = tasks('t', [10], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const recording = runJob({ tasks: [failing] }, [
      [4, disable('wait')],
      [25, enable],
    ]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '10 retry 1', '25 running n0', '35 exit 0']);
  });

  test('JOB-02: a stronger option holds for the tasks that still run', () => {
    const recording = runJob({}, [
      [4, disable('wait')],
      [6, disable('terminate')],
    ]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 disabling', '6 disabled']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '6 stopped jobDisabled']);
  });

  test('SIM-06, JOB-15: with a kill latency the job is disabling until the process is gone, and its slot is held', () => {
    const slow = pool(1, { timing: latencies({ kill: 3 }) });
    const other = job('k', [tasks('u', [5])], { priority: -1 });
    const actions = [act(4, disable('requeue'))];
    const { recording } = simulate(world({ pools: [slow], jobs: [job('j', [tasks('t', [10])]), other], actions }));
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 disabling', '7 disabled']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '7 requeued jobDisabled']);
    expect(taskMoves(recording, 'k/u1')).toEqual(['7 running n0', '12 exit 0']);
  });

  test('JOB-15, JOB-17: disable needs an option, enable a disabled job', () => {
    const recording = runJob({}, [
      [1, { kind: 'disableJob', jobId: 'j', disableTasks: null }],
      [2, enable],
      [3, { kind: 'enableJob', jobId: 'other' }],
      [4, disable('wait')],
      [5, enable],
      [6, terminate()],
      [7, disable('wait')],
      [8, enable],
    ]);
    expect(answers(recording)).toEqual([
      '1 disableJob job j MissingRequiredProperty',
      '2 enableJob job j OperationInvalidForCurrentState',
      '3 enableJob job other JobNotFound',
      '4 disableJob job j 202',
      '5 enableJob job j OperationInvalidForCurrentState',
      '6 terminateJob job j 202',
      '7 disableJob job j JobCompleted',
      '8 enableJob job j OperationInvalidForCurrentState',
    ]);
  });

  test('SIM-03: a task that exits exactly when its job is disabled has completed, and the job is disabled at once', () => {
    const recording = runJob({}, [
      [10, disable('requeue')],
      [10, enable],
    ]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '10 exit 0']);
    expect(taskMoves(recording, 'j/t2')).toEqual(['10 running n0', '20 exit 0']);
  });
});

describe('terminate', () => {
  test('JOB-11: what runs is stopped, what is active stays so for ever, and the job is completed', () => {
    const recording = runJob({}, [[4, terminate('enough')]]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 terminating', '4 completed']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '4 stopped jobTerminated']);
    expect(taskResult(recording, 'j/t2')).toBe('active retries 0 requeues 0');
    expect(recording.jobs[0]).toMatchObject({ state: 'completed', endMs: 4, terminateReason: 'enough' });
  });

  test('JOB-12: without a text the reason is UserTerminate', () => {
    expect(runJob({}, [[4, terminate()]]).jobs[0]?.terminateReason).toBe('UserTerminate');
  });

  test('JOB-13: twice is refused; JOB-13: force completes a job whose processes are not gone yet', () => {
    const slow = pool(1, { timing: latencies({ kill: 8 }) });
    const actions = [act(4, terminate()), act(5, terminate()), act(6, terminate(null, true)), act(7, terminate())];
    const { recording } = simulate(world({ pools: [slow], jobs: [job('j', [tasks('t', [10])])], actions }));
    expect(answers(recording).map((line) => line.split(' ').pop())).toEqual([
      '202',
      'JobBeingTerminated',
      '202',
      'JobCompleted',
    ]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 terminating', '6 completed']);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '12 stopped jobTerminated']);
  });

  test('JOB-11, TASK-27: tasks that come later are refused, each by its own', () => {
    const late = tasks('t', [1, 1], {
      arrival: { kind: 'every', intervalMs: 5, fromMs: 0, untilMs: null, count: null },
    });
    const recording = runJob({ tasks: [late] }, [[3, terminate()]]);
    expect(recording.tasks.count).toBe(1);
    expect(answers(recording)).toEqual(['3 terminateJob job j 202', '5 addTasks job j task t2 JobCompleted']);
  });
});

describe('delete', () => {
  test('JOB-14: job and tasks are gone, what ran is stopped, and the id is free', () => {
    const again = { kind: 'addJob', job: { ok: true, value: job('J', [tasks('t', [3])]) } } as const;
    const recording = runJob({}, [
      [4, remove()],
      [5, terminate()],
      [6, again],
    ]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 deleting', '4 gone']);
    expect(recording.jobs[0]).toMatchObject({ state: 'deleted', deletedMs: 4 });
    expect(recording.tasks.deletedMs?.slice(0, 2)).toEqual(Float64Array.of(4, 4));
    expect(taskMoves(recording, 'J/t1')).toEqual(['6 running n0', '9 exit 0']);
    expect(answers(recording)).toEqual([
      '4 deleteJob job j 202',
      '5 terminateJob job j JobNotFound',
      '6 addJob job J 201',
    ]);
  });

  test('JOB-14, ERR-15: while a job is being deleted everything else is refused', () => {
    const slow = pool(1, { timing: latencies({ kill: 5 }) });
    const kinds = ['disableJob', 'enableJob', 'terminateJob', 'deleteJob', 'patchJob'] as const;
    const given = { disableTasks: 'wait', terminateReason: null, force: false, changes: { priority: 5 } };
    const actions = [
      act(4, remove()),
      ...kinds.map((kind) => act(5, { kind, jobId: 'j', ...given } as unknown as Operation)),
      act(5, { kind: 'terminateTask', jobId: 'j', taskId: 't1' }),
    ];
    const { recording } = simulate(world({ pools: [slow], jobs: [job('j', [tasks('t', [10])])], actions }));
    const codes = recording.operations.map(({ code }) => code);
    expect(codes).toEqual([null, ...Array.from({ length: 6 }, () => 'JobBeingDeleted')]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 deleting', '9 gone']);
  });

  test('JOB-26: a completed job can still be deleted, and nothing else be done to it', () => {
    const recording = runJob({}, [
      [4, terminate()],
      [5, { kind: 'patchJob', jobId: 'j', changes: { priority: 1 } }],
      [6, remove()],
    ]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '4 terminating', '4 completed', '6 deleting', '6 gone']);
    expect(recording.operations[1]?.code).toBe('JobCompleted');
  });
});

describe('the end of a job by itself', () => {
  test('JOB-08: a job ends with its tasks, in the instant of the last exit', () => {
    const recording = runJob({ onAllTasksComplete: 'terminatejob' }, []);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '20 terminating', '20 completed']);
    expect(recording.jobs[0]?.terminateReason).toBe('AllTasksComplete');
  });

  test('JOB-08: a job without tasks is complete, unless tasks come in the same instant', () => {
    const ending = { onAllTasksComplete: 'terminatejob', tasks: [] } as const;
    expect(jobMoves(runJob(ending, []), 'j')).toEqual(['0 active', '0 terminating', '0 completed']);
    const adds: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('t', [7])] } };
    expect(jobMoves(runJob(ending, [[0, adds]]), 'j')).toEqual(['0 active', '7 terminating', '7 completed']);
  });

  test('JOB-08: tasks added in the instant of the last exit keep the job going', () => {
    const adds: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('u', [7])] } };
    const recording = runJob({ onAllTasksComplete: 'terminatejob' }, [[20, adds]]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '27 terminating', '27 completed']);
  });

  test('JOB-08: while the job is disabled nothing is checked; enabled it ends at once', () => {
    const recording = runJob({ onAllTasksComplete: 'terminatejob', tasks: [tasks('t', [10])] }, [
      [4, disable('wait')],
      [30, enable],
    ]);
    expect(jobMoves(recording, 'j').slice(2)).toEqual([
      '10 disabled',
      '30 enabling',
      '30 active',
      '30 terminating',
      '30 completed',
    ]);
  });

  test('JOB-09: a blocked task is active, so that its job does not end', () => {
    const child = tasks('c', [1], { dependsOn: { taskIds: ['t1'], taskIdRanges: [], columns: null } });
    const failing = tasks('t', [5], { exitCode: each(1) });
    const recording = runJob({ onAllTasksComplete: 'terminatejob', tasks: [failing, child] }, []);
    expect(jobMoves(recording, 'j')).toEqual(['0 active']);
  });

  test('JOB-06: the wall clock counts from creation, time disabled included, and is no reason to go on once all is done', () => {
    const limited = { maxWallClockTimeMs: 15, arrival: at(2) };
    const recording = runJob(limited, [
      [4, disable('requeue')],
      [8, enable],
    ]);
    expect(jobMoves(recording, 'j').slice(-2)).toEqual(['17 terminating', '17 completed']);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '2 running n0',
      '4 requeued jobDisabled',
      '8 running n0',
      '17 stopped jobTerminated',
    ]);
    expect(recording.jobs[0]?.terminateReason).toBe('MaxWallClockTimeExpiry');
    const done = runJob({ maxWallClockTimeMs: 1000, tasks: [tasks('t', [5])] }, []);
    expect(done.run.endMs).toBe(5);
  });

  test('JOB-06, SIM-03: a task that exits exactly at the wall clock of its job has exited', () => {
    const recording = runJob({ maxWallClockTimeMs: 10 }, []);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '10 exit 0']);
    expect(jobMoves(recording, 'j').at(-1)).toBe('10 completed');
  });
});

describe('quota', () => {
  test('ACC-10: declared jobs beyond the quota are refused; completed ones do not count', () => {
    const jobs = [
      job('a', [tasks('t', [5])], { onAllTasksComplete: 'terminatejob' }),
      job('b', [tasks('t', [5])]),
      job('c', [tasks('t', [5])], { arrival: at(5) }),
      job('d', [tasks('t', [5])], { arrival: at(10) }),
    ];
    const { recording } = simulate(world({ pools: [pool(1)], jobs, activeJobAndJobScheduleQuota: 1 }));
    expect(answers(recording)).toEqual([
      '0 addJob job b ActiveJobAndScheduleQuotaReached',
      '5 addJob job c ActiveJobAndScheduleQuotaReached',
    ]);
    expect(taskMoves(recording, 'd/t1')).toEqual(['10 running n0', '15 exit 0']);
    expect(recording.tasks.count).toBe(2);
  });

  test('ACC-17, ERR-04: ids are taken without regard to case; the id comes before the quota', () => {
    const adds = (id: string): Operation => ({ kind: 'addJob', job: { ok: true, value: job(id, []) } });
    const actions = [act(1, adds('J')), act(2, adds('k'))];
    const { recording } = simulate(
      world({ pools: [pool(1)], jobs: [job('j', [])], actions, activeJobAndJobScheduleQuota: 1 }),
    );
    expect(recording.operations.map(({ code }) => code)).toEqual(['JobExists', 'ActiveJobAndScheduleQuotaReached']);
  });
});

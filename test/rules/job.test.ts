import { describe, expect, test } from 'vitest';
import { loadScenarioText } from '../../src/index.js';
import {
  type Account,
  type Action,
  type Job,
  type JobChanges,
  makeJobManager,
  makeJobPreparation,
  makeJobRelease,
  makeJobSchedule,
  NO_DEMANDS,
  type Operation,
  taskEnvironment,
} from '../../src/model/index.js';
import { countTasks, type Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { afterTasks, at, each, job, latencies, pool, tasks, world } from '../helpers/world.js';

function runOn(account: Partial<Account>, actions: readonly Action[] = [], untilMs: number | null = null): Recording {
  const scenario = world({ pools: [pool(1)], actions, ...account });
  return simulate({ ...scenario, clock: { ...scenario.clock, untilMs } }).recording;
}

const disable = (disableTasks: 'requeue' | 'terminate' | 'wait'): Operation => ({
  kind: 'disableJob',
  jobId: 'j',
  disableTasks,
});
const enable: Operation = { kind: 'enableJob', jobId: 'j' };
const terminate = (force = false): Operation => ({ kind: 'terminateJob', jobId: 'j', terminateReason: null, force });
const remove: Operation = { kind: 'deleteJob', jobId: 'j', force: false };
const patch = (changes: JobChanges): Operation => ({
  kind: 'patchJob',
  jobId: 'j',
  changes,
});
const add = (value: Job): Operation => ({ kind: 'addJob', job: { ok: true, value } });
const code = (line: string | undefined) => line?.split(' ').at(-1);

describe('states', () => {
  test('JOB-01: a new job is active, and goes through every state that there is', () => {
    const slow = pool(1, { timing: latencies({ kill: 2 }) });
    const recording = runOn({ pools: [slow], jobs: [job('j', [tasks('t', [100])], { arrival: at(1) })] }, [
      act(10, disable('requeue')),
      act(20, enable),
      act(30, terminate()),
      act(40, remove),
    ]);
    expect(jobMoves(recording, 'j')).toEqual([
      '1 active',
      '10 disabling',
      '12 disabled',
      '20 enabling',
      '20 active',
      '30 terminating',
      '32 completed',
      '40 deleting',
      '40 gone',
    ]);
  });

  /** What brings the job into a state before 6 and keeps it there: a process takes 50 ms to stop. */
  const WAYS: Readonly<Record<string, readonly Action[]>> = {
    active: [],
    disabling: [act(5, disable('wait'))],
    disabled: [act(0, disable('wait'))],
    terminating: [act(5, terminate())],
    completed: [act(0, terminate())],
    deleting: [act(5, remove)],
  };
  test.each([
    ['disable', disable('wait'), '202 202 202 JobBeingTerminated JobCompleted JobBeingDeleted'],
    [
      'enable',
      enable,
      'OperationInvalidForCurrentState OperationInvalidForCurrentState 202 OperationInvalidForCurrentState OperationInvalidForCurrentState JobBeingDeleted',
    ],
    ['terminate', terminate(), '202 202 202 JobBeingTerminated JobCompleted JobBeingDeleted'],
    ['delete', remove, '202 202 202 202 202 JobBeingDeleted'],
  ] as const)('JOB-02, JOB-13, JOB-17, JOB-26: what %s meets in each state', (_, operation, expected) => {
    const slow = pool(1, { timing: latencies({ kill: 50 }) });
    const found = Object.entries(WAYS).map(([state, way]) => {
      const startsAt = way.some(({ atMs }) => atMs === 0) ? 100 : 0;
      const one = job('j', [tasks('t', [100], { arrival: at(startsAt) })]);
      const recording = runOn({ pools: [slow], jobs: [one] }, [...way, act(6, operation)], 7);
      expect(
        jobMoves(recording, 'j')
          .filter((line) => Number(line.split(' ')[0]) < 6)
          .at(-1),
      ).toContain(state);
      return code(answers(recording).find((line) => line.startsWith('6 ')));
    });
    expect(found.join(' ')).toBe(expected);
  });

  test('JOB-04: a priority out of range is 400 OutOfRangePriority, when a job is added and when it is changed', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [100])])] }, [
      act(1, add(job('k', [], { priority: 1001 }))),
      act(2, add(job('l', [], { priority: 1000 }))),
      act(3, patch({ priority: -1001 })),
      act(4, patch({ priority: -1000 })),
    ]);
    expect(recording.operations.map(({ code, status }) => code ?? status)).toEqual([
      'OutOfRangePriority',
      201,
      'OutOfRangePriority',
      200,
    ]);
    expect(recording.operations[0]?.status).toBe(400);
  });

  test('JOB-19: a limit of 0 or below -1 is 400, by patch too', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [100])])] }, [
      act(1, patch({ maxParallelTasks: 0 })),
      act(2, patch({ maxParallelTasks: -2 })),
      act(3, patch({ maxParallelTasks: -1 })),
    ]);
    expect(recording.operations.map(({ code, status }) => code ?? status)).toEqual([
      'InvalidPropertyValue',
      'InvalidPropertyValue',
      200,
    ]);
    expect(recording.operations[0]?.status).toBe(400);
  });
});

describe('ends', () => {
  test('JOB-10: a task that could not be started has failed, and its job may end with it', () => {
    const demands = { ...NO_DEMANDS, fault: 'CommandProgramNotFound' } as const;
    const jobs = [job('j', [tasks('t', [10], { demands })], { onTaskFailure: 'performexitoptionsjobaction' })];
    const recording = runOn({ jobs });
    expect(taskResult(recording, 'j/t1')).toBe('completed CommandProgramNotFound retries 0 requeues 0');
    expect(recording.jobs[0]).toMatchObject({ state: 'completed', endMs: 0, terminateReason: 'TaskFailed' });
  });

  test('JOB-10: a failure that is retried is none yet', () => {
    const failing = tasks('t', [10], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
    const recording = runOn({ jobs: [job('j', [failing], { onTaskFailure: 'performexitoptionsjobaction' })] });
    expect(jobMoves(recording, 'j')).toEqual(['0 active']);
  });

  test('JOB-12: each way to end a job has its reason', () => {
    const manager = makeJobManager({ task: tasks('m', [5]) });
    const failing = tasks('t', [5], { exitCode: each(1) });
    const jobs = [
      job('manager', [], { jobManagerTask: manager }),
      job('clock', [tasks('t', [50])], { maxWallClockTimeMs: 9 }),
      job('complete', [tasks('t', [5])], { onAllTasksComplete: 'terminatejob' }),
      job('failed', [failing], { onTaskFailure: 'performexitoptionsjobaction' }),
      job('text', []),
      job('user', []),
    ];
    const schedule = makeJobSchedule({ id: 's', jobSpecification: job('', [tasks('t', [50])]) });
    const recording = runOn({ pools: [pool(9)], jobs, jobSchedules: [schedule] }, [
      act(3, { kind: 'terminateJob', jobId: 'text', terminateReason: 'enough', force: false }),
      act(3, { kind: 'terminateJob', jobId: 'user', terminateReason: null, force: false }),
      act(3, { kind: 'terminateJobSchedule', jobScheduleId: 's' }),
    ]);
    expect(Object.fromEntries(recording.jobs.map(({ id, terminateReason }) => [id, terminateReason]))).toEqual({
      manager: 'JMComplete',
      clock: 'MaxWallClockTimeExpiry',
      complete: 'AllTasksComplete',
      failed: 'TaskFailed',
      text: 'enough',
      user: 'UserTerminate',
      's:job-1': 'TerminateJobSchedule',
    });
  });

  test('JOB-14, TASK-13: with the job its task directories are gone, whatever their retention: a node need not wait for them', () => {
    const kept = tasks('t', [10], { retentionTimeMs: 1000 });
    const shrink: Operation = {
      kind: 'resizePool',
      poolId: 'p',
      targetDedicatedNodes: 0,
      targetLowPriorityNodes: 0,
      resizeTimeoutMs: null,
      nodeDeallocationOption: 'retaineddata',
    };
    const before = runOn({ jobs: [job('j', [kept])] }, [act(20, remove), act(30, shrink)]);
    expect(before.nodes.goneMs[0]).toBe(30);
    const after = runOn({ jobs: [job('j', [kept])] }, [act(30, shrink), act(40, remove)]);
    expect(after.nodes.goneMs[0]).toBe(40);
  });

  test('JOB-11, JOB-27: a job begins with its creation and ends with the last of its tasks', () => {
    const jobs = [job('j', [tasks('t', [10], { arrival: at(7) })], { arrival: at(5), maxWallClockTimeMs: 13 })];
    const recording = runOn({ jobs });
    expect(recording.jobs[0]).toMatchObject({ createdMs: 5, endMs: 18, terminateReason: 'MaxWallClockTimeExpiry' });
  });

  test('JOB-28: a release task without a preparation task is 400', () => {
    const release = makeJobRelease();
    const recording = runOn({}, [
      act(1, add(job('j', [], { jobReleaseTask: release }))),
      act(2, add(job('j', [], { jobReleaseTask: release, jobPreparationTask: makeJobPreparation() }))),
    ]);
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'InvalidPropertyValue 400',
      'null 201',
    ]);
  });
});

describe('what is known of a job', () => {
  test('JOB-22: its settings reach manager and tasks, preparation and release; a task’s own of the same name wins', () => {
    const node = {
      accountName: 'a',
      accountUrl: 'https://a',
      poolId: 'p',
      nodeId: 'n',
      isDedicated: true,
      os: 'linux',
      packages: [],
      directories: {
        ...{ root: '/r', applications: '/r/a', mounts: '/r/f', shared: '/r/s', startup: '/r/st' },
        ...{ startupWorking: '/r/st/wd', workitems: '/r/w', separator: '/' },
      },
    } as const;
    const extras = {
      ...{ authenticationToken: null, instances: null, packages: [], appPackageLowerCase: true },
      commonEnvironmentSettings: [
        { name: 'A', value: 'job' },
        { name: 'B', value: 'job' },
      ],
      environmentSettings: [{ name: 'B', value: 'own' }],
    };
    for (const kind of ['preparation', 'release', 'task'] as const) {
      const variables = taskEnvironment(node, { kind, jobId: 'j', taskId: 't', preparationId: null }, extras);
      const own = variables.filter(({ name }) => name === 'A' || name === 'B');
      expect(own.map(({ name, value }) => `${name}=${value}`)).toEqual(['A=job', 'B=own']);
    }
  });

  test('JOB-23: whether tasks may depend on each other is off by default and cannot be changed', () => {
    const text = (changes: string) => `
version: 1
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
jobs: [{ id: j, poolInfo: { poolId: p }, tasks: [{ id: t, model: { runtime: 10s } }] }]
actions: [{ at: +1s, patchJob: { jobId: j, ${changes} } }]
`;
    const loaded = loadScenarioText('scenario.yaml', text('priority: 1'));
    expect(loaded.ok && loaded.value.scenario.accounts[0]?.jobs[0]?.usesTaskDependencies).toBe(false);
    expect(loadScenarioText('scenario.yaml', text('usesTaskDependencies: true')).ok).toBe(false);
  });

  test('JOB-24: preparing tasks count as running, blocked and waiting ones as active', () => {
    const prepared = job('j', [tasks('t', [10, 10]), tasks('u', [1], afterTasks(['t1']))], {
      jobPreparationTask: makeJobPreparation({
        command: { runtime: each(5), exitCode: each(0), downloadBytes: 0, fault: null },
      }),
    });
    expect(countTasks(runOn({ jobs: [prepared] }, [], 3))).toMatchObject({ active: 2, running: 1, succeeded: 0 });
    expect(countTasks(runOn({ jobs: [prepared] }, [], 15))).toMatchObject({ active: 1, running: 1, succeeded: 1 });
    expect(countTasks(runOn({ jobs: [prepared] }))).toMatchObject({ active: 0, running: 0, succeeded: 3, failed: 0 });
  });

  test('JOB-25: retries are counted without requeues', () => {
    const failing = tasks('t', [10], { exitCode: each(1, 0, 0), maxTaskRetryCount: 3 });
    const recording = runOn({ jobs: [job('j', [failing])] }, [act(15, disable('requeue')), act(20, enable)]);
    expect(taskMoves(recording, 'j/t1').at(-1)).toBe('30 exit 0');
    expect(countTasks(recording)).toMatchObject({ succeeded: 1, retries: 1, requeues: 1 });
  });
});

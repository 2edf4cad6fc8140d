import { describe, expect, test } from 'vitest';
import { loadScenarioText } from '../../src/index.js';
import {
  type Account,
  type Action,
  failureInfo,
  filesUntilMs,
  type Job,
  makeJobPreparation,
  NO_DEMANDS,
  nodeId,
  type Operation,
  type TaskDemands,
  type TaskSet,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, answers, jobMoves, taskMoves, taskResult } from '../helpers/job-events.js';
import { at, each, gantt, job, latencies, pool, tasks, world } from '../helpers/world.js';

function runOn(account: Partial<Account>, actions: readonly Action[] = [], untilMs: number | null = null): Recording {
  const scenario = world({ pools: [pool(1)], actions, ...account });
  return simulate({ ...scenario, clock: { ...scenario.clock, untilMs } }).recording;
}

const one = (given: Partial<TaskSet> = {}, ofJob: Partial<Job> = {}) => ({
  jobs: [job('j', [tasks('t', [20], given)], ofJob)],
});
const demanding = (given: Partial<TaskDemands>): Partial<TaskSet> => ({ demands: { ...NO_DEMANDS, ...given } });
const onTask = <K extends 'terminateTask' | 'deleteTask' | 'reactivateTask'>(kind: K, taskId = 't1'): Operation => ({
  kind,
  jobId: 'j',
  taskId,
});
const onNode = (kind: 'rebootNode' | 'reimageNode' | 'deallocateNode', option: 'requeue' | 'terminate'): Operation => ({
  kind,
  poolId: 'p',
  node: 'n0',
  option,
});
const offline = (option: 'requeue' | 'terminate'): Operation => ({
  kind: 'disableNodeScheduling',
  poolId: 'p',
  node: 'n0',
  option,
});
const disableJob = (disableTasks: 'requeue' | 'terminate'): Operation => ({
  kind: 'disableJob',
  jobId: 'j',
  disableTasks,
});
const removeNode = (nodeDeallocationOption: 'requeue' | 'terminate'): Operation => ({
  kind: 'removeNodes',
  poolId: 'p',
  nodes: ['n0'],
  resizeTimeoutMs: null,
  nodeDeallocationOption,
});
const resize: Operation = {
  kind: 'resizePool',
  poolId: 'p',
  targetDedicatedNodes: 0,
  targetLowPriorityNodes: 0,
  resizeTimeoutMs: null,
  nodeDeallocationOption: 'requeue',
};
const terminateJob: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };
const last = (lines: readonly string[]) => lines.at(-1)?.split(' ').at(-1);

describe('states and times', () => {
  test('TASK-01, TASK-02, TASK-03: active, preparing, running, completed; it starts when it enters running, its files included', () => {
    const command = { runtime: each(5), exitCode: each(0), downloadBytes: 0, fault: null };
    const given = { jobPreparationTask: makeJobPreparation({ command }) };
    const world = {
      pools: [pool(1, { bandwidth: 10 })],
      ...one({ arrival: at(2), ...demanding({ downloadBytes: 30 }) }, given),
    };
    expect(taskMoves(runOn(world), 'j/t1')).toEqual(['2 preparing n0', '7 running n0', '30 exit 0']);
    const preparing = runOn(world, [], 6);
    expect(preparing.tasks.startMs[0]).toBe(-1);
    expect(preparing.tasks.endMs[0]).toBe(-1);
    const running = runOn(world, [], 9);
    expect(running.tasks.startMs[0]).toBe(7);
    expect(running.tasks.endMs[0]).toBe(-1);
  });

  test('TASK-04: success is exit code 0 with its output sent; all else has a category, a code and a message', () => {
    const sets = [
      tasks('good', [1]),
      tasks('exit', [1], { exitCode: each(3) }),
      tasks('upload', [1], demanding({ uploadFault: 'FileUploadAccessDenied' })),
    ];
    const recording = runOn({ jobs: [job('j', sets)] });
    expect(['good1', 'exit1', 'upload1'].map((id) => taskResult(recording, `j/${id}`).split(' ')[1])).toEqual([
      'success',
      'FailureExitCode',
      'FileUploadAccessDenied',
    ]);
    expect(failureInfo('FailureExitCode')).toMatchObject({ category: 'usererror', code: 'FailureExitCode' });
    expect(failureInfo('FileUploadMiscError')?.category).toBe('servererror');
  });

  test('TASK-05: what stands in a command line changes nothing: no shell reads it', () => {
    const text = (commandLine: string) => `
version: 1
model: { timing: none }
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
jobs:
  - id: j
    poolInfo: { poolId: p }
    tasks: [{ id: t, commandLine: ${JSON.stringify(commandLine)}, model: { runtime: 10s } }]
`;
    const [plain, shell] = ['work', 'sleep 99 && exit $CODE | tee ../x > /dev/null'].map((commandLine) => {
      const loaded = loadScenarioText('scenario.yaml', text(commandLine));
      if (!loaded.ok) throw new Error('the scenario is refused');
      return gantt(simulate(loaded.value.scenario).recording);
    });
    expect(shell).toEqual(['j/t 0-10000 n0']);
    expect(shell).toEqual(plain);
  });
});

describe('retries and requeues', () => {
  test('TASK-06: what fails before its process or after it is not retried', () => {
    for (const given of [
      { fault: 'BlobNotFound' },
      { fault: 'CommandProgramNotFound' },
      { uploadFault: 'FileUploadMiscError' },
    ] as const) {
      const recording = runOn(one({ maxTaskRetryCount: 3, ...demanding(given) }));
      expect(taskResult(recording, 'j/t1')).toMatch(/^completed (?!success).* retries 0/);
    }
  });

  test('TASK-07: 400 InvalidConstraintValue for less than -1, also when constraints are changed', () => {
    const set = tasks('u', [1], { maxTaskRetryCount: -2 });
    const constraints = { maxTaskRetryCount: -2, maxWallClockTimeMs: null, retentionTimeMs: null };
    const recording = runOn(one(), [
      act(1, { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [set] } }),
      act(2, { kind: 'updateTask', jobId: 'j', taskId: 't1', constraints }),
      act(3, { kind: 'updateTask', jobId: 'j', taskId: 't1', constraints: { ...constraints, maxTaskRetryCount: -1 } }),
    ]);
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'InvalidConstraintValue 200', // of the task: the call adds a collection (TASK-26)
      'InvalidConstraintValue 400',
      'null 200',
    ]);
  });

  test.each([
    ['node removal', removeNode('requeue'), 1],
    ['resize', resize, 1],
    ['disabled job', disableJob('requeue'), 1],
    ['reboot', onNode('rebootNode', 'requeue'), 1],
    ['reimage', onNode('reimageNode', 'requeue'), 1],
    ['deallocation', onNode('deallocateNode', 'requeue'), 1],
    ['disabled scheduling', offline('requeue'), 1],
    ['node loss', { kind: 'failNode', poolId: 'p', node: 'n0', error: null, recovers: false } as const, 0],
    ['host reboot', { kind: 'hostReboot', poolId: 'p', node: 'n0' } as const, 0],
  ])(
    'TASK-09, TASK-10: %s runs the task again without retries, and counts requeues accordingly',
    (_, operation, requeues) => {
      const enable: Operation = { kind: 'enableJob', jobId: 'j' };
      const recording = runOn({ pools: [pool(1)], ...one({ maxTaskRetryCount: 0 }) }, [
        act(5, operation),
        act(6, enable),
      ]);
      expect(taskMoves(recording, 'j/t1')[1]).toMatch(/^5 requeued/);
      expect(taskResult(recording, 'j/t1')).toMatch(new RegExp(`retries 0 requeues ${requeues}$`));
    },
  );

  test('TASK-09, TASK-10: preemption counts neither', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1 });
    const recording = runOn({ pools: [spot], ...one() }, [
      act(5, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null }),
    ]);
    expect(taskMoves(recording, 'j/t1')).toEqual([
      '0 running n0',
      '5 requeued nodePreempted',
      '5 running n0',
      '25 exit 0',
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 0 requeues 0');
  });
});

describe('ends by others', () => {
  test.each([
    ['its wall clock', null],
    ['terminate', onTask('terminateTask')],
    ['its job disabled with terminate', disableJob('terminate')],
    ['its job terminated', terminateJob],
    ['scheduling disabled with terminate', offline('terminate')],
    ['a reboot with terminate', onNode('rebootNode', 'terminate')],
    ['a reimage with terminate', onNode('reimageNode', 'terminate')],
    ['a deallocation with terminate', onNode('deallocateNode', 'terminate')],
    ['its node removed with terminate', removeNode('terminate')],
  ])(
    'TASK-15, TASK-14: ended by %s it is completed with TaskEnded and the code of a killed process',
    (_, operation) => {
      const constraints = operation === null ? { maxWallClockTimeMs: 5 } : {};
      const recording = runOn(
        one({ maxTaskRetryCount: 3, ...constraints }),
        operation === null ? [] : [act(5, operation)],
      );
      expect(taskResult(recording, 'j/t1')).toBe('completed TaskEnded retries 0 requeues 0');
      expect(recording.tasks.endMs[0]).toBe(5);
      expect(recording.tasks.exitCode[0]).toBe(-9);
    },
  );

  test('TASK-15: the category is an option, and a wall clock says so in a detail', () => {
    expect(failureInfo('TaskEnded')?.category).toBe('usererror');
    expect(failureInfo('TaskEnded', 'servererror')?.category).toBe('servererror');
    expect(failureInfo('TaskEnded')?.details).toEqual([]);
    expect(failureInfo('TaskEnded', 'usererror', 'wallClock')?.details).toMatchObject([{ name: 'Message' }]);
  });

  test('TASK-17: a program that is not found leaves no exit code and no attempt', () => {
    const recording = runOn(one({ maxTaskRetryCount: 2, ...demanding({ fault: 'CommandProgramNotFound' }) }));
    expect(taskMoves(recording, 'j/t1').filter((line) => line.includes('exit'))).toEqual([]);
    expect(recording.attempts.count).toBe(0);
    expect(recording.tasks.endMs[0]).toBe(0);
  });

  test('TASK-22: preparing it is completed too, and never runs', () => {
    const command = { runtime: each(9), exitCode: each(0), downloadBytes: 0, fault: null };
    const given = { jobPreparationTask: makeJobPreparation({ command }) };
    const recording = runOn(one({}, given), [act(5, onTask('terminateTask')), act(6, onTask('terminateTask'))]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 preparing n0', '5 stopped terminateTask']);
    expect(answers(recording).map((line) => line.split(' ').at(-1))).toEqual(['204', 'TaskCompleted']);
  });

  test('TASK-23: it can be deleted in any state', () => {
    const sets = [tasks('t', [10, 10, 10]), tasks('late', [1], { arrival: at(50) })];
    const recording = runOn({ jobs: [job('j', sets)] }, [
      act(15, onTask('deleteTask', 't1')),
      act(15, onTask('deleteTask', 't2')),
      act(15, onTask('deleteTask', 't3')),
      act(16, onTask('deleteTask', 't1')),
    ]);
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'null 200',
      'null 200',
      'null 200',
      'TaskNotFound 404',
    ]);
    expect(['t1', 't2', 't3'].map((id) => taskMoves(recording, `j/${id}`).at(-1))).toEqual(Array(3).fill('15 deleted'));
  });

  test('TASK-24: reactivated it has no exit code and no retries behind it, and keeps its requeues', () => {
    const recording = runOn(one({ exitCode: each(1, 1, 1, 0), maxTaskRetryCount: 1 }), [
      act(5, disableJob('requeue')),
      act(6, { kind: 'enableJob', jobId: 'j' }),
      act(60, onTask('reactivateTask')),
    ]);
    // Requeued at 5, attempts 6-26 and 26-46 fail; reactivated at 60, 60-80 ends well.
    expect(taskMoves(recording, 'j/t1').slice(2)).toEqual([
      '6 running n0',
      '26 retry 1',
      '26 running n0',
      '46 exit 1',
      '60 reactivated',
      '60 running n0',
      '80 exit 0',
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('completed success retries 0 requeues 1');
  });

  test('TASK-24: only what has failed, in a job that has not ended', () => {
    const codes = (given: Parameters<typeof one>, ...actions: Action[]) => last(answers(runOn(one(...given), actions)));
    expect(codes([{}], act(5, onTask('reactivateTask')))).toBe('TaskNotCompleted');
    expect(codes([{}], act(25, onTask('reactivateTask')))).toBe('TaskSucceeded');
    const failing = { exitCode: each(1) };
    expect(codes([failing], act(25, onTask('reactivateTask')))).toBe('204');
    expect(codes([failing], act(21, terminateJob), act(25, onTask('reactivateTask')))).toBe('JobCompleted');
  });

  test('TASK-25: constraints that are left out become the default; a completed task keeps its own', () => {
    const none = { maxTaskRetryCount: null, maxWallClockTimeMs: null, retentionTimeMs: null };
    const update: Operation = { kind: 'updateTask', jobId: 'j', taskId: 't1', constraints: none };
    const recording = runOn(one({ maxWallClockTimeMs: 10, maxTaskRetryCount: 5, exitCode: each(1) }), [
      act(5, update),
      act(25, update),
    ]);
    expect(taskMoves(recording, 'j/t1')).toEqual(['0 running n0', '20 exit 1']);
    expect(answers(recording).map((line) => line.split(' ').at(-1))).toEqual(['200', 'TaskCompleted']);
  });
});

describe('places and files', () => {
  test('TASK-13, FILE-06: the directory of a task is kept 7 days, or as long as the task says', () => {
    expect(filesUntilMs(1000, null)).toBe(1000 + 7 * 24 * 3_600_000);
    expect(filesUntilMs(1000, 5)).toBe(1005);
    const shrink = { ...resize, resizeTimeoutMs: 168 * 3_600_000, nodeDeallocationOption: 'retaineddata' } as const;
    const week = runOn(one(), [act(30, shrink)]);
    expect(week.nodes.goneMs[0]).toBe(20 + 7 * 24 * 3_600_000);
    expect(runOn(one({ retentionTimeMs: 15 }), [act(30, shrink)]).nodes.goneMs[0]).toBe(35);
  });

  test('TASK-19: the affinity id of a task that has run is that of its node, and is no reason to wait', () => {
    const wanted = `TVM:${nodeId(1, 'a', 'p', 1, 'dedicated')}`;
    const sets = [tasks('t', [9, 9]), tasks('u', [5, 5], { arrival: at(10), affinityId: wanted })];
    expect(gantt(runOn({ pools: [pool(2)], jobs: [job('j', sets)] })).slice(1)).toEqual([
      'j/t2 0-9 n1',
      'j/u1 10-15 n1',
      'j/u2 10-15 n0',
    ]);
  });

  test('TASK-20: output is sent after each attempt that it is meant for, and the task is running meanwhile', () => {
    const given = { exitCode: each(1, 0), maxTaskRetryCount: 1 };
    const runFor = (uploadOn: TaskDemands['uploadOn']) =>
      taskMoves(
        runOn({
          pools: [pool(1, { bandwidth: 10 })],
          ...one({ ...given, ...demanding({ uploadBytes: 40, uploadOn }) }),
        }),
        'j/t1',
      );
    expect(runFor('taskcompletion')).toEqual(['0 running n0', '24 retry 1', '24 running n0', '48 exit 0']);
    expect(runFor('taskfailure')).toEqual(['0 running n0', '24 retry 1', '24 running n0', '44 exit 0']);
    expect(runFor('tasksuccess')).toEqual(['0 running n0', '20 retry 1', '20 running n0', '44 exit 0']);
  });

  test('TASK-21: access to its own job is taken from the task, other access is refused, and neither changes a run', () => {
    const text = (access: string) => `
version: 1
model: { timing: none }
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
jobs:
  - id: j
    poolInfo: { poolId: p }
    tasks: [{ id: t, authenticationTokenSettings: { access: [${access}] }, model: { runtime: 10s } }]
`;
    const loaded = loadScenarioText('scenario.yaml', text('job'));
    if (!loaded.ok) throw new Error('the scenario is refused');
    const { scenario } = loaded.value;
    expect(scenario.accounts[0]?.jobs[0]?.tasks[0]?.hasJobAccess).toBe(true);
    expect(gantt(simulate(scenario).recording)).toEqual(['j/t 0-10000 n0']);
    expect(loadScenarioText('scenario.yaml', text('account')).ok).toBe(false);
  });

  test('TASK-26: of a collection each task has its own answer, and those that can be are added', () => {
    const value = [tasks('t', [1, 1])];
    const recording = runOn(one(), [act(5, { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value } })]);
    expect(recording.operations[0]).toMatchObject({ status: 200, code: 'TaskExists' });
    expect(gantt(recording)).toEqual(['j/t1 0-20 n0', 'j/t2 20-21 n0']);
  });

  test('TASK-27: a job that is ending, has ended or goes takes no tasks', () => {
    const slow = pool(1, { timing: latencies({ kill: 4 }) });
    const add: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('u', [1])] } };
    const remove: Operation = { kind: 'deleteJob', jobId: 'j', force: false };
    const ended = runOn({ pools: [slow], ...one() }, [
      act(5, terminateJob),
      act(6, add),
      act(10, add),
      act(11, remove),
      act(12, add),
    ]);
    const codes = ended.operations.map(({ code, status }) => `${code} ${status}`);
    expect([codes[1], codes[2], codes[4]]).toEqual(['JobBeingTerminated 409', 'JobCompleted 409', 'JobNotFound 404']);
    const deleted = runOn({ pools: [slow], ...one() }, [act(5, remove), act(6, add)]);
    expect(deleted.operations[1]).toMatchObject({ code: 'JobBeingDeleted', status: 409 });
    expect(jobMoves(deleted, 'j').at(-1)).toBe('9 gone');
  });

  test('TASK-29: container settings stand exactly where the pool has containers', () => {
    const container = { image: 'work', imageBytes: 0 };
    const runFor = (hasContainers: boolean, given: Partial<TaskSet>) =>
      taskResult(runOn({ pools: [pool(1, { hasContainers })], ...one({ maxTaskRetryCount: 2, ...given }) }), 'j/t1');
    const failed = 'completed ContainerInvalidSettings retries 0 requeues 0';
    expect(runFor(true, demanding({ container }))).toBe('completed success retries 0 requeues 0');
    expect(runFor(true, {})).toBe(failed);
    expect(runFor(false, demanding({ container }))).toBe(failed);
  });
});

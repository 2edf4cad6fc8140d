import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type CommandModel,
  INSTANT_COMMAND,
  type Job,
  type JobPreparation,
  type JobRelease,
  makeJobPreparation,
  makeJobRelease,
  type Operation,
} from '../../src/model/index.js';
import { type Recording, SCHEDULE_FAILURES, WAIT_CAUSES } from '../../src/recording/index.js';
import { eventLines } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, nodeTasks, taskMoves, taskResult } from '../helpers/job-events.js';
import { at, each, gantt, job, latencies, logged, pool, tasks, world } from '../helpers/world.js';

const takes = (ms: number, given: Partial<CommandModel> = {}): CommandModel => ({
  ...INSTANT_COMMAND,
  runtime: each(ms),
  ...given,
});
const prepared = (ms: number, given: Partial<JobPreparation> = {}): Pick<Job, 'jobPreparationTask'> => ({
  jobPreparationTask: makeJobPreparation({ command: takes(ms), ...given }),
});
const released = (ms: number, given: Partial<JobRelease> = {}): Pick<Job, 'jobReleaseTask'> => ({
  jobReleaseTask: makeJobRelease({ command: takes(ms), ...given }),
});

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const terminate: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };
const remove: Operation = { kind: 'deleteJob', jobId: 'j', force: false };
const onNode = <K extends 'rebootNode' | 'reimageNode'>(kind: K, node = 'n0'): Operation => ({
  kind,
  poolId: 'p',
  node,
  option: null,
});
const add = (...ids: readonly string[]): Operation => ({
  kind: 'addTasks',
  jobId: 'j',
  tasks: { ok: true, value: ids.map((id) => ({ ...tasks('', [1]), ids: { kind: 'list', values: [id] } })) },
});

describe('preparation', () => {
  test('PREP-01: tasks have neither the ids of preparation and release, nor those that the job gives them', () => {
    const codesOf = (given: Partial<Job>, ...ids: string[]) =>
      runOn(
        { jobs: [job('j', [], given)] },
        ids.map((id, i) => act(i, add(id))),
      ).operations.map(({ code }) => code);
    const taken = ['TaskIdSameAsJobPreparationTask', 'TaskIdSameAsJobReleaseTask'];
    expect(codesOf({ ...prepared(0), ...released(0) }, 'jobpreparation', 'JobRelease', 'x')).toEqual([...taken, null]);
    const named = { ...prepared(0, { id: 'before' }), ...released(0, { id: 'after' }) };
    expect(codesOf(named, 'before', 'after', 'jobpreparation')).toEqual([...taken, null]);
    expect(codesOf({}, 'jobpreparation', 'jobrelease')).toEqual([null, null]);
  });

  test('PREP-03, JOB-19: a task that is preparing counts against the limit of its job', () => {
    const recording = runOn({
      pools: [pool(2)],
      jobs: [job('j', [tasks('t', [10, 10])], { maxParallelTasks: 1, ...prepared(5) })],
    });
    expect(gantt(recording)).toEqual(['j/t1 5-15 n0', 'j/t2 15-25 n0']);
  });

  test('PREP-05: a file that is not there fails it without a retry', () => {
    const command = takes(5, { fault: 'BlobNotFound' });
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], prepared(0, { command, maxTaskRetryCount: 3 }))] });
    expect(recording.nodeTasks).toMatchObject([
      { result: 'failure', failure: 'BlobNotFound', retries: 0, exitCode: null },
    ]);
    expect(taskResult(recording, 'j/t1')).toBe('active retries 0 requeues 0');
  });

  test('PREP-05, PREP-09: a reboot leaves the bar, a reimage takes it away and the job is prepared anew', () => {
    const command = takes(5, { exitCode: each(1) });
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], prepared(0, { command }))] }, [
      act(20, onNode('rebootNode')),
      act(30, onNode('reimageNode')),
    ]);
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 failure', 'preparation n0 30-35 failure']);
    expect(taskMoves(recording, 'j/t1').slice(2)).toEqual(['30 preparing n0', '35 requeued preparationFailed']);
  });

  test('PREP-05: a spot node that was preempted and returns is as reimaged', () => {
    const command = takes(5, { exitCode: each(1) });
    const spot = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ start: 3 }) });
    const recording = runOn({ pools: [spot], jobs: [job('j', [tasks('t', [10])], prepared(0, { command }))] }, [
      act(20, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null }),
    ]);
    // Back at 23: a machine that the job does not know.
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-5 failure', 'preparation n0 23-28 failure']);
    expect(taskResult(recording, 'j/t1')).toBe('active retries 0 requeues 0');
  });

  test('PREP-06, SCH-13: with all nodes barred the job hangs, and its tasks say that they found no place', () => {
    const recording = runOn({
      jobs: [job('j', [tasks('t', [10])], prepared(5, { command: takes(5, { exitCode: each(1) }) }))],
    });
    expect(recording.unfinished.count).toBe(1);
    expect(WAIT_CAUSES[recording.unfinished.cause[0] as number]).toBe('allNodesBarredByPreparation');
    const failed = SCHEDULE_FAILURES.indexOf('JobPreparationTaskFailed');
    expect(logged(recording, 'taskScheduleFail', true)).toEqual([`5 0 ${failed}`]);
    expect([...eventLines(recording, recording.log!)].join('')).toContain(
      '"TaskScheduleFailEvent","jobId":"j","poolId":"p","taskId":"t1","reason":"JobPreparationTaskFailed"',
    );
    expect(jobMoves(recording, 'j')).toEqual(['0 active']);
  });

  test('PREP-06, SCH-13: a task that only finds no room has no such reason; the preparation comes before it', () => {
    const barring = job('j', [tasks('t', [10, 10])], prepared(5, { command: takes(5, { exitCode: each(1) }) }));
    const full = runOn({ jobs: [job('k', [tasks('b', [50])]), barring] });
    expect(logged(full, 'taskScheduleFail', true)).toEqual(['0 1 0', '0 2 0', '55 1 1']);
  });

  test('PREP-08, PREP-05: it has retries and a wall clock of its own', () => {
    const command = takes(5, { exitCode: each(1, 1, 0) });
    const recording = runOn({ jobs: [job('j', [tasks('t', [1])], prepared(0, { command, maxTaskRetryCount: 2 }))] });
    expect(gantt(recording)).toEqual(['j/t1 15-16 n0']);
    const late = prepared(5, { maxWallClockTimeMs: 4, maxTaskRetryCount: 2 });
    expect(nodeTasks(runOn({ jobs: [job('j', [tasks('t', [1])], late)] }))).toEqual(['preparation n0 0-4 failure']);
  });

  test.each([
    [true, ['preparation n0 0-5 success', 'preparation n0 30-35 success']],
    [false, ['preparation n0 0-5 success']],
  ])(
    'PREP-09: after a reboot it runs again before the next task (rerunOnNodeRebootAfterSuccess %s)',
    (rerun, expected) => {
      const given = prepared(5, { rerunOnNodeRebootAfterSuccess: rerun });
      const sets = [tasks('t', [10]), tasks('u', [10], { arrival: at(30) })];
      const recording = runOn({ jobs: [job('j', sets, given)] }, [act(20, onNode('rebootNode'))]);
      expect(nodeTasks(recording)).toEqual(expected);
      expect(gantt(recording)[1]).toBe(rerun ? 'j/u1 35-45 n0' : 'j/u1 30-40 n0');
    },
  );

  test('PREP-09: after a reimage it runs again, whatever the option says', () => {
    const given = prepared(5, { rerunOnNodeRebootAfterSuccess: false });
    const sets = [tasks('t', [10]), tasks('u', [10], { arrival: at(30) })];
    const recording = runOn({ jobs: [job('j', sets, given)] }, [act(20, onNode('reimageNode'))]);
    expect(gantt(recording)[1]).toBe('j/u1 35-45 n0');
  });

  test('PREP-10: beside a preparation that it does not wait for a task has all slots of the node', () => {
    const two = pool(1, { taskSlotsPerNode: 2 });
    const jobs = [job('j', [tasks('t', [10, 10])], prepared(50, { waitForSuccess: false }))];
    const recording = runOn({ pools: [two], jobs });
    expect(gantt(recording)).toEqual(['j/t1 0-10 n0', 'j/t2 0-10 n0']);
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-50 success']);
  });

  test('PREP-10: while it runs other jobs have the slots that its task does not hold', () => {
    const two = pool(1, { taskSlotsPerNode: 2 });
    const recording = runOn({
      pools: [two],
      jobs: [job('j', [tasks('t', [10])], prepared(50)), job('k', [tasks('u', [4])])],
    });
    expect(gantt(recording)).toEqual(['j/t1 50-60 n0', 'k/u1 0-4 n0']);
  });
});

describe('release', () => {
  const both = { ...prepared(5), ...released(7) };

  test('PREP-11: where a task was only preparing, or none of the job came, none runs', () => {
    const sets = [tasks('t', [10]), tasks('u', [10], { arrival: at(12) })];
    // n0 ran t1 (5-15); u1 came to n1 at 12 and is still preparing at 15; n2 had no task.
    const recording = runOn({ pools: [pool(3)], jobs: [job('j', sets, both)] }, [act(15, terminate)]);
    expect(nodeTasks(recording).filter((line) => line.startsWith('release'))).toEqual(['release n0 15-22 success']);
    expect(jobMoves(recording, 'j').at(-1)).toBe('22 completed');
  });

  test('PREP-11, JOB-14: deleted without having been terminated it runs, deleted afterwards it does not', () => {
    const deleted = runOn({ jobs: [job('j', [tasks('t', [10])], both)] }, [act(20, remove)]);
    expect(nodeTasks(deleted)).toEqual(['preparation n0 0-5 success', 'release n0 20-27 success']);
    expect(jobMoves(deleted, 'j').slice(1)).toEqual(['20 deleting', '27 gone']);
    const twice = runOn({ jobs: [job('j', [tasks('t', [10])], both)] }, [act(20, terminate), act(40, remove)]);
    expect(nodeTasks(twice).filter((line) => line.startsWith('release'))).toEqual(['release n0 20-27 success']);
    expect(jobMoves(twice, 'j').slice(1)).toEqual(['20 terminating', '27 completed', '40 deleting', '40 gone']);
  });

  test('PREP-12, ERR-18: 15 minutes are its default and the most that it can have', () => {
    const most = 15 * 60_000;
    const given = (ms: number): Operation => ({
      kind: 'addJob',
      job: { ok: true, value: job('k', [], { ...prepared(0), ...released(0, { maxWallClockTimeMs: ms }) }) },
    });
    const recording = runOn({ jobs: [job('j', [tasks('t', [1])], { ...prepared(0), ...released(2 * most) })] }, [
      act(1, given(most + 1)),
      act(2, given(most)),
      act(3, terminate),
    ]);
    expect(recording.operations.map(({ code, status }) => `${code} ${status}`).slice(0, 2)).toEqual([
      'InvalidPropertyValue 400',
      'null 201',
    ]);
    expect(nodeTasks(recording).at(-1)).toBe(`release n0 3-${3 + most} failure`);
  });

  test('PREP-14: not where the node was reimaged since, unless another task of the job ran there', () => {
    const one = [tasks('t', [1])];
    const clean = runOn({ jobs: [job('j', one, both)] }, [act(20, onNode('reimageNode')), act(30, terminate)]);
    expect(nodeTasks(clean)).toEqual(['preparation n0 0-5 success']);
    const again = [...one, tasks('u', [1], { arrival: at(22) })];
    const used = runOn({ jobs: [job('j', again, both)] }, [act(20, onNode('reimageNode')), act(30, terminate)]);
    expect(nodeTasks(used).at(-1)).toBe('release n0 30-37 success');
  });

  test('PREP-14: the job does not wait for a node that is lost during release', () => {
    const lost: Operation = { kind: 'failNode', poolId: 'p', node: 'n0', error: null, recovers: false };
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10, 10])], both)] }, [
      act(20, terminate),
      act(22, lost),
    ]);
    expect(jobMoves(recording, 'j').slice(1)).toEqual(['20 terminating', '27 completed']);
  });

  test('PREP-15: it begins when the processes of the job’s tasks on that node are gone', () => {
    const slow = pool(1, { timing: latencies({ kill: 4 }) });
    const recording = runOn({ pools: [slow], jobs: [job('j', [tasks('t', [100])], both)] }, [act(20, terminate)]);
    expect(nodeTasks(recording).at(-1)).toBe('release n0 24-31 success');
  });

  test('PREP-16: an instance runs or is completed, and stays listed when its node has left', () => {
    const gone: Operation = {
      kind: 'removeNodes',
      poolId: 'p',
      nodes: ['n0'],
      resizeTimeoutMs: null,
      nodeDeallocationOption: null,
    };
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10, 10])], both)] }, [
      act(20, gone),
      act(30, terminate),
    ]);
    expect(recording.nodeTasks.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'preparation completed',
      'preparation completed',
      'release completed',
    ]);
    expect(recording.nodes.goneMs[recording.nodeTasks[0]?.node as number]).toBe(20);
    const cut = simulate({
      ...world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [10])], both)] }),
      clock: { epochMs: 0, untilMs: 3, tailMs: null },
    }).recording;
    expect(cut.nodeTasks).toMatchObject([{ state: 'running', result: null }]);
  });

  test('PREP-17: a preparation that runs when the job ends is stopped, and no release follows on that node', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], both)] }, [act(3, terminate)]);
    expect(recording.nodeTasks).toMatchObject([{ kind: 'preparation', state: 'completed', endMs: 3, exitCode: null }]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '3 terminating', '3 completed']);
  });
});

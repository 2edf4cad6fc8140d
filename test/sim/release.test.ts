import { describe, expect, test } from 'vitest';
import {
  type Account,
  type Action,
  type Job,
  makeJobPreparation,
  makeJobRelease,
  type QuantityPerOccurrence,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, jobMoves, nodeTasks } from '../helpers/job-events.js';
import { each, job, latencies, pool, tasks, world } from '../helpers/world.js';

/** A preparation that takes no time, and a release with a run time in ms. */
function releasing(runtime: QuantityPerOccurrence, maxWallClockTimeMs = 900_000, exitCode = each(0)): Partial<Job> {
  const command = { runtime, exitCode, downloadBytes: 0, fault: null };
  return {
    jobPreparationTask: makeJobPreparation(),
    jobReleaseTask: makeJobRelease({ command, maxWallClockTimeMs }),
    onAllTasksComplete: 'terminatejob',
  };
}

function runOn(account: Partial<Account>, actions: readonly Action[] = []): Recording {
  return simulate(world({ pools: [pool(1)], actions, ...account })).recording;
}

const releases = (recording: Recording) => nodeTasks(recording).filter((line) => line.startsWith('release'));
const terminate = (atMs: number, force = false) =>
  act(atMs, { kind: 'terminateJob', jobId: 'j', terminateReason: null, force });
const remove = (atMs: number) => act(atMs, { kind: 'deleteJob', jobId: 'j', force: false });

describe('release', () => {
  test('PREP-11, PREP-13: it runs on the nodes that the job used, and the job is completed after the last', () => {
    const recording = runOn({ pools: [pool(3)], jobs: [job('j', [tasks('t', [10, 20])], releasing(each(5)))] });
    expect(releases(recording)).toEqual(['release n0 20-25 success', 'release n1 20-25 success']);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '20 terminating', '25 completed']);
  });

  test('PREP-11: it takes no slot: another job has the node meanwhile', () => {
    const other = job('k', [tasks('u', [10])], { priority: -1 });
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5))), other] });
    expect(recording.tasks.startMs[1]).toBe(10);
  });

  test('PREP-12, PREP-13: one that fails or is cut changes nothing, and is not tried again', () => {
    const failing = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5), 900_000, each(1)))] });
    expect(releases(failing)).toEqual(['release n0 10-15 failure']);
    expect(jobMoves(failing, 'j').at(-1)).toBe('15 completed');
    const cut = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5), 3))] });
    expect(releases(cut)).toEqual(['release n0 10-13 failure']);
    expect(jobMoves(cut, 'j').at(-1)).toBe('13 completed');
  });

  test('PREP-15: it begins when the tasks of the job have left the node, node by node', () => {
    const slow = pool(2, { timing: latencies({ kill: 4 }) });
    const recording = runOn({ pools: [slow], jobs: [job('j', [tasks('t', [10, 30])], releasing(each(5)))] }, [
      terminate(20),
    ]);
    expect(releases(recording)).toEqual(['release n0 20-25 success', 'release n1 24-29 success']);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '20 terminating', '29 completed']);
  });

  test('PREP-11: not where no task of the job has run', () => {
    const never = { ...releasing(each(5)), jobPreparationTask: makeJobPreparation({ waitForSuccess: true }) };
    const preparation = { runtime: each(8), exitCode: each(0), downloadBytes: 0, fault: null };
    const slow: Partial<Job> = { ...never, jobPreparationTask: makeJobPreparation({ command: preparation }) };
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], slow)] }, [
      act(3, { kind: 'terminateTask', jobId: 'j', taskId: 't1' }),
      act(9, { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false }),
    ]);
    expect(releases(recording)).toEqual([]);
  });

  test('PREP-17: nor where the preparation was still running when the job ended', () => {
    const command = { runtime: each(30), exitCode: each(0), downloadBytes: 0, fault: null };
    const jobPreparationTask = makeJobPreparation({ command, waitForSuccess: false });
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], { ...releasing(each(5)), jobPreparationTask })] });
    expect(nodeTasks(recording)).toEqual(['preparation n0 0-10 failure']);
    expect(jobMoves(recording, 'j').at(-1)).toBe('10 completed');
  });

  test('JOB-14: a job that is deleted runs it too, but never twice', () => {
    const running = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [remove(4)]);
    expect(releases(running)).toEqual(['release n0 4-9 success']);
    expect(jobMoves(running, 'j')).toEqual(['0 active', '4 deleting', '9 gone']);
    const ended = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [remove(12)]);
    expect(releases(ended)).toEqual(['release n0 10-15 success']);
    expect(jobMoves(ended, 'j')).toEqual(['0 active', '10 terminating', '12 deleting', '15 gone']);
    const over = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [remove(20)]);
    expect(releases(over)).toEqual(['release n0 10-15 success']);
    expect(jobMoves(over, 'j').at(-1)).toBe('20 gone');
  });

  test('JOB-13: a forced end waits for no release task', () => {
    const recording = runOn({ jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [terminate(12, true)]);
    expect(jobMoves(recording, 'j')).toEqual(['0 active', '10 terminating', '12 completed']);
    expect(releases(recording)).toEqual(['release n0 10-15 success']);
  });

  test('PREP-14: a reboot during release runs it again when the node is back', () => {
    const rebooting = pool(1, { timing: latencies({ reboot: 6 }) });
    const reboot = act(12, { kind: 'rebootNode', poolId: 'p', node: 'n0', option: null });
    const recording = runOn({ pools: [rebooting], jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [reboot]);
    expect(releases(recording)).toEqual(['release n0 10-12 failure', 'release n0 18-23 success']);
    expect(jobMoves(recording, 'j').at(-1)).toBe('23 completed');
  });

  test('PREP-14: a node that is lost during release, or has left before, runs none', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1 });
    const preempt = act(12, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null });
    const lost = runOn({ pools: [spot], jobs: [job('j', [tasks('t', [10])], releasing(each(5)))] }, [preempt]);
    expect(releases(lost)).toEqual(['release n0 10-12 failure']);
    expect(jobMoves(lost, 'j').at(-1)).toBe('12 completed');
    const shrink = act(15, {
      ...{ kind: 'removeNodes', poolId: 'p', nodes: ['n0'] },
      ...{ resizeTimeoutMs: null, nodeDeallocationOption: null },
    });
    const left = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10, 30])], releasing(each(5)))] }, [shrink]);
    expect(releases(left)).toEqual(['release n1 30-35 success']);
  });

  test('PREP-14: nor one that was reimaged and has run no task of the job since', () => {
    const reimage = act(15, { kind: 'reimageNode', poolId: 'p', node: 'n0', option: null });
    const recording = runOn({ pools: [pool(2)], jobs: [job('j', [tasks('t', [10, 30])], releasing(each(5)))] }, [
      reimage,
    ]);
    expect(releases(recording)).toEqual(['release n1 30-35 success']);
  });
});

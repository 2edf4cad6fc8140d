import { expect, test } from 'vitest';
import {
  type Account,
  type Job,
  makeJobPreparation,
  makeJobRelease,
  type Operation,
} from '../../../src/model/index.js';
import { nodeIdAt, preparationAndReleaseStatus } from '../../../src/recording/index.js';
import { on, remove } from '../../helpers/fleet.js';
import { act } from '../../helpers/job-events.js';
import { momentOf } from '../../helpers/moments.js';
import { each, job, pool, tasks } from '../../helpers/world.js';

const command = (ms: number, ...exitCodes: number[]) => ({
  ...{ runtime: each(ms), exitCode: each(exitCodes[0] ?? 0, ...exitCodes.slice(1)), downloadBytes: 0, fault: null },
});
const both: Partial<Job> = {
  jobPreparationTask: makeJobPreparation({ command: command(5) }),
  jobReleaseTask: makeJobRelease({ command: command(3, 4) }),
};
const terminate: Operation = { kind: 'terminateJob', jobId: 'j', terminateReason: null, force: false };
const statusAt = (account: Partial<Account>, atMs: number) => preparationAndReleaseStatus(momentOf(account, atMs), 0);

test('PREP-16 a job without a preparation task has no such list', () => {
  const refusal = statusAt({ jobs: [job('j', [tasks('t', [10])])] }, 20);
  expect(refusal).toMatchObject({ ok: false, error: { code: 'JobPreparationTaskNotSpecified', status: 409 } });
});

test('PREP-16 instances are running or completed, each with what Batch tells of it', () => {
  const account = { jobs: [job('j', [tasks('t', [10])], both)], actions: [act(30, terminate)] };
  const moment = momentOf(account, 0);
  const of = { poolId: 'p', nodeId: nodeIdAt(moment.recording, 0) };
  const preparation = {
    ...{ startTime: '1970-01-01T00:00:00Z', endTime: '1970-01-01T00:00:00.005Z', state: 'completed' },
    ...{ exitCode: 0, result: 'success', retryCount: 0 },
  };
  expect(statusAt(account, 4)).toEqual({
    ok: true,
    value: [
      {
        ...of,
        jobPreparationTaskExecutionInfo: { startTime: '1970-01-01T00:00:00Z', state: 'running', retryCount: 0 },
      },
    ],
  });
  expect(statusAt(account, 5)).toEqual({ ok: true, value: [{ ...of, jobPreparationTaskExecutionInfo: preparation }] });
  expect(statusAt(account, 40)).toMatchObject({
    value: [
      {
        jobPreparationTaskExecutionInfo: preparation,
        jobReleaseTaskExecutionInfo: {
          ...{ startTime: '1970-01-01T00:00:00.030Z', endTime: '1970-01-01T00:00:00.033Z', state: 'completed' },
          ...{ exitCode: 4, result: 'failure', failureInfo: { code: 'FailureExitCode' } },
        },
      },
    ],
  });
});

test('PREP-16, PREP-08 a retry is counted from its beginning on', () => {
  const retried = { jobPreparationTask: makeJobPreparation({ command: command(5, 1, 0), maxTaskRetryCount: 1 }) };
  const account = { jobs: [job('j', [tasks('t', [10])], retried)] };
  const infoAt = (atMs: number) => {
    const status = statusAt(account, atMs);
    return status.ok ? status.value[0]?.jobPreparationTaskExecutionInfo : null;
  };
  expect(infoAt(4)).toMatchObject({ state: 'running', retryCount: 0 });
  expect(infoAt(7)).toMatchObject({ state: 'running', retryCount: 1, lastRetryTime: '1970-01-01T00:00:00.005Z' });
  expect(infoAt(10)).toMatchObject({ state: 'completed', retryCount: 1, exitCode: 0, result: 'success' });
});

test('PREP-16 nodes that have left since stay listed; after a reboot the latest run is told', () => {
  const reboot: Operation = { kind: 'rebootNode', ...on('n0'), option: null };
  const account = {
    pools: [pool(2)],
    jobs: [job('j', [tasks('t', [10, 10]), tasks('u', [10], { arrival: { kind: 'at', atMs: 60 } })], both)],
    actions: [act(20, remove(['n1'])), act(30, reboot)],
  };
  const moment = momentOf(account, 62);
  expect(moment.recording.nodes.goneMs[1]).toBe(20);
  const status = preparationAndReleaseStatus(moment, 0);
  expect(status.ok && status.value.map(({ jobPreparationTaskExecutionInfo: info }) => info?.startTime)).toEqual([
    '1970-01-01T00:00:00.060Z',
    '1970-01-01T00:00:00Z',
  ]);
});

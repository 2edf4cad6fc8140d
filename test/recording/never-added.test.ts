/** Declared pools and jobs that Batch refuses leave a row and the refusal, and are nowhere shown as if they had been there. */
import { expect, test } from 'vitest';
import { chargesOf, indexAttempts, summarize, whyPool, whyRun, whyText } from '../../src/recording/index.js';
import { jobRows, utilizationRows } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { at, job, pool, tasks, world } from '../helpers/world.js';

const run = simulate(
  world({
    ...{ poolQuota: 1, activeJobAndJobScheduleQuota: 1 },
    pools: [pool(1), pool(2, { id: 'q' })],
    jobs: [job('j', [tasks('t', [50])]), job('k', [tasks('u', [5])], { arrival: at(10) })],
  }),
);
const { recording } = run;

test('ACC-10, ACC-11 what was refused has the state absent beside the refusal', () => {
  expect(recording.operations.map(({ target, code }) => `${target} ${code}`)).toEqual([
    'pool q PoolQuotaReached',
    'job k ActiveJobAndScheduleQuotaReached',
  ]);
  expect(recording.pools.map(({ id, state }) => `${id} ${state}`)).toEqual(['p active', 'q absent']);
  expect(recording.jobs.map(({ id, state }) => `${id} ${state}`)).toEqual(['j active', 'k absent']);
});

test('ACC-10, ACC-11 no table has a row of it', () => {
  const charges = chargesOf(recording, indexAttempts(recording));
  expect([...jobRows(recording, charges)].map(([id]) => id)).toEqual(['j']);
  expect(new Set([...utilizationRows(recording, 10)].map(([, id]) => id))).toEqual(new Set(['p']));
  const { cost } = summarize(run);
  expect([Object.keys(cost.byPool), Object.keys(cost.byJob)]).toEqual([['p'], ['j', '(none)']]);
});

test('ACC-11 why says that the pool was refused', () => {
  const why = whyRun(recording, run.scenario);
  if (!why.ok) throw new Error(why.error);
  const answer = whyPool(why.value, 1, 20);
  expect(answer).toMatchObject({ state: 'absent', now: [{ cause: 'poolRefused' }] });
  expect(whyText(answer)).toContain('PoolQuotaReached');
});

test('SIM-10 a job that is due after the end was never added either', () => {
  const clock = { epochMs: 0, untilMs: 20, tailMs: null };
  const late = job('late', [tasks('u', [5])], { arrival: at(30) });
  const { jobs } = simulate(world({ pools: [pool(1)], jobs: [late] }, { clock })).recording;
  expect(jobs).toMatchObject([{ state: 'absent', createdMs: 30 }]);
});

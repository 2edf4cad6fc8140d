/** What Batch would refuse when it is created never reaches the engine. */
import { describe, expect, test } from 'vitest';
import { codesOf, load } from '../scenario/memory-files.js';

const POOL = '{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }';
const TASK = '{ id: t, model: { runtime: 1m } }';

function scenario(given: { pools?: string; job?: string; tasks?: string; jobs?: string; top?: string }): string {
  const tasks = given.tasks ?? TASK;
  const jobs = given.jobs ?? `{ id: j, poolInfo: { poolId: p }, ${given.job ?? ''} tasks: [${tasks}] }`;
  return `version: 1\n${given.top ?? ''}\npools: [${given.pools ?? POOL}]\njobs: [${jobs}]\n`;
}

function codes(text: string): string[] {
  return codesOf(text).map((line) => line.split(' ')[1] as string);
}

const pool = (given: string) => scenario({ pools: POOL.replace('}', `, ${given} }`) });
const oneJob = (id: string) => `{ id: ${id}, poolInfo: { poolId: p }, tasks: [${TASK}] }`;
const task = (given: string, job = '') => scenario({ job, tasks: `{ id: t, model: { runtime: 1m }, ${given} }` });
const depends = (given: string) => task(`dependsOn: ${given}`, 'usesTaskDependencies: true,');

test('a scenario without fault is accepted', () => {
  expect(load(scenario({})).ok).toBe(true);
  expect(codes(scenario({}))).toEqual([]);
});

describe('pools', () => {
  test.each([
    [
      'POOL-04',
      'two configurations',
      'cloudServiceConfiguration: { osFamily: "6" }, virtualMachineConfiguration: { imageReference: { offer: o, publisher: p, sku: s }, nodeAgentSKUId: n }',
      'BS2129',
    ],
    ['POOL-07', 'no slot', 'taskSlotsPerNode: 0', 'BS2106'],
    ['POOL-07', 'five slots a core', 'taskSlotsPerNode: 17', 'BS2106'],
    ['RSZ-03', 'a timeout below 5 minutes', 'resizeTimeout: 4m', 'BS2109'],
    ['RSZ-03', 'a timeout beyond 168 hours', 'resizeTimeout: 169h', 'BS2109'],
  ])('%s %s', (_rule, _what, given, code) => {
    expect(codes(pool(given))).toEqual([code]);
  });

  test.each([
    ['POOL-06 no target', '{ id: p, vmSize: Standard_D4s_v5 }', 'BS2108'],
    ['POOL-24 an unknown size', '{ id: p, vmSize: Standard_Nothing, targetDedicatedNodes: 1 }', 'BS2105'],
    ['POOL-18 an id twice, in another case', `${POOL}, ${POOL.replace('p,', 'P,')}`, 'BS2102'],
    [
      'ACC-17 an id with a space',
      `${POOL}, { id: my pool, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }`,
      'BS2101',
    ],
  ])('%s', (_title, pools, code) => {
    expect(codes(scenario({ pools }))).toContain(code);
  });

  test('POOL-06, POOL-24, ACC-17, POOL-18 what stands at the border is accepted', () => {
    const id = 'x'.repeat(64);
    const pools = `${POOL}, { id: ${id}, vmSize: standard_d4s_V5, targetLowPriorityNodes: 0, taskSlotsPerNode: 16, resizeTimeout: 5m }`;
    expect(load(scenario({ pools })).ok).toBe(true);
  });

  test('POOL-07 maxTasksPerNode is the old name of taskSlotsPerNode', () => {
    const result = load(pool('maxTasksPerNode: 3'));
    expect(result.ok && result.value.scenario.accounts[0]?.pools[0]?.taskSlotsPerNode).toBe(3);
  });

  test('ACC-11 one pool more than the quota', () => {
    const pools = `${POOL}, ${POOL.replace('id: p', 'id: q')}`;
    expect(codes(scenario({ pools, top: 'account: { poolQuota: 1 }' }))).toEqual(['BS2103']);
    expect(codes(scenario({ pools, top: 'account: { poolQuota: 2 }' }))).toEqual([]);
  });
});

describe('jobs', () => {
  test.each([
    ['priority: 1001,', ['BS2107']],
    ['priority: -1001,', ['BS2107']],
    ['priority: 1000,', []],
    ['priority: -1000,', []],
  ])('JOB-04 %s', (job, expected) => {
    expect(codes(scenario({ job }))).toEqual(expected);
  });

  test.each([
    [0, ['BS2110']],
    [-2, ['BS2110']],
    [-1, []],
    [1, []],
  ])('JOB-19 maxParallelTasks: %i', (limit, expected) => {
    expect(codes(scenario({ job: `maxParallelTasks: ${limit},` }))).toEqual(expected);
  });

  test('ACC-10 one job more than the quota', () => {
    const jobs = `${oneJob('a')}, ${oneJob('b')}`;
    expect(codes(scenario({ jobs, top: 'account: { activeJobAndJobScheduleQuota: 1 }' }))).toEqual(['BS2104']);
    expect(codes(scenario({ jobs, top: 'account: { activeJobAndJobScheduleQuota: 2 }' }))).toEqual([]);
  });
});

describe('tasks', () => {
  test.each([
    [-2, ['BS2112']],
    [-1, []],
    [0, []],
  ])('TASK-07 maxTaskRetryCount: %i', (count, expected) => {
    expect(codes(task(`constraints: { maxTaskRetryCount: ${count} }`))).toEqual(expected);
  });

  test('TASK-26 an id twice in a job, in another case', () => {
    expect(codes(scenario({ tasks: `${TASK}, ${TASK.replace('id: t', 'id: T')}` }))).toEqual(['BS2102']);
  });

  test('ACC-17 a display name of more than 1,024 characters', () => {
    expect(codes(task(`displayName: ${'x'.repeat(1025)}`))).toEqual(['BS2114']);
    expect(codes(task(`displayName: ${'x'.repeat(1024)}`))).toEqual([]);
  });

  test('DEP-01, JOB-23 dependencies on a job that does not allow them, which is the default', () => {
    expect(codes(task('dependsOn: { taskIds: [u] }'))).toContain('BS2111');
    expect(codes(task('dependsOn: { taskIds: [u] }', 'usesTaskDependencies: false,'))).toContain('BS2111');
    expect(codes(depends('{ taskIds: [u] }'))).not.toContain('BS2111');
  });

  test('DEP-08 64,000 characters of ids or 1,001 ranges are too many', () => {
    const idOf64 = (i: number) => `x${String(i).padStart(63, '0')}`;
    const ids = (count: number) =>
      depends(`{ taskIds: [${Array.from({ length: count }, (_, i) => idOf64(i)).join(', ')}] }`);
    expect(codes(ids(1000))).toContain('BS2113');
    expect(codes(ids(999))).not.toContain('BS2113');
    const ranges = (count: number) =>
      depends(
        `{ taskIdRanges: [${Array.from({ length: count }, (_, i) => `{ start: ${i}, end: ${i} }`).join(', ')}] }`,
      );
    expect(codes(ranges(1001))).toContain('BS2113');
    expect(codes(ranges(1000))).not.toContain('BS2113');
  });
});

import { expect, test } from 'vitest';
import {
  type Account,
  DEFAULT_OPTIONS,
  makeAccount,
  makeJobManager,
  makeScenario,
  missingProperty,
  type Operation,
  type Pool,
  TASK_FAILURES,
} from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { each, gantt, job, logged, pool, tasks, world } from '../helpers/world.js';

const addPool = (given: Partial<Pool>, nodes = 1): Operation => ({
  kind: 'addPool',
  pool: { ok: true, value: pool(nodes, given) },
});
const at = (atMs: number, operation: Operation, expectError: string | null = null) => ({
  atMs,
  operation,
  expectError,
});

test('SIM-02, JOB-03 a pool that an action adds serves the job that waited for it, from that instant on', () => {
  const jobs = [job('j', [tasks('t', [4, 6])], { poolId: 'later' })];
  const actions = [at(10, addPool({ id: 'later', ready: false }))];
  const { recording } = simulate(world({ jobs, actions }));
  expect(gantt(recording)).toEqual(['j/t1 10-14 n0', 'j/t2 14-20 n0']);
  expect(recording.operations).toEqual([
    {
      ...{ atMs: 10, accountIndex: 0, kind: 'addPool', target: 'pool later', code: null, status: 201 },
      ...{ message: '', expected: true, byTask: -1 },
    },
  ]);
  expect(logged(recording, 'operation')).toEqual(['10 0']);
});

test('POOL-18 a pool whose id is taken, whatever its case, is refused and the run goes on', () => {
  const jobs = [job('j', [tasks('t', [4])])];
  const { recording } = simulate(world({ pools: [pool(1)], jobs, actions: [at(1, addPool({ id: 'P' }))] }));
  expect(recording.operations.map(({ code, status, expected }) => [code, status, expected])).toEqual([
    ['PoolExists', 409, false],
  ]);
  expect(recording.run.complete).toBe(true);
});

test('ERR-04 properties are judged before existence, existence before quota', () => {
  const account = { pools: [pool(0)], poolQuota: 1 };
  const answer = (operation: Operation) =>
    simulate(world({ ...account, actions: [at(0, operation)] })).recording.operations[0]?.code;
  expect(answer(addPool({ taskSlotsPerNode: 1000 }))).toBe('InvalidPropertyValue');
  expect(answer({ kind: 'addPool', pool: { ok: false, error: missingProperty('vmSize') } })).toBe(
    'MissingRequiredProperty',
  );
  expect(answer(addPool({}))).toBe('PoolExists');
  expect(answer(addPool({ id: 'q' }))).toBe('PoolQuotaReached');
});

test('ASC-03 a pool whose formula cannot be read is refused', () => {
  const autoScale = { formula: '$TargetDedicatedNodes = ;', evaluationIntervalMs: 300_000 };
  const { recording } = simulate(world({ actions: [at(0, addPool({ autoScale }, 0))] }));
  expect(recording.operations.map(({ code, status }) => [code, status])).toEqual([
    ['AutoScalingFormulaSyntaxError', 400],
  ]);
});

test('ACC-11 a declared pool beyond the quota is refused when it is due, and leaves a row', () => {
  const pools = [pool(1), pool(1, { id: 'q', ready: false })];
  const { recording } = simulate(world({ pools, poolQuota: 1 }));
  expect(recording.operations.map(({ kind, target, code }) => [kind, target, code])).toEqual([
    ['addPool', 'pool q', 'PoolQuotaReached'],
  ]);
  expect(recording.nodes.count).toBe(1);
});

test('ERR-19 a refusal that was expected is as it should be, another code and success are not', () => {
  const actions = [
    at(0, addPool({ id: 'p' }), 'PoolExists'),
    at(0, addPool({ id: 'p' }), 'PoolQuotaReached'),
    at(0, addPool({ id: 'q' }), 'PoolExists'),
  ];
  const { recording } = simulate(world({ pools: [pool(1)], actions }));
  expect(recording.operations.map(({ code, expected }) => [code, expected])).toEqual([
    ['PoolExists', true],
    ['PoolExists', false],
    [null, false],
  ]);
});

test('ERR-19 with onActionError fail an unexpected refusal stops the run at its instant and says why', () => {
  const jobs = [job('j', [tasks('t', [10])])];
  const actions = [at(3, addPool({ id: 'p' }), 'PoolExists'), at(4, addPool({ id: 'p' })), at(5, addPool({ id: 'q' }))];
  const options = { ...DEFAULT_OPTIONS, onActionError: 'fail' } as const;
  const { run, operations } = simulate(world({ pools: [pool(1)], jobs, actions }, { options })).recording;
  expect(run).toMatchObject({ complete: false, endMs: 4 });
  expect(run.failure).toBe(
    'addPool of pool p was refused with PoolExists: A pool with the specified id exists already.',
  );
  expect(operations).toHaveLength(2);
});

test('ACC-01 an action concerns its own account alone', () => {
  const account = (name: string, given: Partial<Account>) => makeAccount({ name, ...given });
  const accounts = [
    account('east', { pools: [pool(1)], actions: [at(2, addPool({ id: 'p' })), at(4, addPool({ id: 'q' }))] }),
    account('west', { actions: [at(2, addPool({ id: 'p' })), at(3, addPool({ id: 'p' }))] }),
  ];
  const { recording } = simulate(makeScenario({ accounts }));
  expect(recording.operations.map(({ atMs, accountIndex, code }) => `${atMs} ${accountIndex} ${code}`)).toEqual([
    '2 0 PoolExists',
    '2 1 null',
    '3 1 PoolExists',
    '4 0 null',
  ]);
});

test('SIM-02, SIM-03 at one instant exits come before fate, fate before commands, and these in the order of the file', () => {
  const spot = pool(0, { targetLowPriorityNodes: 1 });
  const actions = [
    at(10, { kind: 'terminateTask', jobId: 'j', taskId: 't2' }),
    at(10, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null }),
    at(10, { kind: 'terminateTask', jobId: 'j', taskId: 't1' }, 'TaskCompleted'),
  ];
  const { recording } = simulate(world({ pools: [spot], jobs: [job('j', [tasks('t', [10, 5])])], actions }));
  expect(recording.operations.map(({ kind, expected }) => [kind, expected])).toEqual([
    ['preemptNodes', true],
    ['terminateTask', true],
    ['terminateTask', true],
  ]);
  // t1 exited at 10, before its node was taken away; t2 never ran.
  expect([...recording.tasks.failure].slice(0, 2).map((code) => TASK_FAILURES[code])).toEqual(['', 'TaskEnded']);
  expect(recording.tasks.interruptions).toBeNull();
});

test('JM-11 what the script of a manager asks for is its own doing, and meets its earlier attempts without complaint', () => {
  const more: Operation = { kind: 'addTasks', jobId: '', tasks: { ok: true, value: [tasks('w', [1])] } };
  const task = tasks('manager', [5], { exitCode: each(1, 0), maxTaskRetryCount: 1 });
  const jobManagerTask = makeJobManager({ task, actions: [{ atMs: 2, operation: more }] });
  const { recording } = simulate(world({ pools: [pool(2)], jobs: [job('j', [], { jobManagerTask })] }));
  expect(
    recording.operations.map(({ atMs, target, code, expected, byTask }) => [atMs, target, code, expected, byTask]),
  ).toEqual([
    [2, 'job j', null, true, 0],
    [7, 'job j', null, true, 0],
  ]);
  expect(gantt(recording)).toEqual(['j/manager1 5-10 n0', 'j/w1 2-3 n1']);
});

test('TASK-26 a collection is accepted as a whole; a task of it that is refused is told by its code', () => {
  const add: Operation = { kind: 'addTasks', jobId: 'j', tasks: { ok: true, value: [tasks('t', [1, 1, 1])] } };
  const actions = [at(2, add, 'TaskExists')];
  const { recording } = simulate(world({ pools: [pool(1)], jobs: [job('j', [tasks('t', [5])])], actions }));
  expect(recording.operations.map(({ code, status, expected }) => [code, status, expected])).toEqual([
    ['TaskExists', 200, true],
  ]);
  expect(recording.operations[0]?.message).toMatch(/^Task t1: /);
  expect(gantt(recording)).toEqual(['j/t1 0-5 n0', 'j/t2 5-6 n0', 'j/t3 6-7 n0']);
});

test('ACC-10, JobExists: a declared job that the account does not take leaves a row, and its tasks never come', () => {
  const ends = { onAllTasksComplete: 'terminatejob' } as const;
  const jobs = [
    job('first', [tasks('t', [5])], ends),
    job('second', [tasks('t', [5])], { ...ends, arrival: { kind: 'at', atMs: 3 } }),
    job('FIRST', [tasks('t', [5])], { ...ends, arrival: { kind: 'at', atMs: 4 } }),
    job('third', [tasks('t', [5])], { ...ends, arrival: { kind: 'at', atMs: 6 } }),
  ];
  const { recording } = simulate(world({ pools: [pool(1)], jobs, activeJobAndJobScheduleQuota: 1 }));
  expect(recording.operations.map(({ atMs, kind, target, code }) => [atMs, kind, target, code])).toEqual([
    [3, 'addJob', 'job second', 'ActiveJobAndScheduleQuotaReached'],
    [4, 'addJob', 'job FIRST', 'JobExists'],
  ]);
  expect(gantt(recording)).toEqual(['first/t1 0-5 n0', 'third/t1 6-11 n0']);
});

/** Random actions of a scenario: what users and fate do while it runs. */
import {
  type Account,
  type Action,
  type BatchOperation,
  constant,
  FATE_KINDS,
  type Job,
  type JobSchedule,
  makeJobSchedule,
  makeTasks,
  type NodeDeallocationOption,
  type Operation,
  type Pool,
} from '../../../src/model/index.js';
import type { Dice, Feature, Swarm } from './dice.js';

/** What actions may name, and how to make more of it. */
export interface ActionWorld {
  readonly dice: Dice;
  readonly swarm: Swarm;
  readonly unitMs: number;
  readonly account: Account;
  readonly makePool: (id: string) => Pool;
  readonly makeJob: (id: string, poolId: string) => Job;
}

type Maker = (world: ActionWorld, n: number) => Operation;

/** By feature what may be asked; a feature that stands twice is twice as likely. */
const MAKERS: readonly (readonly [Feature, Maker])[] = [
  ['disableJobs', (world) => ({ kind: 'disableJob', ...onJob(world), disableTasks: world.dice.pick(DISABLE) })],
  ['disableJobs', (world) => ({ kind: 'enableJob', ...onJob(world) })],
  ['disableJobs', (world) => ({ kind: 'enableJob', ...onJob(world) })],
  [
    'endJobs',
    (world) => ({ kind: 'terminateJob', ...onJob(world), terminateReason: null, force: world.dice.chance(0.2) }),
  ],
  ['deleteJobs', (world) => ({ kind: 'deleteJob', ...onJob(world), force: false })],
  ['patchJobs', patchJob],
  ['patchJobs', patchJob],
  ['addJobs', addJob],
  ['addTasks', addTasks],
  ['taskActions', taskAction],
  ['taskActions', taskAction],
  ['taskActions', taskAction],
  ['updateTasks', updateTask],
  ['resizes', resizePool],
  ['resizes', resizePool],
  ['resizes', resizePool],
  ['stopResize', (world) => ({ kind: 'stopResizePool', ...onPool(world) })],
  ['removeNodes', removeNodes],
  ['removeNodes', removeNodes],
  ['addPools', (world, n) => ({ kind: 'addPool', pool: { ok: true, value: world.makePool(`Added${n}`) } })],
  ['addPools', (world) => ({ kind: 'addPool', pool: { ok: true, value: world.makePool('nowhere') } })],
  ['deletePools', (world) => ({ kind: 'deletePool', ...onPool(world) })],
  ['scheduling', (world) => ({ kind: 'disableNodeScheduling', ...onNode(world), option: world.dice.pick(OFFLINE) })],
  ['scheduling', (world) => ({ kind: 'enableNodeScheduling', ...onNode(world) })],
  ['reboots', (world) => ({ kind: 'rebootNode', ...onNode(world), option: world.dice.pick(CLEAR) })],
  ['reimages', (world) => ({ kind: 'reimageNode', ...onNode(world), option: world.dice.pick(CLEAR) })],
  ['deallocation', (world) => ({ kind: 'deallocateNode', ...onNode(world), option: world.dice.pick(CLEAR) })],
  ['deallocation', (world) => ({ kind: 'startNode', ...onNode(world) })],
  ['deallocation', (world) => ({ kind: 'startNode', ...onNode(world) })],
  ['preemptions', (world) => ({ kind: 'preemptNodes', ...onPool(world), count: world.dice.int(1, 2), nodes: null })],
  ['preemptions', (world) => ({ kind: 'preemptNodes', ...onPool(world), count: world.dice.int(1, 2), nodes: null })],
  ['failures', failNode],
  ['failures', (world) => ({ kind: 'recoverNode', ...onNode(world) })],
  ['lostContact', (world) => ({ kind: 'loseContact', ...onNode(world) })],
  ['lostContact', (world) => ({ kind: 'recoverNode', ...onNode(world) })],
  ['hostReboots', (world) => ({ kind: 'hostReboot', ...onNode(world) })],
  ['osUpgrades', (world) => ({ kind: 'upgradeOs', ...onPool(world), nodes: null })],
  ['setCapacity', setCapacity],
  ['setCapacity', setCapacity],
  ['schedules', scheduleAction],
];

const DISABLE = ['requeue', 'terminate', 'wait'] as const;
const OFFLINE = ['requeue', 'terminate', 'taskcompletion', null] as const;
const CLEAR: readonly (NodeDeallocationOption | null)[] = ['requeue', 'terminate', 'taskcompletion', null];
const MINUTE_MS = 60_000;

/** As many as the world's features allow, on a coarse grid, in any order. */
export function randomActions(world: ActionWorld): Action[] {
  const { dice, swarm, unitMs } = world;
  const makers = MAKERS.filter(([feature]) => swarm.has(feature));
  if (makers.length === 0) return [];
  return dice.times(dice.int(1, 3 + Math.min(7, makers.length)), (index) => {
    const [, make] = dice.pick(makers);
    const operation = make(world, index);
    // Whether fate at 0 finds pools that stand before the start is nowhere said.
    const earliest = (FATE_KINDS as readonly string[]).includes(operation.kind) ? 1 : 0;
    return { atMs: dice.int(earliest, 12) * unitMs, operation, expectError: null };
  });
}

/** Schedules that come to an end by themselves. */
export function randomSchedules(world: ActionWorld): JobSchedule[] {
  const { dice, swarm, unitMs, account } = world;
  if (!swarm.has('schedules')) return [];
  return dice.times(dice.int(1, 2), (index) => {
    const grainMs = Math.max(unitMs, MINUTE_MS);
    const job = world.makeJob(`spec${index}`, dice.pick(account.pools).id);
    const recurrenceIntervalMs = dice.pick([null, 1, 1, 2, 3]);
    const afterMs = recurrenceIntervalMs === null ? dice.pick([null, 4]) : dice.int(2, 6);
    return makeJobSchedule({
      id: `nightly${index}`,
      schedule: {
        doNotRunUntilMs: dice.pick([null, 0, 1]) === 1 ? grainMs : null,
        doNotRunAfterMs: afterMs === null ? null : afterMs * grainMs,
        startWindowMs: dice.pick([null, grainMs, 2 * grainMs]),
        recurrenceIntervalMs: recurrenceIntervalMs === null ? null : recurrenceIntervalMs * grainMs,
      },
      jobSpecification: { ...job, onAllTasksComplete: dice.pick(['noaction', 'terminatejob', 'terminatejob']) },
    });
  });
}

function onPool({ dice, account, swarm }: ActionWorld): { poolId: string } {
  const added = swarm.has('addPools') ? ['Added0', 'Added1', 'nowhere'] : [];
  return { poolId: dice.pick([...account.pools.map(({ id }) => id), ...account.pools.map(({ id }) => id), ...added]) };
}

function onNode(world: ActionWorld): { poolId: string; node: string } {
  return { ...onPool(world), node: world.dice.pick(['n0', 'n0', 'n0', 'n1', 'n1', 'n2']) };
}

function onJob({ dice, account, swarm }: ActionWorld): { jobId: string } {
  const ids = account.jobs.map(({ id }) => id.replace('{n}', '1'));
  if (swarm.has('addJobs')) ids.push('added0', 'added1');
  if (swarm.has('schedules')) ids.push('nightly0:job-1', 'nightly0:job-2');
  return { jobId: dice.pick(ids) };
}

function patchJob(world: ActionWorld): Operation {
  const { dice, unitMs, account } = world;
  const changes = dice.pick([
    { priority: dice.pick([-5, 0, 5]) },
    { maxParallelTasks: dice.pick([-1, 1, 2]) },
    { onAllTasksComplete: dice.pick(['terminatejob', 'terminatejob', 'noaction'] as const) },
    { maxWallClockTimeMs: dice.pick([null, 3 * unitMs, 6 * unitMs]) },
    { poolId: dice.pick(account.pools).id },
  ]);
  return { kind: 'patchJob', ...onJob(world), changes };
}

function addJob(world: ActionWorld, n: number): Operation {
  const job = world.makeJob(`added${n}`, world.dice.pick(world.account.pools).id);
  return { kind: 'addJob', job: { ok: true, value: { ...job, id: `added${n}` } } };
}

function addTasks(world: ActionWorld, n: number): Operation {
  const { dice, unitMs } = world;
  const ids = { kind: 'pattern', prefix: `late${n}-`, first: 1, digits: 0, suffix: '' } as const;
  const set = makeTasks({ count: dice.int(1, 3), ids, runtime: [constant(dice.int(0, 3) * unitMs)] });
  return { kind: 'addTasks', ...onJob(world), tasks: { ok: true, value: [set] } };
}

function onTask(world: ActionWorld): { jobId: string; taskId: string } {
  const taskIds = ['Set0-07', 'Set0-07', 'set0-08', 'Set0-09', 'Set1-07', 'Ada', '1', '2', 'manager'];
  return { ...onJob(world), taskId: world.dice.pick(taskIds) };
}

function taskAction(world: ActionWorld): Operation {
  const kind = world.dice.pick(['terminateTask', 'deleteTask', 'reactivateTask', 'reactivateTask'] as const);
  return { kind, ...onTask(world) };
}

function updateTask(world: ActionWorld): Operation {
  const { dice, unitMs } = world;
  const maxWallClockTimeMs = dice.pick([null, unitMs, 3 * unitMs]);
  const constraints = { maxTaskRetryCount: dice.pick([0, 1, 2]), maxWallClockTimeMs, retentionTimeMs: null };
  return { kind: 'updateTask', ...onTask(world), constraints };
}

/** RSZ-02: both targets, for what an omitted one means for nodes that are missing is nowhere said. */
function resizePool(world: ActionWorld): Operation {
  const { dice } = world;
  return {
    kind: 'resizePool',
    ...onPool(world),
    targetDedicatedNodes: dice.int(0, 4),
    targetLowPriorityNodes: world.swarm.has('stopResize') ? 0 : dice.pick([0, 0, 1, 2]),
    ...howToResize(world),
  };
}

function removeNodes(world: ActionWorld): Operation {
  const { dice } = world;
  const nodes = dice.pick([['n0'], ['n1'], ['n0', 'n1'], ['n2', 'n0']]);
  return { kind: 'removeNodes', ...onPool(world), nodes, ...howToResize(world) };
}

/** Whether a node that drains can be preempted (NODE-11) is nowhere said. */
function howToResize({
  dice,
}: ActionWorld): Pick<Extract<BatchOperation, { kind: 'resizePool' }>, 'resizeTimeoutMs' | 'nodeDeallocationOption'> {
  return {
    resizeTimeoutMs: dice.pick([5, 15]) * MINUTE_MS,
    nodeDeallocationOption: dice.pick(CLEAR),
  };
}

function failNode(world: ActionWorld): Operation {
  const { dice } = world;
  const error = dice.pick([null, null, 'DiskFull']);
  return { kind: 'failNode', ...onNode(world), error, recovers: dice.pick([null, null, true, false]) };
}

function setCapacity(world: ActionWorld): Operation {
  const { dice } = world;
  const limit = (): number | null => dice.pick([null, null, 0, 1, 2]);
  return { kind: 'setCapacity', ...onPool(world), dedicatedNodes: limit(), lowPriorityNodes: limit() };
}

function scheduleAction(world: ActionWorld): Operation {
  const { dice } = world;
  const kinds = ['disableJobSchedule', 'enableJobSchedule', 'terminateJobSchedule', 'deleteJobSchedule'] as const;
  return { kind: dice.pick(kinds), jobScheduleId: dice.pick(['nightly0', 'nightly1']) };
}

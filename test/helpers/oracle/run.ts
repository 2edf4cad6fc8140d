/** Time: which instant comes next, and the eight phases of an instant, again and again until nothing is due (SIM-02). */
import { FATE_KINDS, type Operation, type Scenario } from '../../../src/model/index.js';
import { comingJobs } from './arrivals.js';
import { giveUp } from './attempt-ends.js';
import { afterPreparation, endDispatch, exits, stopAtWallClocks, wallClockEndMs } from './attempts.js';
import {
  actOnJob,
  addComingTasks,
  addJob,
  endFinishedJobs,
  endJobsAtWallClock,
  jobEndMs,
  onTaskEnded,
  settleJob,
} from './jobs.js';
import { capacityAt, inContact, isAlive, lifetimeEndMs, nodesOf, stateOf } from './lookups.js';
import { afterStartTask, becomesFree } from './nodes.js';
import { operate } from './operations.js';
import { schedulerPass } from './pass.js';
import { addPools, nodeLeft, seekMissingSpot, takeAllocated, takeReturnedCapacity, timeOutResize } from './pools.js';
import { exitNodeTasks, nodeTaskEndMs, stopNodeTasksAtWallClocks } from './preparation.js';
import { addSchedule, jobCompleted, lapse, openDue, scheduleDueMs, scheduleEndMs } from './schedules.js';
import type { PoolState, TaskState, World } from './world.js';

/** A world at the end of its run and the instant at which it ended (SIM-10), in ms. */
export interface Ended {
  readonly world: World;
  readonly endMs: number;
}

/** Runs a scenario that is free of chance to its end. */
export function runOracle(scenario: Scenario): Ended {
  const world = emptyWorld(scenario);
  const untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
  let doneMs: number | null = null; // since when there is nothing to do
  for (let instants = 0; ; instants++) {
    if (instants > MOST_INSTANTS) throw new Error(`the run does not end: it is at ${world.now}`);
    handleInstant(world, instants === 0);
    // A lifetime or a change of capacity alone is no reason to go on (SIM-10) …
    const goesOn = dueMs(world).some(Number.isFinite);
    doneMs = goesOn ? null : (doneMs ?? world.now);
    const lastMs = Math.min(untilMs, doneMs === null ? untilMs : doneMs + (scenario.clock.tailMs ?? 0));
    // … but while there is a reason, and in the tail, each comes in its turn.
    const next = Math.min(...dueMs(world), ...sideDueMs(world));
    if (next > lastMs) return { world, endMs: lastMs };
    if (next <= world.now) throw new Error('time does not move');
    world.now = next;
  }
}

function emptyWorld(scenario: Scenario): World {
  const { accounts } = scenario;
  const actions = accounts.flatMap((account) => account.actions.map((action) => ({ account, ...action })));
  return {
    ...{
      scenario,
      now: 0,
      round: 0,
      changed: false,
      ended: null,
      settling: false,
      roomier: new Set(),
      pools: [],
      jobs: [],
      tasks: [],
      schedules: [],
    },
    ...{ comingJobs: comingJobs(accounts), comingTasks: [], comingActions: actions, earlier: [], operations: [] },
    ...{ resizes: [], nodeTasks: [], runs: [], tell: LISTENERS },
  };
}

const LISTENERS: World['tell'] = {
  taskEnded: onTaskEnded,
  jobFreed: settleJob,
  jobCompleted,
  nodeFreed: becomesFree,
  nodeLeft,
  startTaskEnded: afterStartTask,
  preparationEnded: afterPreparation,
};

function handleInstant(world: World, first: boolean): void {
  for (let round = 0; round === 0 || world.changed; round++) {
    if (round > MOST_ROUNDS) throw new Error(`the instant ${world.now} does not end`);
    world.changed = false;
    world.round += 1;
    ends(world); // 1 exits
    deadlines(world); // 2
    faults(world); // 3
    nodeTimers(world); // 4
    commands(world, first && round === 0); // 5
    openDue(world); // 6 job schedules
    world.settling = true; // 8
    endFinishedJobs(world);
    lapse(world);
    for (const pool of world.pools) if (pool.goneMs === null) schedulerPass(world, pool);
    world.settling = false;
  }
}

/** 1 exits: processes, tasks around them, coordination and transfers; and then the jobs of all that ended (SIM-03). */
function ends(world: World): void {
  const ended: TaskState[] = [];
  world.ended = ended;
  exits(world, 'process', 'over');
  exitNodeTasks(world);
  exits(world, 'coordination', 'download', 'upload');
  world.ended = null;
  for (const task of ended) actOnJob(world, task);
}

/** A small world that goes on for longer goes on for ever. */
const MOST_INSTANTS = 2_000;
const MOST_ROUNDS = 200;

/** 2 deadlines: wall clocks, then lifetimes. */
function deadlines(world: World): void {
  stopAtWallClocks(world);
  stopNodeTasksAtWallClocks(world);
  endJobsAtWallClock(world);
  for (const task of world.tasks) if (isAlive(task) && lifetimeEndMs(world, task) <= world.now) giveUp(world, task);
}

/** 3 faults: what fate does, and capacity that comes back. */
function faults(world: World): void {
  takeActions(world, true);
  for (const pool of world.pools) {
    if (world.now === 0 || !changesCapacity(pool, world.now)) continue;
    takeReturnedCapacity(world, pool);
    world.roomier.add(pool.account);
  }
}

function changesCapacity(pool: PoolState, atMs: number): boolean {
  const before = { dedicated: 0, spot: 0 };
  for (const kind of ['dedicated', 'spot'] as const) before[kind] = capacityAt(pool.pool.capacity, kind, atMs - 1);
  return (['dedicated', 'spot'] as const).some((kind) => capacityAt(pool.pool.capacity, kind, atMs) !== before[kind]);
}

/** 4 node timers: nodes that come, ends of dispatches, other steps of nodes, then resize timeouts. */
function nodeTimers(world: World): void {
  for (const pool of world.pools) takeAllocated(world, pool);
  runTimers(world, true);
  for (const task of world.tasks) {
    const { attempt } = task;
    if (attempt?.step !== 'dispatch' || !inContact(attempt)) continue;
    if (attempt.dueMs !== null && attempt.dueMs <= world.now) endDispatch(world, task);
  }
  runTimers(world, false);
  for (const pool of world.pools) {
    for (const node of nodesOf(pool)) if (node.waitsForCapacity) takeReturnedCapacity(world, pool);
    for (const pending of [...pool.pending]) if (pending.waiting) takeReturnedCapacity(world, pool);
  }
  const roomier = [...world.roomier];
  world.roomier.clear();
  for (const pool of world.pools) if (roomier.includes(pool.account)) seekMissingSpot(world, pool);
  for (const pool of world.pools) timeOutResize(world, pool);
}

function runTimers(world: World, early: boolean): void {
  for (const node of world.pools.flatMap(nodesOf)) {
    const { timer } = node;
    if (timer === null || timer.early !== early || timer.atMs > world.now) continue;
    node.timer = null;
    timer.run();
  }
}

/** 5 commands: what was declared comes first, then actions, then scripts of job managers by row of the task. */
function commands(world: World, atStart: boolean): void {
  if (atStart) {
    addPools(world);
    for (const account of world.scenario.accounts) {
      for (const schedule of account.jobSchedules) addSchedule(world, account, schedule);
    }
  }
  while ((world.comingJobs[0]?.atMs ?? Infinity) <= world.now) {
    const coming = world.comingJobs.shift();
    if (coming !== undefined) addJob(world, coming.account, coming.job, coming.id, null);
  }
  addComingTasks(world);
  takeActions(world, false);
  for (const task of [...world.tasks]) runScript(world, task);
}

const FATE: ReadonlySet<string> = new Set(FATE_KINDS);

function takeActions(world: World, byFate: boolean): void {
  for (const action of [...world.comingActions]) {
    if (action.atMs > world.now || FATE.has(action.operation.kind) !== byFate) continue;
    world.comingActions.splice(world.comingActions.indexOf(action), 1);
    ask(world, action.account, action.operation);
  }
}

function ask(world: World, account: World['comingActions'][number]['account'], operation: Operation): void {
  const done = { atMs: world.now, kind: operation.kind, code: null as string | null };
  world.operations.push(done);
  done.code = operate(world, account, operation);
  world.changed = true;
}

/** JM-11: offsets from the start of the attempt. */
function runScript(world: World, task: TaskState): void {
  const { manager } = task;
  if (manager === null) return;
  const lines = [...manager.actions].sort((a, b) => a.atMs - b.atMs);
  for (;;) {
    const { attempt } = task;
    const line = attempt === null ? undefined : lines[attempt.scripted];
    if (attempt === null || line === undefined || scriptDueMs(task) > world.now) return;
    attempt.scripted += 1;
    ask(world, task.job.account, line.operation);
  }
}

function scriptDueMs({ manager, attempt }: TaskState): number {
  if (manager === null || attempt === null || attempt.startMs === null) return Number.POSITIVE_INFINITY;
  const offsets = manager.actions.map(({ atMs }) => atMs).sort((a, b) => a - b);
  return attempt.startMs + (offsets[attempt.scripted] ?? Number.POSITIVE_INFINITY);
}

/** All instants at which something is due that could change the work (SIM-10). */
function dueMs(world: World): number[] {
  const due: (number | null)[] = [];
  for (const coming of [...world.comingJobs, ...world.comingTasks, ...world.comingActions]) due.push(coming.atMs);
  for (const pool of world.pools) {
    const { resize } = pool;
    if (resize !== null && resize.timeoutMs !== null) due.push(resize.startMs + resize.timeoutMs);
    for (const pending of pool.pending) if (!pending.waiting) due.push(pending.allocatedMs);
    for (const node of nodesOf(pool)) due.push(node.timer?.atMs ?? null);
  }
  for (const row of world.nodeTasks) {
    const heard = stateOf(row.node) !== 'unknown';
    due.push(heard ? row.dueMs : laterOf(world, row.dueMs), heard ? nodeTaskEndMs(row) : null);
  }
  for (const task of world.tasks) {
    const { attempt } = task;
    // NODE-13: of an end out of contact nobody hears, but it is still to come.
    if (attempt === null || inContact(attempt))
      due.push(attempt?.dueMs ?? null, wallClockEndMs(task), scriptDueMs(task));
    else due.push(laterOf(world, attempt.dueMs));
  }
  for (const job of world.jobs) {
    if (job.tasks.some((task) => task.state !== 'completed' && task.deletedMs === null)) due.push(jobEndMs(job));
  }
  for (const schedule of world.schedules)
    due.push(...scheduleDueMs(schedule, 'active').filter((atMs) => atMs > world.now));
  return due.map((atMs) => atMs ?? Number.POSITIVE_INFINITY);
}

function laterOf(world: World, atMs: number | null): number | null {
  return atMs !== null && atMs > world.now ? atMs : null;
}

/** Instants that matter only while something else is due: capacity, lifetimes, wall clocks of jobs without work. */
function sideDueMs(world: World): number[] {
  const windows = world.pools.flatMap((pool) => pool.pool.capacity);
  const changes = windows.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? Infinity]);
  const lifetimes = world.tasks.filter(isAlive).map((task) => lifetimeEndMs(world, task));
  const ends = [...world.jobs.map(jobEndMs), ...world.schedules.map(scheduleEndMs)];
  const disabled = world.schedules.flatMap((schedule) => scheduleDueMs(schedule, 'disabled'));
  return [...changes, ...lifetimes, ...ends, ...disabled].filter((atMs) => atMs > world.now);
}

/** Time: which instant comes next, and the eight phases of an instant, again and again until nothing is due (SIM-02). */
import type { Scenario } from '../../../src/model/index.js';
import { commandsOf } from './arrivals.js';
import { dispatchedMs, exit, exitMs, giveUp, start, stopAtWallClock, wallClockEndMs } from './attempts.js';
import { isRunnable } from './dependencies.js';
import { schedulerPass } from './pass.js';
import { addPools, moveNodes, takeAllocated, takeReturnedCapacity, timeOutResize, timeoutMs } from './pools.js';
import { stateOf, type TaskState, type World } from './world.js';

/** A world at the end of its run and the instant at which it ended (SIM-10), in ms. */
export interface Ended {
  readonly world: World;
  readonly endMs: number;
}

/** Runs a scenario that is free of chance to its end. */
export function runOracle(scenario: Scenario): Ended {
  const empty = { pools: [], jobs: [], tasks: [], earlier: [] };
  const world: World = { scenario, now: 0, changed: false, ...empty, commands: commandsOf(scenario.accounts) };
  const untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
  for (let first = true; ; first = false) {
    handleInstant(world, first);
    // A lifetime or a change of capacity alone is no reason to go on (SIM-10) …
    if (!dueMs(world).some(Number.isFinite)) {
      return { world, endMs: Math.min(untilMs, world.now + (scenario.clock.tailMs ?? 0)) };
    }
    // … but while there is a reason, each comes in its turn.
    const next = Math.min(...dueMs(world), ...sideDueMs(world));
    if (next > untilMs) return { world, endMs: untilMs };
    if (next <= world.now) throw new Error('time does not move');
    world.now = next;
  }
}

function handleInstant(world: World, first: boolean): void {
  let addPoolsNow = first;
  do {
    world.changed = false;
    exits(world);
    deadlines(world);
    for (const pool of world.pools) takeReturnedCapacity(world, pool); // 3 faults: a change of capacity
    nodeTimers(world);
    commands(world, addPoolsNow);
    addPoolsNow = false;
    settle(world);
  } while (world.changed);
}

/** 1 exits. */
function exits(world: World): void {
  for (const task of tasksWhere(world, (task) => isRunning(task) && exitMs(task) === world.now)) exit(world, task);
  noticeRunnable(world);
}

/** 2 deadlines: wall clocks, then lifetimes. */
function deadlines(world: World): void {
  const overtime = tasksWhere(world, (task) => isRunning(task) && wallClockEndMs(task) === world.now);
  for (const task of overtime) stopAtWallClock(world, task);
  for (const task of tasksWhere(world, (task) => isAlive(task) && lifetimeEndMs(world, task) <= world.now)) {
    giveUp(world, task);
  }
}

/** 4 node timers: nodes, then the ends of dispatches, then resize timeouts. */
function nodeTimers(world: World): void {
  for (const pool of world.pools) takeAllocated(world, pool);
  for (const pool of world.pools) moveNodes(world, pool);
  for (const task of tasksWhere(world, (task) => isDispatching(task) && dispatchedMs(task) <= world.now)) {
    start(world, task);
  }
  for (const pool of world.pools) timeOutResize(world, pool);
}

/** 5 commands: the pools at the very beginning, then what arrives. */
function commands(world: World, addPoolsNow: boolean): void {
  if (addPoolsNow) addPools(world);
  for (;;) {
    const [next] = world.commands;
    if (next === undefined || next.atMs > world.now) break;
    world.commands.shift();
    next.carryOut(world);
    world.changed = true;
  }
  noticeRunnable(world);
}

/** DEP-02: with the exits of an instant, or on being added, tasks become runnable. */
function noticeRunnable(world: World): void {
  for (const task of world.tasks) {
    if (task.readyMs === null && isAlive(task) && isRunnable(task)) task.readyMs = world.now;
  }
}

/** 8 settle: one pass per pool, in pool-creation order. */
function settle(world: World): void {
  for (const pool of world.pools) schedulerPass(world, pool);
}

/** All instants at which something is due that could change the work (SIM-10). */
function dueMs(world: World): number[] {
  const due: number[] = world.commands.slice(0, 1).map((command) => command.atMs);
  for (const pool of world.pools) {
    if (pool.steadyMs === null) due.push(timeoutMs(pool));
    for (const pending of pool.pending) if (!pending.waiting) due.push(pending.allocatedMs);
    for (const node of pool.nodes) {
      if (stateOf(node) === 'creating') due.push(node.bootedMs);
      if (stateOf(node) === 'starting') due.push(node.startedMs);
    }
  }
  for (const task of world.tasks) {
    if (isDispatching(task)) due.push(dispatchedMs(task));
    if (isRunning(task)) due.push(exitMs(task) ?? Infinity, wallClockEndMs(task) ?? Infinity);
  }
  return due;
}

/** Instants that matter only while something else is due: changes of capacity and ends of lifetimes. */
function sideDueMs(world: World): number[] {
  const windows = world.pools.flatMap((pool) => pool.pool.capacity);
  const changes = windows.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? Infinity]);
  const lifetimes = world.tasks.filter(isAlive).map((task) => lifetimeEndMs(world, task));
  return [...changes, ...lifetimes].filter((atMs) => atMs > world.now);
}

/** ACC-15: from addition. */
function lifetimeEndMs(world: World, task: TaskState): number {
  return task.submitMs + (world.scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY);
}

function isRunning(task: TaskState): boolean {
  return task.state === 'running' && !task.givenUp;
}

function isDispatching(task: TaskState): boolean {
  return task.state === 'active' && task.holds !== null;
}

/** Neither completed nor given up. */
function isAlive(task: TaskState): boolean {
  return task.state !== 'completed' && !task.givenUp;
}

/** A snapshot: what a phase itself brings about is not part of it. */
function tasksWhere(world: World, isMeant: (task: TaskState) => boolean): TaskState[] {
  return world.tasks.filter(isMeant);
}

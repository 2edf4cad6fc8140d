/** What a node goes through (NODE, START, RSZ-12, RSZ-13). */
import type { LatencyName } from '../../../src/model/index.js';
import { interrupt, requeue, stopForGood } from './attempt-ends.js';
import { enter, hasRoom, stateOf, tasksOn } from './lookups.js';
import { beginStartTask, cutShort, resumeReleases } from './preparation.js';
import { latencyMs } from './quantities.js';
import type { NodeState, TaskState, TasksOption, World } from './world.js';

/** A latency of zero takes no event: what follows happens at once (docs/rules.md). */
function after(world: World, node: NodeState, name: LatencyName | null, early: boolean, run: () => void): void {
  const ms = name === null ? 0 : latencyMs(node.pool.pool.timing, name);
  node.timer = null;
  if (ms === 0) run();
  else node.timer = { atMs: world.now + ms, early, run };
}

/** NODE-01, NODE-12: the VM is obtained. `stands`: a ready pool's, which was there before the start. */
export function create(world: World, node: NodeState, stands: boolean): void {
  enter(world, node, 'creating');
  const boot = () => {
    enter(world, node, 'starting');
    if (stands) ready(world, node);
    else after(world, node, 'start', true, () => join(world, node));
  };
  if (stands) boot();
  else after(world, node, 'create', true, boot);
}

/** START-01, START-03, START-06: the start task runs on whatever has just booted. */
function join(world: World, node: NodeState): void {
  const { startTask } = node.pool.pool;
  if (startTask === null) {
    ready(world, node);
    return;
  }
  if (startTask.waitForSuccess) enter(world, node, 'waitingforstarttask');
  else ready(world, node);
  beginStartTask(world, node);
}

/** START-05: its start task has ended, after all retries. */
export function afterStartTask(world: World, node: NodeState, result: 'success' | 'failure'): void {
  if (stateOf(node) !== 'waitingforstarttask') return;
  if (result === 'success') ready(world, node);
  else {
    enter(world, node, 'starttaskfailed');
    cutShort(world, node, 'failed');
  }
}

function ready(world: World, node: NodeState): void {
  enter(world, node, node.scheduling === 'enabled' ? 'idle' : 'offline');
  resumeReleases(world, node);
}

/** NODE-02: its last task has left. */
export function becomesFree(world: World, node: NodeState): void {
  const then = node.whenFree;
  node.whenFree = null;
  if (stateOf(node) === 'leavingpool') enter(world, node, 'leavingpool'); // without a task from now on: BILL-06
  if (then !== null) then();
  else if (stateOf(node) === 'running') enter(world, node, node.scheduling === 'enabled' ? 'idle' : 'offline');
}

/** RSZ-12, NODE-04, NODE-07: what becomes of its tasks, and what then. */
function clear(world: World, node: NodeState, option: TasksOption, outcome: string, then: (() => void) | null): void {
  const tasks = tasksOn(world, node);
  if (tasks.length === 0) {
    then?.();
    return;
  }
  node.whenFree = then;
  if (option === 'taskcompletion' || option === 'retaineddata') return;
  for (const task of tasks) {
    if (task.attempt === null) continue; // the end of another one stopped it
    if (option === 'requeue') requeue(world, task, outcome);
    else stopForGood(world, task);
  }
}

/** RSZ-13: chosen for removal. */
export function leave(world: World, node: NodeState, option: TasksOption, outcome: string): void {
  node.timer = null;
  node.whenFree = null;
  node.waitsForCapacity = false;
  const hasVm = !['preempted', 'deallocated'].includes(stateOf(node)); // only a VM takes its time to go
  enter(world, node, 'leavingpool');
  const go = () => gone(world, node);
  clear(world, node, option, outcome, () => (hasVm ? after(world, node, 'leave', false, go) : go()));
}

function gone(world: World, node: NodeState): void {
  node.goneMs = world.now;
  world.changed = true;
  cutShort(world, node, 'lost');
  world.tell.nodeLeft(world, node.pool);
}

/** RSZ-14: it could not leave in time and takes tasks again. Whether it returned. */
export function stay(world: World, node: NodeState): boolean {
  if (stateOf(node) !== 'leavingpool' || tasksOn(world, node).length === 0) return false;
  node.whenFree = null;
  enter(world, node, 'running');
  return true;
}

/** NODE-04. */
export function disableScheduling(world: World, node: NodeState, option: TasksOption): void {
  node.scheduling = 'disabled';
  world.changed = true;
  if (stateOf(node) === 'idle') enter(world, node, 'offline');
  if (stateOf(node) !== 'running') return;
  clear(world, node, option, 'nodeSchedulingDisabled', node.whenFree); // of itself it will be offline
}

/** NODE-05. */
export function enableScheduling(world: World, node: NodeState): void {
  node.scheduling = 'enabled';
  world.changed = true;
  if (stateOf(node) === 'offline') enter(world, node, 'idle');
}

/** NODE-06 to NODE-09. */
export function restart(world: World, node: NodeState, how: 'reboot' | 'reimage', option: TasksOption): void {
  const outcome = how === 'reboot' ? 'nodeRebooted' : 'nodeReimaged';
  clear(world, node, option, outcome, () => restartNow(world, node, how));
}

function restartNow(world: World, node: NodeState, how: 'reboot' | 'reimage' | 'upgrade'): void {
  const state = { reboot: 'rebooting', reimage: 'reimaging', upgrade: 'upgradingos' } as const;
  node.timer = null;
  node.whenFree = null;
  cutShort(world, node, how === 'reboot' ? 'reboot' : 'lost');
  enter(world, node, state[how]);
  after(world, node, how === 'reboot' ? 'reboot' : 'reimage', false, () => {
    enter(world, node, 'starting'); // SIM-06: passed with zero duration
    join(world, node);
  });
}

/** NODE-10. */
export function deallocate(world: World, node: NodeState, option: TasksOption): void {
  clear(world, node, option, 'nodeDeallocated', () => {
    cutShort(world, node, 'failed');
    enter(world, node, 'deallocating');
    enter(world, node, 'deallocated');
  });
}

/** NODE-10. */
export function startAgain(world: World, node: NodeState): void {
  enter(world, node, 'starting');
  after(world, node, 'start', true, () => join(world, node));
}

/** NODE-11. */
export function preempt(world: World, node: NodeState): void {
  node.preemptions += 1;
  if (isDraining(node)) {
    loseDraining(world, node, 'nodePreempted');
    return;
  }
  lose(world, node, 'nodePreempted', 'lost');
  enter(world, node, 'preempted');
  seekReplacement(world, node);
}

/** Whether it waits for its tasks before it leaves the pool. */
export function isDraining(node: NodeState): boolean {
  return stateOf(node) === 'leavingpool' && node.whenFree !== null;
}

/** What is lost while it waits leaves at once: it is free as soon as its tasks are. */
function loseDraining(world: World, node: NodeState, outcome: string): void {
  for (const task of tasksOn(world, node)) interruptHeld(world, task, outcome);
}

/** NODE-12: the same node comes back when there is capacity. */
export function seekReplacement(world: World, node: NodeState): void {
  node.waitsForCapacity = !hasRoom(world, node.pool, node.kind);
  if (node.waitsForCapacity) return;
  world.changed = true;
  after(world, node, 'replace', false, () => {
    node.waitsForCapacity = !hasRoom(world, node.pool, node.kind);
    if (!node.waitsForCapacity) create(world, node, false);
  });
}

/** NODE-13, NODE-14. */
export function fail(world: World, node: NodeState, recovers: boolean): void {
  if (isDraining(node)) {
    loseDraining(world, node, 'nodeFailed');
    return;
  }
  lose(world, node, 'nodeFailed', 'failed');
  enter(world, node, 'unusable');
  // A recovery that takes no time comes with the node timers, after all faults of the instant.
  const atMs = world.now + latencyMs(node.pool.pool.timing, 'recover');
  if (recovers) node.timer = { atMs, early: false, run: () => restartNow(world, node, 'reboot') };
}

/** NODE-13: tasks are still running, as far as anybody knows. */
export function loseContact(world: World, node: NodeState): void {
  node.timer = null;
  enter(world, node, 'unknown');
}

/** States of a node whose boot is over. */
const UP: ReadonlySet<string> = new Set(['idle', 'running', 'offline']);

/** NODE-13: contact is back; an unusable node is rebooted. */
export function recover(world: World, node: NodeState): void {
  if (stateOf(node) === 'unusable') {
    restartNow(world, node, 'reboot');
    return;
  }
  // One that had not come to the end of its boot boots again: nobody saw it do so.
  const before = node.history.map(({ state }) => state).findLast((state) => state !== 'unknown');
  if (before === undefined || !UP.has(before)) {
    restartNow(world, node, 'reboot');
    return;
  }
  const busy = tasksOn(world, node).length > 0;
  enter(world, node, busy ? 'running' : node.scheduling === 'enabled' ? 'idle' : 'offline');
}

/** NODE-22. */
export function rebootHost(world: World, node: NodeState): void {
  lose(world, node, 'hostRebooted', 'reboot');
  restartNow(world, node, 'reboot');
}

/** POOL-21: as a user's doing it counts as a requeue. */
export function upgradeOs(world: World, node: NodeState): void {
  node.whenFree = null;
  for (const task of tasksOn(world, node)) requeue(world, task, 'osUpgraded');
  restartNow(world, node, 'upgrade');
}

function lose(world: World, node: NodeState, outcome: string, how: 'reboot' | 'failed' | 'lost'): void {
  node.timer = null;
  node.whenFree = null;
  for (const task of tasksOn(world, node)) interruptHeld(world, task, outcome);
  cutShort(world, node, how);
}

function interruptHeld(world: World, task: TaskState, outcome: string): void {
  if (task.attempt !== null) interrupt(world, task, outcome);
}

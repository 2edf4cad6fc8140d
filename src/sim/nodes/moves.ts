/** Moves of a node with their row in the log, and the timers between them. */
import { NODE_TRIGGERS, type NodeTrigger } from '../../model/index.js';
import { NODE_CAUSES, type NodeCause } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { NODE } from '../node-table.js';
import type { World } from '../world.js';

/** Stands in the log for a node that left its pool. */
const GONE = 255;

/** Moves the node by the table and logs the state that it enters. */
export function moveNode(world: World, node: number, trigger: NodeTrigger, cause: NodeCause = '-'): void {
  world.nodes.move(node, NODE_TRIGGERS.indexOf(trigger), world.nowMs);
  world.sampling.touch(node);
  logState(world, node, cause);
}

/** Logs the state that the node is in. Idle stands for running too: which of the two follows from its tasks. */
export function logState(world: World, node: number, cause: NodeCause = '-'): void {
  const state = world.nodes.state[node] as number;
  log(world, node, state === NODE.running ? NODE.idle : state, cause);
}

/** Logs that the node left its pool. */
export function logGone(world: World, node: number, cause: NodeCause): void {
  log(world, node, GONE, cause);
}

function log(world: World, node: number, state: number, cause: NodeCause): void {
  world.log?.add(world.nowMs, LOGGED.nodeState, node, state + 256 * NODE_CAUSES.indexOf(cause));
}

/** The node's next step is due after `delayMs`, as an event of this kind. */
export function awaitStep(world: World, node: number, kind: number, delayMs: number): void {
  const atMs = world.nowMs + delayMs;
  const code = eventCode(kind, node);
  if (world.isCalm) {
    world.queue.push(atMs, code);
    return;
  }
  const life = world.lives.of(node);
  life.timer = { atMs, code };
  // SIM-10: what fate does keeps no run alive, and neither does what follows from it while nobody has work.
  const matters = !life.isStruck || hasWork(world, world.poolOfNode(node));
  (matters ? world.queue : world.background).push(atMs, code);
}

/** The step that the node waited for has come. */
export function endStep(world: World, node: number): void {
  const life = world.lives.find(node);
  if (life !== undefined) life.timer = null;
}

/** The step that the node waits for will not come. */
export function cancelStep(world: World, node: number): void {
  const life = world.lives.find(node);
  if (life === undefined || life.timer === null) return;
  world.cancel(life.timer.atMs, life.timer.code);
  life.timer = null;
}

/** Whether tasks run on the pool's nodes, or wait for one that could take them. */
function hasWork(world: World, pool: PoolState): boolean {
  if (pool.only !== -1) return true;
  const most = pool.spec.taskSlotsPerNode;
  if (pool.levels.some(({ classes }) => classes.some(({ slots, jobs }) => slots <= most && jobs.size > 0))) return true;
  return pool.present.some((node) => world.nodes.isBusy(node));
}

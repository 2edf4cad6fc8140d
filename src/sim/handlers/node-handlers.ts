/** A node from its VM to idle (NODE-01). Steps that take no time take no event. */
import { eventCode } from '../engine/event-queue.js';
import { LOGGED } from '../event-log.js';
import { SIM_EVENT } from '../events.js';
import { bootDelays } from '../latencies.js';
import { NODE } from '../node-table.js';
import type { PoolState } from '../pool-state.js';
import type { World } from '../world.js';

/** A VM was obtained: the node appears in `creating` and is charged from now on (RSZ-04, BILL-03). */
export function obtainNode(world: World, pool: PoolState, kind: number, requestedMs: number): void {
  const { nodes, nowMs } = world;
  const ordinal = pool.nodeRows.length;
  const node = nodes.add(pool.row, ordinal, kind, pool.spec.taskSlotsPerNode, requestedMs, nowMs);
  pool.nodeRows.push(node);
  pool.held[kind] = (pool.held[kind] as number) + 1;
  logState(world, node);
  const createMs = pool.spec.ready ? 0 : delaysOf(world, pool, ordinal).createMs;
  if (createMs > 0) world.queue.push(nowMs + createMs, eventCode(SIM_EVENT.nodeBooted, node));
  else onNodeBooted(world, node);
}

/** The VM is up, Batch's agent starts on it (phase 4). */
export function onNodeBooted(world: World, node: number): void {
  const { nodes, nowMs } = world;
  const pool = world.pools[nodes.pool[node] as number] as PoolState;
  nodes.move(node, NODE.boot, nowMs);
  logState(world, node);
  const startMs = pool.spec.ready ? 0 : delaysOf(world, pool, nodes.ordinal[node] as number).startMs;
  if (startMs > 0) world.queue.push(nowMs + startMs, eventCode(SIM_EVENT.nodeReady, node));
  else onNodeReady(world, node);
}

/** The node takes tasks from now on; it does not wait for the rest of the pool (SCH-02) (phase 4). */
export function onNodeReady(world: World, node: number): void {
  const { nodes, nowMs } = world;
  const pool = world.pools[nodes.pool[node] as number] as PoolState;
  nodes.move(node, NODE.ready, nowMs);
  logState(world, node);
  pool.index.update(nodes.place[node] as number, 0, nodes.free[node] as number);
  if (pool.waiting > 0) world.touch(pool);
}

function delaysOf(
  world: World,
  pool: PoolState,
  ordinal: number,
): { readonly createMs: number; readonly startMs: number } {
  return bootDelays(pool.spec, pool.key, ordinal, 0, world.uniforms);
}

function logState(world: World, node: number): void {
  world.log?.add(world.nowMs, LOGGED.nodeState, node, world.nodes.state[node] as number);
}

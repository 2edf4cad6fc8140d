/** A node from its VM to its start task (NODE-01). Steps that take no time take no event. */
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { bootDelays } from '../latencies.js';
import type { World } from '../world.js';
import { bootFault, installMs, slowness } from './boot-faults.js';
import { becomeUnusable } from './losses.js';
import { awaitStep, endStep, logState, moveNode } from './moves.js';
import { becomeReady } from './readiness.js';
import { joinPool } from './start-task.js';

/**
 * A VM was obtained: the node appears in `creating` and is charged from now on (RSZ-04, BILL-03).
 * @param stands it was there before the start, ready for tasks
 */
export function obtainNode(world: World, pool: PoolState, kind: number, requestedMs: number, stands: boolean): void {
  const { nodes, nowMs } = world;
  const ordinal = pool.nodeRows.length;
  const node = nodes.add(pool.row, ordinal, kind, pool.spec.taskSlotsPerNode, requestedMs, nowMs);
  pool.nodeRows.push(node);
  pool.present.push(node);
  pool.held[kind] = (pool.held[kind] as number) + 1;
  logState(world, node);
  if (!world.isCalm) world.lives.of(node).diskSinceMs = nowMs;
  if (!stands) {
    beginCreating(world, node);
    return;
  }
  moveNode(world, node, 'boot');
  setUp(world, node);
  becomeReady(world, node);
}

/** The node is in `creating`, new or after its VM was replaced. */
export function beginCreating(world: World, node: number): void {
  const { createMs } = delaysOf(world, node);
  if (createMs > 0) awaitStep(world, node, SIM_EVENT.nodeBooted, createMs);
  else onNodeBooted(world, node);
}

/** The VM is up, Batch's agent starts on it (phase 4). */
export function onNodeBooted(world: World, node: number): void {
  endStep(world, node);
  moveNode(world, node, 'boot');
  beginStarting(world, node, delaysOf(world, node).startMs);
}

/** The node is in `starting`: it takes up what its pool wants of it by now (POOL-15), then its agent is there. */
export function beginStarting(world: World, node: number, startMs: number): void {
  setUp(world, node);
  const delayMs = startMs + installMs(world, node);
  if (delayMs > 0) awaitStep(world, node, SIM_EVENT.nodeReady, delayMs);
  else onNodeReady(world, node);
}

/** The agent is up (phase 4): the node joins, unless something is wrong with it. */
export function onNodeReady(world: World, node: number): void {
  endStep(world, node);
  const fault = bootFault(world, node);
  if (fault === null) joinPool(world, node);
  else becomeUnusable(world, node, fault);
}

/** How long the node is in `creating` and in `starting` at the boot at hand, in ms. */
export function delaysOf(world: World, node: number): { readonly createMs: number; readonly startMs: number } {
  const pool = world.poolOfNode(node);
  const { nodes, uniforms } = world;
  const [ordinal, boot] = [nodes.ordinal[node] as number, nodes.boots[node] as number];
  const { createMs, startMs } = bootDelays(pool.spec, pool.key, ordinal, boot, uniforms);
  const factor = slowness(world, node);
  return factor === 1
    ? { createMs, startMs }
    : { createMs: Math.floor(createMs * factor + 0.5), startMs: Math.floor(startMs * factor + 0.5) };
}

/** POOL-15, PKG-06: what holds for the node until its next boot. */
function setUp(world: World, node: number): void {
  const { startTask, applicationPackages } = world.poolOfNode(node).spec;
  if (startTask === null && applicationPackages.length === 0 && world.isCalm) return;
  world.lives.of(node).setup = { startTask, applicationPackages };
}

/** Preempted nodes: how they go, and how the same nodes come back (NODE-11, NODE-12, RSZ-09, ACC-08). */
import { combine } from '../../base/index.js';
import { lowPriorityHeadroom, sampleMs, TYPICAL_CAPACITY_WAIT } from '../../model/index.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { simpleLatency } from '../latencies.js';
import { NODE } from '../node-table.js';
import { freeCapacity, hasCapacity } from '../pools/capacity.js';
import { freeQuota } from '../pools/spot-quota.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { loseWhileLeaving } from './draining.js';
import { beginCreating } from './lifecycle.js';
import { takeOff } from './losses.js';
import { awaitStep, endStep, moveNode } from './moves.js';
import { countBoot } from './restarting.js';

/** Spot nodes that have a VM to lose (NODE-11, NODE-21); one that is free and on its way out is not taken any more. */
export function isPreemptible(world: World, node: number): boolean {
  const { nodes } = world;
  const state = nodes.state[node] as number;
  const isGoing = state === NODE.leavingpool && world.lives.find(node)?.change == null;
  const hasVm = state !== NODE.preempted && state !== NODE.deallocated && !isGoing;
  return nodes.kind[node] === 1 && hasVm && (nodes.goneMs[node] as number) < 0;
}

/** The VM is taken away: tasks go back to the queue, data are lost, and a replacement is sought (RSZ-09). */
export function preemptNode(world: World, node: number): void {
  if (world.nodes.state[node] === NODE.leavingpool) {
    world.nodes.countPreemption(node);
    loseWhileLeaving(world, node, 'nodePreempted');
    return;
  }
  const pool = world.poolOfNode(node);
  const life = world.lives.of(node);
  takeOff(world, node, 'nodePreempted', 'preempted');
  moveNode(world, node, 'preempt', 'preempted');
  world.nodes.countPreemption(node);
  pool.preempted += 1;
  freeCapacity(world, pool);
  life.lostMs = world.nowMs;
  life.users.clear();
  if (!world.scenario.options.preemptedHoldsQuota) {
    life.holdsQuota = false;
    freeQuota(world, pool, 0, 1);
  }
  const isRoom = hasRoom(world, node);
  if (isRoom) awaitCapacity(world, node, waitMs(world, node));
  else life.waitsForCapacity = true;
}

/** The wait for capacity is over (phase 4). */
export function onNodeReplaced(world: World, node: number): void {
  endStep(world, node);
  if (hasRoom(world, node)) replaceNode(world, node);
  else world.lives.of(node).waitsForCapacity = true;
}

/** Capacity or quota may be there again: nodes that waited for it come back, lowest ordinal first. */
export function replaceWaiting(world: World, pool: PoolState): void {
  if (pool.preempted === 0) return;
  for (const node of pool.nodeRows) {
    const life = world.lives.find(node);
    if (life === undefined || !life.waitsForCapacity || !hasRoom(world, node)) continue;
    life.waitsForCapacity = false;
    awaitCapacity(world, node, replaceMs(world, node) ?? 0);
  }
}

function awaitCapacity(world: World, node: number, delayMs: number): void {
  const window = world.scenario.options.restoreWindowMs;
  const { lostMs } = world.lives.of(node);
  if (window !== null && world.nowMs + delayMs > lostMs + window) return; // RSZ-09: it is sought no more
  if (delayMs > 0) awaitStep(world, node, SIM_EVENT.nodeReplaced, delayMs);
  else onNodeReplaced(world, node);
}

/** NODE-12: the same node, with its id and ordinal, goes through its first steps again. */
function replaceNode(world: World, node: number): void {
  const pool = world.poolOfNode(node);
  const life = world.lives.of(node);
  if (!life.holdsQuota) {
    life.holdsQuota = true;
    pool.account.use.add(pool.spec.vmSize, 0, 1);
  }
  pool.preempted -= 1;
  countBoot(world, node);
  moveNode(world, node, 'replace', 'replaced');
  beginCreating(world, node);
}

function hasRoom(world: World, node: number): boolean {
  const pool = world.poolOfNode(node);
  if (pool.state !== 0 || !hasCapacity(world, pool, 1)) return false;
  const { account, spec } = pool;
  return world.lives.of(node).holdsQuota || lowPriorityHeadroom(account.spec, account.use, spec.vmSize).nodes > 0;
}

/** Row 26 and `replace`: how long an evicted node stays away, in ms. */
function waitMs(world: World, node: number): number {
  const given = replaceMs(world, node);
  const pool = world.poolOfNode(node);
  if (given !== null) return given;
  if (pool.spec.timing.base === 'none') return 0;
  const { nodes, uniforms } = world;
  const entity = combine(pool.key, nodes.ordinal[node] as number);
  return sampleMs(TYPICAL_CAPACITY_WAIT, uniforms.seek(entity, nodes.boots[node] as number, PURPOSE.capacityWait));
}

function replaceMs(world: World, node: number): number | null {
  const { nodes, uniforms } = world;
  const times = (nodes.preemptions?.[node] ?? 1) - 1;
  return simpleLatency(world.poolOfNode(node), 'replace', nodes.ordinal[node] as number, times, uniforms);
}

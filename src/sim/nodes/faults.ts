/** What fate does to nodes by rate and by trace (NODE-22, rows 23 and 24). All of it stands in the background (SIM-10). */
import { combine, ln } from '../../base/index.js';
import type { Preemption } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { NODE } from '../node-table.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { awaitBlow, silenceMs, takeBlow } from './blows.js';
import { severContact } from './contact-loss.js';
import { becomeUnusable, recoverMs } from './losses.js';
import { awaitStep } from './moves.js';
import { isPreemptible, preemptNode } from './replacement.js';
import { restart } from './restarting.js';

/** The pool's faults begin when it is added. */
export function beginFaults(world: World, pool: PoolState): void {
  const { preemption } = pool.spec.faults;
  if (preemption !== null) awaitPreemption(world, pool, preemption);
}

/** Spot nodes of the pool are taken away (phase 3). */
export function onPreemption(world: World, pool: PoolState): void {
  const { preemption } = pool.spec.faults;
  if (pool.state !== 0 || preemption === null) return;
  const victims = pool.nodeRows.filter((node) => isPreemptible(world, node));
  if (preemption.kind === 'trace') {
    // As when an operator of fate names a number: the lowest ordinals.
    for (const node of victims.slice(0, preemption.count[pool.preemptionEvents])) strike(world, node);
  } else {
    takeShare(world, pool, victims, preemption);
  }
  pool.preemptionEvents += 1;
  awaitPreemption(world, pool, preemption);
}

/** A node's time has come (phase 3): an eviction reaches it, it is unusable, its host reboots, or contact is lost. */
export function onNodeFault(world: World, node: number): void {
  const life = world.lives.of(node);
  const blow = takeBlow(life, world.nowMs);
  if (blow === 'eviction') {
    if (isPreemptible(world, node)) strike(world, node);
    return;
  }
  const state = world.nodes.state[node] as number;
  const isSilent = state === NODE.unknown;
  if (blow === null || !(UP.has(state) || (isSilent && blow !== 'contactLoss'))) return;
  life.isStruck = true;
  if (blow === 'contactLoss') loseSight(world, node);
  else if (blow === 'hostReboot') restart(world, node, 'reboot', 'hostReboot', 'hostRebooted');
  else fail(world, node);
}

const UP: ReadonlySet<number> = new Set([NODE.idle, NODE.running, NODE.offline]);

/** NODE-13, NODE-14: as the pool's faults say. */
function fail(world: World, node: number): void {
  const { unusableError: error, unusableRecovers: recovers } = world.poolOfNode(node).spec.faults;
  becomeUnusable(world, node, { cause: error ?? 'contactLost', error, recovers });
}

/** NODE-13: the node is silent for a while, and then what it was. */
function loseSight(world: World, node: number): void {
  severContact(world, node);
  awaitStep(world, node, SIM_EVENT.nodeReturned, silenceMs(world, node) ?? recoverMs(world, node));
}

/** The next event of a trace, or of a Poisson process whose events take `share` of the nodes at `rate` ÷ `share`. */
function awaitPreemption(world: World, pool: PoolState, preemption: Preemption): void {
  const { nowMs, background, uniforms } = world;
  const event = pool.preemptionEvents;
  const code = eventCode(SIM_EVENT.preemption, pool.row);
  if (preemption.kind === 'trace') {
    if (event < preemption.atMs.length) background.push(Math.max(nowMs, preemption.atMs[event] as number), code);
    return;
  }
  const meanMs = preemption.share / preemption.ratePerMs;
  const uniform = uniforms.seek(pool.key, event, PURPOSE.preemption).next();
  background.push(nowMs + Math.max(1, Math.floor(-meanMs * ln(1 - uniform) + 0.5)), code);
}

/**
 * The event takes its share of the nodes, rounded up or down by chance so that each node's hazard is the rate, each of
 * them at a moment within the spread.
 */
function takeShare(
  world: World,
  pool: PoolState,
  nodes: readonly number[],
  { share, spreadMs }: Extract<Preemption, { kind: 'rate' }>,
): void {
  const { uniforms } = world;
  const event = pool.preemptionEvents;
  const draws = nodes.map((node) => {
    const source = uniforms.seek(combine(pool.key, world.nodes.ordinal[node] as number), event, PURPOSE.preemptedNodes);
    return { node, order: source.next(), delayMs: Math.floor(source.next() * (spreadMs + 1)) };
  });
  const count = Math.floor(nodes.length * share + uniforms.seek(pool.key, event, PURPOSE.preemptedNodes).next());
  draws.sort((a, b) => a.order - b.order || a.node - b.node);
  const taken = draws.slice(0, count).sort((a, b) => a.node - b.node);
  for (const { node, delayMs } of taken) {
    if (delayMs === 0) strike(world, node);
    else if (world.lives.of(node).blows.eviction === null) awaitBlow(world, node, 'eviction', delayMs);
  }
}

function strike(world: World, node: number): void {
  world.lives.of(node).isStruck = true;
  preemptNode(world, node);
}

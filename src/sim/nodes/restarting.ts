/** Nodes that go down and come up again: reboot, reimage, upgrade, deallocation (NODE-06 to NODE-10, POOL-21). */
import { type NodeDeallocationOption, TYPICAL_REIMAGE_EXTRA_MS } from '../../model/index.js';
import type { AttemptEnd, NodeCause } from '../../recording/index.js';
import { SIM_EVENT } from '../events.js';
import { simpleLatency, typicalBoot } from '../latencies.js';
import type { World } from '../world.js';
import { slowness } from './boot-faults.js';
import { type FreeingCause, freeNode } from './draining.js';
import { beginStarting, delaysOf } from './lifecycle.js';
import { takeOff } from './losses.js';
import { awaitStep, moveNode } from './moves.js';

/** The ways of going down. */
export type Restart = 'reboot' | 'reimage' | 'upgrade';

const FREEING: Readonly<Record<Restart | 'deallocate', FreeingCause>> = {
  reboot: { requeue: 'nodeRebooted', stop: 'nodeRebooted' },
  reimage: { requeue: 'nodeReimaged', stop: 'nodeReimaged' },
  upgrade: { requeue: 'osUpgraded', stop: 'nodeReimaged' },
  deallocate: { requeue: 'nodeDeallocated', stop: 'nodeDeallocated' },
};

/** NODE-07, NODE-09: once free of its tasks the node restarts; until then it stays what it is. */
export function restartWhenFree(
  world: World,
  node: number,
  how: Restart,
  option: NodeDeallocationOption,
  cause: NodeCause,
): void {
  freeNode(world, node, option, FREEING[how], () => restart(world, node, how, cause));
}

/** The node goes down now; tasks that are still on it are lost. */
export function restart(
  world: World,
  node: number,
  how: Restart,
  cause: NodeCause,
  lost: AttemptEnd = 'nodeFailed',
): void {
  takeOff(world, node, lost, how === 'reboot' ? 'rebooted' : 'reimaged');
  moveNode(world, node, how, cause);
  const life = world.lives.of(node);
  life.error = null;
  if (how === 'reimage') life.users.clear();
  countBoot(world, node);
  const delayMs = downMs(world, node, how);
  if (delayMs > 0) awaitStep(world, node, SIM_EVENT.nodeReturned, delayMs);
  else comeUp(world, node);
}

/** NODE-10: once free of its tasks the node gives its VM back, and stays in the pool. */
export function deallocateWhenFree(world: World, node: number, option: NodeDeallocationOption): void {
  freeNode(world, node, option, FREEING.deallocate, () => {
    takeOff(world, node, 'nodeFailed', 'deallocated');
    moveNode(world, node, 'deallocate', 'deallocateNode');
    moveNode(world, node, 'deallocated');
  });
}

/** NODE-10: a deallocated node starts: `starting`, start task, idle. */
export function startDeallocated(world: World, node: number): void {
  countBoot(world, node);
  moveNode(world, node, 'allocate', 'startNode');
  beginStarting(world, node, delaysOf(world, node).startMs);
}

/** SIM-06: `starting` is then passed with zero duration, save for what has to be installed. */
export function comeUp(world: World, node: number): void {
  moveNode(world, node, 'restart');
  beginStarting(world, node, 0);
}

/** The node is about to boot once more (NODE-19). */
export function countBoot(world: World, node: number): void {
  const { boots } = world.nodes;
  boots[node] = (boots[node] as number) + 1;
}

/** Rows 30 and 31: a reboot takes as long as a first boot, a reimage two minutes more; an upgrade is a reimage. */
function downMs(world: World, node: number, how: Restart): number {
  const pool = world.poolOfNode(node);
  const { nodes, uniforms } = world;
  const [ordinal, boot] = [nodes.ordinal[node] as number, nodes.boots[node] as number];
  const given = simpleLatency(pool, how === 'reboot' ? 'reboot' : 'reimage', ordinal, boot - 1, uniforms);
  if (given !== null) return given;
  if (pool.spec.timing.base === 'none') return 0;
  const bootMs = Math.floor(typicalBoot(pool.spec, pool.key, ordinal, boot, uniforms) * slowness(world, node) + 0.5);
  return bootMs + (how === 'reboot' ? 0 : TYPICAL_REIMAGE_EXTRA_MS);
}

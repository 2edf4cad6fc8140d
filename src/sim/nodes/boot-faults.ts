/** What may be wrong with a node when it boots: slow VMs, packages, mounts, networks (rows 4 and 28, PKG-05, POOL-13, NET-01). */
import { combine } from '../../base/index.js';
import { simpleLatency } from '../latencies.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import type { Defect } from './losses.js';

/** Why the node becomes unusable instead of joining its pool; null: it joins. */
export function bootFault(world: World, node: number): Defect | null {
  const { faults } = world.poolOfNode(node).spec;
  // Nobody but the network's owner can help, and nothing is in the node's `errors`.
  if (faults.portsBlocked) return { cause: 'portsBlocked', error: null, recovers: false };
  if (isFirstBoot(world, node) && happens(world, node, faults.unusableAtStart, PURPOSE.unusableAtStart))
    return { cause: 'contactLost', error: null, recovers: true };
  if (faults.mountFailure) return withError('MountConfigurationError');
  const packages = world.lives.find(node)?.setup?.applicationPackages ?? [];
  if (packages.length > 0 && happens(world, node, faults.packageFailure, PURPOSE.packageFailure))
    return withError('ApplicationPackageError');
  return null;
}

/** NODE-14: what has an error is not recovered by the service. */
function withError(error: 'MountConfigurationError' | 'ApplicationPackageError'): Defect {
  return { cause: error, error, recovers: false };
}

/** PKG-02: how long the pool's packages take to install, one after the other, in ms. */
export function installMs(world: World, node: number): number {
  const packages = world.lives.find(node)?.setup?.applicationPackages.length ?? 0;
  if (packages === 0) return 0;
  const pool = world.poolOfNode(node);
  const { nodes, uniforms } = world;
  const boot = nodes.boots[node] as number;
  let totalMs = 0;
  for (let i = 0; i < packages; i++) {
    const entity = combine(nodes.ordinal[node] as number, i);
    totalMs += simpleLatency(pool, 'install', entity, boot, uniforms) ?? 0;
  }
  return totalMs;
}

/** Row 4: by how much longer the node takes to boot this time. */
export function slowness(world: World, node: number): number {
  const { slow } = world.poolOfNode(node).spec.faults;
  return slow !== null && happens(world, node, slow.share, PURPOSE.slowNode) ? slow.factor : 1;
}

function isFirstBoot(world: World, node: number): boolean {
  return world.nodes.boots[node] === 0;
}

/** Whether something that befalls this share of boots befalls the one at hand. The same at every call. */
function happens(world: World, node: number, share: number, purpose: number): boolean {
  if (share <= 0) return false;
  const { nodes, uniforms } = world;
  const entity = combine(world.poolOfNode(node).key, nodes.ordinal[node] as number);
  return uniforms.seek(entity, nodes.boots[node] as number, purpose).next() < share;
}

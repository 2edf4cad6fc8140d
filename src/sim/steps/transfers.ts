/** How long it takes to bring things to a node: images, files, packages (SIM-06, PKG-02, TASK-03). */
import { combine, keyOf } from '../../base/index.js';
import {
  type Application,
  type PackageReference,
  resolvePackage,
  TYPICAL_LEAST_PULL_MS,
  TYPICAL_PULL_BYTES_PER_MS,
} from '../../model/index.js';
import { applicationsOf } from '../account-packages.js';
import type { PoolState } from '../entities.js';
import { simpleLatency, transferMs } from '../latencies.js';
import { packageKey } from '../node-contents.js';
import type { World } from '../world.js';
import type { LiveAttempt } from './state.js';

/** Row 7: until the container's image is on all nodes of the attempt, in ms; nothing where it is already. */
export function pullMs(world: World, live: LiveAttempt): number {
  const { container } = live.demands;
  if (container === null) return 0;
  return longest(world, live, (pool, node) => {
    const { images } = world.steps.contents.of(node);
    const there = images.get(container.image) ?? world.nowMs + imageMs(world, pool, container.imageBytes, live);
    images.set(container.image, there);
    return there;
  });
}

function imageMs(world: World, pool: PoolState, bytes: number, { key, attempt }: LiveAttempt): number {
  const { bandwidth, timing } = pool.spec;
  if (bandwidth !== null) return Math.ceil(bytes / bandwidth);
  const given = simpleLatency(pool, 'download', combine(key, 1), attempt, world.uniforms);
  if (given !== null) return given;
  return timing.base === 'none' ? 0 : Math.max(TYPICAL_LEAST_PULL_MS, Math.ceil(bytes / TYPICAL_PULL_BYTES_PER_MS));
}

/** The resource files of the task, in ms. */
export function downloadMs(world: World, live: LiveAttempt): number {
  const pool = world.poolOfNode(live.nodes[0] as number);
  return transferMs(pool, 'download', live.demands.downloadBytes, live.key, live.attempt, world.uniforms);
}

/**
 * PKG-02: until the task's packages are on all nodes of the attempt, one after the other, in ms; a version that is there
 * is used as it is. null: one of them does not exist (PKG-04).
 */
export function installMs(world: World, live: LiveAttempt): number | null {
  const { applicationPackages } = live.demands;
  if (applicationPackages.length === 0) return 0;
  const applications = applicationsOf(world.jobOf(live.task).account);
  const names = applicationPackages.map((reference) => nameOf(applications, reference));
  if (names.includes(null)) return null;
  return longest(world, live, (pool, node) => {
    const { packages } = world.steps.contents.of(node);
    for (const reference of world.lives.find(node)?.setup?.applicationPackages ?? []) {
      const name = nameOf(applications, reference);
      if (name !== null) packages.set(name, world.nowMs);
    }
    let doneMs = world.nowMs;
    for (const name of names as readonly string[]) {
      const entity = combine(world.nodes.ordinal[node] as number, keyOf(name));
      const there = packages.get(name);
      if (there !== undefined) doneMs = Math.max(doneMs, there);
      else doneMs += simpleLatency(pool, 'install', entity, live.attempt, world.uniforms) ?? 0;
      packages.set(name, there ?? doneMs);
    }
    return doneMs;
  });
}

/** The name of a package on a node; null: there is no such package. */
function nameOf(applications: readonly Application[], reference: PackageReference): string | null {
  const found = resolvePackage(applications, reference);
  return found === null ? null : packageKey(found.applicationId, found.version);
}

/** How long it takes from now on the node that takes longest. */
function longest(world: World, live: LiveAttempt, doneAt: (pool: PoolState, node: number) => number): number {
  const pool = world.poolOfNode(live.nodes[0] as number);
  return live.nodes.reduce((most, node) => Math.max(most, doneAt(pool, node) - world.nowMs), 0);
}

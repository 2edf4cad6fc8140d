/** Latencies of SIM-06 as drawn numbers: a pool's own setting, else its profile's. Whole milliseconds. */
import { combine, type Uniforms } from '../base/index.js';
import {
  atOccurrence,
  constant,
  type LatencyName,
  MANAGED_ALLOC_FACTOR,
  MANAGED_IMAGE_FACTOR,
  type Pool,
  type Quantity,
  sampleMs,
  TYPICAL_ALLOC_PER_NODE,
  TYPICAL_ALLOC_PER_RESIZE,
  TYPICAL_BOOT_LINUX,
  TYPICAL_BOOT_WINDOWS,
  TYPICAL_DISPATCH,
  TYPICAL_NODES_PER_MINUTE,
} from '../model/index.js';
import { LATENCY_PURPOSE, PURPOSE } from './purposes.js';

const ZERO = constant(0);

/** What a scenario sets for a latency, by occurrence; null: the profile decides. */
function override(pool: Pool, name: LatencyName, occurrence: number): Quantity | null {
  const given = pool.timing.overrides[name];
  return given === undefined ? null : atOccurrence(given, occurrence);
}

/** Assignment → running, for every task of the pool (row 13). */
export function dispatchLatency(pool: Pool): Quantity {
  return override(pool, 'dispatch', 0) ?? (pool.timing.base === 'none' ? ZERO : TYPICAL_DISPATCH);
}

/**
 * RSZ-04, rows 1 and 9: how long after its resize began each node is obtained, ascending, so that ordinals follow the
 * order of allocation (SIM-07).
 * @param key the pool's key; `resize` counts the pool's resizes from 0
 */
export function allocDelays(pool: Pool, key: number, resize: number, count: number, uniforms: Uniforms): Float64Array {
  const given = override(pool, 'alloc', resize);
  const delays = new Float64Array(count);
  if (given === null && pool.timing.base === 'none') return delays;
  const shared = given === null ? sampleMs(TYPICAL_ALLOC_PER_RESIZE, uniforms.seek(key, resize, PURPOSE.alloc)) : 0;
  const factor = pool.image === 'managed' ? MANAGED_ALLOC_FACTOR : 1; // row 6
  uniforms.seek(key, resize, PURPOSE.allocPerNode);
  for (let i = 0; i < count; i++) {
    if (given !== null) {
      delays[i] = sampleMs(given, uniforms);
    } else {
      const byRate = Math.floor((i * 60_000) / TYPICAL_NODES_PER_MINUTE);
      const ownMs = Math.max(sampleMs(TYPICAL_ALLOC_PER_NODE, uniforms), byRate);
      delays[i] = Math.floor((shared + ownMs) * factor + 0.5);
    }
  }
  return delays.sort();
}

/** How long a node spends in `creating` and then in `starting`: halves of one draw where the profile decides. */
export function bootDelays(
  pool: Pool,
  key: number,
  ordinal: number,
  boot: number,
  uniforms: Uniforms,
): { readonly createMs: number; readonly startMs: number } {
  const whole = pool.timing.base === 'none' ? 0 : typicalBoot(pool, key, ordinal, boot, uniforms);
  const half = Math.floor(whole / 2);
  const create = override(pool, 'create', boot);
  const start = override(pool, 'start', boot);
  const entity = key ^ Math.imul(ordinal + 1, 0x9e3779b1);
  return {
    createMs: create === null ? half : sampleMs(create, uniforms.seek(entity, boot, PURPOSE.create)),
    startMs: start === null ? whole - half : sampleMs(start, uniforms.seek(entity, boot, PURPOSE.start)),
  };
}

/** Rows 2, 3 and 6: from the VM to the start task as the profile draws it, in ms. */
export function typicalBoot(pool: Pool, key: number, ordinal: number, boot: number, uniforms: Uniforms): number {
  const quantity = pool.os === 'windows' ? TYPICAL_BOOT_WINDOWS : TYPICAL_BOOT_LINUX;
  const entity = key ^ Math.imul(ordinal + 1, 0x9e3779b1);
  const drawn = sampleMs(quantity, uniforms.seek(entity, boot, PURPOSE.boot));
  return pool.image === 'managed' ? Math.floor(drawn * MANAGED_IMAGE_FACTOR + 0.5) : drawn;
}

/** SIM-06 kill: how long a process takes to go once it was stopped. Both profiles say 0. */
export function killDelay(pool: PoolDraws, node: number, uniforms: Uniforms): number {
  return simpleLatency(pool, 'kill', node, 0, uniforms) ?? 0;
}

/** What draws of a pool need: its properties and the key of its draws. */
export interface PoolDraws {
  readonly spec: Pool;
  readonly key: number;
}

/** A latency as the scenario sets it, for one entity and occurrence, in ms; null: the profile decides. */
export function simpleLatency(
  { spec, key }: PoolDraws,
  name: LatencyName,
  entity: number,
  occurrence: number,
  uniforms: Uniforms,
): number | null {
  const quantity = override(spec, name, occurrence);
  if (quantity === null) return null;
  return sampleMs(quantity, uniforms.seek(combine(key, entity), occurrence, LATENCY_PURPOSE[name]));
}

/**
 * How long a transfer takes (SIM-06): its size over the pool's bandwidth, else the pool's latency of that name, else no
 * time. Nothing to transfer takes none.
 */
export function transferMs(
  pool: PoolDraws,
  name: 'download' | 'upload',
  bytes: number,
  entity: number,
  occurrence: number,
  uniforms: Uniforms,
): number {
  if (bytes === 0) return 0;
  if (pool.spec.bandwidth !== null) return Math.ceil(bytes / pool.spec.bandwidth);
  return simpleLatency(pool, name, entity, occurrence, uniforms) ?? 0;
}

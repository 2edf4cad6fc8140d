/** What accounts held of their core quotas, what was left, and when a quota cut a resize short (ACC-06, RSZ-05). */
import {
  type Account,
  dedicatedQuotaOf,
  familyQuotaOf,
  lowPriorityQuotaOf,
  NODE_KINDS,
  type VmSize,
} from '../model/index.js';
import { poolNameAt } from './naming.js';
import type { PoolRow, Recording, Run } from './recording.js';

/** Moments that a summary names for each quota; the rest are counted. */
const MOST_MOMENTS = 20;
const SPOT = NODE_KINDS.indexOf('spot');

/** One core quota of one account that some pool of it could meet. */
export interface QuotaUse {
  readonly account: string;
  readonly quota: 'dedicatedCores' | 'lowPriorityCores' | 'familyCores';
  /** Of `familyCores`; else null. */
  readonly family: string | null;
  /** Cores. */
  readonly limit: number;
  /** Most cores held at one time, from the request for a node until it has left; preempted nodes count. And since when. */
  readonly peak: number;
  readonly peak_s: number;
  /** Cores that were left then. A node that did not fit needed more. */
  readonly headroom: number;
  /** Resizes that it cut short. */
  readonly bound: number;
  /** The first of them. */
  readonly moments: readonly { readonly at_s: number; readonly pool: string }[];
}

/** Every quota that binds and has nodes, or has cut a resize short; by account, all cores before families, then spot. */
export function quotaUses({ scenario, recording }: Run): QuotaUse[] {
  return scenario.accounts.flatMap((account, accountIndex) => {
    const pools = recording.pools.flatMap((pool, i) => (pool.accountIndex === accountIndex ? [{ pool, i }] : []));
    const families = new Map(pools.map(({ pool }) => [(pool.vmSize.family ?? '').toLowerCase(), pool.vmSize.family]));
    return [
      quotaUse(recording, account, accountIndex, 'dedicatedCores', null),
      ...[...families.values()].map((family) => quotaUse(recording, account, accountIndex, 'familyCores', family)),
      quotaUse(recording, account, accountIndex, 'lowPriorityCores', null),
    ].filter((use) => Number.isFinite(use.limit) && (use.peak > 0 || use.bound > 0));
  });
}

function quotaUse(
  recording: Recording,
  account: Account,
  accountIndex: number,
  quota: QuotaUse['quota'],
  family: string | null,
): QuotaUse {
  const isSpot = quota === 'lowPriorityCores';
  const counts = (pool: PoolRow, kind: number) =>
    pool.accountIndex === accountIndex &&
    (kind === SPOT) === isSpot &&
    (quota !== 'familyCores' || isOfFamily(pool.vmSize, family));
  const { peak, peakMs } = peakCores(recording, counts);
  const limit = limitOf(account, quota, family);
  const bound = recording.resizes.filter(
    ({ poolIndex, errors }) =>
      counts(recording.pools[poolIndex] as PoolRow, isSpot ? SPOT : 1 - SPOT) &&
      errors.some(({ code }) => CODES[quota].includes(code)),
  );
  const moments = bound.slice(0, MOST_MOMENTS).map(({ startMs, poolIndex }) => {
    return { at_s: startMs / 1000, pool: poolNameAt(recording, poolIndex) };
  });
  const headroom = Math.max(0, limit - peak);
  return {
    ...{ account: account.name, quota, family, limit, peak, peak_s: peakMs / 1000, headroom },
    ...{ bound: bound.length, moments },
  };
}

/** Errors of resizes by which each quota is known. */
const CODES: Readonly<Record<QuotaUse['quota'], readonly string[]>> = {
  dedicatedCores: ['AccountCoreQuotaReached'],
  familyCores: ['AccountVMSeriesCoreQuotaReached'],
  lowPriorityCores: ['AccountLowPriorityCoreQuotaReached', 'AccountSpotCoreQuotaReached'],
};

function limitOf(account: Account, quota: QuotaUse['quota'], family: string | null): number {
  if (quota === 'familyCores') return familyQuotaOf(account, family);
  return quota === 'dedicatedCores' ? dedicatedQuotaOf(account) : lowPriorityQuotaOf(account);
}

function isOfFamily(size: VmSize, family: string | null): boolean {
  return (size.family ?? '').toLowerCase() === (family ?? '').toLowerCase();
}

/** Most cores at one time; what is given back at an instant is free for what is asked for then. */
function peakCores(
  { nodes, pools }: Recording,
  counts: (pool: PoolRow, kind: number) => boolean,
): { readonly peak: number; readonly peakMs: number } {
  const changes: { readonly atMs: number; readonly cores: number }[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const pool = pools[nodes.pool[node] as number] as PoolRow;
    if (!counts(pool, nodes.kind[node] as number)) continue;
    changes.push({ atMs: nodes.requestedMs[node] as number, cores: pool.vmSize.vcpus });
    const goneMs = nodes.goneMs[node] as number;
    if (goneMs >= 0) changes.push({ atMs: goneMs, cores: -pool.vmSize.vcpus });
  }
  changes.sort((a, b) => a.atMs - b.atMs || a.cores - b.cores);
  let [held, peak, peakMs] = [0, 0, 0];
  for (const { atMs, cores } of changes) {
    held += cores;
    if (held <= peak) continue;
    peak = held;
    peakMs = atMs;
  }
  return { peak, peakMs };
}

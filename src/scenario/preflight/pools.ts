/** What the pools of an account want, and what they will get (RSZ-05, POOL-10, timing row 9). */
import {
  type Account,
  CoreUse,
  dedicatedQuotaOf,
  familyQuotaOf,
  idKey,
  lowPriorityQuotaOf,
  type Pool,
  planGrowth,
  type ResizePlan,
  TYPICAL_NODES_PER_MINUTE,
} from '../../model/index.js';
import type { Declared } from './declared.js';
import type { Finding } from './findings.js';
import { commandFails } from './outcomes.js';

/** Median of timing row 1: the first nodes of a resize come after about this long, in ms. */
const TYPICAL_FIRST_NODE_MS = 285_000;

/** Cores that the pools of an account want, and the quota that holds for them. */
export interface CoreNeed {
  readonly account: string;
  /** `dedicated`, `lowPriority`, or the name of a VM family (dedicated cores). */
  readonly of: string;
  readonly neededCores: number;
  /** null: no quota binds. */
  readonly quotaCores: number | null;
}

/** What pre-flight says about the pools of an account. */
export interface PoolFindings {
  readonly needs: readonly CoreNeed[];
  readonly findings: readonly { readonly finding: Finding; readonly pool: Pool }[];
}

/** Serves the pools in their order, as the account would at the start. */
export function poolFindings(declared: Declared): PoolFindings {
  const { account } = declared;
  const use = new CoreUse();
  const found: { finding: Finding; pool: Pool }[] = [];
  for (const pool of account.pools) {
    const about = { account: account.name, pool: pool.id };
    const whose = account.poolAllocationMode === 'UserSubscription' ? { ofSubscription: true as const } : {};
    const wanted = pool.targetDedicatedNodes + pool.targetLowPriorityNodes;
    const plan = planGrowth(account, use, pool, pool.targetDedicatedNodes, pool.targetLowPriorityNodes);
    use.add(pool.vmSize, plan.dedicated, plan.lowPriority);
    const granted = plan.dedicated + plan.lowPriority;
    for (const { code } of plan.errors)
      found.push({ pool, finding: { kind: 'poolCut', ...about, ...whose, code, ...cutBy(code, pool, plan) } });
    const inTime = nodesInTime(pool);
    if (granted > inTime) found.push({ pool, finding: { kind: 'slowResize', ...about, wanted: granted, inTime } });
    const jobs = declared.jobs.filter(({ job }) => idKey(job.poolId) === idKey(pool.id)).length;
    if (wanted === 0 && jobs > 0 && !declared.mayGrow(pool))
      found.push({ pool, finding: { kind: 'emptyPool', ...about, jobs } });
  }
  const added = declared.jobs.flatMap(({ job }) => job.autoPool?.pool ?? []);
  for (const pool of [...declared.pools, ...added]) {
    const finding = startTaskFinding(account.name, pool);
    if (finding !== null) found.push({ pool, finding });
  }
  return { needs: coreNeeds(account), findings: found };
}

/** START-03, START-05: nodes that wait for a start task which fails whatever happens. */
function startTaskFinding(account: string, pool: Pool): Finding | null {
  const { startTask, nodeModels } = pool;
  const isOther = [...nodeModels.values()].some((node) => node.startTask !== null);
  if (startTask === null || !startTask.waitForSuccess || isOther) return null;
  if (!commandFails(startTask.command, startTask.maxTaskRetryCount)) return null;
  return { kind: 'startTaskFails', account, pool: pool.id, attempts: startTask.maxTaskRetryCount + 1 };
}

/** What was wanted and granted of the nodes that an error is about. */
function cutBy(code: string, pool: Pool, plan: ResizePlan): { readonly wanted: number; readonly granted: number } {
  const { targetDedicatedNodes, targetLowPriorityNodes } = pool;
  if (code === 'AccountLowPriorityCoreQuotaReached' || code === 'AccountSpotCoreQuotaReached')
    return { wanted: targetLowPriorityNodes, granted: plan.lowPriority };
  if (code !== 'CommunicationEnabledPoolReachedMaxVMCount')
    return { wanted: targetDedicatedNodes, granted: plan.dedicated };
  return { wanted: targetDedicatedNodes + targetLowPriorityNodes, granted: plan.dedicated + plan.lowPriority };
}

/** How many nodes arrive before the resize timeout passes. */
function nodesInTime(pool: Pool): number {
  if (pool.ready || pool.timing.base === 'none' || pool.timing.overrides.alloc !== undefined)
    return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.floor(((pool.resizeTimeoutMs - TYPICAL_FIRST_NODE_MS) / 60_000) * TYPICAL_NODES_PER_MINUTE));
}

function coreNeeds(account: Account): CoreNeed[] {
  const byFamily = new Map<string, { name: string; cores: number }>();
  let dedicated = 0;
  let lowPriority = 0;
  for (const { vmSize, targetDedicatedNodes, targetLowPriorityNodes } of account.pools) {
    dedicated += vmSize.vcpus * targetDedicatedNodes;
    lowPriority += vmSize.vcpus * targetLowPriorityNodes;
    const name = vmSize.family ?? '(no family)';
    const known = byFamily.get(name.toLowerCase()) ?? { name, cores: 0 };
    byFamily.set(name.toLowerCase(), { name, cores: known.cores + vmSize.vcpus * targetDedicatedNodes });
  }
  const of = account.name;
  const needs: CoreNeed[] = [
    { account: of, of: 'dedicated', neededCores: dedicated, quotaCores: binding(dedicatedQuotaOf(account)) },
    { account: of, of: 'lowPriority', neededCores: lowPriority, quotaCores: binding(lowPriorityQuotaOf(account)) },
  ];
  for (const { name, cores } of byFamily.values()) {
    const quotaCores = binding(familyQuotaOf(account, name));
    if (cores > 0) needs.push({ account: of, of: name, neededCores: cores, quotaCores });
  }
  return needs;
}

function binding(quota: number): number | null {
  return Number.isFinite(quota) ? quota : null;
}

/** Why a pool has fewer nodes than it should, or more. */
import { NODE_KINDS, NODE_STATES } from '../../model/index.js';
import { evaluationAt, evaluationRowAt } from '../autoscale-runs.js';
import { poolNameAt } from '../naming.js';
import { NO_NODE_STATE, POOL_PHASES } from '../phases.js';
import type { PoolRow, ResizeRow } from '../recording.js';
import { type Reason, reason, type WhyAnswer, type WhyCause } from './causes.js';
import { type Look, lookAt } from './look.js';
import type { WhyRun } from './run.js';

/** The answer about a pool at a moment (ms from the start). */
export function whyPool(run: WhyRun, pool: number, atMs: number): WhyAnswer {
  const { recording } = run;
  const ofPool: ReadonlySet<string> = new Set([
    'poolAdded',
    'poolDeleting',
    'poolDeleted',
    'resizeStarted',
    'resizeEnded',
  ]);
  const look = lookAt(recording, atMs, (kind, subject) => ofPool.has(kind) && subject === pool);
  const phase = POOL_PHASES[look.state.poolPhase[pool] as number] ?? 'absent';
  const allocation = look.state.poolResizing[pool] === 1 ? 'resizing' : 'steady';
  return {
    subject: { kind: 'pool', name: poolNameAt(recording, pool) },
    atMs,
    state: phase === 'active' ? `active, ${allocation}` : phase,
    now: presentReasons(run, look, pool, phase),
    before: look.rows.flatMap(({ kind, atMs: sinceMs, detail }) =>
      kind === 'resizeEnded' ? [resizeReason(recording.resizes[detail] as ResizeRow, sinceMs)] : [],
    ),
  };
}

function presentReasons(run: WhyRun, look: Look, pool: number, phase: (typeof POOL_PHASES)[number]): Reason[] {
  const sinceMs = look.rows.at(-1)?.atMs ?? null;
  switch (phase) {
    case 'absent':
      return [absence(run, pool)];
    case 'deleted':
      return [reason('poolGone', sinceMs, {})];
    case 'deleting':
      return [reason('poolDeleting', sinceMs, { count: countNodes(look, pool, () => true) })];
    case 'active': {
      const short = poolShortfall(look, pool);
      const resize = latestResize(look, pool);
      const scaling = scalingReasons(look, pool);
      if (short.length > 0 || resize === null) return [...short, ...scaling];
      return [reason('poolMeetsTarget', sinceMs, { targets: targetsText(resize) }), ...scaling];
    }
  }
}

/** ASC-05: where the targets come from, if a formula sets them. */
function scalingReasons({ recording, atMs }: Look, pool: number): Reason[] {
  const row = evaluationRowAt(recording, pool, atMs);
  if (row < 0) return [];
  const { run, effect, ...evaluation } = evaluationAt(recording, row);
  if (run.error !== null) {
    const { code, message, values } = run.error;
    return [reason('poolFormulaFailed', run.atMs, { code, message: values[0]?.value ?? message })];
  }
  const targets = targetsText({
    targetDedicatedNodes: evaluation.wantedDedicatedNodes,
    targetLowPriorityNodes: evaluation.wantedLowPriorityNodes,
  });
  const isWaiting =
    effect === 'postponed' && !recording.resizes.some((resize) => appliedBy(resize, pool, run.atMs, atMs));
  if (isWaiting) return [reason('poolWaitsToScale', run.atMs, { targets })];
  const effectText = effect === 'none' ? ', as before' : '';
  return [reason('poolFollowsFormula', run.atMs, { targets, effect: effectText })];
}

/** ASC-08: a resize by formula between an evaluation and the moment asked about. */
function appliedBy({ poolIndex, cause, startMs }: ResizeRow, pool: number, fromMs: number, toMs: number): boolean {
  return poolIndex === pool && cause === 'autoscale' && startMs > fromMs && startMs <= toMs;
}

/** A pool that is not there yet; one that was refused never is, and the refusal is among the operations. */
function absence({ recording }: WhyRun, pool: number): Reason {
  const { id, accountIndex, state, createdMs } = recording.pools[pool] as PoolRow;
  if (state !== 'absent') return reason('poolAbsent', createdMs, { when: 'later' });
  const refusal = recording.operations.find((one) => {
    return (
      one.kind === 'addPool' && one.accountIndex === accountIndex && one.target === `pool ${id}` && one.code !== null
    );
  });
  if (refusal === undefined) return reason('poolAbsent', null, { when: 'later' });
  return reason('poolRefused', refusal.atMs, { code: refusal.code as string });
}

/** What a pool lacks of its target, and which of its nodes cannot work; empty if nothing. */
export function poolShortfall(look: Look, pool: number): Reason[] {
  const resize = latestResize(look, pool);
  if (resize === null) return [];
  return [
    ...NODE_KINDS.flatMap((kind) => missingReasons(look, pool, resize, kind)),
    ...surplusReasons(look, pool, resize),
    ...unusableReasons(look, pool),
  ];
}

function latestResize({ recording, state }: Look, pool: number): ResizeRow | null {
  return recording.resizes[state.poolResize[pool] as number] ?? null;
}

/** RSZ-04 to RSZ-10: fewer nodes of a kind than the target. */
function missingReasons(look: Look, pool: number, resize: ResizeRow, kind: (typeof NODE_KINDS)[number]): Reason[] {
  const target = kind === 'dedicated' ? resize.targetDedicatedNodes : resize.targetLowPriorityNodes;
  const there = countNodes(look, pool, (node) => kindOf(look, node) === kind && stateOf(look, node) !== 'leavingpool');
  const count = target - there;
  if (count <= 0) return [];
  const isResizing = look.state.poolResizing[pool] === 1;
  if (isResizing) return [reason('poolAllocating', resize.startMs, { count, kind })];
  const errors = resize.errors.filter(({ code }) => concerns(code, kind));
  if (errors.length === 0) return [reason('poolShort', resize.endMs < 0 ? null : resize.endMs, { count, kind })];
  return errors.map(({ code, message }) =>
    reason(SHORT_BY[code] ?? 'poolShortByFailure', resize.endMs, {
      count,
      kind,
      code,
      message: message.replace(/\.$/, ''),
    }),
  );
}

type ShortCause = Extract<WhyCause, `poolShortBy${string}`>;

/** ERR-22: what each resize error means. */
const SHORT_BY: Readonly<Record<string, ShortCause>> = {
  AccountCoreQuotaReached: 'poolShortByQuota',
  AccountVMSeriesCoreQuotaReached: 'poolShortByQuota',
  AccountLowPriorityCoreQuotaReached: 'poolShortByQuota',
  AccountSpotCoreQuotaReached: 'poolShortByQuota',
  AllocationTimedout: 'poolShortByTimeout',
  AllocationFailed: 'poolShortByFailure',
  ResizeStopped: 'poolShortByStop',
  CommunicationEnabledPoolReachedMaxVMCount: 'poolShortByLimit',
};

/** A quota speaks of one kind of node (ACC-06), everything else of both; failed removals of none. */
function concerns(code: string, kind: string): boolean {
  if (code === 'RemoveNodesFailed') return false;
  if (code === 'AccountLowPriorityCoreQuotaReached' || code === 'AccountSpotCoreQuotaReached') return kind === 'spot';
  return !code.includes('Quota') || kind === 'dedicated';
}

/** RSZ-14: nodes that should be gone. */
function surplusReasons(look: Look, pool: number, resize: ResizeRow): Reason[] {
  const leaving = countNodes(look, pool, (node) => stateOf(look, node) === 'leavingpool');
  const failed = resize.errors.find(({ code }) => code === 'RemoveNodesFailed');
  const isOver = look.state.poolResizing[pool] !== 1;
  return [
    ...(leaving > 0 ? [reason('poolShrinking', resize.startMs, { count: leaving })] : []),
    ...(failed !== undefined && isOver ? [reason('poolDidNotShrink', resize.endMs, failed)] : []),
  ];
}

function unusableReasons(look: Look, pool: number): Reason[] {
  const count = (...states: string[]) => countNodes(look, pool, (node) => states.includes(stateOf(look, node)));
  const counted = [
    ['poolPreempted', count('preempted')],
    ['poolStartTasksFailed', count('starttaskfailed')],
    ['poolUnusable', count('unusable', 'unknown')],
    ['poolBooting', count('creating', 'starting', 'waitingforstarttask', 'rebooting', 'reimaging', 'upgradingos')],
  ] as const;
  return counted.flatMap(([cause, nodes]) => (nodes > 0 ? [reason(cause, null, { count: nodes })] : []));
}

function resizeReason(resize: ResizeRow, sinceMs: number): Reason {
  const codes = resize.errors.map(({ code }) => code).join(', ');
  const outcome = codes === '' ? '' : `, which ended with ${codes}`;
  return reason('poolResized', sinceMs, { cause: resize.cause, targets: targetsText(resize), outcome });
}

function targetsText({
  targetDedicatedNodes,
  targetLowPriorityNodes,
}: Pick<ResizeRow, 'targetDedicatedNodes' | 'targetLowPriorityNodes'>): string {
  return `${targetDedicatedNodes} dedicated and ${targetLowPriorityNodes} spot`;
}

function countNodes(look: Look, pool: number, isCounted: (node: number) => boolean): number {
  let count = 0;
  for (let node = 0; node < look.recording.nodes.count; node++) {
    const isThere = look.recording.nodes.pool[node] === pool && look.state.nodeState[node] !== NO_NODE_STATE;
    if (isThere && isCounted(node)) count += 1;
  }
  return count;
}

function stateOf(look: Look, node: number): string {
  return NODE_STATES[look.state.nodeState[node] as number] ?? '';
}

function kindOf(look: Look, node: number): string {
  return NODE_KINDS[look.recording.nodes.kind[node] as number] ?? '';
}

/** Why a task that is active and holds nothing does not run: by the rules of the scheduler, at one moment. */
import { poolNameAt } from '../naming.js';
import { JOB_PHASES, POOL_PHASES, TASK_PHASE } from '../phases.js';
import { type JobRow, type PoolRow, type Recording, WAIT_CAUSES, type WaitCause } from '../recording.js';
import { type Reason, reason } from './causes.js';
import { type Census, censusText, takeCensus, type Wish } from './census.js';
import { type DeclaredTask, declaredJob, declaredTask } from './declared.js';
import type { Look } from './look.js';
import { unmetParents } from './parents.js';
import { poolShortfall } from './pool.js';
import type { WhyRun } from './run.js';

/** Reasons why a blocked or ready task waits, the ones that no node could cure first. */
export function waitReasons(run: WhyRun, look: Look, task: number, sinceMs: number): Reason[] {
  const job = run.recording.tasks.job[task] as number;
  const declared = declaredTask(run.scenario, run.recording, task);
  const ofJob = jobReasons(run, look, job, sinceMs);
  if (look.state.taskPhase[task] === TASK_PHASE.blocked) {
    const parents = declared === null ? [] : unmetParents(run, look, declared, job);
    return [...(parents.length > 0 ? parents : [reason('blockedByDependency', sinceMs, {})]), ...ofJob];
  }
  const found = ofJob.length > 0 ? ofJob : placeReasons(run, look, task, declared, sinceMs);
  return withCauseAtEnd(run, look, task, sinceMs, found);
}

/** The job or its pool keeps all its tasks back. */
function jobReasons({ recording }: WhyRun, { state }: Look, job: number, sinceMs: number): Reason[] {
  const phase = JOB_PHASES[state.jobPhase[job] as number] ?? 'absent';
  if (phase === 'disabling' || phase === 'disabled') return [reason('jobDisabled', sinceMs, { state: phase })];
  if (phase !== 'active' && phase !== 'enabling') return [reason('jobEnded', sinceMs, { state: phase })];
  const pool = state.jobPool[job] as number;
  const life = pool < 0 ? 'absent' : POOL_PHASES[state.poolPhase[pool] as number];
  if (life === 'deleting') return [reason('poolBeingDeleted', sinceMs, { pool: poolNameAt(recording, pool) })];
  const named = pool < 0 ? (recording.jobs[job] as JobRow).poolId : poolNameAt(recording, pool);
  return life === 'active' ? [] : [reason('poolMissing', sinceMs, { pool: named })];
}

/** No node takes it, or others go first. */
function placeReasons(run: WhyRun, look: Look, task: number, declared: DeclaredTask | null, sinceMs: number): Reason[] {
  const { recording } = run;
  const job = recording.tasks.job[task] as number;
  const pool = look.state.jobPool[job] as number;
  const { taskSlotsPerNode } = recording.pools[pool] as PoolRow;
  const slots = recording.tasks.slots[task] as number;
  const name = poolNameAt(recording, pool);
  if (slots > taskSlotsPerNode) {
    const details = { slots, slotsPerNode: taskSlotsPerNode, pool: name };
    return [reason('requiresMoreSlotsThanANodeHas', sinceMs, details)];
  }
  const limit = limitReason(run, look, job, sinceMs);
  const wish = wishOf(declared, job, slots);
  const census = takeCensus(run, look, pool, wish);
  const fit = census.get('eligible') ?? 0;
  const instances = declared?.set.multiInstance?.numberOfInstances ?? 1;
  if (instances > fit && declared?.set.multiInstance) {
    return [...limit, ...instanceReasons(run, declared, pool, instances, fit, sinceMs)];
  }
  if (fit === 0) return [...limit, ...nodeReasons(run, look, pool, wish, census, sinceMs)];
  if (limit.length > 0) return limit;
  const queue = queueReasons(look, task, pool, sinceMs);
  return queue.length > 0 ? queue : [reason('nextPass', sinceMs, {})];
}

function wishOf(declared: DeclaredTask | null, job: number, slots: number): Wish {
  const manager = declared?.isManager ? declared.job.jobManagerTask : null;
  return {
    job,
    slots,
    dedicatedOnly: manager?.allowLowPriorityNode === false,
    alone: manager?.runExclusive === true || (declared?.set.multiInstance ?? null) !== null,
  };
}

/** JOB-19. */
function limitReason({ scenario, recording }: WhyRun, { state }: Look, job: number, sinceMs: number): Reason[] {
  const limit = declaredJob(scenario, recording, job)?.maxParallelTasks ?? -1;
  const running = (['assigned', 'preparing', 'running'] as const).reduce((n, one) => n + state.jobTasksIn(job, one), 0);
  return limit < 0 || running < limit ? [] : [reason('jobAtMaxParallelTasks', sinceMs, { running, limit })];
}

/** MI-01, MI-03. */
function instanceReasons(
  { scenario, recording }: WhyRun,
  { set }: DeclaredTask,
  pool: number,
  instances: number,
  idle: number,
  sinceMs: number,
): Reason[] {
  const row = recording.pools[pool] as PoolRow;
  const spec = scenario?.accounts[row.accountIndex]?.pools.find((one) => one.id === row.id);
  if (set.multiInstance !== null && (row.taskSlotsPerNode > 1 || spec?.enableInterNodeCommunication === false)) {
    return [reason('needsInterNodePool', sinceMs, { pool: poolNameAt(recording, pool) })];
  }
  return [reason('waitsForInstances', sinceMs, { instances, idle })];
}

function nodeReasons(run: WhyRun, look: Look, pool: number, wish: Wish, census: Census, sinceMs: number): Reason[] {
  const name = poolNameAt(run.recording, pool);
  const short = poolShortfall(look, pool);
  if (census.size === 0) return [reason('noNodes', sinceMs, { pool: name }), ...short];
  const ready = [...census.keys()];
  if (ready.every((what) => what === 'barred')) return [reason('allNodesBarredByPreparation', sinceMs, { pool: name })];
  if (wish.dedicatedOnly && ready.every((what) => what === 'spot')) {
    return [reason('needsDedicatedNode', sinceMs, { pool: name })];
  }
  const details = { pool: name, census: censusText(census), slots: wish.slots };
  return [reason('noEligibleNode', sinceMs, details), ...short];
}

/** SCH-04, SCH-05: who goes first when a node has room. */
function queueReasons({ recording, state }: Look, task: number, pool: number, sinceMs: number): Reason[] {
  const job = recording.tasks.job[task] as number;
  const priority = state.jobPriority[job] as number;
  let [higher, own, others] = [0, 0, 0];
  for (let row = 0; row < recording.tasks.count; row++) {
    const other = recording.tasks.job[row] as number;
    if (state.taskPhase[row] !== TASK_PHASE.ready || state.jobPool[other] !== pool || row === task) continue;
    if (JOB_PHASES[state.jobPhase[other] as number] !== 'active') continue;
    const theirs = state.jobPriority[other] as number;
    if (theirs > priority) higher += 1;
    else if (other === job && row < task) own += 1;
    else if (other !== job && theirs === priority) others += 1;
  }
  return [
    ...(higher > 0 ? [reason('behindHigherPriority', sinceMs, { count: higher })] : []),
    ...(own > 0 ? [reason('behindOwnJob', sinceMs, { count: own })] : []),
    ...(others > 0 ? [reason('besideOtherJobs', sinceMs, { count: others })] : []),
  ];
}

/** At the end of the run the engine itself has said why (SIM-10): where it names what was not found here, it goes first. */
function withCauseAtEnd(run: WhyRun, look: Look, task: number, sinceMs: number, found: Reason[]): Reason[] {
  const { recording } = run;
  if (look.atMs < recording.run.endMs) return found;
  const cause = causeAtEnd(recording, task);
  if (cause === 'stoppedAtUntil') return [...found, reason('stoppedAtUntil', recording.run.endMs, {})];
  const pool = look.state.jobPool[recording.tasks.job[task] as number] as number;
  const name = pool < 0 ? '' : poolNameAt(recording, pool);
  if (cause === null || found.some((one) => one.cause === cause)) return found;
  if (cause === 'allNodesBarredByPreparation' || cause === 'needsDedicatedNode' || cause === 'needsInterNodePool') {
    return [reason(cause, sinceMs, { pool: name }), ...found];
  }
  return found;
}

/** SIM-10: what the recording says of a task that is still active at the end. */
export function causeAtEnd({ unfinished }: Recording, task: number): WaitCause | null {
  const row = unfinished.task.subarray(0, unfinished.count).indexOf(task);
  return row < 0 ? null : (WAIT_CAUSES[unfinished.cause[row] as number] ?? null);
}

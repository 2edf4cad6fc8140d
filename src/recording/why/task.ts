/** Why a task is as it is: why it waits, was retried, requeued or lost, failed, or can never run. */
import { effectiveRetryCount, TASK_FAILURE_TABLE, TASK_FAILURES } from '../../model/index.js';
import { PHASE_STATES, TASK_PHASES, type TaskPhase } from '../phases.js';
import { ATTEMPT_ENDS, type AttemptEnd, STOP_CAUSES, type StopCause } from '../recording.js';
import { taskNameAt } from '../task-counts.js';
import { type Reason, reason, type WhyAnswer, type WhyCause } from './causes.js';
import { declaredTask } from './declared.js';
import { type LogRow, type Look, lookAt, nodeNameAt, operationAt } from './look.js';
import type { WhyRun } from './run.js';
import { waitReasons } from './waiting.js';

/** The answer about a task at a moment (ms from the start). */
export function whyTask(run: WhyRun, task: number, atMs: number): WhyAnswer {
  const { recording } = run;
  const look = lookAt(recording, atMs, (kind, subject) => kind.startsWith('task') && subject === task);
  const phase = TASK_PHASES[look.state.taskPhase[task] as number] as TaskPhase;
  return {
    subject: { kind: 'task', name: taskNameAt(recording, task) },
    atMs,
    state: PHASE_STATES[phase] ?? phase,
    now: presentReasons(run, look, task, phase),
    before: look.rows.flatMap((row) => pastReason(run, row, task)),
  };
}

/** When the phase at hand began: the last row that changed it. */
function phaseSince(rows: readonly LogRow[]): number {
  const quiet: ReadonlySet<string> = new Set(['taskScheduleFail', 'taskSpeed']);
  return rows.findLast((row) => !quiet.has(row.kind))?.atMs ?? 0;
}

function presentReasons(run: WhyRun, look: Look, task: number, phase: TaskPhase): Reason[] {
  const { recording } = run;
  const sinceMs = phaseSince(look.rows);
  const node = nodeNameAt(recording, look.state.taskNode[task] as number);
  switch (phase) {
    case 'absent':
      return [addedLater(run, task)];
    case 'blocked':
    case 'ready':
      return waitReasons(run, look, task, sinceMs);
    case 'assigned':
      return [reason('dispatching', sinceMs, { node })];
    case 'preparing':
      return [reason('preparing', sinceMs, { node })];
    case 'running':
      return [reason('running', sinceMs, { node }), ...speedReason(look.rows)];
    case 'succeeded':
      return [reason('succeeded', sinceMs, {})];
    case 'failed':
      return failureReasons(run, look, task);
    case 'givenUp':
      return [reason('lifetimeExceeded', sinceMs, {})];
    case 'deleted':
      return [deletion(run, look, task)];
  }
}

function addedLater({ recording }: WhyRun, task: number): Reason {
  const submitMs = recording.tasks.submitMs[task] as number;
  if (submitMs < 0 || submitMs > recording.run.endMs) return reason('neverAdded', null, {});
  return reason('notAdded', submitMs, { when: 'later' });
}

function deletion({ recording }: WhyRun, { rows }: Look, task: number): Reason {
  const own = rows.find((row) => row.kind === 'taskDeleted');
  if (own !== undefined) return reason('deleted', own.atMs, {});
  return reason('deletedWithJob', recording.tasks.deletedMs?.[task] ?? null, {});
}

/** Processor sharing: the last speed since it started, if it is not its own. */
function speedReason(rows: readonly LogRow[]): Reason[] {
  const last = rows.findLast((row) => row.kind === 'taskSpeed' || row.kind === 'taskStarted');
  if (last?.kind !== 'taskSpeed' || last.detail >= 1000) return [];
  return [reason('sharesCores', last.atMs, { speed: `${Number((last.detail / 10).toFixed(1))} %` })];
}

function failureReasons(run: WhyRun, { rows }: Look, task: number): Reason[] {
  const end = rows.findLast((row) => FAILING.has(row.kind));
  if (end === undefined) return [];
  switch (end.kind) {
    case 'taskTimedOut':
      return [reason('exceededWallClock', end.atMs, {})];
    case 'taskStopped':
      return [stopReason(run, end, task)];
    case 'taskFailed': {
      const code = TASK_FAILURES[end.detail] ?? '';
      if (code === '') return [];
      const [category, , message] = TASK_FAILURE_TABLE[code];
      return [reason('failedWithCode', end.atMs, { code, category, message })];
    }
    default: {
      const retries = rows.filter((row) => row.kind === 'taskRetried').length;
      return [reason('exitedWithFailure', end.atMs, { exitCode: end.detail, retries, most: mostRetries(run, task) })];
    }
  }
}

const FAILING: ReadonlySet<string> = new Set(['taskFinished', 'taskTimedOut', 'taskStopped', 'taskFailed']);

/** TASK-07, TASK-12; `?` where the scenario is not at hand. */
function mostRetries({ scenario, recording }: WhyRun, task: number): number | string {
  const declared = declaredTask(scenario, recording, task);
  if (declared === null) return '?';
  const most = effectiveRetryCount(declared.set.maxTaskRetryCount, declared.job.maxTaskRetryCount);
  return most === -1 ? 'unlimited' : most;
}

function stopReason({ recording }: WhyRun, end: LogRow, task: number): Reason {
  const cause = STOP_CAUSES[end.detail] as StopCause;
  const node = nodeNameAt(recording, end.heldNode);
  switch (cause) {
    case 'terminateTask':
      return reason('stoppedByUser', end.atMs, {});
    case 'deleteTask':
      return reason('deleted', end.atMs, {});
    case 'jobDeleted':
      return reason('deletedWithJob', end.atMs, {});
    case 'jobDisabled':
      return reason('stoppedByDisable', end.atMs, {});
    case 'jobTerminated': {
      const why = recording.jobs[recording.tasks.job[task] as number]?.terminateReason ?? null;
      return reason('stoppedWithJob', end.atMs, { reason: why === null ? '' : `, with the reason ${why}` });
    }
    default:
      return reason('stoppedOnNode', end.atMs, { node, operation: STOPPED_BY[cause] });
  }
}

const STOPPED_BY: Readonly<Record<Extract<StopCause, `node${string}`>, string>> = {
  nodeSchedulingDisabled: 'disableNodeScheduling',
  nodeRebooted: 'rebootNode',
  nodeReimaged: 'reimageNode',
  nodeDeallocated: 'deallocateNode',
  nodeRemoved: 'a resize or removeNodes',
};

function pastReason(run: WhyRun, row: LogRow, task: number): Reason[] {
  const { recording } = run;
  const node = nodeNameAt(recording, row.heldNode);
  switch (row.kind) {
    case 'taskRetried': {
      const retry = retriesUpTo(run, row, task);
      return [reason('retried', row.atMs, { exitCode: row.detail, node, retry, most: mostRetries(run, task) })];
    }
    case 'taskDisplaced':
      return [reason('displaced', row.atMs, { node })];
    case 'taskReactivated':
      return [reason('reactivated', row.atMs, {})];
    case 'taskScheduleFail':
      return [reason(row.detail === 0 ? 'couldNotBePlaced' : 'barredFromAllNodes', row.atMs, {})];
    case 'taskRequeued':
      return [requeueReason(run, row, node)];
    default:
      return [];
  }
}

/** How many of the task's attempts had been retried by then, this one included. */
function retriesUpTo({ recording, measures }: WhyRun, row: LogRow, task: number): number {
  const { index } = measures;
  if (index === null) return 1;
  let count = 0;
  for (let k = index.firsts[task] as number; k < (index.firsts[task + 1] as number); k++) {
    const attempt = index.rows[k] as number;
    const isRetry = ATTEMPT_ENDS[recording.attempts.outcome[attempt] as number] === 'retry';
    if (isRetry && (recording.attempts.endMs[attempt] as number) <= row.atMs) count += 1;
  }
  return Math.max(count, 1);
}

type Requeue = readonly [cause: RequeueCause, operations: readonly string[]];
type RequeueCause = Extract<WhyCause, `requeuedBy${string}`>;

/** TASK-09: which operations may have caused it. */
const REQUEUES: Partial<Record<AttemptEnd, Requeue>> = {
  nodeRemoved: ['requeuedByRemoval', ['resizePool', 'removeNodes']],
  nodeRebooted: ['requeuedByReboot', ['rebootNode']],
  nodeReimaged: ['requeuedByReimage', ['reimageNode']],
  nodeDeallocated: ['requeuedByDeallocation', ['deallocateNode']],
  nodeSchedulingDisabled: ['requeuedByNodeDisable', ['disableNodeScheduling']],
  jobDisabled: ['requeuedByJobDisable', ['disableJob']],
  poolDeleted: ['requeuedByPoolDelete', ['deletePool']],
  osUpgraded: ['requeuedByUpgrade', ['upgradeOs']],
};

function requeueReason({ recording }: WhyRun, { atMs, detail }: LogRow, node: string): Reason {
  const end = ATTEMPT_ENDS[detail] as AttemptEnd;
  const requeue = REQUEUES[end];
  if (requeue !== undefined) {
    const [cause, kinds] = requeue;
    return reason(cause, atMs, { node, operation: operationAt(recording, atMs, kinds) });
  }
  switch (end) {
    case 'nodePreempted':
      return reason('lostToPreemption', atMs, { node });
    case 'hostRebooted':
      return reason('lostToHostReboot', atMs, { node });
    case 'preparationFailed':
      return reason('preparationFailed', atMs, { node });
    case 'recalled':
      return reason('recalled', atMs, { node });
    case 'evicted':
      return reason('evicted', atMs, { node });
    case 'displaced':
      return reason('displaced', atMs, { node });
    default:
      return reason('lostToFailure', atMs, { node });
  }
}

/** Why a node is as it is: why it idles, was taken, lost, cannot work, or is not removed. */
import { NODE_STATES, type NodeState } from '../../model/index.js';
import { nodeIdAt, poolNameAt } from '../naming.js';
import { NO_NODE_STATE, TASK_PHASE } from '../phases.js';
import { EVENT_KINDS, NO_EXIT_CODE, NODE_CAUSES, type NodeCause, type PoolRow } from '../recording.js';
import { taskNameAt } from '../task-counts.js';
import { type Reason, reason, type WhyAnswer } from './causes.js';
import { type LogRow, type Look, listed, lookAt } from './look.js';
import type { WhyRun } from './run.js';
import { waitReasons } from './waiting.js';

/** The answer about a node at a moment (ms from the start). */
export function whyNode(run: WhyRun, node: number, atMs: number): WhyAnswer {
  const { recording } = run;
  const look = lookAt(recording, atMs, (kind, subject) => {
    return (kind === 'nodeState' || kind === 'nodeScheduling') && subject === node;
  });
  const code = look.state.nodeState[node] as number;
  const isGone = look.rows.length > 0 && code === NO_NODE_STATE;
  const state = code === NO_NODE_STATE ? (isGone ? 'gone' : 'absent') : (NODE_STATES[code] as NodeState);
  const pool = poolNameAt(recording, recording.nodes.pool[node] as number);
  return {
    subject: { kind: 'node', name: `n${recording.nodes.ordinal[node]} of pool ${pool} (${nodeIdAt(recording, node)})` },
    atMs,
    state,
    now: presentReasons(run, look, node, state),
    before: look.rows.slice(0, -1).flatMap(pastReason),
  };
}

function presentReasons(run: WhyRun, look: Look, node: number, state: NodeState | 'gone' | 'absent'): Reason[] {
  const last = look.rows.findLast((row) => row.kind === 'nodeState');
  const sinceMs = last?.atMs ?? 0;
  const cause = NODE_CAUSES[look.state.nodeCause[node] as number] as NodeCause;
  switch (state) {
    case 'absent':
      return [reason('nodeNotThere', run.recording.nodes.createdMs[node] ?? null, { when: 'later' })];
    case 'gone':
      return [goneReason(cause, sinceMs)];
    case 'creating':
    case 'starting':
      return [reason('nodeBooting', sinceMs, { state })];
    case 'waitingforstarttask':
      return [reason('nodeInStartTask', sinceMs, {})];
    case 'starttaskfailed':
      return [reason('nodeStartTaskFailed', sinceMs, { exit: startTaskExit(run, look, node) })];
    case 'idle':
      return idleReasons(run, look, node);
    case 'running':
      return [...disabledReason(look, node), busyReason(run, look, node)];
    case 'offline':
      return [reason('nodeOffline', sinceMs, {})];
    case 'rebooting':
    case 'reimaging':
    case 'upgradingos':
      return [reason('nodeRestarting', sinceMs, { state, why: because(cause) })];
    case 'unusable':
      return [reason('nodeUnusable', sinceMs, { why: because(cause) })];
    case 'unknown':
      return [reason('nodeUnknown', sinceMs, {})];
    case 'leavingpool':
      return [leavingReason(run, look, node, cause, sinceMs)];
    case 'preempted':
      return [reason('nodePreempted', sinceMs, {})];
    case 'deallocating':
    case 'deallocated':
      return [reason('nodeDeallocated', sinceMs, { state, why: because(cause) })];
  }
}

function goneReason(cause: NodeCause, sinceMs: number): Reason {
  switch (cause) {
    case 'resize':
    case 'resizeTimeout':
      return reason('nodeGoneByResize', sinceMs, {});
    case 'removeNodes':
      return reason('nodeGoneByRemoval', sinceMs, {});
    case 'autoscale':
      return reason('nodeGoneByAutoscale', sinceMs, {});
    case 'poolDeleted':
      return reason('nodeGoneWithPool', sinceMs, {});
    default:
      return reason('nodeGone', sinceMs, { why: because(cause) });
  }
}

/** RSZ-12: it drains its tasks, or nothing but time keeps it. */
function leavingReason(run: WhyRun, look: Look, node: number, cause: NodeCause, sinceMs: number): Reason {
  const tasks = tasksOn(run, look, node);
  const why = because(cause);
  return tasks.length > 0
    ? reason('nodeDrains', sinceMs, { why, tasks: listed(tasks) })
    : reason('nodeLeaves', sinceMs, { why });
}

function busyReason(run: WhyRun, look: Look, node: number): Reason {
  const { taskSlotsPerNode: slots } = run.recording.pools[run.recording.nodes.pool[node] as number] as PoolRow;
  const used = look.state.nodeUsedSlots[node] as number;
  return reason('nodeBusy', null, { used, slots, tasks: listed(tasksOn(run, look, node)) });
}

function disabledReason(look: Look, node: number): Reason[] {
  if (look.state.nodeDisabled[node] !== 1) return [];
  const since = look.rows.findLast((row) => row.kind === 'nodeScheduling')?.atMs ?? null;
  return [reason('nodeSchedulingDisabled', since, {})];
}

/** Nothing waits for it, or what waits does not fit: then the first task's reasons tell. */
function idleReasons(run: WhyRun, look: Look, node: number): Reason[] {
  const disabled = disabledReason(look, node);
  if (disabled.length > 0) return disabled;
  const { recording } = run;
  const pool = recording.nodes.pool[node] as number;
  const waiting: number[] = [];
  for (let task = 0; task < recording.tasks.count; task++) {
    const isOfPool = look.state.jobPool[recording.tasks.job[task] as number] === pool;
    if (isOfPool && look.state.taskPhase[task] === TASK_PHASE.ready) waiting.push(task);
  }
  const sinceMs = idleSince(run, look, node);
  const [first] = waiting;
  if (first === undefined) return [reason('nodeIdleNothingWaits', sinceMs, {})];
  const reasons = waitReasons(run, look, first, 0).map((one) => one.sentence);
  const details = { count: waiting.length, reasons: listed(reasons, 1), task: taskNameAt(recording, first) };
  return [reason('nodeIdleNothingFits', sinceMs, details)];
}

/** The later of: it became ready, its last task left it. */
function idleSince({ recording }: WhyRun, { rows, atMs }: Look, node: number): number {
  const { tasks, attempts, nodes } = recording;
  let since = rows.findLast((row) => row.kind === 'nodeState')?.atMs ?? (nodes.readyMs[node] as number);
  for (let task = 0; task < tasks.count; task++) {
    const endMs = tasks.endMs[task] as number;
    if (tasks.node[task] === node && endMs <= atMs) since = Math.max(since, endMs);
  }
  for (let i = 0; i < attempts.count; i++) {
    const endMs = attempts.endMs[i] as number;
    if (attempts.node[i] === node && endMs <= atMs) since = Math.max(since, endMs);
  }
  return since;
}

/** Tasks and instances of multi-instance tasks that hold its slots. */
function tasksOn({ recording }: WhyRun, { state }: Look, node: number): string[] {
  const names: string[] = [];
  for (let task = 0; task < recording.tasks.count; task++) {
    if (state.taskNode[task] === node) names.push(taskNameAt(recording, task));
  }
  for (const [row, subtask] of recording.subtasks.entries()) {
    if (state.subtaskHolds[row] !== 1 || subtask.node !== node) continue;
    names.push(`${taskNameAt(recording, subtask.task)} (instance ${subtask.id})`);
  }
  return names;
}

/** The exit code of the start task's attempt that ended last before the moment. */
function startTaskExit({ recording }: WhyRun, { atMs }: Look, node: number): string {
  const { log, nodeTasks } = recording;
  const ended = EVENT_KINDS.indexOf('nodeTaskEnded');
  for (let row = (log?.count ?? 0) - 1; log !== null && row >= 0; row--) {
    if (log.kind[row] !== ended || (log.atMs[row] as number) > atMs) continue;
    const task = nodeTasks[log.subject[row] as number];
    if (task?.node !== node || task.kind !== 'start') continue;
    return log.detail[row] === NO_EXIT_CODE ? '' : ` with exit code ${log.detail[row]}`;
  }
  return '';
}

function pastReason(row: LogRow): Reason[] {
  if (row.kind !== 'nodeState') return [];
  const cause = NODE_CAUSES[row.detail >> 8] as NodeCause;
  if (cause === '-') return [];
  return [reason('nodeChanged', row.atMs, { state: NODE_STATES[row.detail & 255] ?? 'gone', why: because(cause) })];
}

const BECAUSE: Readonly<Record<NodeCause, string>> = {
  '-': '',
  resize: ', since a resize chose it',
  removeNodes: ', since removeNodes named it',
  autoscale: ', since a formula asked for fewer nodes',
  poolDeleted: ', since its pool is deleted',
  preempted: ', since its VM was taken away',
  replaced: ', since capacity is there again',
  hostFailure: ', since its host failed',
  contactLost: ', since contact was lost',
  recovered: ', since the service recovers it',
  rebootNode: ' by the operation rebootNode',
  reimageNode: ' by the operation reimageNode',
  deallocateNode: ' by the operation deallocateNode',
  startNode: ' by the operation startNode',
  disableScheduling: ' by the operation disableNodeScheduling',
  enableScheduling: ' by the operation enableNodeScheduling',
  hostReboot: ', since its host was rebooted',
  osUpgrade: ', since its operating system is upgraded',
  startTaskFailed: ', since its start task failed',
  ApplicationPackageError: ' with ApplicationPackageError (PKG-05)',
  ContainerImagePullFailed: ' with ContainerImagePullFailed',
  MountConfigurationError: ' with MountConfigurationError (POOL-13)',
  DiskFull: ' with DiskFull (NODE-15)',
  NodeRecoveryFailed: ' with NodeRecoveryFailed',
  portsBlocked: ", since the network blocks Batch's ports (NET-01)",
  resizeTimeout: ', when the resize timeout passed',
};

function because(cause: NodeCause): string {
  return BECAUSE[cause];
}

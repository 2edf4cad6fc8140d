/**
 * The log of a run, followed row by row: who is in which state, who holds which slots. Every step is checked against
 * the tables of legal moves and against what a node can take; nothing here knows how the run came about.
 */
import {
  JOB_MOVES,
  JOB_STATES,
  NODE_MOVES,
  NODE_STATES,
  type NodeState,
  type Scenario,
  TASK_MOVES,
  type TaskState,
  type TaskTrigger,
} from '../../../src/model/index.js';
import { EVENT_KINDS, type EventKind, type Recording } from '../../../src/recording/index.js';
import { at } from './columns.js';
import { nodeKey, taskKey } from './recorded.js';
import { isExclusive } from './replay-facts.js';

/** What the log says of a node. */
export interface ReplayedNode {
  /** null: it is not there, or not yet. `idle` stands for idle and running alike. */
  state: NodeState | null;
  enabled: boolean;
  /** Who holds slots of it: rows of tasks, and rows of subtasks below zero (-1 - row). */
  readonly holders: Map<number, number>;
  /** Since when its time has not been counted. */
  sinceMs: number;
  readonly parts: { booting: number; idle: number; running: number; failed: number; free: number };
  starts: number;
}

/** Where the log leads to. */
export interface Replayed {
  readonly nodes: readonly ReplayedNode[];
  readonly taskStates: (TaskState | 'deleted' | null)[];
  readonly taskNodes: number[];
  /** How often each task was requeued, by index in `ATTEMPT_ENDS`. */
  readonly requeues: readonly Map<number, number>[];
  readonly givenUp: Set<number>;
  readonly problems: string[];
}

/** What each row of a task does to it: the trigger, and whether it holds a node from now on. */
const TASK_EVENTS: Partial<Record<EventKind, readonly [trigger: TaskTrigger | null, effect: 'hold' | 'free' | null]>> =
  {
    taskAssigned: [null, 'hold'],
    taskPreparing: ['prepare', 'hold'],
    taskStarted: ['start', 'hold'],
    taskFinished: ['finish', 'free'],
    taskRetried: ['retry', 'free'],
    taskTimedOut: ['stop', 'free'],
    taskDisplaced: ['requeue', 'free'],
    taskRequeued: ['requeue', 'free'],
    taskStopped: ['stop', 'free'],
    taskFailed: ['finish', 'free'],
    taskReactivated: ['reactivate', null],
  };

/** Follows the log of a run to its end. */
export function replay(scenario: Scenario, recording: Recording): Replayed {
  const { log, nodes, tasks, run } = recording;
  const givenUp = new Set<number>();
  const replayed: Replayed = {
    nodes: Array.from({ length: nodes.count }, newNode),
    taskStates: new Array<TaskState | 'deleted' | null>(tasks.count).fill(null),
    taskNodes: new Array<number>(tasks.count).fill(-1),
    requeues: Array.from({ length: tasks.count }, () => new Map<number, number>()),
    givenUp,
    problems: [],
  };
  if (log === null) return replayed;
  const jobStates = new Map<number, string>();
  let latestMs = 0;
  for (let row = 0; row < log.count; row++) {
    const [atMs, subject, detail] = [at(log.atMs, row), at(log.subject, row), at(log.detail, row)];
    const kind = at(EVENT_KINDS, at(log.kind, row));
    if (atMs < latestMs) replayed.problems.push(`row ${row} of the log goes back from ${latestMs} to ${atMs}`);
    latestMs = atMs;
    if (kind === 'taskAdded') replayed.taskStates[subject] = 'active';
    else if (kind === 'taskDeleted' || kind === 'taskGivenUp') {
      free(recording, replayed, subject, atMs);
      if (kind === 'taskDeleted') replayed.taskStates[subject] = 'deleted';
      else givenUp.add(subject);
    } else if (kind === 'nodeState') moveNode(recording, replayed, subject, detail & 255, atMs);
    else if (kind === 'nodeScheduling') at(replayed.nodes, subject).enabled = detail === 1;
    else if (kind === 'subtaskStarted' || kind === 'subtaskEnded') {
      moveSubtask(recording, replayed, subject, kind === 'subtaskStarted', atMs);
    } else if (kind === 'jobAdded') jobStates.set(subject, 'active');
    else if (kind === 'jobState') moveJob(recording, replayed, jobStates, subject, detail);
    else if (TASK_EVENTS[kind] !== undefined) moveTask(scenario, recording, replayed, kind, subject, detail, atMs);
  }
  replayed.nodes.forEach((node) => {
    spend(node, run.endMs);
  });
  return replayed;
}

function newNode(): ReplayedNode {
  const parts = { booting: 0, idle: 0, running: 0, failed: 0, free: 0 };
  return { state: null, enabled: true, holders: new Map(), sinceMs: 0, parts, starts: 0 };
}

/** BILL-06: counts a node's time up to now. */
function spend(node: ReplayedNode, atMs: number): void {
  const { state, holders, parts } = node;
  if (state !== null)
    parts[holders.size > 0 && PARTS[state] === 'idle' ? 'running' : PARTS[state]] += atMs - node.sinceMs;
  node.sinceMs = atMs;
}

const PARTS: Readonly<Record<NodeState, keyof ReplayedNode['parts']>> = {
  ...{ creating: 'booting', starting: 'booting', waitingforstarttask: 'booting', rebooting: 'booting' },
  ...{ reimaging: 'booting', upgradingos: 'booting', starttaskfailed: 'failed', unusable: 'failed', unknown: 'failed' },
  ...{ idle: 'idle', running: 'idle', offline: 'idle', leavingpool: 'idle', deallocating: 'idle' },
  ...{ preempted: 'free', deallocated: 'free' },
};

/** NODE_MOVES; steps between idle and running are not logged, so either may be where a node comes from. */
function moveNode(recording: Recording, { nodes, problems }: Replayed, row: number, code: number, atMs: number): void {
  const node = at(nodes, row);
  const name = nodeKey(recording, row);
  spend(node, atMs);
  if (code === GONE) {
    if (node.holders.size > 0) problems.push(`${name} left at ${atMs} and held tasks`);
    node.state = null;
    return;
  }
  const to = at(NODE_STATES, code);
  const from = node.state;
  const sources: readonly NodeState[] =
    from === 'idle' || from === 'running' ? ['idle', 'running'] : from ? [from] : [];
  const isLegal = sources.some((source) => source === to || Object.values(NODE_MOVES[source]).includes(to));
  if (from !== null && !isLegal) problems.push(`${name} went from ${from} to ${to} at ${atMs}, which is illegal`);
  if (from === null && to !== 'creating' && to !== 'idle') problems.push(`${name} appeared as ${to}`);
  if (!KEEPS_TASKS.has(to) && node.holders.size > 0) problems.push(`${name} became ${to} at ${atMs} and held tasks`);
  node.state = to;
}

const GONE = 255;
const KEEPS_TASKS: ReadonlySet<NodeState> = new Set(['idle', 'running', 'leavingpool', 'unknown']);

function moveTask(
  scenario: Scenario,
  recording: Recording,
  replayed: Replayed,
  kind: EventKind,
  task: number,
  detail: number,
  atMs: number,
): void {
  const [trigger, effect] = TASK_EVENTS[kind] ?? [null, null];
  const from = replayed.taskStates[task] ?? null;
  const name = taskKey(recording, task);
  const isStopped = kind === 'taskStopped' || kind === 'taskReactivated';
  // ACC-15: one that was given up keeps its state, may be ended by a user, and may be reactivated after that.
  const wasGivenUp = replayed.givenUp.has(task);
  if (kind === 'taskReactivated') replayed.givenUp.delete(task);
  if (from === null || from === 'deleted' || (wasGivenUp && !isStopped)) {
    replayed.problems.push(`${name}: ${kind} at ${atMs}, but it is not there`);
    return;
  }
  const to = trigger === null ? from : TASK_MOVES[from][trigger];
  if (to === undefined) replayed.problems.push(`${name}: ${kind} at ${atMs} of one that is ${from}`);
  else replayed.taskStates[task] = to;
  if (kind === 'taskRequeued')
    at(replayed.requeues, task).set(detail, (at(replayed.requeues, task).get(detail) ?? 0) + 1);
  if (effect === 'free') free(recording, replayed, task, atMs);
  if (effect !== 'hold') return;
  if (kind === 'taskStarted') at(replayed.nodes, detail).starts += 1;
  if (replayed.taskNodes[task] === detail) return;
  replayed.taskNodes[task] = detail;
  hold(recording, replayed, detail, task, at(recording.tasks.slots, task), name, atMs);
  const { holders } = at(replayed.nodes, detail);
  const alone = [...holders.keys()].some((other) => other >= 0 && isExclusive(scenario, recording, other));
  if (alone && holders.size > 1)
    replayed.problems.push(`${nodeKey(recording, detail)} has an exclusive task and others at ${atMs}`);
}

/** SCH-07: the node takes tasks and has room. */
function hold(
  recording: Recording,
  { nodes, problems }: Replayed,
  row: number,
  holder: number,
  slots: number,
  name: string,
  atMs: number,
): void {
  const node = at(nodes, row);
  const where = nodeKey(recording, row);
  spend(node, atMs);
  if (node.state !== 'idle' && node.state !== 'running')
    problems.push(`${name} came to ${where} at ${atMs}, which is ${node.state}`);
  if (!node.enabled) problems.push(`${name} came to ${where} at ${atMs}, whose scheduling is disabled`);
  node.holders.set(holder, slots);
  const used = [...node.holders.values()].reduce((sum, held) => sum + held, 0);
  const most = at(recording.pools, at(recording.nodes.pool, row)).taskSlotsPerNode;
  if (used > most) problems.push(`${where} has ${most} slots and held ${used} at ${atMs}`);
}

function free(recording: Recording, replayed: Replayed, task: number, atMs: number): void {
  const row = replayed.taskNodes[task] ?? -1;
  if (row === -1) return;
  const node = at(replayed.nodes, row);
  spend(node, atMs);
  if (!node.holders.delete(task))
    replayed.problems.push(`${taskKey(recording, task)} freed slots it did not hold at ${atMs}`);
  replayed.taskNodes[task] = -1;
}

function moveSubtask(recording: Recording, replayed: Replayed, row: number, begins: boolean, atMs: number): void {
  const { node: on, task } = at(recording.subtasks, row);
  const node = at(replayed.nodes, on);
  if (begins) hold(recording, replayed, on, -1 - row, 1, `a subtask of ${taskKey(recording, task)}`, atMs);
  else {
    spend(node, atMs);
    node.holders.delete(-1 - row);
  }
}

function moveJob(
  recording: Recording,
  { problems }: Replayed,
  states: Map<number, string>,
  job: number,
  code: number,
): void {
  const from = states.get(job);
  const to = code === GONE ? 'deleted' : at(JOB_STATES, code);
  const moves = JOB_MOVES[from as keyof typeof JOB_MOVES] ?? {};
  const isLegal = to === 'deleted' ? from === 'deleting' : (Object.values(moves) as string[]).includes(to);
  if (!isLegal) problems.push(`${at(recording.jobs, job).id} went from ${from} to ${to}, which is illegal`);
  states.set(job, to);
}

/**
 * `events.ndjson`: every change of a run, one JSON object a line: `t` (seconds), `event`, then ids and details. Events
 * that Batch has keep Batch's names; the rest are named alike. Nodes are known by pool and ordinal; their long ids stand
 * where they are first needed, in `NodeStateEvent` and `TaskStartEvent`.
 */
import { unreachable } from '../base/index.js';
import { JOB_SCHEDULE_STATES, JOB_STATES, NODE_STATES, SCHEDULING_STATES, TASK_FAILURES } from '../model/index.js';
import {
  ATTEMPT_ENDS,
  EVENT_KINDS,
  type EventKind,
  type EventLog,
  type JobRow,
  NO_EXIT_CODE,
  NODE_CAUSES,
  type PoolRow,
  type Recording,
  type ResizeRow,
  SCHEDULE_FAILURES,
  STOP_CAUSES,
} from '../recording/index.js';
import { seconds } from './csv.js';
import { EventIds } from './event-ids.js';

const BATCH_LINES = 1000;

/** Lines in order, in pieces; each line ends in LF. */
export function* eventLines(recording: Recording, log: EventLog): Generator<string> {
  const lines = new EventLines(recording);
  let piece = '';
  for (let row = 0; row < log.count; row++) {
    piece += lines.line(
      log.atMs[row] as number,
      EVENT_KINDS[log.kind[row] as number] as EventKind,
      log.subject[row] as number,
      log.detail[row] as number,
    );
    if (row % BATCH_LINES !== BATCH_LINES - 1) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

type TaskEvent = Extract<EventKind, `task${string}`>;

/** Makes lines. */
class EventLines {
  readonly #recording: Recording;
  readonly #ids: EventIds;
  /** Node that each task holds slots on, so that its end can say it; -1: none. */
  readonly #nodeOfTask: Int32Array;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#ids = new EventIds(recording);
    this.#nodeOfTask = new Int32Array(recording.tasks.count).fill(-1);
  }

  line(atMs: number, kind: EventKind, subject: number, detail: number): string {
    return `{"t":${seconds(atMs)},"event":${this.#body(kind, subject, detail)}}\n`;
  }

  #body(kind: EventKind, subject: number, detail: number): string {
    const ids = this.#ids;
    switch (kind) {
      case 'poolAdded':
        return `"PoolCreateEvent",${this.#pool(subject)}`;
      case 'poolDeleting':
        return `"PoolDeleteStartEvent",${ids.pool(subject)}`;
      case 'poolDeleted':
        return `"PoolDeleteCompleteEvent",${ids.pool(subject)}`;
      case 'resizeStarted':
        return `"PoolResizeStartEvent",${ids.pool(subject)},${this.#resizeTargets(detail)}`;
      case 'resizeEnded':
        return `"PoolResizeCompleteEvent",${ids.pool(subject)},${this.#resizeResult(detail)}`;
      case 'nodeState':
        return `"NodeStateEvent",${ids.node(subject)},"state":"${NODE_STATES[detail & 255] ?? 'gone'}"${cause(detail >> 8)}`;
      case 'nodeScheduling':
        return `"NodeSchedulingEvent",${ids.place(subject)},"schedulingState":"${SCHEDULING_STATES[detail === 1 ? 0 : 1]}"`;
      case 'nodeTaskStarted':
        return `"NodeTaskStartEvent",${ids.nodeTask(subject)}`;
      case 'nodeTaskEnded':
        return `"NodeTaskEndEvent",${ids.nodeTask(subject)},"exitCode":${exitCode(detail)}`;
      case 'jobAdded':
        return `"JobCreateEvent",${ids.job(subject)}`;
      case 'jobState':
        return `"JobStateEvent",${ids.job(subject)},${this.#jobState(subject, detail)}`;
      case 'jobPriority':
        return `"JobPriorityEvent",${ids.job(subject)},"priority":${detail}`;
      case 'jobPool':
        ids.bindJob(subject, detail);
        return `"JobPoolEvent",${ids.job(subject)}`;
      case 'scheduleState':
        return `"JobScheduleStateEvent",${ids.schedule(subject)},"state":"${JOB_SCHEDULE_STATES[detail] ?? 'deleted'}"`;
      case 'subtaskStarted':
        return `"SubtaskStartEvent",${ids.subtask(subject)}`;
      case 'subtaskEnded':
        return `"SubtaskEndEvent",${ids.subtask(subject)}`;
      case 'operation':
        return `"OperationEvent",${ids.operation(subject)}`;
      default:
        return this.#taskBody(kind, subject, detail);
    }
  }

  #taskBody(kind: TaskEvent, task: number, detail: number): string {
    const ids = this.#ids;
    switch (kind) {
      case 'taskAdded':
        return `"TaskCreateEvent",${ids.task(task)},"runnable":${detail === 1}${this.#slots(task)}`;
      case 'taskRunnable':
        return `"TaskRunnableEvent",${ids.task(task)}`;
      case 'taskAssigned':
        return `"TaskAssignEvent",${ids.task(task)},${this.#take(task, detail)}`;
      case 'taskPreparing':
        return `"TaskPrepareEvent",${ids.task(task)},${this.#take(task, detail)}`;
      case 'taskStarted':
        return `"TaskStartEvent",${ids.task(task)},${this.#take(task, detail)},${this.#start(task, detail)}`;
      case 'taskSpeed':
        return `"TaskSpeedEvent",${ids.task(task)},"speed":${detail / 1000}`;
      case 'taskFinished':
        if (detail === 0) return `"TaskCompleteEvent",${this.#end(task)},"exitCode":0`;
        return `"TaskFailEvent",${this.#end(task)},"exitCode":${detail},"failureCode":"FailureExitCode"`;
      case 'taskTimedOut':
        return `"TaskFailEvent",${this.#end(task)},"exitCode":${exitCode(detail)},"failureCode":"TaskEnded"`;
      case 'taskStopped':
        return `"TaskFailEvent",${this.#end(task)},"failureCode":"TaskEnded","reason":"${STOP_CAUSES[detail]}"`;
      case 'taskFailed':
        return `"TaskFailEvent",${this.#end(task)},"failureCode":"${TASK_FAILURES[detail]}"`;
      case 'taskRetried':
        return `"TaskRetryEvent",${this.#end(task)},"exitCode":${detail}`;
      case 'taskDisplaced':
        return `"TaskDisplaceEvent",${this.#end(task)}`;
      case 'taskRequeued':
        return `"TaskRequeueEvent",${this.#end(task)},"reason":"${ATTEMPT_ENDS[detail]}"`;
      case 'taskReactivated':
        return `"TaskReactivateEvent",${ids.task(task)},"runnable":${detail === 1}`;
      case 'taskDeleted':
        return `"TaskDeleteEvent",${this.#end(task)}`;
      case 'taskScheduleFail':
        return `"TaskScheduleFailEvent",${ids.task(task)}${detail === 0 ? '' : `,"reason":"${SCHEDULE_FAILURES[detail]}"`}`;
      case 'taskGivenUp':
        return `"TaskGiveUpEvent",${ids.task(task)}`;
      default:
        return unreachable(kind);
    }
  }

  #pool(pool: number): string {
    const { vmSize, taskSlotsPerNode } = this.#recording.pools[pool] as PoolRow;
    return `${this.#ids.pool(pool)},"vmSize":${JSON.stringify(vmSize.name)},"taskSlotsPerNode":${taskSlotsPerNode}`;
  }

  #resizeTargets(resize: number): string {
    const row = this.#recording.resizes[resize] as ResizeRow;
    return `"targetDedicatedNodes":${row.targetDedicatedNodes},"targetLowPriorityNodes":${row.targetLowPriorityNodes}`;
  }

  #resizeResult(resize: number): string {
    const { errors } = this.#recording.resizes[resize] as ResizeRow;
    const codes = errors.map((error) => error.code);
    return `"resultCode":"${codes[0] ?? 'Success'}","resizeErrors":${JSON.stringify(codes)}`;
  }

  /** Why a job ended stands with its last states. */
  #jobState(job: number, detail: number): string {
    const state = JOB_STATES[detail] ?? 'deleted';
    const { terminateReason } = this.#recording.jobs[job] as JobRow;
    const ends = state === 'terminating' || state === 'completed';
    const reason = ends && terminateReason !== null ? `,"terminateReason":${JSON.stringify(terminateReason)}` : '';
    return `"state":"${state}"${reason}`;
  }

  #take(task: number, node: number): string {
    this.#nodeOfTask[task] = node;
    return this.#ids.ordinal(node);
  }

  /** Where nothing is said, it is one. */
  #slots(task: number): string {
    const slots = this.#recording.tasks.slots[task] as number;
    return slots === 1 ? '' : `,"requiredSlots":${slots}`;
  }

  #start(task: number, node: number): string {
    return `${this.#ids.nodeId(node)},"requiredSlots":${this.#recording.tasks.slots[task]}`;
  }

  /** The task, and the node whose slots are free again. */
  #end(task: number): string {
    const node = this.#nodeOfTask[task] as number;
    this.#nodeOfTask[task] = -1;
    return node < 0 ? this.#ids.task(task) : `${this.#ids.task(task)},${this.#ids.ordinal(node)}`;
  }
}

function exitCode(code: number): number | null {
  return code === NO_EXIT_CODE ? null : code;
}

function cause(index: number): string {
  return index === 0 ? '' : `,"cause":"${NODE_CAUSES[index]}"`;
}

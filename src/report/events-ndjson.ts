/**
 * `events.ndjson`: every change of a run, one JSON object a line: `t` (seconds), `event`, then ids and details. Events
 * that Batch has keep Batch's names; the rest are named alike. Nodes are known by pool and ordinal; their long ids stand
 * where they are first needed, in `NodeStateEvent` and `TaskStartEvent`.
 */
import { unreachable } from '../base/index.js';
import { NODE_KINDS, NODE_STATES, TASK_FAILURES } from '../model/index.js';
import {
  EVENT_KINDS,
  type EventKind,
  type EventLog,
  jobNameAt,
  jobPoolName,
  nodeIdAt,
  type PoolRow,
  poolNameAt,
  type Recording,
  type ResizeRow,
} from '../recording/index.js';
import { seconds } from './csv.js';

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

/** Makes lines; ids of pools, nodes and jobs are made once and kept as JSON. */
class EventLines {
  readonly #recording: Recording;
  readonly #pools: string[];
  readonly #nodeIds: string[] = [];
  readonly #jobs: string[] = [];
  /** Where each task runs, so that its end can say it. */
  readonly #nodeOfTask: Int32Array;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#pools = recording.pools.map((_, pool) => `"poolId":${JSON.stringify(poolNameAt(recording, pool))}`);
    this.#nodeOfTask = new Int32Array(recording.tasks.count).fill(-1);
  }

  line(atMs: number, kind: EventKind, subject: number, detail: number): string {
    return `{"t":${seconds(atMs)},"event":${this.#body(kind, subject, detail)}}\n`;
  }

  #body(kind: EventKind, subject: number, detail: number): string {
    switch (kind) {
      case 'poolAdded':
        return `"PoolCreateEvent",${this.#pool(subject)}`;
      case 'resizeStarted':
        return `"PoolResizeStartEvent",${this.#pools[subject]},${this.#resizeTargets(detail)}`;
      case 'resizeEnded':
        return `"PoolResizeCompleteEvent",${this.#pools[subject]},${this.#resizeResult(detail)}`;
      case 'nodeState':
        return `"NodeStateEvent",${this.#node(subject)},"state":"${NODE_STATES[detail] ?? 'gone'}"`;
      case 'jobAdded':
        return `"JobCreateEvent",${this.#job(subject)}`;
      case 'taskAdded':
        return `"TaskCreateEvent",${this.#task(subject)},"runnable":${detail === 1}`;
      case 'taskRunnable':
        return `"TaskRunnableEvent",${this.#task(subject)}`;
      case 'taskAssigned':
        this.#nodeOfTask[subject] = detail;
        return `"TaskAssignEvent",${this.#task(subject)},${this.#ordinal(detail)}`;
      case 'taskStarted':
        this.#nodeOfTask[subject] = detail;
        return `"TaskStartEvent",${this.#task(subject)},${this.#start(subject, detail)}`;
      case 'taskFinished':
        if (detail === 0) return `"TaskCompleteEvent",${this.#end(subject)},"exitCode":0`;
        return `"TaskFailEvent",${this.#end(subject)},"exitCode":${detail},"failureCode":"${TASK_FAILURES[1]}"`;
      case 'taskTimedOut':
        return `"TaskFailEvent",${this.#end(subject)},"exitCode":${detail},"failureCode":"${TASK_FAILURES[2]}"`;
      case 'taskRetried':
        return `"TaskRetryEvent",${this.#end(subject)},"exitCode":${detail}`;
      case 'taskDisplaced':
        return `"TaskDisplaceEvent",${this.#end(subject)}`;
      case 'taskScheduleFail':
        return `"TaskScheduleFailEvent",${this.#task(subject)}`;
      case 'taskGivenUp':
        return `"TaskGiveUpEvent",${this.#task(subject)}`;
      default:
        return unreachable(kind);
    }
  }

  #pool(pool: number): string {
    const row = this.#recording.pools[pool] as PoolRow;
    return `${this.#pools[pool]},"vmSize":${JSON.stringify(row.vmSize.name)},"taskSlotsPerNode":${row.taskSlotsPerNode}`;
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

  #ordinal(node: number): string {
    return `"nodeOrdinal":${this.#recording.nodes.ordinal[node]}`;
  }

  #node(node: number): string {
    const { nodes } = this.#recording;
    const kind = NODE_KINDS[nodes.kind[node] as number];
    return `${this.#pools[nodes.pool[node] as number]},${this.#ordinal(node)},${this.#nodeId(node)},"kind":"${kind}"`;
  }

  #nodeId(node: number): string {
    this.#nodeIds[node] ??= `"nodeId":"${nodeIdAt(this.#recording, node)}"`;
    return this.#nodeIds[node];
  }

  #job(job: number): string {
    this.#jobs[job] ??=
      `"jobId":${JSON.stringify(jobNameAt(this.#recording, job))},"poolId":${JSON.stringify(jobPoolName(this.#recording, job))}`;
    return this.#jobs[job];
  }

  #task(task: number): string {
    const { tasks, taskNames } = this.#recording;
    return `${this.#job(tasks.job[task] as number)},"taskId":${JSON.stringify(taskNames.id(task))}`;
  }

  #start(task: number, node: number): string {
    return `${this.#ordinal(node)},${this.#nodeId(node)},"requiredSlots":${this.#recording.tasks.slots[task]}`;
  }

  #end(task: number): string {
    return `${this.#task(task)},${this.#ordinal(this.#nodeOfTask[task] as number)}`;
  }
}

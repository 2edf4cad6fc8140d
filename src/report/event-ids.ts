/** Who a line of `events.ndjson` speaks of, as pieces of JSON: made once for each pool, node and job, and kept. */
import { NODE_KINDS } from '../model/index.js';
import {
  accountedName,
  type JobRow,
  type JobScheduleRow,
  jobNameAt,
  jobPoolName,
  type NodeTaskRow,
  nodeIdAt,
  type OperationRow,
  poolNameAt,
  type Recording,
  type SubtaskRow,
} from '../recording/index.js';

/** Ids of one recording's rows. */
export class EventIds {
  readonly #recording: Recording;
  readonly #pools: string[];
  readonly #nodeIds: string[] = [];
  readonly #jobs: string[] = [];
  readonly #jobPools: string[];

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#pools = recording.pools.map((_, pool) => `"poolId":${JSON.stringify(poolNameAt(recording, pool))}`);
    this.#jobPools = recording.jobs.map(({ addedWith, poolIndex }, job) =>
      this.#poolOfJob(job, (addedWith ?? { poolIndex }).poolIndex),
    );
  }

  pool(pool: number): string {
    return this.#pools[pool] as string;
  }

  /** Pool and ordinal, id and kind. */
  node(node: number): string {
    const kind = NODE_KINDS[this.#recording.nodes.kind[node] as number];
    return `${this.place(node)},${this.nodeId(node)},"kind":"${kind}"`;
  }

  /** Pool and ordinal. */
  place(node: number): string {
    return `${this.#pools[this.#recording.nodes.pool[node] as number]},${this.ordinal(node)}`;
  }

  ordinal(node: number): string {
    return `"nodeOrdinal":${this.#recording.nodes.ordinal[node]}`;
  }

  nodeId(node: number): string {
    this.#nodeIds[node] ??= `"nodeId":"${nodeIdAt(this.#recording, node)}"`;
    return this.#nodeIds[node];
  }

  /** The job and the pool that it is bound to at this line. */
  job(job: number): string {
    this.#jobs[job] ??= `"jobId":${JSON.stringify(jobNameAt(this.#recording, job))},${this.#jobPools[job]}`;
    return this.#jobs[job];
  }

  /** From now on the job is bound to another pool (JOB-21); -1: to one that does not exist. */
  bindJob(job: number, pool: number): void {
    this.#jobPools[job] = this.#poolOfJob(job, pool);
    delete this.#jobs[job];
  }

  schedule(row: number): string {
    const { accountIndex, id } = this.#recording.jobSchedules[row] as JobScheduleRow;
    return `"jobScheduleId":${JSON.stringify(accountedName(this.#recording, accountIndex, id))}`;
  }

  task(task: number): string {
    const { tasks, taskNames } = this.#recording;
    return `${this.job(tasks.job[task] as number)},"taskId":${JSON.stringify(taskNames.id(task))}`;
  }

  /** A start, preparation or release task and its node. */
  nodeTask(row: number): string {
    const { kind, node, job } = this.#recording.nodeTasks[row] as NodeTaskRow;
    const ofJob = job < 0 ? '' : `"jobId":${JSON.stringify(jobNameAt(this.#recording, job))},`;
    return `"kind":"${kind}",${ofJob}${this.place(node)}`;
  }

  subtask(row: number): string {
    const { task, id, node } = this.#recording.subtasks[row] as SubtaskRow;
    return `${this.task(task)},"subtaskId":${id},${this.ordinal(node)}`;
  }

  /** An operation, who asked for it, and the answer. */
  operation(row: number): string {
    const { kind, target, code, status, message, expected, byTask } = this.#recording.operations[row] as OperationRow;
    const asked = `"operation":"${kind}","target":${JSON.stringify(target)}`;
    const by = byTask < 0 ? '' : `,"byTask":{${this.task(byTask)}}`;
    if (code === null) return `${asked}${by},"status":${status},"expected":${expected}`;
    return `${asked}${by},"status":${status},"code":"${code}","message":${JSON.stringify(message)},"expected":${expected}`;
  }

  /** A pool that does not exist has the name that the job gives it. */
  #poolOfJob(job: number, pool: number): string {
    const named = (this.#recording.jobs[job] as JobRow).poolId;
    if (pool >= 0) return this.#pools[pool] as string;
    return `"poolId":${JSON.stringify(named === '' ? null : jobPoolName(this.#recording, job))}`;
  }
}

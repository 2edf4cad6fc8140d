/**
 * JOB-25: what a job took in all. A simulation has no source for some of it, and says 0: input and output are not
 * modelled, and no time is spent in the kernel. Processor time is the cores that a process keeps busy times the time that
 * it ran, less what sharing the cores of its node cost it; transfers count as if the process ran.
 */
import { isoDuration } from '../../base/index.js';
import type { PoolRow, Recording } from '../recording.js';
import { declaredSets, declaredTask } from '../why/declared.js';
import { instantOf, type Moment } from './moment.js';

/** Batch's `JobStatistics`, without the URL. Durations and times in ISO 8601. */
export interface JobStatistics {
  /** The job was added. */
  readonly startTime: string;
  readonly lastUpdateTime: string;
  readonly userCPUTime: string;
  readonly kernelCPUTime: string;
  /** Of all attempts, also those that did not count. */
  readonly wallClockTime: string;
  readonly readIOps: number;
  readonly writeIOps: number;
  readonly readIOGiB: number;
  readonly writeIOGiB: number;
  readonly numSucceededTasks: number;
  readonly numFailedTasks: number;
  /** Retries, not requeues. */
  readonly numTaskRetries: number;
  /** From the addition of each task that has run to the beginning of its latest attempt. */
  readonly waitTime: string;
}

const NOT_MODELLED = { readIOps: 0, writeIOps: 0, readIOGiB: 0, writeIOGiB: 0 } as const;

/** JOB-25, BILL-09: the statistics of one job at a moment, exact to the millisecond. Tasks that were deleted since are still in them. */
export function jobStatistics(moment: Moment, job: number): JobStatistics {
  const { recording, state, tasks, atMs, jobTasks } = moment;
  const sums = { userMs: 0, wallMs: 0, waitMs: 0, succeeded: 0, failed: 0, retries: 0 };
  const coresOf = processCores(moment, job);
  for (const task of jobTasks.rows.subarray(jobTasks.firsts[job], jobTasks.firsts[job + 1])) {
    if ((tasks.endMs[task] as number) >= 0) sums[tasks.failure[task] === 0 ? 'succeeded' : 'failed'] += 1;
    sums.retries += tasks.retriesEver[task] as number;
    const startMs = tasks.startMs[task] as number;
    if (startMs < 0) continue;
    sums.waitMs += startMs - (recording.tasks.submitMs[task] as number);
    sums.wallMs += tasks.ranUntil(task, atMs, state);
    sums.userMs += tasks.workedUntil(task, atMs, state) * coresOf(task);
  }
  return {
    startTime: instantOf(moment, recording.jobs[job]?.createdMs ?? 0),
    lastUpdateTime: instantOf(moment, atMs),
    userCPUTime: isoDuration(Math.round(sums.userMs)),
    kernelCPUTime: isoDuration(0),
    wallClockTime: isoDuration(sums.wallMs),
    ...NOT_MODELLED,
    numSucceededTasks: sums.succeeded,
    numFailedTasks: sums.failed,
    numTaskRetries: sums.retries,
    waitTime: isoDuration(sums.waitMs),
  };
}

/** Cores that a task's process keeps busy: what it declares, else its slots' part of the node, as the simulation has it. */
function processCores({ recording, scenario, tasks }: Moment, job: number): (task: number) => number {
  const ofSlots = (task: number) => slotCores(recording, task, tasks.node[task] as number);
  const isDeclared = declaredSets(scenario, recording, job).some(({ demands }) => (demands?.cpu ?? null) !== null);
  if (!isDeclared) return ofSlots;
  return (task) => declaredTask(scenario, recording, task)?.set.demands?.cpu ?? ofSlots(task);
}

function slotCores({ tasks, nodes, pools }: Recording, task: number, node: number): number {
  const { vmSize, taskSlotsPerNode } = pools[nodes.pool[node] as number] as PoolRow;
  return (vmSize.vcpus / taskSlotsPerNode) * (tasks.slots[task] as number);
}

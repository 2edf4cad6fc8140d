/** `jobs.csv`: totals of every job. */
import {
  ATTEMPT_ENDS,
  type Charges,
  fateOf,
  type JobRow,
  jobNameAt,
  jobPoolName,
  type Recording,
  TaskMeasures,
} from '../recording/index.js';
import { type CsvRow, seconds, usd } from './csv.js';

/** Rows by creation; jobs that were never added have none. */
export function* jobRows(recording: Recording, charges: Charges): Generator<CsvRow> {
  const totals = sumJobs(recording);
  for (const [row, job] of recording.jobs.entries()) {
    if (job.state === 'absent') continue;
    yield jobRow(recording, charges, row, job, totals[row] as JobTotals);
  }
}

/** What a job's tasks came to; times in ms, -1 for a moment that never came. */
interface JobTotals {
  tasks: number;
  succeeded: number;
  failed: number;
  active: number;
  running: number;
  deleted: number;
  retries: number;
  requeues: number;
  interruptions: number;
  firstStartMs: number;
  lastEndMs: number;
  waitMs: number;
  runMs: number;
  lostMs: number;
}

function jobRow(recording: Recording, charges: Charges, row: number, job: JobRow, totals: JobTotals): CsvRow {
  return [
    jobNameAt(recording, row),
    jobPoolName(recording, row),
    job.priority,
    job.state,
    seconds(job.createdMs),
    seconds(job.endMs < 0 ? job.deletedMs : job.endMs),
    job.terminateReason ?? job.schedulingError ?? '',
    totals.tasks,
    totals.succeeded,
    totals.failed,
    totals.active,
    totals.running,
    totals.retries,
    totals.requeues,
    totals.interruptions,
    seconds(totals.firstStartMs),
    seconds(totals.lastEndMs),
    seconds(totals.waitMs),
    seconds(totals.runMs),
    seconds(totals.lostMs),
    usd(charges.jobUsd[row] as number),
    usd(charges.jobLostUsd[row] as number),
    totals.deleted,
  ];
}

const RETRY = ATTEMPT_ENDS.indexOf('retry');

function sumJobs(recording: Recording): JobTotals[] {
  const { tasks, attempts } = recording;
  const measures = new TaskMeasures(recording);
  const totals = recording.jobs.map(noTotals);
  for (let task = 0; task < tasks.count; task++) {
    const total = totals[tasks.job[task] as number] as JobTotals;
    total.tasks += 1;
    total[fateOf(recording, task)] += 1;
    total.requeues += tasks.requeues?.[task] ?? 0;
    total.interruptions += tasks.interruptions?.[task] ?? 0;
    total.waitMs += Math.max(0, measures.waitMs(task));
    total.runMs += Math.max(0, measures.runMs(task));
    total.lostMs += measures.lostMs(task);
    startedAt(total, tasks.startMs[task] as number);
    total.lastEndMs = Math.max(total.lastEndMs, tasks.endMs[task] as number);
  }
  for (let i = 0; i < attempts.count; i++) {
    const total = totals[tasks.job[attempts.task[i] as number] as number] as JobTotals;
    startedAt(total, attempts.startMs[i] as number);
    if (attempts.outcome[i] === RETRY) total.retries += 1;
  }
  return totals;
}

function startedAt(total: JobTotals, startMs: number): void {
  if (startMs < 0) return;
  if (total.firstStartMs < 0 || startMs < total.firstStartMs) total.firstStartMs = startMs;
}

function noTotals(): JobTotals {
  const counts = {
    tasks: 0,
    succeeded: 0,
    failed: 0,
    active: 0,
    running: 0,
    deleted: 0,
    retries: 0,
    requeues: 0,
    interruptions: 0,
  };
  return { ...counts, firstStartMs: -1, lastEndMs: -1, waitMs: 0, runMs: 0, lostMs: 0 };
}

/** `job-times.csv`: how long the tasks of each job waited, ran and took, as percentiles. */
import { jobNameAt, type Recording, TaskMeasures, TaskTimes, tasksByJob } from '../recording/index.js';
import { type CsvRow, decimal } from './csv.js';

/** What is told of each job, as the summary names it, and in the file. */
const MEASURES = [
  ['wait_s', 'wait'],
  ['run_s', 'run'],
  ['turnaround_s', 'turnaround'],
  ['slowdown', 'slowdown'],
] as const;

/** Rows by creation of the jobs; a measure that no task of the job has is left out. */
export function* jobTimesRows(recording: Recording): Generator<CsvRow> {
  const times = new TaskTimes(recording, new TaskMeasures(recording));
  const { firsts, rows } = tasksByJob(recording);
  for (let job = 0; job < recording.jobs.length; job++) {
    const ofJob = times.of(rows.subarray(firsts[job], firsts[job + 1]));
    for (const [key, name] of MEASURES) {
      const { count, mean, p50, p90, p95, p99, max } = ofJob[key];
      if (count === 0) continue;
      const figures = [mean, p50, p90, p95, p99, max].map((value) => decimal(value ?? 0, 3));
      yield [jobNameAt(recording, job), name, key === 'slowdown' ? '' : 's', count, ...figures];
    }
  }
}

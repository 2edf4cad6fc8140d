/** Small worlds in a few words, and what happened in them as lines. */
import { type Job, type Pool, type Scenario, TASK_STATES } from '../../src/model/index.js';
import { EVENT_KINDS, type EventKind, type Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { world } from './declared.js';

export { afterTasks, at, each, FOUR, job, latencies, NO_EXIT_CONDITIONS, pool, tasks, world } from './declared.js';

/** Runs pools and jobs of one account to the end. */
export function run(pools: readonly Pool[], jobs: readonly Job[], given: Partial<Scenario> = {}): Recording {
  return simulate(world({ pools, jobs }, given)).recording;
}

/** What happened to each task, in order of addition: `j/t1 0-5 n0`, `j/t2 3-… n1` if it still runs, `j/t3 active`. */
export function gantt(recording: Recording): string[] {
  const { tasks: rows } = recording;
  return Array.from({ length: rows.count }, (_, task) => {
    const name = nameOf(recording, task);
    const state = TASK_STATES[rows.state[task] as number];
    if (state === 'active') return `${name} active`;
    const end = state === 'completed' ? rows.endMs[task] : '…';
    return `${name} ${rows.startMs[task]}-${end} n${recording.nodes.ordinal[rows.node[task] as number]}`;
  });
}

/** `job/task`. */
export function nameOf(recording: Recording, task: number): string {
  return `${recording.jobs[recording.tasks.job[task] as number]?.id}/${recording.taskNames.id(task)}`;
}

/** The log's rows of one kind: `at subject`, or `at subject detail`. */
export function logged(recording: Recording, kind: EventKind, withDetail = false): string[] {
  const { log } = recording;
  if (log === null) return [];
  const lines: string[] = [];
  for (let row = 0; row < log.count; row++) {
    if (EVENT_KINDS[log.kind[row] as number] !== kind) continue;
    lines.push(`${log.atMs[row]} ${log.subject[row]}${withDetail ? ` ${log.detail[row]}` : ''}`);
  }
  return lines;
}

/** Codes of the errors of each resize. */
export function resizeErrors(recording: Recording): string[] {
  return recording.resizes.map(({ errors }) => errors.map(({ code }) => code).join(' '));
}

/** When jobs and tasks are added (SIM-02 phase 5): everything is known before the run, so it is written down first. */
import { type Account, type Arrival, type Job, taskIdAt } from '../../../src/model/index.js';
import { requiredSlots } from './quantities.js';
import type { Command, JobState, World } from './world.js';

/** A job that will be added. */
interface Planned {
  readonly account: Account;
  readonly job: Job;
  readonly createdMs: number;
  /** Which of the arrivals of its entry it is, counted from 1. */
  readonly n: number;
}

/**
 * All additions, in the order in which they happen: by time, then by the job's creation sequence (SIM-04), which at
 * one instant is file order; a job before its tasks, and these set by set, task by task.
 */
export function commandsOf(accounts: readonly Account[]): Command[] {
  const planned: Planned[] = accounts.flatMap((account) =>
    account.jobs.flatMap((job) =>
      timesOf(job.arrival, 1).map((createdMs, index) => ({ account, job, createdMs, n: index + 1 })),
    ),
  );
  // Both sorts are stable: what they leave equal stays in order.
  planned.sort((a, b) => a.createdMs - b.createdMs);
  return planned.flatMap(jobAndTasks).sort((a, b) => a.atMs - b.atMs);
}

function jobAndTasks({ account, job, createdMs, n }: Planned): Command[] {
  const created: JobState = { account, job, id: job.id.replaceAll('{n}', String(n)), createdMs, tasks: [] };
  const commands: Command[] = [{ atMs: createdMs, carryOut: (world) => world.jobs.push(created) }];
  let position = 0;
  for (const set of job.tasks) {
    const offsets = timesOf(set.arrival, set.count);
    for (let index = 0; index < set.count; index++) {
      const offset = offsets[index];
      if (offset !== undefined) commands.push(addTask(created, set, index, position, createdMs + offset));
      position += 1;
    }
  }
  return commands;
}

function addTask(job: JobState, set: Job['tasks'][number], index: number, position: number, atMs: number): Command {
  const carryOut = (world: World): void => {
    const task = {
      ...{ job, set, index, position, id: taskIdAt(set.ids, index), slots: requiredSlots(set, index) },
      ...{ submitMs: atMs, state: 'active' as const, readyMs: null, holds: null, node: null },
      ...{ assignedMs: null, startMs: null, endMs: null, stopMs: null, attempts: 0, retries: 0, interruptions: 0 },
      ...{ exitCode: null, failure: '' as const, waitMs: 0, givenUp: false },
    };
    job.tasks.push(task);
    world.tasks.push(task);
  };
  return { atMs, carryOut };
}

/** Times of an arrival process that draws nothing; `at` brings as many as are wanted, all at once. */
function timesOf(arrival: Arrival, wanted: number): number[] {
  switch (arrival.kind) {
    case 'at':
      return new Array<number>(wanted).fill(arrival.atMs);
    case 'trace':
      return [...arrival.atMs];
    case 'every': {
      // Of tasks there are as many as their set has; jobs come until the count or the time is up.
      const most = arrival.count ?? (arrival.untilMs === null ? wanted : Number.POSITIVE_INFINITY);
      const times: number[] = [];
      for (let at = arrival.fromMs; times.length < most; at += arrival.intervalMs) {
        if (arrival.untilMs !== null && at >= arrival.untilMs) break;
        times.push(at);
      }
      return times;
    }
    default:
      throw new Error('the oracle draws nothing: no random arrivals');
  }
}

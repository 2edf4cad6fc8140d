/** When jobs and tasks are added (SIM-02 phase 5). */
import type { Account, Arrival } from '../../../src/model/index.js';
import type { World } from './world.js';

/** Declared jobs by time, then as written (SIM-04). */
export function comingJobs(accounts: readonly Account[]): World['comingJobs'] {
  const coming = accounts.flatMap((account) =>
    account.jobs.flatMap((job) =>
      timesOf(job.arrival, 1).map((atMs, index) => ({
        ...{ account, job, atMs, id: job.id.replaceAll('{n}', String(index + 1)) },
      })),
    ),
  );
  return coming.sort((a, b) => a.atMs - b.atMs); // stable: what is equal stays in order
}

/** Times of an arrival process that draws nothing; `at` brings as many as are wanted, all at once. */
export function timesOf(arrival: Arrival, wanted: number): number[] {
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

/** How often something comes, before it is drawn. */
import type { Arrival, Schedule } from '../../model/index.js';

/** A count that is certain, or the mean of one that is not. */
export interface ExpectedCount {
  readonly count: number;
  readonly exact: boolean;
}

/** How many arrivals a process makes until the clock stops (`untilMs`; null: it does not). */
export function expectedArrivals(arrival: Arrival, untilMs: number | null): ExpectedCount {
  switch (arrival.kind) {
    case 'at':
      return { count: untilMs !== null && arrival.atMs > untilMs ? 0 : 1, exact: true };
    case 'trace':
      return {
        count: untilMs === null ? arrival.atMs.length : arrival.atMs.filter((ms) => ms <= untilMs).length,
        exact: true,
      };
    case 'every': {
      const span = (endOf(arrival.untilMs, untilMs) ?? Number.POSITIVE_INFINITY) - arrival.fromMs;
      const byTime = span < 0 ? 0 : Math.floor(span / arrival.intervalMs) + 1;
      return { count: Math.min(byTime, arrival.count ?? Number.POSITIVE_INFINITY), exact: true };
    }
    case 'poisson': {
      const end = endOf(arrival.untilMs, untilMs);
      if (end === null) return { count: arrival.count ?? Number.POSITIVE_INFINITY, exact: true };
      const mean = Math.max(0, end - arrival.fromMs) * arrival.ratePerMs;
      return { count: Math.min(mean, arrival.count ?? Number.POSITIVE_INFINITY), exact: false };
    }
    case 'phases': {
      let mean = 0;
      let left = untilMs === null ? Number.POSITIVE_INFINITY : Math.max(0, untilMs - arrival.fromMs);
      for (const { forMs, ratePerMs, rampToPerMs } of arrival.phases) {
        const span = Math.min(forMs, left);
        const endRate = ratePerMs + (((rampToPerMs ?? ratePerMs) - ratePerMs) * span) / Math.max(1, forMs);
        mean += (span * (ratePerMs + endRate)) / 2;
        left -= span;
      }
      return { count: Math.min(mean, arrival.count ?? Number.POSITIVE_INFINITY), exact: false };
    }
  }
}

/** The most jobs that a schedule makes until the clock stops: one for each due time (JS-02); a late one takes its place. */
export function expectedRuns(schedule: Schedule, untilMs: number | null): ExpectedCount {
  const { doNotRunUntilMs, doNotRunAfterMs, recurrenceIntervalMs } = schedule;
  const firstMs = Math.max(0, doNotRunUntilMs ?? 0);
  const endMs = endOf(doNotRunAfterMs, untilMs) ?? Number.POSITIVE_INFINITY;
  if (firstMs > endMs) return { count: 0, exact: true };
  if (recurrenceIntervalMs === null) return { count: 1, exact: true };
  return { count: Math.floor((endMs - firstMs) / recurrenceIntervalMs) + 1, exact: false };
}

function endOf(own: number | null, clock: number | null): number | null {
  if (own === null) return clock;
  return clock === null ? own : Math.min(own, clock);
}

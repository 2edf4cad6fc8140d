/** When things come: arrivals of jobs and tasks. */

/** When things come. Rates are per millisecond; times are ms from the start (jobs) or the job's creation (tasks). */
export type Arrival =
  | { readonly kind: 'at'; readonly atMs: number }
  | {
      readonly kind: 'poisson';
      readonly ratePerMs: number;
      readonly fromMs: number;
      readonly untilMs: number | null;
      readonly count: number | null;
    }
  | {
      readonly kind: 'phases';
      readonly fromMs: number;
      readonly phases: readonly ArrivalPhase[];
      readonly count: number | null;
    }
  | {
      readonly kind: 'every';
      readonly intervalMs: number;
      readonly fromMs: number;
      readonly untilMs: number | null;
      readonly count: number | null;
    }
  /** One value per arrival, in the order of the trace; need not be sorted. */
  | { readonly kind: 'trace'; readonly atMs: Float64Array };

/** A stretch of a Poisson process with a steady rate, or one that goes evenly from `ratePerMs` to `rampToPerMs`. */
export interface ArrivalPhase {
  readonly forMs: number;
  readonly ratePerMs: number;
  readonly rampToPerMs: number | null;
}

/** At the start, or as soon as the job is there. */
export const AT_ONCE: Arrival = { kind: 'at', atMs: 0 };

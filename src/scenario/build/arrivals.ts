/** Arrivals of jobs and tasks → the model's, in ms from the start (jobs) or from the job's creation (tasks). */
import { formatCount } from '../../base/index.js';
import type { Arrival } from '../../model/index.js';
import type { GivenArrival } from '../schema/arrival.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { readValues } from './value-files.js';

/** More arrivals than this are expected of no honest process. */
export const MOST_ARRIVALS = 20_000_000;

/** What an arrival belongs to. */
export interface ArrivalOwner {
  /** A process of tasks ends with its tasks; one of jobs needs an end of its own. */
  readonly endsByItself: boolean;
  /** What ISO times count from, in ms from the start; null: the owner comes more than once. */
  readonly originMs: number | null;
}

interface Bounds {
  readonly fromMs: number;
  readonly untilMs: number | null;
  readonly count: number | null;
}

/** Bounds inside `poisson` or `every`, or beside it. */
type InnerBounds = Pick<GivenArrival, 'from' | 'until' | 'for' | 'count'> & {
  readonly rate?: number;
  readonly interval?: number;
};

/** The arrival at `path`, checked. */
export function readArrival(context: BuildContext, path: Path, given: GivenArrival, owner: ArrivalOwner): Arrival {
  if (given.at !== undefined) {
    refuseBounds(context, path, given, ['from', 'until', 'for', 'count'], 'at');
    return { kind: 'at', atMs: momentOf(context, [...path, 'at'], given.at, owner) };
  }
  if (given.trace !== undefined) return traceOf(context, path, given, given.trace);
  if (given.phases !== undefined) return phasesOf(context, path, given, given.phases, owner);
  const process: InnerBounds = given.poisson ?? given.every ?? {};
  const kind = given.poisson === undefined ? 'every' : 'poisson';
  const bounds = boundsOf(context, path, kind, given, process, owner);
  const ratePerMs = given.poisson === undefined ? 1 / (given.every?.interval ?? 1) : given.poisson.rate;
  if (!(ratePerMs > 0) || !Number.isFinite(ratePerMs)) {
    context.error(
      'BS2005',
      [...path, kind],
      `${context.name(path)}: ${kind === 'every' ? 'the interval' : 'the rate'} must be above 0`,
    );
  } else if (!owner.endsByItself) checkEnd(context, path, ratePerMs, bounds);
  if (kind === 'every') return { kind, intervalMs: given.every?.interval ?? 1, ...bounds };
  return { kind, ratePerMs, ...bounds };
}

function boundsOf(
  context: BuildContext,
  path: Path,
  kind: string,
  outer: GivenArrival,
  inner: InnerBounds,
  owner: ArrivalOwner,
): Bounds {
  const pathOf = (key: 'from' | 'until' | 'for' | 'count') =>
    inner[key] === undefined ? [...path, key] : [...path, kind, key];
  for (const key of ['from', 'until', 'for', 'count'] as const) {
    if (inner[key] !== undefined && outer[key] !== undefined) {
      context.error(
        'BS2013',
        [...path, key],
        `${context.name(path)}: ${key} stands twice`,
        `keep the one inside ${kind}`,
      );
    }
  }
  const from = inner.from ?? outer.from;
  const until = inner.until ?? outer.until;
  const length = inner.for ?? outer.for;
  const fromMs = from === undefined ? 0 : momentOf(context, pathOf('from'), from, owner);
  const ends = [
    ...(until === undefined ? [] : [momentOf(context, pathOf('until'), until, owner)]),
    ...(length === undefined ? [] : [fromMs + length]),
  ];
  return { fromMs, untilMs: ends.length === 0 ? null : Math.min(...ends), count: inner.count ?? outer.count ?? null };
}

/** SIM-10: a process of jobs must end, by itself or with the clock, and may not be absurdly dense. */
function checkEnd(context: BuildContext, path: Path, ratePerMs: number, bounds: Bounds): void {
  const endMs = bounds.untilMs ?? context.untilMs;
  if (endMs === null && bounds.count === null) {
    const hint = 'add for, until or count, or stop the run with clock.until';
    context.error('BS2005', path, `${context.name(path)} never ends (SIM-10)`, hint);
    return;
  }
  const byTime = endMs === null ? Number.POSITIVE_INFINITY : Math.max(0, endMs - bounds.fromMs) * ratePerMs;
  const expected = Math.min(bounds.count ?? Number.POSITIVE_INFINITY, byTime);
  if (expected > MOST_ARRIVALS) tooMany(context, path, expected);
}

function tooMany(context: BuildContext, path: Path, expected: number): void {
  const about = formatCount(Math.min(Math.round(expected), Number.MAX_SAFE_INTEGER));
  context.error(
    'BS2008',
    path,
    `${context.name(path)} makes about ${about} arrivals; at most ${formatCount(MOST_ARRIVALS)} can be simulated`,
  );
}

function phasesOf(
  context: BuildContext,
  path: Path,
  given: GivenArrival,
  phases: NonNullable<GivenArrival['phases']>,
  owner: ArrivalOwner,
): Arrival {
  refuseBounds(context, path, given, ['until', 'for'], 'phases');
  const fromMs = given.from === undefined ? 0 : momentOf(context, [...path, 'from'], given.from, owner);
  const expected = phases.reduce(
    (sum, phase) => sum + (phase.for * (phase.rate + (phase.rampTo ?? phase.rate))) / 2,
    0,
  );
  if (expected > MOST_ARRIVALS) tooMany(context, path, expected);
  if (expected === 0)
    context.error('BS2005', [...path, 'phases'], `${context.name(path)}: nothing ever comes in these phases`);
  return {
    kind: 'phases',
    fromMs,
    count: given.count ?? null,
    phases: phases.map((phase) => ({ forMs: phase.for, ratePerMs: phase.rate, rampToPerMs: phase.rampTo ?? null })),
  };
}

function traceOf(
  context: BuildContext,
  path: Path,
  given: GivenArrival,
  trace: NonNullable<GivenArrival['trace']>,
): Arrival {
  refuseBounds(context, path, given, ['from', 'until', 'for', 'count'], 'trace');
  const atMs = readValues(context, [...path, 'trace'], trace.file, 'ms') ?? new Float64Array(0);
  const scale = 'timeScale' in trace ? (trace.timeScale ?? 1) : 1;
  return { kind: 'trace', atMs: scale === 1 ? atMs : atMs.map((ms) => Math.floor(ms * scale + 0.5)) };
}

function refuseBounds(
  context: BuildContext,
  path: Path,
  given: GivenArrival,
  keys: readonly ('from' | 'until' | 'for' | 'count')[],
  kind: string,
): void {
  for (const key of keys) {
    if (given[key] !== undefined)
      context.error('BS2013', [...path, key], `${context.name(path)}: ${kind} takes no ${key}`);
  }
}

function momentOf(context: BuildContext, path: Path, text: string, owner: ArrivalOwner): number {
  const ms = context.moment(path, text);
  if (!/^\s*\d{4}-/.test(text)) return ms;
  if (owner.originMs === null) {
    context.error(
      'BS2005',
      path,
      `${context.name(path)}: the job comes more than once, so its tasks need times relative to it`,
      'write +2h',
    );
    return 0;
  }
  if (ms < owner.originMs) context.error('BS2005', path, `${context.name(path)} lies before the job is there`);
  return Math.max(0, ms - owner.originMs);
}

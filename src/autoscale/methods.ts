/** The methods of metrics (formula 5): one table, which checker, evaluator and help read. */
import { Complaint } from './complaints.js';
import { SAMPLE_HISTORY_MS, SAMPLE_PERIOD_MS, type SampleSeries } from './inputs.js';
import { timestampOfMs } from './instants.js';
import { params, type Signature } from './signatures.js';
import { TICKS_PER_MS, type TimeInterval, type Value, type ValueType, wholeMs } from './values.js';

/** The samples of a metric that can be read now: rows `from` to `to` (exclusive) of its series. */
export interface History {
  /** The metric's name as the formula writes it. */
  readonly metric: string;
  readonly series: SampleSeries;
  readonly from: number;
  readonly to: number;
}

/** Which samples a call saw. */
export interface SampleUse {
  readonly metric: string;
  readonly series: SampleSeries;
  /** Rows of the series: `from` to `to` (exclusive). */
  readonly from: number;
  readonly to: number;
  /** How many the window could hold, at least 1; may be fractional. For a number of samples, that number. */
  readonly expected: number;
  /** Present of expected, 0 to 100. */
  readonly percent: number;
  /** The share that was needed, 0 to 100; null where any would do. */
  readonly wantedPercent: number | null;
}

/** What a method may use beside its arguments. */
export interface MethodContext {
  /** The evaluation time in ticks of 100 ns. */
  readonly nowTicks: bigint;
  readonly defaultSamplePercent: number;
  /** Told of each use of samples; null where nobody listens. */
  readonly note: ((use: SampleUse) => void) | null;
}

/** One way to call a method. */
export interface MethodOverload extends Signature {
  readonly call: (history: History, args: readonly Value[], context: MethodContext) => Value;
}

/** A method: its name, its signatures and one line of help. */
export interface Method {
  readonly name: string;
  readonly doc: string;
  readonly overloads: readonly MethodOverload[];
}

/** The methods by name. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    {
      name: 'GetSample',
      doc: 'the newest samples, or those of a window, oldest first',
      overloads: [
        overload('double count', 'doubleVec', newest),
        overload('bound start', 'doubleVec', windowOf),
        overload('bound start, double samplePercent', 'doubleVec', windowOf),
        overload('bound start, bound end', 'doubleVec', windowOf),
        overload('bound start, bound end, double samplePercent', 'doubleVec', windowOf),
      ],
    },
    {
      name: 'GetSamplePercent',
      doc: 'the share of the samples of a window that is there, 0 to 100',
      overloads: [
        overload('bound start', 'double', percentOf),
        overload('bound start, bound end', 'double', percentOf),
      ],
    },
    {
      name: 'GetSamplePeriod',
      doc: 'the time between two samples',
      overloads: [overload('', 'timeinterval', () => SAMPLE_PERIOD)],
    },
    {
      name: 'Count',
      doc: 'the number of samples in the history',
      overloads: [overload('', 'double', ({ from, to }) => to - from)],
    },
    {
      name: 'HistoryBeginTime',
      doc: 'the time of the oldest sample',
      overloads: [overload('', 'timestamp', historyBegin)],
    },
  ].map((method) => [method.name, method]),
);

/** What of a series can be read: no older than the history, no newer than the delay allows. Times in ms since 1970. */
export function historyOf(metric: string, series: SampleSeries, nowMs: number, delayMs: number): History {
  const to = firstAfter(series.times, nowMs - delayMs);
  return { metric, series, from: Math.min(to, firstAfter(series.times, nowMs - SAMPLE_HISTORY_MS - 1)), to };
}

/** The complaint about missing samples, worded as the service words it (formula 6.5). */
export function insufficientData(metric: string, wantedPercent: number, percent: number): Complaint {
  return new Complaint(
    'BS3021',
    `Insufficient data from data set: ${metric} wanted ${wantedPercent}%, received ${percent}%`,
    'guard it: GetSamplePercent(window) < 70 ? fallback : GetSample(window)',
  );
}

const SAMPLE_PERIOD: TimeInterval = { type: 'timeinterval', ticks: BigInt(SAMPLE_PERIOD_MS) * TICKS_PER_MS };
const TICKS_PER_PERIOD = Number(SAMPLE_PERIOD.ticks);

function overload(list: string, result: ValueType, call: MethodOverload['call']): MethodOverload {
  return { params: params(list), result, call };
}

/** The newest samples whatever their age; fewer where there are fewer, never an error (formula 5.2). */
function newest({ metric, series, from, to }: History, [count]: readonly Value[], { note }: MethodContext): Value {
  const wanted = Math.max(0, Math.trunc(count as number)) || 0; // not a number asks for none
  const first = Math.max(from, to - wanted);
  if (note !== null) {
    const percent = wanted === 0 ? 100 : Math.min(100, (100 * (to - first)) / wanted);
    note({ metric, series, from: first, to, expected: wanted, percent, wantedPercent: null });
  }
  return valuesOf(series, first, to);
}

function windowOf(history: History, args: readonly Value[], context: MethodContext): Value {
  const last = args[args.length - 1];
  const wantedPercent = typeof last === 'number' ? last : context.defaultSamplePercent;
  const use = useOf(history, args, wantedPercent, context);
  if (use.percent < wantedPercent) throw insufficientData(history.metric, wantedPercent, use.percent);
  return valuesOf(use.series, use.from, use.to);
}

function percentOf(history: History, args: readonly Value[], context: MethodContext): Value {
  return useOf(history, args, null, context).percent;
}

/**
 * The samples with older bound < t <= newer bound, whichever was written first; one bound alone reaches to now
 * (formula 5.3 to 5.5).
 */
function useOf(
  history: History,
  args: readonly Value[],
  wantedPercent: number | null,
  context: MethodContext,
): SampleUse {
  const { metric, series, from, to } = history;
  const one = boundTicks(args[0], context.nowTicks);
  const other = boundTicks(args[1], context.nowTicks);
  const [older, newer] = one < other ? [one, other] : [other, one];
  const first = Math.max(from, Math.min(to, firstAfter(series.times, wholeMs(older))));
  const end = Math.max(first, Math.min(to, firstAfter(series.times, wholeMs(newer))));
  const expected = Math.max(1, Number(newer - older) / TICKS_PER_PERIOD);
  const percent = Math.min(100, (100 * (end - first)) / expected);
  const use = { metric, series, from: first, to: end, expected, percent, wantedPercent };
  if (context.note !== null) context.note(use);
  return use;
}

/** An interval looks back from now, a timestamp stands for itself; where no bound stands, now. */
function boundTicks(bound: Value | undefined, nowTicks: bigint): bigint {
  if (typeof bound !== 'object' || !('ticks' in bound)) return nowTicks;
  return bound.type === 'timeinterval' ? nowTicks - bound.ticks : bound.ticks;
}

function historyBegin({ metric, series, from, to }: History, _: readonly Value[], context: MethodContext): Value {
  if (from === to) throw insufficientData(metric, context.defaultSamplePercent, 0);
  return timestampOfMs(series.times[from] as number);
}

/** The first row that is later than a time, by halving. Mostly it is the end: nothing is later than now. */
function firstAfter(times: ArrayLike<number>, atMs: number): number {
  let low = 0;
  let high = times.length;
  if (high > 0 && (times[high - 1] as number) <= atMs) return high;
  if (high > 0 && (times[0] as number) > atMs) return 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function valuesOf(series: SampleSeries, from: number, to: number): readonly number[] {
  const values: number[] = [];
  for (let row = from; row < to; row++) values.push(series.values[row] as number);
  return values;
}

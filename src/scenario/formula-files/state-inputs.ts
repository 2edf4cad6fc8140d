/** A state as written → the inputs of an evaluation. */
import { type FormulaInputs, SAMPLE_HISTORY_MS, SAMPLE_PERIOD_MS, type SampleSeries } from '../../autoscale/index.js';
import { assert, namedStream, ok, parseInstant, parseMoment, type Result } from '../../base/index.js';
import { DEFAULT_EPOCH_MS } from '../../model/index.js';
import type { GivenSeries, GivenState } from './state.js';

/** Reads a time of a state, as ms since 1970; `startMs` is what it counts from. */
export function readStateMoment(text: string, startMs: number): Result<number, string> {
  if (/^\d{4}-/.test(text.trim())) return parseInstant(text);
  const offset = parseMoment(text, 0);
  return offset.ok ? ok(startMs + offset.value) : offset;
}

function momentMs(text: string, startMs: number): number {
  const read = readStateMoment(text, startMs);
  assert(read.ok, 'times of a state are checked when it is read');
  return read.value;
}

/** What the times of a state count from, in ms since 1970. */
export function startMsOf({ start }: GivenState): number {
  return start === undefined ? DEFAULT_EPOCH_MS : momentMs(start, 0);
}

/**
 * What a formula sees of a state. `at`: when it is evaluated; else the state's own `now`, else at its newest sample, else
 * at its start.
 */
export function stateInputs(given: GivenState, at: string | null = null): FormulaInputs {
  const startMs = startMsOf(given);
  const metrics = seriesOf(given);
  const written = at ?? given.now ?? null;
  const nowMs = written === null ? newestMs(metrics, startMs) : momentMs(written, startMs);
  const samples = new Map([...metrics].map(([name, series]) => [name, samplesOf(series, startMs, nowMs)]));
  const present = (name: string) => newestValue(samples.get(name), nowMs);
  return {
    nowMs,
    targetDedicatedNodes: given.TargetDedicatedNodes ?? 0,
    targetLowPriorityNodes: given.TargetLowPriorityNodes ?? 0,
    currentDedicatedNodes: present('$CurrentDedicatedNodes') ?? 0,
    currentLowPriorityNodes: present('$CurrentLowPriorityNodes') ?? 0,
    taskSlotsPerNode: given.taskSlotsPerNode ?? present('$TaskSlotsPerNode') ?? 1,
    samples,
    random: namedStream(given.seed ?? 1, 'formula state'),
    ...(given.sampleDelay === undefined ? {} : { sampleDelayMs: given.sampleDelay }),
  };
}

/** Keys of a state that are no metrics. */
const SETTINGS = ['start', 'now', 'TargetDedicatedNodes', 'TargetLowPriorityNodes', 'taskSlotsPerNode', 'sampleDelay'];

/** The metrics by their names, each with its `$`. */
function seriesOf(given: GivenState): ReadonlyMap<string, GivenSeries> {
  const metrics = Object.entries(given).filter(([key]) => key !== 'seed' && !SETTINGS.includes(key));
  return new Map(
    metrics.map(([key, series]) => {
      const name = key.startsWith('$') ? key : `$${key}`;
      return [name === '$CurrentDedicated' ? '$CurrentDedicatedNodes' : name, series as GivenSeries];
    }),
  );
}

function newestMs(metrics: ReadonlyMap<string, GivenSeries>, startMs: number): number {
  let newest = startMs;
  for (const series of metrics.values()) {
    if (typeof series === 'number') continue;
    for (const atMs of Array.isArray(series)
      ? series.map(([at]) => momentMs(at, startMs))
      : runTimes(series, startMs)) {
      newest = Math.max(newest, atMs);
    }
  }
  return newest;
}

type Run = Exclude<GivenSeries, number | readonly unknown[]>;

/** The times of values at equal distances; where no first one is given, they begin at the start. */
function runTimes({ values, from, every }: Run, startMs: number): readonly number[] {
  const firstMs = from === undefined ? startMs : momentMs(from, startMs);
  return values.map((_, index) => firstMs + index * (every ?? SAMPLE_PERIOD_MS));
}

function samplesOf(series: GivenSeries, startMs: number, nowMs: number): SampleSeries {
  if (typeof series === 'number') return steady(series, nowMs);
  if (!Array.isArray(series)) return { times: runTimes(series, startMs), values: series.values };
  const rows = series.map(([at, value]) => ({ atMs: momentMs(at, startMs), value }));
  rows.sort((a, b) => a.atMs - b.atMs);
  return { times: rows.map(({ atMs }) => atMs), values: rows.map(({ value }) => value) };
}

/** The same value in every sample that history keeps, the newest one of now. */
function steady(value: number, nowMs: number): SampleSeries {
  const count = SAMPLE_HISTORY_MS / SAMPLE_PERIOD_MS + 1;
  const times = new Float64Array(count);
  for (let row = 0; row < count; row++) times[row] = nowMs - (count - 1 - row) * SAMPLE_PERIOD_MS;
  return { times, values: new Float64Array(count).fill(value) };
}

function newestValue(series: SampleSeries | undefined, nowMs: number): number | null {
  let newest: number | null = null;
  for (let row = 0; series !== undefined && row < series.times.length; row++) {
    if ((series.times[row] as number) <= nowMs) newest = series.values[row] as number;
  }
  return newest;
}

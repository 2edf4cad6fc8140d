/** Values, samples and times of formulas as a person reads them, and as JSON. Pure. */
import { isVector, type SampleTrace, typeOf, type Value, valueText } from '../../autoscale/index.js';

/** More numbers than this are not shown one by one. */
const MOST_RUNS = 12;

/** A value as it would be written in a formula, or as near to that as can be. */
export function shownValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return isVector(value) ? `[${numbersText(value)}]` : valueText(value);
}

/** Numbers in order; equal neighbours are counted, and of many the middle is left out. */
export function numbersText(numbers: readonly number[]): string {
  const runs: { readonly value: number; count: number }[] = [];
  for (const value of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && Object.is(last.value, value)) last.count += 1;
    else runs.push({ value, count: 1 });
  }
  const texts = runs.map(({ value, count }) =>
    count > 2 ? `${value} x${count}` : Array(count).fill(value).join(', '),
  );
  const half = MOST_RUNS / 2;
  if (texts.length <= MOST_RUNS) return texts.join(', ');
  return [...texts.slice(0, half), '...', ...texts.slice(-half)].join(', ');
}

/** `12:30:00`: the time of day of ms since 1970, UTC. */
export function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** What a call saw: `6 of 6 samples (needs 10 %), 12:27:30 to 12:30:00: 4 x5, 6`. */
export function samplesText({ present, expected, percent, wantedPercent, times, values }: SampleTrace): string {
  const needs = wantedPercent === null ? '' : `, needs ${figure(wantedPercent)} %`;
  const share = `${present} of ${figure(expected)} samples (${figure(percent)} %${needs})`;
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return share;
  const when = first === last ? clockText(first) : `${clockText(first)} to ${clockText(last)}`;
  return `${share}, ${when}: ${numbersText(values)}`;
}

/** At most two decimals. */
function figure(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A value for programs: its type, and a number, numbers, or the text that the service would print. */
export function valueDocument(value: Value): unknown {
  const type = typeOf(value);
  if (typeof value === 'number') return { type, value: jsonNumber(value) };
  return { type, value: isVector(value) ? value.map(jsonNumber) : valueText(value) };
}

/** JSON has no infinities and no "not a number". */
function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

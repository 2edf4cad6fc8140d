/** Figures over many values, and rounding that keeps sums. */

/** Mean and percentiles of times in seconds; every figure null where there is no value. */
export interface TimeStatistics {
  /** How many values there are. */
  readonly count: number;
  readonly sum: number;
  readonly mean: number | null;
  /** Percentiles by nearest rank: the smallest value that at least so many percent of the values do not exceed. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/**
 * Statistics of whole milliseconds, given in seconds (mean with 6 decimals, the rest exact). Reorders `valuesMs`.
 */
export function timeStatistics(valuesMs: Float64Array): TimeStatistics {
  const count = valuesMs.length;
  if (count === 0) return { count, sum: 0, mean: null, p50: null, p90: null, p95: null, p99: null, max: null };
  let sumMs = 0;
  let maxMs = valuesMs[0] as number;
  for (let i = 0; i < count; i++) {
    const value = valuesMs[i] as number;
    sumMs += value;
    if (value > maxMs) maxMs = value;
  }
  return {
    count,
    sum: sumMs / 1000,
    mean: roundTo(sumMs / 1000 / count, 6),
    p50: percentile(valuesMs, 50) / 1000,
    p90: percentile(valuesMs, 90) / 1000,
    p95: percentile(valuesMs, 95) / 1000,
    p99: percentile(valuesMs, 99) / 1000,
    max: maxMs / 1000,
  };
}

/**
 * Percentile by nearest rank: of n values in order, the one at place ceil(percent / 100 × n), counted from 1.
 * Reorders `values` (of which there must be at least one); takes time in proportion to their number.
 */
export function percentile(values: Float64Array, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * values.length) / 100));
  return selectRank(values, rank - 1);
}

/** Quickselect after Hoare: leaves `values[place]` as it would be in order. Middle pivots, so sorted input is easy. */
function selectRank(values: Float64Array, place: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low] as number, values[(low + high) >>> 1] as number, values[high] as number);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const held = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = held;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place] as number;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** A number with at most so many decimals (of 9); the same on every machine. */
export function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/**
 * Rounds parts so that they still sum to the rounded whole: each is rounded down, and what is then missing goes to the
 * parts with the largest remainders, earlier ones first (the method of largest remainders). No part may be negative.
 * @param total the sum of the parts, as the caller prints it: already rounded to as many decimals
 */
export function roundParts(parts: readonly number[], total: number, decimals: number): number[] {
  const scale = 10 ** decimals;
  const units = parts.map((part) => Math.floor(part * scale));
  const remainders = parts.map((part, i) => part * scale - (units[i] as number));
  const order = parts.map((_, i) => i).sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  let missing = Math.round(total * scale) - units.reduce((sum, unit) => sum + unit, 0);
  for (const i of order) {
    if (missing <= 0) break;
    units[i]! += 1;
    missing -= 1;
  }
  return units.map((unit) => roundTo(unit / scale, decimals));
}

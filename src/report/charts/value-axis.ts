/** Marks of the upright axis, and how values are written beside them. */
import { scaleLinear } from 'd3-scale';
import { formatDuration } from '../../base/index.js';

/** What a value is. */
export type ChartUnit = 'count' | 'usd' | 'duration' | 'share';

/** The first readable value at or above the highest, in so many steps; 1 where there is nothing above 0. */
export function topOf(highest: number, unit: ChartUnit, steps = 4): number {
  if (!(highest > 0)) return 1;
  if (unit === 'share') return 1;
  if (unit === 'duration') return durationTop(highest, steps);
  const top = scaleLinear().domain([0, highest]).nice(steps).domain()[1] as number;
  return unit === 'count' ? Math.max(top, 1) : top;
}

/** Marks from 0 to the top. Counts have none between whole numbers. */
export function valueTicks(top: number, unit: ChartUnit, steps = 4): readonly number[] {
  if (unit === 'duration') {
    const stepMs = durationStep(top, steps);
    return Array.from({ length: Math.floor(top / stepMs) + 1 }, (_, i) => i * stepMs);
  }
  const ticks = scaleLinear().domain([0, top]).ticks(steps);
  return unit === 'count' ? ticks.filter(Number.isInteger) : ticks;
}

/** A value beside its mark; `top` decides how fine it is. */
export function valueLabel(value: number, top: number, unit: ChartUnit): string {
  switch (unit) {
    case 'duration':
      return value === 0 ? '0' : formatDuration(value);
    case 'share':
      return `${Math.round(value * 100)}%`;
    case 'usd':
      return `$${short(value, decimalsOf(top))}`;
    default:
      return short(value, 0);
  }
}

/** So many decimals that marks below the top differ. */
function decimalsOf(top: number): number {
  if (top >= 8) return 0;
  let decimals = 2;
  for (let scaled = top; scaled < 0.2 && decimals < 9; scaled *= 10) decimals += 1;
  return decimals;
}

function short(value: number, decimals: number): string {
  if (value >= 1e6) return `${trimmed(value / 1e6)}M`;
  if (value >= 1e4) return `${trimmed(value / 1e3)}k`;
  return value.toFixed(decimals);
}

function trimmed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DURATION_STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].map((n) => n * SECOND_MS),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((n) => n * HOUR_MS),
];

function durationStep(highest: number, steps: number): number {
  const nice = DURATION_STEPS_MS.find((stepMs) => stepMs * steps >= highest);
  return nice ?? (DURATION_STEPS_MS.at(-1) as number) * Math.ceil(highest / steps / (168 * HOUR_MS));
}

function durationTop(highest: number, steps: number): number {
  const stepMs = durationStep(highest, steps);
  return Math.ceil(highest / stepMs) * stepMs;
}

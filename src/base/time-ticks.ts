/** Where a time axis has its marks, and what stands beside them: simulated time, from seconds to years. */

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Distances at which a reader expects marks, in ms, ascending. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * DAY_MS),
];

/** Up to so long moments are hours and minutes, as they are typed after `--at`; beyond, days. As `formatDuration` does. */
const LONGEST_IN_HOURS_MS = 48 * HOUR_MS;

/** One mark of a time axis. */
export interface TimeTick {
  /** From the start of the run, in ms. */
  readonly atMs: number;
  /** `0:30`, `0:00:15`, `3d`, `3d 12h`. */
  readonly label: string;
}

/** At most `most` marks (at least 1) from one moment to another, at whole multiples of a readable distance. */
export function timeTicks(fromMs: number, toMs: number, most: number): readonly TimeTick[] {
  const stepMs = stepOf(toMs - fromMs, most);
  const ticks: TimeTick[] = [];
  for (let count = Math.ceil(fromMs / stepMs); count * stepMs <= toMs && ticks.length < most; count++) {
    const atMs = count * stepMs;
    ticks.push({ atMs, label: labelOf(atMs, stepMs, toMs) });
  }
  return ticks;
}

/** The shortest distance that leaves so few marks, both ends counted. */
function stepOf(spanMs: number, most: number): number {
  const fits = (stepMs: number) => Math.floor(spanMs / stepMs) + 1 <= most;
  const nice = STEPS_MS.find(fits);
  if (nice !== undefined) return nice;
  let stepMs = STEPS_MS.at(-1) as number;
  while (!fits(stepMs) && stepMs < spanMs) stepMs *= 2;
  return stepMs;
}

function labelOf(atMs: number, stepMs: number, toMs: number): string {
  if (toMs > LONGEST_IN_HOURS_MS) {
    const days = Math.floor(atMs / DAY_MS);
    const hours = Math.floor((atMs % DAY_MS) / HOUR_MS);
    return `${days}d${hours === 0 ? '' : ` ${hours}h`}`;
  }
  const two = (count: number) => String(count).padStart(2, '0');
  const head = `${Math.floor(atMs / HOUR_MS)}:${two(Math.floor((atMs % HOUR_MS) / MINUTE_MS))}`;
  return stepMs < MINUTE_MS ? `${head}:${two(Math.floor((atMs % MINUTE_MS) / SECOND_MS))}` : head;
}

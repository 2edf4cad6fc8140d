/** Plain words for what formulas are about: lengths of time, metrics, places in an order, lists. */
import { TICKS_PER_MS } from '../values.js';
import { SERVICE_VARIABLES } from '../variables.js';

const UNITS: readonly (readonly [name: string, ticks: bigint])[] = [
  ['day', 86_400_000n * TICKS_PER_MS],
  ['hour', 3_600_000n * TICKS_PER_MS],
  ['minute', 60_000n * TICKS_PER_MS],
  ['second', 1000n * TICKS_PER_MS],
  ['millisecond', TICKS_PER_MS],
];

/** `15 minutes`, `1 hour`: in the largest unit that leaves a whole number. `ticks` are units of 100 ns. */
export function lengthText(ticks: bigint): string {
  if (ticks === 0n) return 'no time at all';
  if (ticks < 0n) return `minus ${lengthText(-ticks)}`;
  for (const [name, unit] of UNITS) {
    if (ticks % unit === 0n) return `${ticks / unit} ${name}${ticks === unit ? '' : 's'}`;
  }
  return `${ticks} times 100 ns`;
}

/** `the last 15 minutes`, `the last hour`. */
export function lastText(ticks: bigint): string {
  return `the last ${lengthText(ticks).replace(/^1 /, '')}`;
}

const METRIC_NOUNS: Readonly<Record<string, string>> = {
  $PendingTasks: 'pending tasks',
  $ActiveTasks: 'active tasks',
  $RunningTasks: 'running tasks',
  $SucceededTasks: 'succeeded tasks',
  $FailedTasks: 'failed tasks',
  $CurrentDedicatedNodes: 'present dedicated nodes',
  $CurrentLowPriorityNodes: 'present spot nodes',
  $PreemptedNodeCount: 'preempted nodes',
  $UsableNodeCount: 'usable nodes',
  $TaskSlotsPerNode: 'task slots of a node',
};

/** What a metric counts: `pending tasks`. One that counts nothing keeps its name. */
export function metricNoun(name: string): string {
  const variable = SERVICE_VARIABLES.get(name);
  return METRIC_NOUNS[variable?.kind === 'metric' ? variable.samplesOf : name] ?? name;
}

/** Whether the metric counts something, so that one may speak of its number. */
export function isCounted(name: string): boolean {
  return metricNoun(name) !== name;
}

/** `95th`, `1st`. */
export function ordinal(value: number): string {
  const last = Math.abs(value) % 10;
  const isTeen = Math.floor(Math.abs(value) / 10) % 10 === 1;
  if (!Number.isInteger(value) || isTeen || last === 0 || last > 3) return `${value}th`;
  return `${value}${['st', 'nd', 'rd'][last - 1] ?? 'th'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** Values of formulas (formula 2.1): what there is, how its type is called, and how it is printed (formula 6.7). */

/** The words that say what becomes of running tasks when a pool shrinks (ASC-06). */
export const DEALLOCATION_OPTIONS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata'] as const;
export type DeallocationOption = (typeof DEALLOCATION_OPTIONS)[number];

/** A point in time. */
export interface Timestamp {
  readonly type: 'timestamp';
  /** In units of 100 ns since 1970, UTC. A double would lose such units for present dates. */
  readonly ticks: bigint;
}

/** A length of time, possibly negative. */
export interface TimeInterval {
  readonly type: 'timeinterval';
  /** In units of 100 ns. */
  readonly ticks: bigint;
}

/** One of the four words as a value. */
export interface OptionWord {
  readonly type: 'option';
  readonly word: DeallocationOption;
}

/** What the value of each type looks like. There is no boolean: 0 is false, any other double true. */
export interface ValueOf {
  readonly double: number;
  readonly doubleVec: readonly number[];
  readonly string: string;
  readonly timestamp: Timestamp;
  readonly timeinterval: TimeInterval;
  readonly option: OptionWord;
}

/** The name of a type. */
export type ValueType = keyof ValueOf;

/** Any value of a formula. */
export type Value = ValueOf[ValueType];

/** The type of a value. */
export function typeOf(value: Value): ValueType {
  if (typeof value === 'number') return 'double';
  if (typeof value === 'string') return 'string';
  return isVector(value) ? 'doubleVec' : value.type;
}

/** Whether the value is a vector. */
export function isVector(value: Value): value is readonly number[] {
  return Array.isArray(value);
}

/** A value as the service prints it in `results` (formula 6.7, ASC-05). */
export function valueText(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  if (isVector(value)) return `[${value.join(',')}]`;
  switch (value.type) {
    case 'option':
      return value.word;
    case 'timestamp':
      return new Date(wholeMs(value.ticks)).toISOString();
    case 'timeinterval':
      return intervalText(value.ticks);
  }
}

/** Ticks of 100 ns in a millisecond. */
export const TICKS_PER_MS = 10_000n;

/** The last whole millisecond at or before a number of ticks, in ms. */
export function wholeMs(ticks: bigint): number {
  const ms = ticks / TICKS_PER_MS;
  return Number(ms * TICKS_PER_MS > ticks ? ms - 1n : ms);
}

const TICKS_PER_SECOND = 10_000_000n;

/** `[-][d.]hh:mm:ss[.fffffff]`. */
function intervalText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const fraction = size % TICKS_PER_SECOND;
  const seconds = size / TICKS_PER_SECOND;
  const days = seconds / 86_400n;
  const clock = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n].map((part) => padded(part, 2));
  const parts = [ticks < 0n ? '-' : '', days > 0n ? `${days}.` : '', clock.join(':')];
  if (fraction > 0n) parts.push(`.${padded(fraction, 7)}`);
  return parts.join('');
}

function padded(count: bigint, width: number): string {
  return String(count).padStart(width, '0');
}

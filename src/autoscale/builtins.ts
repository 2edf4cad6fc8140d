/**
 * The functions (formula 3): one table, which checker, evaluator and help read. Logarithms come from base, because
 * those of engines differ in their last bit.
 */
import { ln, type UniformSource } from '../base/index.js';
import { Complaint, notATime } from './complaints.js';
import { parseTime } from './instants.js';
import { flattened, params, type Signature } from './signatures.js';
import type { Timestamp, Value, ValueType } from './values.js';

/** What a function may use beside its arguments. */
export interface CallContext {
  /** The evaluation time. */
  readonly now: Timestamp;
  /** Where `rand()` draws. */
  readonly random: UniformSource;
}

/** One way to call a function, and what then happens. */
export interface Overload extends Signature {
  readonly call: (args: readonly Value[], context: CallContext) => Value;
}

/** A function: its name, its signatures and one line of help. */
export interface Builtin {
  readonly name: string;
  readonly doc: string;
  readonly overloads: readonly Overload[];
}

/** Thrown by `stop()`; the evaluator ends the run well when it catches it. */
export const STOP: unique symbol = Symbol('stop');

/** The functions by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = table([
  ofList('avg', 'the mean; an empty list is an error', (list) => sum(filled('avg', list)) / list.length),
  ofEach('ceil', 'the next integer above', Math.ceil),
  ofEach('floor', 'the next integer below', Math.floor),
  ofList('len', 'the number of elements', (list) => list.length),
  ofEach('lg', 'logarithm to base 2', (x) => logarithm(x, Math.LN2, 2)),
  ofEach('ln', 'natural logarithm', ln),
  ofEach('log', 'logarithm to base 10', (x) => logarithm(x, Math.LN10, 10)),
  ofList('max', 'the greatest; an empty list is an error', (list) => highest(filled('max', list))),
  ofList('min', 'the least; an empty list is an error', (list) => lowest(filled('min', list))),
  ofList('norm', 'the two-norm: root of the sum of squares', (list) => Math.sqrt(sum(list.map((x) => x * x)))),
  fn('percentile', 'doubleVec v, double p', 'double', 'the p-th percentile, 0 to 100, by nearest rank', (args) =>
    percentile(args[0] as readonly number[], args[1] as number),
  ),
  fn('rand', '', 'double', 'a random number from 0.0 to 1.0', (_, { random }) => random.next()),
  ofList('range', 'greatest less least; an empty list is an error', (list) => {
    return highest(filled('range', list)) - lowest(list);
  }),
  ofEach('round', 'the nearest integer, halves away from zero', round),
  ofList('std', 'sample standard deviation; 0 of fewer than two elements', std),
  fn('stop', '', 'none', 'ends the evaluation; what was assigned stands', () => {
    throw STOP;
  }),
  ofList('sum', 'the sum', sum),
  {
    name: 'time',
    doc: 'the time of the evaluation, or of a text (W3C-DTF or RFC 1123), in UTC',
    overloads: [
      { params: [], result: 'timestamp', call: (_, { now }) => now },
      { params: params('string text'), result: 'timestamp', call: ([text], { now }) => time(text as string, now) },
    ],
  },
  fn('val', 'doubleVec v, double i', 'double', 'the i-th element, counted from 0', (args) =>
    elementAt(args[0] as readonly number[], args[1] as number),
  ),
]);

function table(rows: readonly Builtin[]): ReadonlyMap<string, Builtin> {
  return new Map(rows.map((row) => [row.name, row]));
}

function fn(name: string, list: string, result: ValueType | 'none', doc: string, call: Overload['call']): Builtin {
  return { name, doc, overloads: [{ params: params(list), result, call }] };
}

/** A function from a list to a number. */
function ofList(name: string, doc: string, compute: (list: readonly number[]) => number): Builtin {
  return fn(name, 'list values', 'double', doc, (args) => compute(flattened(args)));
}

/** A function of a number, and component by component of a list. */
function ofEach(name: string, doc: string, compute: (x: number) => number): Builtin {
  const ofOne: Overload = { params: params('double x'), result: 'double', call: ([x]) => compute(x as number) };
  const ofMany: Overload = {
    params: params('list values'),
    result: 'doubleVec',
    call: (args) => flattened(args).map((x) => compute(x)),
  };
  return { name, doc, overloads: [ofOne, ofMany] };
}

function filled(name: string, list: readonly number[]): readonly number[] {
  if (list.length > 0) return list;
  throw new Complaint('BS3022', `${name} of an empty list has no value`, `give it a last resort: ${name}(0, v)`);
}

function sum(list: readonly number[]): number {
  let total = 0;
  for (const x of list) total += x;
  return total;
}

/** Loops, for a vector may be too long to be spread into arguments. */
function highest(list: readonly number[]): number {
  return list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function lowest(list: readonly number[]): number {
  return list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function std(list: readonly number[]): number {
  if (list.length < 2) return 0;
  const mean = sum(list) / list.length;
  return Math.sqrt(sum(list.map((x) => (x - mean) * (x - mean))) / (list.length - 1));
}

/** Nearest rank: an element of the vector, never a value between two. */
function percentile(vector: readonly number[], p: number): number {
  if (!(p >= 0 && p <= 100)) {
    throw new Complaint('BS3023', `a percentile lies from 0 to 100, not at ${p}`, 'correct the number');
  }
  const sorted = [...filled('percentile', vector)].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p * sorted.length) / 100) - 1)] as number;
}

function elementAt(vector: readonly number[], index: number): number {
  const element = vector[Math.trunc(index)];
  if (element !== undefined) return element;
  const what = vector.length === 0 ? 'an empty vector' : `a vector with elements 0 to ${vector.length - 1}`;
  throw new Complaint('BS3023', `there is no element ${index} in ${what}`, 'ask len(v) first');
}

function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** A logarithm to a whole base, exact for its powers: a target is truncated, and 2.999… would lose a node. */
function logarithm(x: number, lnOfBase: number, base: 2 | 10): number {
  const approximate = ln(x) / lnOfBase;
  const whole = Math.round(approximate);
  if (!Number.isFinite(whole) || Math.abs(approximate - whole) > 1e-9) return approximate;
  return power(base, whole) === x ? whole : approximate;
}

function power(base: 2 | 10, exponent: number): number {
  if (base === 10) return Number(`1e${exponent}`); // reading a decimal is rounded correctly everywhere
  let result = 1;
  for (let i = 0; i < Math.abs(exponent); i++) result = exponent > 0 ? result * 2 : result / 2;
  return result;
}

function time(text: string, now: Timestamp): Timestamp {
  if (text === '') return now;
  const parsed = parseTime(text);
  if (parsed === null) throw notATime(text);
  return parsed;
}

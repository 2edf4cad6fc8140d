/** Calls of a metric's methods in words. */
import type { Expr, MethodExpr } from '../ast.js';
import type { Subject } from '../lints/subject.js';
import { includes } from '../types.js';
import { isCounted, lastText, lengthText, metricNoun } from './words.js';

/** Which samples a GetSample or GetSamplePercent asks for. */
export interface SampleChoice {
  /** `pending tasks`. */
  readonly noun: string;
  readonly isCounted: boolean;
  /** How many of the newest; null for a window. */
  readonly newest: number | string | null;
  /** `over the last 15 minutes`, of a window. */
  readonly when: string;
  /** What share of them must be there, as written; null where the formula does not say. */
  readonly share: string | null;
}

/** Reads the arguments. `words` tells any expression. */
export function sampleChoice(subject: Subject, call: MethodExpr, words: (expr: Expr) => string): SampleChoice {
  const name = call.object.kind === 'name' ? call.object.name : '';
  const about = { noun: metricNoun(name), isCounted: isCounted(name) };
  const bounds = call.args.filter((arg) => subject.isBound(arg));
  if (bounds.length === 0) {
    const [count] = call.args;
    const fixed = count === undefined ? null : subject.constantOf(count);
    const newest = typeof fixed === 'number' ? fixed : count === undefined ? 0 : words(count);
    return { ...about, newest, when: '', share: null };
  }
  const last = call.args[call.args.length - 1];
  const share = last === undefined || subject.isBound(last) ? null : words(last);
  return { ...about, newest: null, when: windowText(subject, bounds, words), share };
}

/** `the samples of pending tasks over the last 15 minutes`. */
export function samplesText(choice: SampleChoice): string {
  const { noun, newest, when, share } = choice;
  if (newest === 1) return `the newest sample of ${noun}`;
  if (newest !== null) return `the newest ${newest} samples of ${noun}`;
  return `the samples of ${noun} ${when}${share === null ? '' : `, of which at least ${share} % must be there`}`;
}

/** `the number of pending tasks in the newest sample`. */
export function newestText({ noun, isCounted: counted }: SampleChoice): string {
  return counted ? `the newest number of ${noun}` : `the newest ${noun}`;
}

function windowText(subject: Subject, [one, other]: readonly Expr[], words: (expr: Expr) => string): string {
  const [first, second] = [subject.lengthOf(one), subject.lengthOf(other)];
  if (one === undefined) return '';
  if (other === undefined)
    return first === null ? `since ${boundText(subject, one, words)}` : `over ${lastText(first)}`;
  if (first === null || second === null) {
    return `between ${boundText(subject, one, words)} and ${boundText(subject, other, words)}`;
  }
  const [older, newer] = first > second ? [first, second] : [second, first];
  return newer === 0n ? `over ${lastText(older)}` : `from ${lengthText(older)} ago to ${lengthText(newer)} ago`;
}

function boundText(subject: Subject, bound: Expr, words: (expr: Expr) => string): string {
  const length = subject.lengthOf(bound);
  if (length !== null) return length === 0n ? 'now' : `${lengthText(length)} ago`;
  return includes(subject.types.get(bound) ?? 0, 'timeinterval') ? `${words(bound)} ago` : words(bound);
}

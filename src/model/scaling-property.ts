/** What can be asked of the way a pool scales through a whole run. How each is judged, `recording` says. */
import { durationText, err, ok, parseDuration, type Result } from '../base/index.js';

/** A bound that a figure must keep. */
export interface Limit {
  readonly operator: '<' | '<=';
  /** In the figure's own unit; milliseconds for times. */
  readonly value: number;
}

/** One thing that must hold. Times in ms. */
export type ScalingProperty =
  /** The pool has no nodes left, at some moment at most so long after the last of its tasks ended. */
  | { readonly kind: 'reachesZeroWithin'; readonly withinMs: number }
  /** Neither its targets nor its nodes, dedicated and spot together, ever exceed this. */
  | { readonly kind: 'neverAbove'; readonly nodes: number }
  /** Its formula never asks for fewer nodes than run tasks at that moment. */
  | { readonly kind: 'neverBelowRunning' }
  /** No shrink by its formula takes a running task from its node. */
  | { readonly kind: 'neverInterrupts' }
  /** How often its formula changes the targets in any 60 minutes. */
  | { readonly kind: 'changesPerHour'; readonly limit: Limit }
  /** The 95th percentile of its tasks' waits, in ms. */
  | { readonly kind: 'p95Wait'; readonly limit: Limit };

/** A property of one kind. */
export type ScalingPropertyOf<K extends ScalingProperty['kind']> = Extract<ScalingProperty, { readonly kind: K }>;

/** Whether a figure keeps a bound. */
export function keeps({ operator, value }: Limit, figure: number): boolean {
  return operator === '<' ? figure < value : figure <= value;
}

/** Reads `< 10m` or `<= 6`; a bare figure may be reached. `read` takes the figure itself. */
export function parseLimit(text: string, read: (figure: string) => Result<number, string>): Result<Limit, string> {
  const [, operator = '', figure = ''] = /^\s*(<=|<)?\s*(.*?)\s*$/.exec(text) ?? [];
  const value = read(figure);
  if (!value.ok) return value;
  return ok({ operator: operator === '<' ? '<' : '<=', value: value.value });
}

/** Reads `20m`, or `20m after last task`, which says the same. In ms. */
export function parseAfterLastTask(text: string): Result<number, string> {
  return parseDuration(text.replace(/\s+after\s+(the\s+)?last\s+task\s*$/i, ''));
}

/** Reads a number that is not negative. */
export function parseFigure(text: string): Result<number, string> {
  return /^\d{1,15}(\.\d{1,9})?$/.test(text) ? ok(Number(text)) : err(`"${text}" is not a number`);
}

/** The property in words: `reachesZeroWithin: 20m after last task`. */
export function propertyText(property: ScalingProperty): string {
  switch (property.kind) {
    case 'reachesZeroWithin':
      return `reachesZeroWithin: ${durationText(property.withinMs)} after last task`;
    case 'neverAbove':
      return `neverAbove: ${property.nodes}`;
    case 'neverBelowRunning':
      return 'neverBelowRunning: true';
    case 'neverInterrupts':
      return 'neverInterrupts: true';
    case 'changesPerHour':
      return `changesPerHour: ${property.limit.operator} ${property.limit.value}`;
    case 'p95Wait':
      return `p95Wait: ${property.limit.operator} ${durationText(property.limit.value)}`;
  }
}

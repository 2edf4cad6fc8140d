/** How samples are asked for: one alone (L5), windows too near (L6), unguarded (L8) or too short (L11). */
import type { ConditionalExpr, Expr, MethodExpr } from '../ast.js';
import { SAMPLE_PERIOD_MS } from '../inputs.js';
import { TICKS_PER_MS } from '../values.js';
import type { Finding } from './lint.js';
import { type Subject, TRAIT } from './subject.js';

/** L5: every sample that the formula sees is the newest one. */
export function singleSample(subject: Subject): readonly Finding[] {
  const calls = subject.callsOf('GetSample');
  const [first] = calls;
  const isOne = ({ args: [count, ...rest] }: MethodExpr) =>
    count !== undefined && rest.length === 0 && subject.constantOf(count) === 1;
  if (first === undefined || !calls.every(isOne)) return [];
  const metric = subject.textOf(first.object);
  const message = 'the newest sample alone decides: one late or unusual value moves the pool';
  const hint = `take the mean of a window where it is there: ${metric}.GetSamplePercent(w) < 70 ? … : avg(${metric}.GetSample(w))`;
  return [{ span: first.span, message, hint }];
}

/** L6: the window lies within the last minute. */
export function windowTooNear(subject: Subject): readonly Finding[] {
  return windows(subject).flatMap(({ call, older }) => {
    if (older > MINUTE) return [];
    const message = 'the window lies in the last minute, whose samples may not be readable yet';
    return [{ span: call.span, message, hint: 'look back further: TimeInterval_Minute * 5' }];
  });
}

/** L11: the window is shorter than the time between two samples. */
export function windowTooShort(subject: Subject): readonly Finding[] {
  return windows(subject).flatMap(({ call, older, newer }) => {
    if (older - newer >= PERIOD) return [];
    const message = 'the window is shorter than the 30 seconds between two samples: mostly it holds none';
    return [{ span: call.span, message, hint: 'take a window of some minutes' }];
  });
}

/** L8: the samples of a window, neither behind a guard nor with a share that will do. */
export function unguardedWindow(subject: Subject): readonly Finding[] {
  const stops = guardedStop(subject);
  return subject.callsOf('GetSample').flatMap((call) => {
    const isWindow = subject.isBound(call.args[0]) && subject.isBound(call.args[call.args.length - 1]);
    if (!isWindow || isGuarded(subject, call) || call.span.start > stops) return [];
    const metric = subject.textOf(call.object);
    const window = call.args.map((arg) => subject.textOf(arg)).join(', ');
    const message = `without samples in this window the evaluation fails, as in a pool's first minutes`;
    const hint = `guard it: ${metric}.GetSamplePercent(${window}) < 70 ? fallback : …, or say which share will do: GetSample(${window}, 50)`;
    return [{ span: call.span, message, hint }];
  });
}

const MINUTE = 60_000n * TICKS_PER_MS;
const PERIOD = BigInt(SAMPLE_PERIOD_MS) * TICKS_PER_MS;

interface Window {
  readonly call: MethodExpr;
  /** How long ago its ends are, in ticks of 100 ns. */
  readonly older: bigint;
  readonly newer: bigint;
}

/** The windows whose ends are known. */
function windows(subject: Subject): readonly Window[] {
  return subject.callsOf('GetSample', 'GetSamplePercent').flatMap((call) => {
    const [start, end] = call.args;
    const one = subject.lengthOf(start);
    const other = subject.isBound(end) ? subject.lengthOf(end) : 0n;
    if (one === null || other === null) return [];
    return [{ call, older: one > other ? one : other, newer: one > other ? other : one }];
  });
}

/** Whether the expression is evaluated only by a condition that asks for the presence of samples. */
function isGuarded(subject: Subject, expr: Expr): boolean {
  for (const [inner, outer] of subject.around(expr)) {
    if (outer.kind === 'conditional' && outer.condition !== inner && asksPresence(subject, outer)) return true;
    const isSecond = outer.kind === 'binary' && outer.right === inner;
    if (isSecond && /^(&&|\|\|)$/.test(outer.operator) && subject.has(outer.left, TRAIT.presence)) return true;
  }
  return false;
}

function asksPresence(subject: Subject, { condition }: ConditionalExpr): boolean {
  return subject.has(condition, TRAIT.presence);
}

/** Where a conditional stands that stops the evaluation for want of samples; whatever follows is guarded by it. */
function guardedStop(subject: Subject): number {
  const stop = subject.exprs.find((expr) => expr.kind === 'call' && expr.name === 'stop' && isGuarded(subject, expr));
  return stop?.span.start ?? Number.POSITIVE_INFINITY;
}

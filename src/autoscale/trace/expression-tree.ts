/** What was seen of an expression → its trace. What is without a value either failed, or was never evaluated. */
import { type BinaryExpr, type ConditionalExpr, type Expr, leftSpine } from '../ast.js';
import { BUILTINS } from '../builtins.js';
import { isMetric } from '../checker.js';
import { METHODS, type SampleUse } from '../methods.js';
import { printExpression } from '../printer.js';
import type { ChoiceTrace, ExpressionTrace, SampleTrace, Sightings } from './form.js';

/** The trace of an expression. `isReached`: the run came as far as to begin it. */
export function expressionTree(expr: Expr, seen: Sightings, isReached: boolean): ExpressionTrace {
  if (expr.kind === 'binary') return binaryTree(expr, seen, isReached);
  const parts = inOrder(partsOf(expr), seen, isReached);
  if (expr.kind !== 'conditional') return node(expr, seen, isReached, parts, null);
  const choice = branchOf(expr, seen);
  return node(expr, seen, isReached, conditionalParts(expr, choice, seen, isReached), choice);
}

/** What is evaluated before the expression itself, in that order. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return BUILTINS.has(expr.name) ? expr.args : [];
    case 'method':
      if (!isMetric(expr.object)) return [expr.object];
      return METHODS.has(expr.method) ? expr.args : [];
    case 'member':
      return isMetric(expr.object) ? [] : [expr.object];
    case 'unary':
      return [expr.operand];
    default:
      return [];
  }
}

/** From left to right: after the first part without a value nothing was evaluated. */
function inOrder(exprs: readonly Expr[], seen: Sightings, isReached: boolean): readonly ExpressionTrace[] {
  let reached = isReached;
  return exprs.map((expr) => {
    const trace = expressionTree(expr, seen, reached);
    reached &&= trace.outcome === 'value';
    return trace;
  });
}

/** A longer chain of operators shows its operands and its end, and not every sum on the way: they would fill pages. */
const LONGEST_CHAIN = 50;

/** The operands of a chain from left to right: `1 + 1 + ... + 1` may be thousands deep on the left. */
function binaryTree(expr: BinaryExpr, seen: Sightings, isReached: boolean): ExpressionTrace {
  const spine = leftSpine(expr);
  const first = (spine[0] as BinaryExpr).left;
  if (spine.length > LONGEST_CHAIN) return longChain(expr, first, spine, seen, isReached);
  let left = expressionTree(first, seen, isReached);
  for (const part of spine) {
    const choice = decisionOf(part, left);
    const right = expressionTree(part.right, seen, isReached && left.outcome === 'value' && choice === null);
    left = node(part, seen, isReached, [left, right], choice);
  }
  return left;
}

function longChain(
  expr: BinaryExpr,
  first: Expr,
  spine: readonly BinaryExpr[],
  seen: Sightings,
  isReached: boolean,
): ExpressionTrace {
  const { values } = seen;
  // An operation with a value whose right side has none was decided by its left side.
  const rights = spine.map((part) => {
    const isDecided = values.has(part) && !values.has(part.right);
    return expressionTree(part.right, seen, isReached && values.has(part.left) && !isDecided);
  });
  return node(expr, seen, isReached, [expressionTree(first, seen, isReached), ...rights], null);
}

function conditionalParts(
  { condition, whenTrue, whenFalse }: ConditionalExpr,
  choice: ChoiceTrace | null,
  seen: Sightings,
  isReached: boolean,
): readonly ExpressionTrace[] {
  const taken = choice?.kind === 'branch' ? choice.taken : null;
  return [
    expressionTree(condition, seen, isReached),
    expressionTree(whenTrue, seen, isReached && taken === 'true'),
    expressionTree(whenFalse, seen, isReached && taken === 'false'),
  ];
}

function branchOf({ condition }: ConditionalExpr, { values }: Sightings): ChoiceTrace | null {
  const value = values.get(condition);
  if (typeof value !== 'number') return null;
  return { kind: 'branch', because: printExpression(condition), value, taken: value === 0 ? 'false' : 'true' };
}

/** Formula 2.4: `&&` is decided by a zero on its left, `||` by anything else. */
function decisionOf({ operator }: BinaryExpr, left: ExpressionTrace): ChoiceTrace | null {
  if ((operator !== '&&' && operator !== '||') || typeof left.value !== 'number') return null;
  if ((operator === '&&') !== (left.value === 0)) return null;
  return { kind: 'decided', because: left.text, value: left.value, operator };
}

function node(
  expr: Expr,
  seen: Sightings,
  isReached: boolean,
  parts: readonly ExpressionTrace[],
  choice: ChoiceTrace | null,
): ExpressionTrace {
  const value = seen.values.get(expr) ?? null;
  const use = expr.kind === 'method' ? seen.samples.get(expr) : undefined;
  return {
    kind: expr.kind,
    text: printExpression(expr),
    span: expr.span,
    outcome: value !== null ? 'value' : isReached ? 'failed' : 'skipped',
    value,
    samples: use === undefined ? null : samplesOf(use),
    choice,
    parts,
  };
}

function samplesOf({ metric, series, from, to, expected, percent, wantedPercent }: SampleUse): SampleTrace {
  const times: number[] = [];
  const values: number[] = [];
  for (let row = from; row < to; row++) {
    times.push(series.times[row] as number);
    values.push(series.values[row] as number);
  }
  return { metric, present: to - from, expected, percent, wantedPercent, times, values };
}

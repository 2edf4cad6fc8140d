/**
 * Syntax trees of formulas: plain data, each piece with its place. A tree is never annotated; what the checker finds
 * stands in a table beside it. Parentheses leave no trace but the shape of the tree.
 */
import type { Span } from '../base/index.js';

/** A whole formula: its non-empty statements in order. */
export interface Program {
  readonly statements: readonly Stmt[];
}

/** `name = expression`, or an expression that stands alone (`stop();`). */
export type Stmt = AssignStmt | ExpressionStmt;

/** Gives a variable a value. */
export interface AssignStmt {
  readonly kind: 'assign';
  /** As written, with its `$` if it has one: `$x` and `x` are two variables (formula 1.6). */
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expr;
  readonly span: Span;
}

/** An expression evaluated for its effect or its error (formula 1.11). */
export interface ExpressionStmt {
  readonly kind: 'expression';
  readonly expression: Expr;
  readonly span: Span;
}

/** Everything that has a value. */
export type Expr =
  | NumberExpr
  | StringExpr
  | NameExpr
  | CallExpr
  | MemberExpr
  | MethodExpr
  | UnaryExpr
  | BinaryExpr
  | ConditionalExpr
  | MissingExpr;

/** A number as written; never negative, for the sign is an operator. */
export interface NumberExpr {
  readonly kind: 'number';
  readonly value: number;
  readonly span: Span;
}

/** The text between two double quotes. */
export interface StringExpr {
  readonly kind: 'string';
  readonly value: string;
  readonly span: Span;
}

/** A variable, an option word or a `TimeInterval_` constant. */
export interface NameExpr {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

/** `max(1, v)`. */
export interface CallExpr {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** `time().hour`. */
export interface MemberExpr {
  readonly kind: 'member';
  readonly object: Expr;
  readonly member: string;
  readonly memberSpan: Span;
  readonly span: Span;
}

/** `$PendingTasks.GetSample(1)`. */
export interface MethodExpr {
  readonly kind: 'method';
  readonly object: Expr;
  readonly method: string;
  readonly methodSpan: Span;
  /** Offset of the opening parenthesis, where the service places its errors (formula 6.5). */
  readonly openAt: number;
  readonly args: readonly Expr[];
  readonly span: Span;
}

/** `-x`, `!x`. */
export interface UnaryExpr {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expr;
  readonly span: Span;
}

/** Two operands. A chain of thousands of terms is thousands deep on the left: walk it with {@link leftSpine}. */
export interface BinaryExpr {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}

/** `condition ? whenTrue : whenFalse`. */
export interface ConditionalExpr {
  readonly kind: 'conditional';
  readonly condition: Expr;
  readonly whenTrue: Expr;
  readonly whenFalse: Expr;
  readonly span: Span;
}

/** What stands where a syntax error left a hole; a compiled formula has none. */
export interface MissingExpr {
  readonly kind: 'missing';
  readonly span: Span;
}

/** Operators before their operand. */
export type UnaryOperator = '-' | '!';

/** Binary operators by precedence, loosest first; those of one level associate to the left (formula 1.10). */
export const BINARY_LEVELS = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/']] as const;

/** Operators between two operands. */
export type BinaryOperator = (typeof BINARY_LEVELS)[number][number];

/** A binary expression and those on its left, innermost first, so that walking `1+1+…+1` needs no deep stack. */
export function leftSpine(expr: BinaryExpr): readonly BinaryExpr[] {
  if (expr.left.kind !== 'binary') return [expr];
  const spine: BinaryExpr[] = [];
  for (let at: Expr = expr; at.kind === 'binary'; at = at.left) spine.push(at);
  return spine.reverse();
}

/** The parts of an expression, in the order of the text. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'call':
      return expr.args;
    case 'member':
      return [expr.object];
    case 'method':
      return [expr.object, ...expr.args];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'conditional':
      return [expr.condition, expr.whenTrue, expr.whenFalse];
    default:
      return [];
  }
}

/** An expression and all its parts: parts before what they are parts of, those of the left before those of the right. */
export function partsOf(root: Expr): readonly Expr[] {
  const parts: Expr[] = [];
  const open = [root];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    parts.push(expr);
    open.push(...childrenOf(expr));
  }
  return parts.reverse();
}

/** The expression of a statement. */
export function expressionOf(statement: Stmt): Expr {
  return statement.kind === 'assign' ? statement.value : statement.expression;
}

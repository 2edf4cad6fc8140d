/**
 * The form of a trace: what an evaluation did, expression by expression. Plain data; whoever prints it decides how much
 * to show.
 */
import type { Span } from '../../base/index.js';
import type { BinaryOperator, Expr, MethodExpr } from '../ast.js';
import type { Evaluation } from '../evaluation.js';
import type { SampleUse } from '../methods.js';
import type { Value } from '../values.js';

/** An evaluation and how it came about. */
export interface FormulaTrace {
  readonly evaluation: Evaluation;
  /** Every statement of the formula in order, those that were not reached included. */
  readonly statements: readonly StatementTrace[];
}

/** One statement. */
export interface StatementTrace {
  /** In the printer's form, without its semicolon. */
  readonly text: string;
  readonly span: Span;
  /** The variable that it assigns; null: it assigns none. */
  readonly name: string | null;
  /** `stopped`: it called `stop()`. */
  readonly outcome: 'done' | 'failed' | 'stopped' | 'notReached';
  readonly root: ExpressionTrace;
}

/** One expression with those inside it. */
export interface ExpressionTrace {
  readonly kind: Expr['kind'];
  /** In the printer's form. */
  readonly text: string;
  readonly span: Span;
  /** `skipped`: it was never evaluated; `failed`: it was, and gave no value. */
  readonly outcome: 'value' | 'failed' | 'skipped';
  /** null unless the outcome is `value`. */
  readonly value: Value | null;
  /** The samples that a method looked at; null: none. */
  readonly samples: SampleTrace | null;
  /** Why a part was left out; null: none was. */
  readonly choice: ChoiceTrace | null;
  /** What it is made of, from left to right; of a very long chain of operators, all its operands. */
  readonly parts: readonly ExpressionTrace[];
}

/** The samples that a call saw. */
export interface SampleTrace {
  readonly metric: string;
  /** How many there were. */
  readonly present: number;
  /** How many the window could hold, or how many were asked for; may be fractional. */
  readonly expected: number;
  /** Present of expected, 0 to 100. */
  readonly percent: number;
  /** What the call needs, 0 to 100; null: any share will do. */
  readonly wantedPercent: number | null;
  /** When each was taken, in ms since 1970, oldest first, and its value. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Which way a condition went. */
export type ChoiceTrace =
  /** `? :`: the text of the condition, its value, and the branch taken. */
  | { readonly kind: 'branch'; readonly because: string; readonly value: number; readonly taken: 'true' | 'false' }
  /** `&&` or `||` whose left side decided. */
  | { readonly kind: 'decided'; readonly because: string; readonly value: number; readonly operator: BinaryOperator };

/** What an observer saw, by expression. */
export interface Sightings {
  readonly values: ReadonlyMap<Expr, Value>;
  readonly samples: ReadonlyMap<MethodExpr, SampleUse>;
}

/**
 * Evaluates a formula and writes down how it went: values, the samples that each call saw, the branch that each condition
 * took. The evaluation itself is that of everyone else; this one is watched.
 */
import type { Expr, MethodExpr, Stmt } from '../ast.js';
import type { Evaluation } from '../evaluation.js';
import { evaluateFormula } from '../evaluator.js';
import type { Formula } from '../formula.js';
import type { FormulaInputs } from '../inputs.js';
import type { SampleUse } from '../methods.js';
import { printStatement } from '../printer.js';
import type { Value } from '../values.js';
import { expressionTree } from './expression-tree.js';
import type { FormulaTrace, Sightings, StatementTrace } from './form.js';

/** Evaluates a formula once, and tells how it came to what it came to. */
export function traceFormula(formula: Formula, inputs: FormulaInputs): FormulaTrace {
  const values = new Map<Expr, Value>();
  const samples = new Map<MethodExpr, SampleUse>();
  const evaluation = evaluateFormula(formula, inputs, {
    value: (expression, value) => values.set(expression, value),
    samples: (call, use) => samples.set(call, use),
  });
  return { evaluation, statements: statementsOf(formula, evaluation, { values, samples }) };
}

/** The run goes from top to bottom: the first statement without a value is the one at which it ended. */
function statementsOf(formula: Formula, evaluation: Evaluation, seen: Sightings): readonly StatementTrace[] {
  const failure = evaluation.ok ? null : evaluation.error.diagnostic;
  // A target that is no number of nodes is found after the last statement, or after stop().
  const ranToItsEnd = failure === null || failure.code === TARGET_OUT_OF_RANGE;
  let isOver = false;
  return formula.program.statements.map((statement) => {
    const hasValue = seen.values.has(rootOf(statement));
    const isBlamed = isWithin(statement, failure?.place?.span.start ?? null);
    const ending = isOver ? 'notReached' : ranToItsEnd ? 'stopped' : 'failed';
    const outcome = hasValue ? (isBlamed ? 'failed' : 'done') : ending;
    isOver ||= !hasValue || (isBlamed && !ranToItsEnd);
    return statementTrace(statement, outcome, seen);
  });
}

const TARGET_OUT_OF_RANGE = 'BS3025';

function statementTrace(statement: Stmt, outcome: StatementTrace['outcome'], seen: Sightings): StatementTrace {
  return {
    text: printStatement(statement).slice(0, -1),
    span: statement.span,
    name: statement.kind === 'assign' ? statement.name : null,
    outcome,
    root: expressionTree(rootOf(statement), seen, outcome !== 'notReached'),
  };
}

function rootOf(statement: Stmt): Expr {
  return statement.kind === 'assign' ? statement.value : statement.expression;
}

function isWithin({ span }: Stmt, offset: number | null): boolean {
  return offset !== null && offset >= span.start && offset < span.end;
}

/**
 * The language of autoscale formulas: text in, targets out. It has never heard of a pool: the time, the pool's numbers
 * and the samples are handed in.
 */
export * from './ast.js';
export { BUILTINS, type Builtin } from './builtins.js';
export type { TypeTable } from './checker.js';
export { FORMULA_CODES, type FormulaCode, type FormulaCodeStory, formulaCodeStory, type RefusalCode } from './codes.js';
export { type Diagnosis, diagnoseFormula } from './diagnose.js';
export { evaluateText } from './evaluate-text.js';
export type { Evaluation, EvaluationError, EvaluationFailure, EvaluationSuccess } from './evaluation.js';
export { evaluateFormula, type FormulaObserver } from './evaluator.js';
export { explainFormula, type FormulaStory, type StatementStory } from './explain/explain.js';
export { compileFormula, type Formula, MAX_CHARACTERS, MAX_STATEMENTS, refusalOf } from './formula.js';
export * from './inputs.js';
export { INTERVAL_CONSTANTS, parseTime, TIMESTAMP_MEMBERS } from './instants.js';
export { type LintOptions, POOL_KINDS, type PoolKind } from './lints/subject.js';
export { METHODS, type Method, type SampleUse } from './methods.js';
export { OPERATORS, type OperatorRow } from './operators.js';
export { MAX_NESTING, parseProgram } from './parser.js';
export { printExpression, printProgram, printStatement } from './printer.js';
export { FormulaSession, type SessionEntry } from './session/session.js';
export { type Param, type Signature, signatureText } from './signatures.js';
export * from './trace/form.js';
export { traceFormula } from './trace/trace.js';
export { type TypeSet, typeSetText, typesIn } from './types.js';
export * from './values.js';
export {
  FIXED_NAMES,
  type MetricVariable,
  SERVICE_VARIABLES,
  type ServiceVariable,
  type TargetName,
} from './variables.js';
export * from './vectors/judge.js';
export * from './vectors/vector.js';

/** Random syntax trees: any that the grammar allows, and formulas whose types fit. Places are all zero. */
import fc from 'fast-check';
import {
  BINARY_LEVELS,
  type BinaryOperator,
  BUILTINS,
  type Expr,
  METHODS,
  type Program,
  SERVICE_VARIABLES,
  type Stmt,
  TIMESTAMP_MEMBERS,
  type UnaryOperator,
} from '../../../src/autoscale/index.js';
import type { Span } from '../../../src/base/index.js';

const span: Span = { start: 0, end: 0 };

const number = (value: number): Expr => ({ kind: 'number', value, span });
const text = (value: string): Expr => ({ kind: 'string', value, span });
const name = (word: string): Expr => ({ kind: 'name', name: word, span });
const call = (word: string, args: readonly Expr[]): Expr => ({ kind: 'call', name: word, nameSpan: span, args, span });
const unary = (operator: UnaryOperator, operand: Expr): Expr => ({ kind: 'unary', operator, operand, span });
const member = (object: Expr, word: string): Expr => ({ kind: 'member', object, member: word, memberSpan: span, span });

function method(object: Expr, word: string, args: readonly Expr[]): Expr {
  return { kind: 'method', object, method: word, methodSpan: span, openAt: 0, args, span };
}

function binary(left: Expr, operator: BinaryOperator, right: Expr): Expr {
  return { kind: 'binary', operator, operatorSpan: span, left, right, span };
}

function conditional(condition: Expr, whenTrue: Expr, whenFalse: Expr): Expr {
  return { kind: 'conditional', condition, whenTrue, whenFalse, span };
}

function assign(word: string, value: Expr): Stmt {
  return { kind: 'assign', name: word, nameSpan: span, value, span };
}

const METRICS = [...SERVICE_VARIABLES.values()].filter(({ kind }) => kind === 'metric').map((row) => row.name);
const NAMES = ['a', 'b', '$c', 'requeue', 'TimeInterval_Hour', ...SERVICE_VARIABLES.keys()];
const OPERATORS = BINARY_LEVELS.flat();
const LITERALS = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.double({ min: 0, noNaN: true }).filter((x) => !Object.is(x, -0)),
);
const TIMES = ['', '2026', '2026-03-04T11:58:30Z', '2026-03-04T14:00+02:00', 'Wed, 04 Mar 2026 11:00:00 GMT'];

/** Any expression that the grammar allows, mostly with types that do not fit. */
const anyExpr: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr; leaf: Expr }>((tie) => ({
  leaf: fc.oneof(
    LITERALS.map(number),
    fc.stringMatching(/^[^"\\\r\n]{0,8}$/).map(text),
    fc.constantFrom(...NAMES).map(name),
  ),
  expr: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'any' },
    tie('leaf'),
    fc.tuple(tie('expr'), fc.constantFrom(...OPERATORS), tie('expr')).map((parts) => binary(...parts)),
    fc.tuple(fc.constantFrom<UnaryOperator>('-', '!'), tie('expr')).map((parts) => unary(...parts)),
    fc.tuple(tie('expr'), tie('expr'), tie('expr')).map((parts) => conditional(...parts)),
    fc
      .tuple(fc.constantFrom(...BUILTINS.keys(), 'nope'), fc.array(tie('expr'), { maxLength: 3 }))
      .map((p) => call(...p)),
    fc.tuple(tie('expr'), fc.constantFrom(...TIMESTAMP_MEMBERS.keys(), 'x')).map((parts) => member(...parts)),
    fc
      .tuple(
        fc.oneof(fc.constantFrom(...METRICS).map(name), tie('expr')),
        fc.constantFrom(...METHODS.keys(), 'Nope'),
        fc.array(tie('expr'), { maxLength: 3 }),
      )
      .map((parts) => method(...parts)),
  ),
})).expr;

/** Any formula that the grammar allows. */
export const anyProgram: fc.Arbitrary<Program> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...NAMES), anyExpr).map((parts) => assign(...parts)),
      anyExpr.map((expression): Stmt => ({ kind: 'expression', expression, span })),
    ),
    { maxLength: 5 },
  )
  .map((statements) => ({ statements }));

type Typed = {
  double: Expr;
  vector: Expr;
  list: Expr;
  instant: Expr;
  interval: Expr;
  bound: Expr;
  option: Expr;
  word: Expr;
  /** A vector by one branch, a double by the other. */
  either: Expr;
};

/** Functions that computers of different makers may round differently are left to tests of their own. */
const LIST_FUNCTIONS = ['avg', 'len', 'max', 'min', 'norm', 'range', 'std', 'sum'];
const EACH_FUNCTIONS = ['ceil', 'floor', 'round'];
const COMPARISONS: readonly BinaryOperator[] = ['<', '<=', '==', '>=', '>', '!='];
const ARITHMETIC: readonly BinaryOperator[] = ['+', '-', '*', '/'];
const NUMBERS_OF_POOL = ['$TargetDedicatedNodes', '$TargetLowPriority', '$CurrentDedicatedNodes', '$TaskSlotsPerNode'];
const SAMPLED = ['$ActiveTasks', '$PendingTasks', '$RunningTasks', '$FailedTasks'];
const INTERVALS = ['Zero', '100ns', 'Second', 'Minute', 'Hour'].map((unit) => `TimeInterval_${unit}`);

const typed = fc.letrec<Typed>((tie) => {
  const metric = fc.constantFrom(...SAMPLED).map(name);
  const deep = { maxDepth: 5, depthIdentifier: 'typed' };
  const op = (operators: readonly BinaryOperator[]) => fc.constantFrom(...operators);
  const two = (left: keyof Typed, operators: readonly BinaryOperator[], right: keyof Typed) =>
    fc.tuple(tie(left), op(operators), tie(right)).map((parts) => binary(...(parts as [Expr, BinaryOperator, Expr])));
  const branches = (type: keyof Typed) =>
    fc.tuple(tie('double'), tie(type), tie(type)).map((parts) => conditional(...(parts as [Expr, Expr, Expr])));
  const window = fc.oneof(fc.tuple(tie('bound')), fc.tuple(tie('bound'), tie('bound')));
  const call1 = (functions: readonly string[], arg: keyof Typed) =>
    fc.tuple(fc.constantFrom(...functions), fc.array(tie(arg), { minLength: 1, maxLength: 3 })).map((p) => call(...p));
  return {
    double: fc.oneof(
      deep,
      fc.integer({ min: 0, max: 20 }).map(number),
      fc.constantFrom('d1', 'd2', ...NUMBERS_OF_POOL, ...SAMPLED).map(name),
      two('double', ARITHMETIC, 'double'),
      two('double', [...COMPARISONS, '&&', '||'], 'double'),
      two('instant', COMPARISONS, 'instant'),
      two('interval', COMPARISONS, 'interval'),
      two('word', COMPARISONS, 'word'),
      fc.tuple(fc.constantFrom<UnaryOperator>('-', '!'), tie('double')).map((parts) => unary(...parts)),
      branches('double'),
      call1(LIST_FUNCTIONS, 'list'),
      fc.tuple(fc.constantFrom(...EACH_FUNCTIONS), tie('double')).map(([f, x]) => call(f, [x])),
      fc.tuple(tie('vector'), tie('double')).map((args) => call('percentile', args)),
      fc.tuple(tie('vector'), tie('double')).map((args) => call('val', args)),
      fc.tuple(tie('instant'), fc.constantFrom(...TIMESTAMP_MEMBERS.keys())).map((parts) => member(...parts)),
      fc.tuple(metric, window).map(([object, args]) => method(object, 'GetSamplePercent', args)),
      metric.map((object) => method(object, 'Count', [])),
    ),
    vector: fc.oneof(
      deep,
      fc.tuple(metric, fc.integer({ min: 0, max: 8 })).map(([m, n]) => method(m, 'GetSample', [number(n)])),
      fc.tuple(metric, window).map(([object, args]) => method(object, 'GetSample', args)),
      fc.tuple(metric, window, tie('double')).map(([m, args, percent]) => method(m, 'GetSample', [...args, percent])),
      fc.constant(name('v1')),
      two('vector', ARITHMETIC, 'double'),
      two('vector', ARITHMETIC, 'vector'),
      branches('vector'),
      fc.tuple(fc.constantFrom(...EACH_FUNCTIONS), tie('vector'), tie('list')).map(([f, v, l]) => call(f, [v, l])),
    ),
    either: fc.tuple(tie('double'), tie('vector'), tie('double')).map((parts) => conditional(...parts)),
    list: fc.oneof(tie('double'), tie('vector'), tie('either')),
    instant: fc.oneof(
      deep,
      fc.constant(call('time', [])),
      fc.constantFrom(...TIMES).map((time) => call('time', [text(time)])),
      fc.constant(name('t1')),
      metric.map((object) => method(object, 'HistoryBeginTime', [])),
      two('instant', ['+'], 'interval'),
      two('interval', ['+'], 'instant'),
      branches('instant'),
    ),
    interval: fc.oneof(
      deep,
      fc.constantFrom('i1', ...INTERVALS).map(name),
      metric.map((object) => method(object, 'GetSamplePeriod', [])),
      two('interval', ['+', '-'], 'interval'),
      two('interval', ['*', '/'], 'double'),
      two('double', ['*'], 'interval'),
      two('instant', ['-'], 'instant'),
      tie('interval').map((operand) => unary('-', operand)),
      branches('interval'),
    ),
    bound: fc.oneof(tie('interval'), tie('instant')),
    word: fc.oneof(deep, fc.constantFrom('', 'a', 'B').map(text), branches('word')),
    option: fc.oneof(
      deep,
      fc.constantFrom('requeue', 'terminate', 'taskcompletion', 'retaineddata', '$NodeDeallocationOption').map(name),
      branches('option'),
    ),
  };
});

const typedStmt: fc.Arbitrary<Stmt> = fc.oneof(
  fc
    .tuple(fc.constantFrom('d1', 'd2', '$TargetDedicatedNodes', '$TargetLowPriority'), typed.double)
    .map((p) => assign(...p)),
  typed.vector.map((value) => assign('v1', value)),
  typed.instant.map((value) => assign('t1', value)),
  typed.interval.map((value) => assign('i1', value)),
  typed.option.map((value) => assign('$NodeDeallocationOption', value)),
  typed.either.map((value) => assign('$e', value)),
  fc.tuple(typed.double, typed.double).map(([c, x]) => assign('d2', conditional(c, call('stop', []), x))),
);

/** What every well-typed formula begins with, so that its variables have values. */
const PRELUDE: readonly Stmt[] = [
  assign('d1', number(3)),
  assign('d2', number(0.5)),
  assign('v1', method(name('$ActiveTasks'), 'GetSample', [number(3)])),
  assign('t1', call('time', [text('2026-03-04')])),
  assign('i1', name('TimeInterval_Minute')),
];

/** Formulas whose types fit; their runs fail by their values only. */
export const typedProgram: fc.Arbitrary<Program> = fc
  .array(typedStmt, { minLength: 1, maxLength: 6 })
  .map((statements) => ({ statements: [...PRELUDE, ...statements] }));

/** How many cases a property tries, and from which seed: `BATCHSIM_WORLDS` and `BATCHSIM_SEED` override both. */
export function trials(few: number): { numRuns: number; seed: number } {
  return { numRuns: Number(process.env['BATCHSIM_WORLDS'] ?? few), seed: Number(process.env['BATCHSIM_SEED'] ?? 4) };
}

/** Of so many cases a property must have said something of this share; a handful, tried to replay a failure, may say nothing. */
export function atLeast(share: number, { numRuns }: { readonly numRuns: number }): number {
  return numRuns < 100 ? 0 : Math.floor(numRuns * share);
}

/** How long a property may take, in ms: the suite's few cases take seconds; of many, scripts/fuzz-formulas.mjs sees the end. */
export const PATIENCE_MS = process.env['BATCHSIM_WORLDS'] === undefined ? 60_000 : 0;

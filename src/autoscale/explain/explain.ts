/**
 * A formula in plain words, statement by statement. It tells what is written and what follows from it for the pool, not
 * whether that is wise: for that there are the lints.
 */
import { positionAt } from '../../base/index.js';
import type { AssignStmt, ConditionalExpr, Expr, Stmt } from '../ast.js';
import type { Formula } from '../formula.js';
import { Subject } from '../lints/subject.js';
import { printStatement } from '../printer.js';
import { DEALLOCATION_OPTIONS, type DeallocationOption } from '../values.js';
import { SERVICE_VARIABLES, type TargetName } from '../variables.js';
import { Phrases } from './phrases.js';
import { listText } from './words.js';

/** One statement in words. */
export interface StatementStory {
  /** Where it begins in its file; from 1. */
  readonly line: number;
  /** The statement on one line, without comments. */
  readonly statement: string;
  /** A paragraph. */
  readonly story: string;
}

/** A formula in words. */
export interface FormulaStory {
  /** What it sets, and what it leaves as it is. */
  readonly summary: string;
  readonly statements: readonly StatementStory[];
}

/** Tells a formula. */
export function explainFormula(formula: Formula): FormulaStory {
  const { source, program, types } = formula;
  const subject = new Subject(source, program, types, { poolKind: null, taskSlotsPerNode: null });
  const phrases = new Phrases(subject);
  return {
    summary: summaryOf(program.statements),
    statements: program.statements.map((statement) => ({
      line: positionAt(source, statement.span.start).line,
      statement: printStatement(statement),
      story: storyOf(subject, phrases, statement),
    })),
  };
}

const TARGETS: Readonly<Record<TargetName, string>> = {
  $TargetDedicatedNodes: 'the dedicated target',
  $TargetLowPriorityNodes: 'the spot target',
};

function summaryOf(statements: readonly Stmt[]): string {
  const kinds = statements.map((statement) =>
    statement.kind === 'assign' ? SERVICE_VARIABLES.get(statement.name) : null,
  );
  const isSet = (name: string) => kinds.some((kind) => kind?.kind === 'target' && kind.target === name);
  const set = Object.entries(TARGETS).flatMap(([name, words]) => (isSet(name) ? [words] : []));
  const left = Object.entries(TARGETS).flatMap(([name, words]) => (isSet(name) ? [] : [words]));
  const option = kinds.some((kind) => kind?.kind === 'option');
  const acts = set.length === 0 ? 'Sets no target' : `Sets ${listText(set)}`;
  const leaves =
    left.length === 0
      ? ''
      : `; ${listText(left)} ${left.length === 1 ? 'stays' : 'stay'} as ${left.length === 1 ? 'it is' : 'they are'}`;
  return `${acts}${leaves}.${option ? '' : ' Running tasks on nodes that go are queued again (requeue, the default).'}`;
}

function storyOf(subject: Subject, phrases: Phrases, statement: Stmt): string {
  if (statement.kind === 'assign') return assignmentStory(subject, phrases, statement);
  const { expression } = statement;
  if (expression.kind === 'call' && expression.name === 'stop') {
    return 'The evaluation ends here, and what was set so far stands.';
  }
  if (expression.kind === 'conditional') return `${branches(phrases, expression, () => 'it goes on')}.`;
  return `Works out ${phrases.value(expression)}, and does nothing with it.`;
}

function assignmentStory(subject: Subject, phrases: Phrases, { name, value }: AssignStmt): string {
  const variable = SERVICE_VARIABLES.get(name);
  const isSpot = variable?.kind === 'target' && variable.target === '$TargetLowPriorityNodes';
  const noun = isSpot ? 'spot nodes' : 'dedicated nodes';
  switch (variable?.kind) {
    case 'target': {
      const note = mayBeFraction(subject, value) ? ' A fraction of a node is cut off.' : '';
      if (value.kind === 'conditional') {
        return `${branches(phrases, value, (one) => `the pool is to have ${nodesText(phrases, one, noun)}`)}.${note}`;
      }
      return `The pool is to have ${nodesText(phrases, value, noun)}.${note}`;
    }
    case 'option':
      if (value.kind !== 'conditional') return `When the pool shrinks, ${optionText(value)}.`;
      return `When the pool shrinks: ${branches(phrases, value, optionText).replace(/^I/, 'i')}.`;
    default:
      return variableStory(phrases, name, value);
  }
}

function variableStory(phrases: Phrases, name: string, value: Expr): string {
  const constant = phrases.constant(value);
  if (constant !== null) return `${name} is ${constant}.`;
  if (value.kind === 'conditional') return `${branches(phrases, value, (one) => `${name} is ${phrases.value(one)}`)}.`;
  return `${name} is ${phrases.value(value)}.`;
}

/** `3 dedicated nodes`, or `as many dedicated nodes as …`. */
function nodesText(phrases: Phrases, value: Expr, noun: string): string {
  const constant = phrases.constant(value);
  if (constant === null) return `as many ${noun} as this comes to: ${phrases.value(value)}`;
  if (value.kind === 'name') return `${value.name} = ${constant} ${noun}`;
  if (constant === '0') return `no ${noun}`;
  return `${constant} ${constant === '1' ? noun.replace(/s$/, '') : noun}`;
}

/** `If a, x is 1; if not, but b, x is 2; otherwise x is 3`. */
function branches(phrases: Phrases, expr: ConditionalExpr, tell: (value: Expr) => string): string {
  const parts: string[] = [];
  let rest: Expr = expr;
  while (rest.kind === 'conditional') {
    const head: string = parts.length === 0 ? 'If' : 'if not, but';
    parts.push(`${head} ${phrases.condition(rest.condition)}, ${stopOr(rest.whenTrue, tell)}`);
    rest = rest.whenFalse;
  }
  return `${parts.join('; ')}; otherwise ${stopOr(rest, tell)}`;
}

function stopOr(value: Expr, tell: (value: Expr) => string): string {
  const isStop = value.kind === 'call' && value.name === 'stop';
  return isStop ? 'the evaluation ends here, and what was set so far stands' : tell(value);
}

const OPTIONS: Readonly<Record<DeallocationOption, string>> = {
  requeue: 'nodes go at once, and their running tasks are queued again (requeue)',
  terminate: 'nodes go at once, and their running tasks are ended for good (terminate)',
  taskcompletion: 'nodes go once their running tasks have ended (taskcompletion)',
  retaineddata:
    'nodes go once their running tasks have ended and the data these leave behind has expired (retaineddata)',
};

function optionText(value: Expr): string {
  const word = value.kind === 'name' ? DEALLOCATION_OPTIONS.find((option) => option === value.name) : undefined;
  return word === undefined ? 'the option is that of a variable' : OPTIONS[word];
}

/** Whether the value is a number that need not be whole: then the service truncates it. */
function mayBeFraction(subject: Subject, value: Expr): boolean {
  const open: Expr[] = [value];
  const seen = new Set<Expr>();
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    const constant = subject.constantOf(expr);
    if (constant !== null ? !Number.isInteger(constant) : makesFractions(expr)) return true;
    if (seen.has(expr) || constant !== null) continue;
    seen.add(expr);
    if (expr.kind === 'name') open.push(...[subject.definitionOf(expr)].filter((one) => one !== null));
    else if (expr.kind === 'conditional') open.push(expr.whenTrue, expr.whenFalse);
    else if (expr.kind === 'binary' && '+-*'.includes(expr.operator)) open.push(expr.left, expr.right);
    else if (expr.kind === 'unary' && expr.operator === '-') open.push(expr.operand);
    else if (expr.kind === 'call' && /^(max|min|sum)$/.test(expr.name)) open.push(...expr.args);
  }
  return false;
}

function makesFractions(expr: Expr): boolean {
  if (expr.kind === 'binary') return expr.operator === '/';
  return expr.kind === 'call' && /^(avg|std|norm|lg|ln|log|rand)$/.test(expr.name);
}

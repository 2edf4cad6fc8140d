/** What is never reached: behind a comment (L13), behind stop(), behind a condition that never changes. */
import type { Expr, Stmt } from '../ast.js';
import { expressionOf, partsOf } from '../ast.js';
import type { Finding } from './lint.js';
import type { Subject } from './subject.js';

/** L13: a formula on a single line, and a comment in it that swallows statements. */
export function swallowingComment({ source: { text }, program }: Subject): readonly Finding[] {
  if (/[\r\n]/.test(text.trim())) return [];
  const last = program.statements.at(-1)?.span.end ?? 0;
  const start = text.indexOf('//', last);
  // A comment that is no more than words ends a line as well as anything.
  if (start === -1 || !STATEMENT.test(text.slice(start))) return [];
  const message = 'everything behind // is comment: the formula has a single line';
  const hint =
    'put a line break after the comment, or take the comment out; in YAML begin the block with |, not with >';
  return [{ span: { start, end: text.trimEnd().length }, message, hint }];
}

/** Ours: statements after stop(), branches that are never taken. */
export function neverRuns(subject: Subject): readonly Finding[] {
  return [...behindStop(subject.program.statements), ...subject.exprs.flatMap((expr) => deadBranch(subject, expr))];
}

/** Something that reads like an assignment, or ends like a statement. */
const STATEMENT = /[A-Za-z_]\w*\s*=(?!=)|;/;

function behindStop(statements: readonly Stmt[]): readonly Finding[] {
  const stop = statements.findIndex((statement) => isStop(expressionOf(statement)));
  const next = statements[stop + 1];
  const last = statements.at(-1);
  if (stop === -1 || next === undefined || last === undefined) return [];
  const span = { start: next.span.start, end: last.span.end };
  return [
    { span, message: 'nothing behind stop() ever runs', hint: 'take it out, or stop by a condition: c ? stop() : 0' },
  ];
}

function isStop(expr: Expr): boolean {
  return expr.kind === 'call' && expr.name === 'stop';
}

/** A constant that has a name is a switch, which is there to be turned. */
function deadBranch(subject: Subject, expr: Expr): readonly Finding[] {
  if (expr.kind !== 'conditional') return [];
  const value = subject.constantOf(expr.condition);
  if (typeof value !== 'number' || partsOf(expr.condition).some(({ kind }) => kind === 'name')) return [];
  const dead = value === 0 ? expr.whenTrue : expr.whenFalse;
  const message = `this branch is never taken: the condition is always ${value === 0 ? 'false' : 'true'}`;
  return [
    { span: subject.wholeSpan(dead), message, hint: 'write the other branch alone, or give the condition a name' },
  ];
}

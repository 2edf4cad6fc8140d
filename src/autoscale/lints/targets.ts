/** What the targets are set to: nothing (L1), a fraction of the tasks (L9), a share of each other (L10), not for this pool. */
import { nearest } from '../../base/index.js';
import { type BinaryExpr, type Expr, leftSpine } from '../ast.js';
import type { TargetName } from '../variables.js';
import type { Finding } from './lint.js';
import { renaming } from './names.js';
import { type PoolKind, type Subject, TRAIT } from './subject.js';

const NAMES: readonly TargetName[] = ['$TargetDedicatedNodes', '$TargetLowPriorityNodes'];

/** L1: no statement sets a target. */
export function noTarget(subject: Subject): readonly Finding[] {
  if (subject.targets.length > 0) return [];
  const message = 'this formula sets no target: it will never change the pool';
  for (const statement of subject.program.statements) {
    const meant = statement.kind === 'assign' ? nearest(statement.name, NAMES) : null;
    if (statement.kind !== 'assign' || meant === null) continue;
    // A difference of case alone is L2's to mend.
    const isCase = statement.name.toLowerCase().replace(/^\$?/, '$') === meant.toLowerCase();
    const fix = isCase ? {} : { fix: renaming(subject, statement.name, meant) };
    return [{ span: statement.nameSpan, message, hint: `did you mean ${meant}?`, ...fix }];
  }
  const span = subject.program.statements[0]?.span ?? { start: 0, end: 0 };
  return [{ span, message, hint: 'assign $TargetDedicatedNodes or $TargetLowPriorityNodes' }];
}

/** L9: tasks divided among nodes, and the remainder cut off. */
export function truncatedTarget(subject: Subject): readonly Finding[] {
  return subject.targets.flatMap(({ target, value }) => {
    const part = fractionIn(subject, value);
    if (part === null || isShareOfDedicated(subject, target, value)) return [];
    const span = subject.wholeSpan(value);
    const edits = [
      { span: { start: span.start, end: span.start }, text: 'ceil(' },
      { span: { start: span.end, end: span.end }, text: ')' },
    ];
    return [
      {
        span: subject.wholeSpan(part),
        message: `a fraction of a node is cut off: where this is 0.9, ${target} is 0`,
        hint: `round up: ${target} = ceil(…)`,
        fix: { title: 'round up with ceil()', edits },
      },
    ];
  });
}

/** L10: spot nodes as a share of the dedicated target. */
export function shareOfDedicated(subject: Subject): readonly Finding[] {
  return subject.targets.flatMap(({ target, value }) => {
    if (!isShareOfDedicated(subject, target, value)) return [];
    const message = 'this adds spot nodes to the dedicated ones rather than splitting their number';
    const hint = 'compute the total first, then $TargetLowPriorityNodes = total - $TargetDedicatedNodes';
    return [{ span: subject.wholeSpan(value), message, hint }];
  });
}

/** Ours: targets for another kind of pool. */
export function otherKind(subject: Subject): readonly Finding[] {
  const { poolKind } = subject.options;
  if (poolKind === null || subject.targets.length === 0) return [];
  const unused = NAMES.filter((name) => !USED[poolKind].includes(name));
  const set = subject.targets.flatMap(({ target, nameSpan, value }) => {
    if (!unused.includes(target) || subject.constantOf(value) === 0) return [];
    const message = `${target} is set, and the pool is to have ${NODES_OF[poolKind]} only`;
    return [{ span: nameSpan, message, hint: 'set the other target, or check with another --pool-kind' }];
  });
  const missing = USED[poolKind].filter((name) => !subject.targets.some(({ target }) => target === name));
  const [first] = subject.targets;
  const left = missing.map((name) => ({
    span: first?.nameSpan ?? { start: 0, end: 0 },
    message: `${name} is never set and keeps its value, in a pool that is to have ${NODES_OF[poolKind]}`,
    hint: `assign ${name} too`,
  }));
  return [...set, ...left];
}

/** Ours: a node for each task, where a node runs several. */
export function slotsIgnored(subject: Subject): readonly Finding[] {
  const slots = subject.options.taskSlotsPerNode ?? 1;
  const divides = subject.exprs.some((expr) => isDivision(subject, expr) && subject.has(expr, TRAIT.work));
  const readsSlots = subject.exprs.some((expr) => expr.kind === 'name' && expr.name === '$TaskSlotsPerNode');
  if (slots <= 1 || divides || readsSlots) return [];
  return subject.targets.flatMap(({ value }) => {
    if (!subject.has(value, TRAIT.work)) return [];
    const message = `a node of this pool runs ${slots} tasks at once, and each task asks for a node of its own`;
    return [{ span: subject.wholeSpan(value), message, hint: 'divide: ceil(tasks / $TaskSlotsPerNode)' }];
  });
}

/** What a pool of each kind is to have. */
const NODES_OF: Readonly<Record<PoolKind, string>> = {
  dedicated: 'dedicated nodes',
  spot: 'spot nodes',
  mixed: 'both kinds of nodes',
};

const USED: Readonly<Record<PoolKind, readonly TargetName[]>> = {
  dedicated: ['$TargetDedicatedNodes'],
  spot: ['$TargetLowPriorityNodes'],
  mixed: NAMES,
};

/**
 * The division of tasks that ends up in a target unrounded; null where there is none. Adding before the division, or a
 * part of a node after it, is rounding by hand: (n + 3) / 4, n / 4 + 0.9.
 */
function fractionIn(subject: Subject, value: Expr): Expr | null {
  for (const part of contributions(subject, value)) {
    if (isDivision(subject, part) && !isSum(part.left) && subject.has(part, TRAIT.work)) return part;
  }
  return null;
}

/** An expression and what its fractions come from, in the order of the text: branches, limits, operands, variables. */
function* contributions(subject: Subject, value: Expr): Generator<Expr> {
  const seen = new Set<Expr>();
  const open: Expr[] = [value];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    yield expr;
    if (!isDivision(subject, expr)) open.push(...unrounded(subject, expr));
  }
}

/** The parts whose fractions become fractions of the whole. */
function unrounded(subject: Subject, expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'name':
      return [subject.definitionOf(expr)].filter((definition) => definition !== null);
    case 'conditional':
      return [expr.whenFalse, expr.whenTrue];
    case 'call':
      return expr.name === 'max' || expr.name === 'min' || expr.name === 'avg' ? [...expr.args].reverse() : [];
    case 'binary': {
      const added = subject.constantOf(expr.right);
      const roundsUp = expr.operator === '+' && typeof added === 'number' && added > 0 && added <= 1;
      return roundsUp || !'+-*/'.includes(expr.operator) ? [] : [expr.right, expr.left];
    }
    default:
      return [];
  }
}

/** Divides, or takes a constant part: / 4, * 0.25. An exact quotient of constants is no division. */
function isDivision(subject: Subject, expr: Expr): expr is BinaryExpr {
  if (expr.kind !== 'binary' || subject.constantOf(expr) !== null) return false;
  if (expr.operator === '/') return subject.constantOf(expr.right) !== 1;
  const factors = [subject.constantOf(expr.left), subject.constantOf(expr.right)];
  return expr.operator === '*' && factors.some((factor) => typeof factor === 'number' && !Number.isInteger(factor));
}

/** Something is added: `n + 3`, `n + slots - 1`. */
function isSum(expr: Expr): boolean {
  if (expr.kind !== 'binary' || (expr.operator !== '+' && expr.operator !== '-')) return false;
  return leftSpine(expr).some(({ operator }) => operator === '+');
}

function isShareOfDedicated(subject: Subject, target: TargetName, value: Expr): boolean {
  if (target !== '$TargetLowPriorityNodes') return false;
  for (const part of contributions(subject, value)) {
    if (isDivision(subject, part) && subject.has(part, TRAIT.dedicatedTarget)) return true;
  }
  return false;
}

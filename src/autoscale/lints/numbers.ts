/** Numbers of a wrong scale: shares taken for fractions (L7), days of the week beyond Saturday (L12). */
import type { TextEdit } from '../../base/index.js';
import type { BinaryExpr, BinaryOperator, Expr } from '../ast.js';
import { includes } from '../types.js';
import type { Finding } from './lint.js';
import type { Subject } from './subject.js';

/** L7: a share of samples, 0 to 100, compared with a number up to 1; or asked for with one. */
export function fractionOfHundred(subject: Subject): readonly Finding[] {
  const compared = comparisonsOf(subject, 'percent').flatMap(({ other, value }) => {
    if (value <= 0 || value > 1) return [];
    const message = `a share of samples is given in percent, 0 to 100: ${value} is ${value} %`;
    return [
      { span: other.span, message, hint: `write ${inPercent(value)} for ${inPercent(value)} %`, ...asPercent(other) },
    ];
  });
  return [...compared, ...fractionsAsked(subject)];
}

/** L12: days of the week that there are not, and week ends without their Sunday. */
export function weekdayBeyondSaturday(subject: Subject): readonly Finding[] {
  const comparisons = comparisonsOf(subject, 'weekday');
  const knowsSunday = comparisons.some(({ value }) => value === 0 || value === 1);
  return comparisons.flatMap((comparison) => {
    const { expr, day, other, operator, value } = comparison;
    if (value === 7) {
      const message = 'no day of the week is 7: they count from Monday = 1 to Saturday = 6, and Sunday is 0';
      return [{ span: other.span, message, hint: 'write 0 for Sunday', ...sundayFor(comparison) }];
    }
    if (knowsSunday || !isSpan(operator, value)) return [];
    const span = subject.wholeSpan(expr);
    if (operator === '>' || operator === '>=') {
      const text = `(${subject.textOf(expr)} || ${subject.textOf(day)} == 0)`;
      const fix = { title: 'take Sunday in', edits: [{ span, text }] };
      return [{ span, message: 'this is Saturday alone: Sunday is 0', hint: `write ${text}`, fix }];
    }
    const hint = `write ${subject.textOf(day)} >= 1 && ${subject.textOf(expr)} for working days`;
    return [{ span, message: 'this takes Sunday in, which is 0', hint }];
  });
}

/** A comparison of something with a constant, written so that the constant stands on the right. */
interface Comparison {
  readonly expr: BinaryExpr;
  readonly day: Expr;
  readonly other: Expr;
  readonly operator: BinaryOperator;
  readonly value: number;
}

const MIRRORED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function comparisonsOf(subject: Subject, what: 'percent' | 'weekday'): readonly Comparison[] {
  return subject.exprs.flatMap((expr) => {
    const mirrored = expr.kind === 'binary' ? MIRRORED[expr.operator] : undefined;
    if (expr.kind !== 'binary' || mirrored === undefined) return [];
    const [left, right] = [subject.constantOf(expr.left), subject.constantOf(expr.right)];
    if (subject.shownBy(expr.left) === what && typeof right === 'number')
      return [{ expr, day: expr.left, other: expr.right, operator: expr.operator, value: right }];
    if (subject.shownBy(expr.right) === what && typeof left === 'number')
      return [{ expr, day: expr.right, other: expr.left, operator: mirrored, value: left }];
    return [];
  });
}

/** GetSample(window, 0.7). */
function fractionsAsked(subject: Subject): readonly Finding[] {
  return subject.callsOf('GetSample').flatMap(({ args }) => {
    const share = args.length > 1 ? args[args.length - 1] : undefined;
    const value = share === undefined ? null : subject.constantOf(share);
    const isShare = share !== undefined && includes(subject.types.get(share) ?? 0, 'double');
    if (!isShare || typeof value !== 'number' || value <= 0 || value >= 1) return [];
    const message = `the share of samples that will do is given in percent: ${value} is ${value} %`;
    return [{ span: share.span, message, hint: `write ${inPercent(value)}`, ...asPercent(share) }];
  });
}

/** 0.7 → 70, without the last bit's error of the product. */
function inPercent(value: number): number {
  return Number((value * 100).toPrecision(12));
}

/** Mechanical where the fraction stands there as a number. 1 may be meant as 1 %, and 0.005 is no usual share. */
function asPercent(other: Expr): { readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] } } {
  if (other.kind !== 'number' || other.value >= 1 || other.value <= 0.01) return {};
  const text = String(inPercent(other.value));
  return { fix: { title: `write ${text} for ${other.value}`, edits: [{ span: other.span, text }] } };
}

function sundayFor({ other, operator }: Comparison): { readonly fix?: { title: string; edits: readonly TextEdit[] } } {
  if (other.kind !== 'number' || (operator !== '==' && operator !== '!=')) return {};
  return { fix: { title: 'write 0 for 7', edits: [{ span: other.span, text: '0' }] } };
}

/** Saturday and later, or Friday and earlier. */
function isSpan(operator: BinaryOperator, value: number): boolean {
  if (operator === '>=' || operator === '<') return value > 5 && value <= 6;
  return (operator === '>' || operator === '<=') && value >= 5 && value < 6;
}

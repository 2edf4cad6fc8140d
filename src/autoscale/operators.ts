/**
 * The operators (formula 2.3). What the table does not list is an error: among it timestamp - timeinterval, a double
 * left of a vector, comparisons of vectors, joining strings.
 */
import type { BinaryOperator, UnaryOperator } from './ast.js';
import { Complaint } from './complaints.js';
import { divided, interval, scaled, timestamp } from './instants.js';
import { setOf, type TypeSet, typeSetText, VALUE_TYPES } from './types.js';
import { typeOf, type Value, type ValueOf, type ValueType } from './values.js';

/** One line of the table: which operators two types have, and what comes out. */
export interface OperatorRow {
  readonly left: ValueType;
  readonly operators: readonly BinaryOperator[];
  readonly right: ValueType;
  readonly result: ValueType;
  readonly apply: (left: Value, right: Value, operator: BinaryOperator) => Value;
}

/** The table, in the order of the documentation. `&&` and `||` reach it only where both sides are needed. */
export const OPERATORS: readonly OperatorRow[] = [
  row('double', '+ - * /', 'double', 'double', arithmetic),
  row('double', '*', 'timeinterval', 'timeinterval', (by, length) => scaled(by, length)),
  row('doubleVec', '+ - * /', 'double', 'doubleVec', (vector, by, op) => vector.map((x) => arithmetic(x, by, op))),
  row('doubleVec', '+ - * /', 'doubleVec', 'doubleVec', elementByElement),
  row('timeinterval', '* /', 'double', 'timeinterval', (length, by, op) =>
    op === '*' ? scaled(by, length) : divided(length, by),
  ),
  row('timeinterval', '+ -', 'timeinterval', 'timeinterval', (a, b, op) =>
    interval(op === '+' ? a.ticks + b.ticks : a.ticks - b.ticks),
  ),
  row('timeinterval', '+', 'timestamp', 'timestamp', (length, at) => timestamp(length.ticks + at.ticks)),
  row('timestamp', '+', 'timeinterval', 'timestamp', (at, length) => timestamp(at.ticks + length.ticks)),
  row('timestamp', '-', 'timestamp', 'timeinterval', (a, b) => interval(a.ticks - b.ticks)),
  row('double', '< <= == >= > !=', 'double', 'double', compared),
  row('string', '< <= == >= > !=', 'string', 'double', compared),
  row('timestamp', '< <= == >= > !=', 'timestamp', 'double', (a, b, op) => compared(a.ticks, b.ticks, op)),
  row('timeinterval', '< <= == >= > !=', 'timeinterval', 'double', (a, b, op) => compared(a.ticks, b.ticks, op)),
  row('double', '&& ||', 'double', 'double', (a, b, op) =>
    truth(op === '&&' ? a !== 0 && b !== 0 : a !== 0 || b !== 0),
  ),
];

/** 1 or 0. */
export function truth(is: boolean): number {
  return is ? 1 : 0;
}

/** The value of two operands; throws a {@link Complaint} where they do not fit. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const found = lineOf(typeOf(left), operator, typeOf(right));
  if (found === null) throw badOperands(operator, setOf(typeOf(left)), setOf(typeOf(right)));
  return found.apply(left, right, operator);
}

/** `-x` of doubles and intervals, `!x` of doubles; throws a {@link Complaint} on anything else. */
export function applyUnary(operator: UnaryOperator, operand: Value): Value {
  if (typeof operand === 'number') return operator === '-' ? -operand : truth(operand === 0);
  const isInterval = typeOf(operand) === 'timeinterval';
  if (operator !== '-' || !isInterval) throw badOperand(operator, setOf(typeOf(operand)));
  return interval(-(operand as ValueOf['timeinterval']).ticks);
}

/** The type that two operands give, or null where the operator does not take them. */
export function binaryResult(operator: BinaryOperator, left: ValueType, right: ValueType): ValueType | null {
  return lineOf(left, operator, right)?.result ?? null;
}

/** The type that an operator makes of one operand, or null where it does not take it. */
export function unaryResult(operator: UnaryOperator, operand: ValueType): ValueType | null {
  return operand === 'double' || (operator === '-' && operand === 'timeinterval') ? operand : null;
}

/** The complaint about two operands that have no row in the table. */
export function badOperands(operator: BinaryOperator, left: TypeSet, right: TypeSet): Complaint {
  const found = `${operator} does not combine ${typeSetText(left)} with ${typeSetText(right)}`;
  return new Complaint(
    'BS3014',
    found,
    REMEDIES[`${typeSetText(left)} ${operator} ${typeSetText(right)}`] ?? takes(operator),
  );
}

/** The complaint about an operand of `-` or `!`. */
export function badOperand(operator: UnaryOperator, operand: TypeSet): Complaint {
  const hint = operator === '-' ? '- takes a double or a timeinterval; write v * -1 for a vector' : '! takes a double';
  return new Complaint('BS3014', `${operator} does not take ${typeSetText(operand)}`, hint);
}

/** What to write for the combinations that people try. */
const REMEDIES: Readonly<Record<string, string>> = {
  'timestamp - timeinterval': 'add the negated interval: t + (-1 * interval)',
  'double + doubleVec': 'put the vector first: v + x',
  'double * doubleVec': 'put the vector first: v * x',
  'double - doubleVec': 'put the vector first: v * -1 + x',
  'timeinterval / timeinterval': 'compare intervals instead of dividing them',
};

function takes(operator: BinaryOperator): string {
  const rows = OPERATORS.filter((line) => line.operators.includes(operator));
  return `${operator} takes ${rows.map((line) => `${line.left} ${operator} ${line.right}`).join(', ')}`;
}

/** The table by left type, right type and operator; operators are few, so a short list is searched last. */
const LINES: Readonly<Record<ValueType, Readonly<Record<ValueType, readonly OperatorRow[]>>>> = byType((left) =>
  byType((right) => OPERATORS.filter((line) => line.left === left && line.right === right)),
);

function byType<T>(make: (type: ValueType) => T): Readonly<Record<ValueType, T>> {
  return Object.fromEntries(VALUE_TYPES.map((type) => [type, make(type)])) as Record<ValueType, T>;
}

function lineOf(left: ValueType, operator: BinaryOperator, right: ValueType): OperatorRow | null {
  for (const line of LINES[left][right]) if (line.operators.includes(operator)) return line;
  return null;
}

function arithmetic(a: number, b: number, operator: BinaryOperator): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return a / b;
  }
}

function compared<T extends number | string | bigint>(a: T, b: T, operator: BinaryOperator): number {
  switch (operator) {
    case '<':
      return truth(a < b);
    case '<=':
      return truth(a <= b);
    case '>':
      return truth(a > b);
    case '>=':
      return truth(a >= b);
    case '==':
      return truth(a === b);
    default:
      return truth(a !== b);
  }
}

function elementByElement(a: readonly number[], b: readonly number[], operator: BinaryOperator): readonly number[] {
  if (a.length !== b.length) {
    const found = `${operator} of vectors with ${a.length} and ${b.length} elements`;
    throw new Complaint('BS3024', found, 'reduce each to a number first, or take equally many samples');
  }
  return a.map((x, index) => arithmetic(x, b[index] as number, operator));
}

/** A row whose function sees the types that the row names. */
function row<L extends ValueType, R extends ValueType>(
  left: L,
  operators: string,
  right: R,
  result: ValueType,
  apply: (left: ValueOf[L], right: ValueOf[R], operator: BinaryOperator) => Value,
): OperatorRow {
  const list = operators.split(' ') as BinaryOperator[];
  return { left, operators: list, right, result, apply: apply as OperatorRow['apply'] };
}

/** The words for operators, functions and members. */
import type { BinaryOperator } from '../ast.js';

/** Comparisons, between their two sides. */
export const RELATIONS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '==': 'is',
  '!=': 'is not',
};

/** Arithmetic, between its two sides. */
export const OPERATIONS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'plus',
  '-': 'less',
  '*': 'times',
  '/': 'divided by',
};

/** Functions that round, after their argument. */
export const ROUNDINGS: Readonly<Record<string, string>> = {
  ceil: 'rounded up',
  floor: 'rounded down',
  round: 'rounded to the nearest whole number',
};

/** Functions of a list, before it. */
export const MEASURES: Readonly<Record<string, string>> = {
  avg: 'the mean',
  max: 'the greatest',
  min: 'the least',
  sum: 'the sum',
  len: 'the number of elements',
  std: 'the standard deviation',
  range: 'the spread (greatest less least)',
  norm: 'the two-norm',
  lg: 'the logarithm to base 2',
  ln: 'the natural logarithm',
  log: 'the logarithm to base 10',
};

/** Members of a timestamp, before it. */
export const MEMBERS: Readonly<Record<string, string>> = {
  year: 'the year',
  month: 'the month (1 to 12)',
  day: 'the day of the month',
  weekday: 'the day of the week (Monday = 1 to Saturday = 6, Sunday = 0)',
  hour: 'the hour (0 to 23)',
  minute: 'the minute',
  second: 'the second',
};

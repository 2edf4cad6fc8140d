/**
 * Every problem that a formula can have: one row each, read by the parser, the checker, the evaluator and by
 * `batchsim explain`. Codes are stable. BS300n: not a formula · BS301n: fails whenever it runs · BS302n: fails on what
 * it finds when it runs · BS303n, BS304n: legal, and rarely meant (`lint-codes.ts`).
 */
import { LINT_CODES } from './lint-codes.js';

/** The service's own codes for a formula that it refuses (formula 6.5, ASC-03). */
export type RefusalCode = 'AutoScalingFormulaSyntaxError' | 'AutoScaleFormulaTooLong' | 'InvalidAutoScalingSettings';

/** The longer story of a code. */
export interface FormulaCodeStory {
  readonly code: string;
  /** One line. */
  readonly title: string;
  /** What it means and when it happens. */
  readonly story: string;
  /** What to do. */
  readonly fix: string;
  /** What the service answers when the formula is set; null where it accepts the formula and its run fails. */
  readonly refusal: RefusalCode | null;
}

const SYNTAX = 'AutoScalingFormulaSyntaxError';

/** The table, in the order of the codes. */
export const FORMULA_CODES = [
  row(
    'BS3001',
    'a formula that is too long (ASC-03)',
    'A formula has at most 8,192 characters (UTF-16 code units). Comments and blanks count.',
    'Shorten comments and names, or drop statements.',
    'AutoScaleFormulaTooLong',
  ),
  row(
    'BS3002',
    'too many statements (ASC-03)',
    'A formula has at most 100 statements. Every statement counts that is not empty, expressions that stand alone too.',
    'Join statements: intermediate variables can be written in place.',
    'InvalidAutoScalingSettings',
  ),
  row(
    'BS3003',
    'nested too deeply',
    'Parentheses, calls, conditions and signs stand within each other more than 256 deep.',
    'Give inner parts names of their own.',
    SYNTAX,
  ),
  row(
    'BS3004',
    'a character that is not part of the language',
    'Formulas know names, numbers, texts in double quotes and the operators + - * / < <= > >= == != && || ! ? :. There are no brackets, braces, % or other signs.',
    'Take it out; the hint says what to write instead where there is something.',
    SYNTAX,
  ),
  row(
    'BS3005',
    'a text that is none',
    'Texts stand in double quotes on one line. There are no single quotes and no escapes with a backslash.',
    'Close it with " on the same line.',
    SYNTAX,
  ),
  row(
    'BS3006',
    'a block comment',
    'The language has only // comments, which end with their line.',
    'Begin each line of the comment with //.',
    SYNTAX,
  ),
  row(
    'BS3007',
    'not what is expected here',
    'The formula breaks off, or something stands where the grammar does not allow it.',
    'The message says what may stand there.',
    SYNTAX,
  ),
  row(
    'BS3008',
    'a missing semicolon',
    'Statements are separated by semicolons; line breaks mean nothing. Only the last one may be left out.',
    'Put a semicolon after the statement.',
    SYNTAX,
  ),
  row(
    'BS3009',
    'an unclosed parenthesis',
    'A parenthesis is opened and not closed before the statement ends.',
    'Close it.',
    SYNTAX,
  ),
  row(
    'BS3010',
    'a name without a value',
    'The name is neither a service variable nor given a value by an earlier statement. Upper and lower case count, and $x and x are two names. The run fails with AutoScalingFormulaEvaluationError.',
    'Correct the name, or assign it before.',
  ),
  row(
    'BS3011',
    'an unknown function',
    'The language has a fixed list of functions, spelled in lower case.',
    'Take one from the list in the hint.',
  ),
  row(
    'BS3012',
    'an unknown method or member',
    'Metrics have methods (GetSample and others), timestamps have members (hour and others), and nothing else has either.',
    'Correct the name. Only the names of metrics themselves have methods, not variables that hold their values.',
  ),
  row(
    'BS3013',
    'assigned to a name that can only be read',
    'Metrics, the option words and the TimeInterval constants cannot be assigned.',
    'Choose another name.',
  ),
  row(
    'BS3014',
    'an operator that does not fit its operands',
    'Only some pairs of types can be combined: a number cannot stand left of a vector, vectors cannot be compared, an interval cannot be taken from a timestamp.',
    'The message names both types, the hint what the operator accepts.',
  ),
  row(
    'BS3015',
    'arguments that do not fit',
    'A function or method is called with too few or too many arguments, or with one of another type.',
    'The hint shows how it is called.',
  ),
  row(
    'BS3016',
    'a condition that is not a number',
    'What stands before ? is a double: 0 is false, anything else true. Not even a vector of one element is a number.',
    'Compare it, or take one number from the vector.',
  ),
  row(
    'BS3017',
    'a target of another type',
    'The target variables take a double, $NodeDeallocationOption takes one of its four words.',
    'Take one number from a vector: max(0, v), avg(v), val(v, 0).',
  ),
  row(
    'BS3018',
    'a text that is no time',
    'time() reads W3C-DTF (2026-03-04T10:20:30Z, with a zone and at most 7 digits of a second) and RFC 1123.',
    'Write the time in one of these forms.',
  ),
  row(
    'BS3021',
    'too few samples',
    'A window held fewer of its samples than were asked for (10 % where the formula names no share), or a metric without samples was used as a number. The run fails with InsufficientSampleData; it is usual right after autoscale starts.',
    'Guard it: $p = $M.GetSamplePercent(w); … $p < 70 ? fallback : avg($M.GetSample(w)).',
  ),
  row(
    'BS3022',
    'an empty list',
    'avg, max, min, range and percentile have no value without an element.',
    'Add one: max(0, v).',
  ),
  row(
    'BS3023',
    'an index or percentile out of range',
    'val() counts from 0 to the length less one; percentile() takes 0 to 100.',
    'Ask len(v) first, or correct the number.',
  ),
  row(
    'BS3024',
    'vectors of different lengths',
    'Two vectors are combined element by element and must have equally many.',
    'Reduce each to a number first (avg, sum), or take equally many samples.',
  ),
  row(
    'BS3025',
    'a target that is no number of nodes',
    'A target came out infinite, as no number at all (0 divided by 0), or beyond 2,147,483,647.',
    'Guard the division.',
  ),
  row(
    'BS3026',
    'a time out of range',
    'Timestamps lie in the years 1 to 9999, and intervals within about 29,000 years.',
    'Check the numbers that go into it.',
  ),
  ...LINT_CODES,
] as const satisfies readonly FormulaCodeStory[];

/** The code of a problem of a formula. */
export type FormulaCode = (typeof FORMULA_CODES)[number]['code'];

/** The longer story of a code, or null when it is not one of a formula's. */
export function formulaCodeStory(code: string): FormulaCodeStory | null {
  return FORMULA_CODES.find((story) => story.code === code) ?? null;
}

function row<Code extends string>(
  code: Code,
  title: string,
  story: string,
  fix: string,
  refusal: RefusalCode | null = null,
) {
  return { code, title, story, fix, refusal } as const;
}

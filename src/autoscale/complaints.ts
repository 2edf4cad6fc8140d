/**
 * What can be wrong with a formula, said once for the checker, which says it before, and the evaluator, which says it
 * when it happens. A complaint has no place: whoever reports it knows where it stands.
 */
import { type Diagnostic, nearest, type Severity, type Source, type Span } from '../base/index.js';
import type { FormulaCode } from './codes.js';

/**
 * A problem without a place. Functions on values throw it; it never leaves this room, where the evaluator catches it
 * and knows which expression it was at.
 */
export class Complaint {
  readonly code: FormulaCode;
  /** What was found and what was expected. */
  readonly message: string;
  /** What to do. */
  readonly hint: string | null;

  constructor(code: FormulaCode, message: string, hint: string | null = null) {
    this.code = code;
    this.message = message;
    this.hint = hint;
  }
}

/** A complaint with its place. */
export function diagnosticOf(source: Source, span: Span, complaint: Complaint, severity: Severity): Diagnostic {
  const { code, message, hint } = complaint;
  return { code, severity, message, hint, place: { source, span } };
}

/** A name that nothing gave a value to. `known` are the names that would do. */
export function unknownName(name: string, known: readonly string[]): Complaint {
  const what = name.startsWith('$') ? `there is no service variable ${name}` : `there is no variable ${name}`;
  const hint = suggestion(name, known) ?? ASSIGN_FIRST;
  return new Complaint('BS3010', `${what}, and no statement before gives it a value`, hint);
}

/** The hint about a name that resembles no other. */
export const ASSIGN_FIRST = 'assign it first';

/** A function that does not exist. */
export function unknownFunction(name: string, known: readonly string[]): Complaint {
  const instead = INSTEAD_OF_FUNCTION[name];
  const hint = instead ?? suggestion(name, known) ?? `the functions are ${known.join(', ')}`;
  return new Complaint('BS3011', `there is no function ${name}`, hint);
}

/** What people try, and what to write. */
const INSTEAD_OF_FUNCTION: Readonly<Record<string, string>> = {
  abs: 'write max(x, -x)',
  if: 'write condition ? one : other',
  iff: 'write condition ? one : other',
  GetSample: 'it is a method of a metric: $PendingTasks.GetSample(1)',
  GetSamplePercent: 'it is a method of a metric: $PendingTasks.GetSamplePercent(TimeInterval_Minute)',
};

/** A method or member that does not exist. `owner` says of what. */
export function unknownMember(member: string, owner: string, known: readonly string[]): Complaint {
  if (known.includes(member)) {
    return new Complaint('BS3012', `${owner}.${member} is a method`, `call it: ${member}(…)`);
  }
  const hint = suggestion(member, known) ?? (known.length > 0 ? `there are ${known.join(', ')}` : null);
  return new Complaint('BS3012', `${owner} has no ${member}`, hint);
}

/** A method of something that has none. `isMember`: there is a member of that name, without parentheses. */
export function noMethods(method: string, type: string, isMember: boolean): Complaint {
  const hint = isMember
    ? `members have no parentheses: write ${method}`
    : 'only metrics have methods, by their own names: $PendingTasks.GetSample(1)';
  return new Complaint('BS3012', `${withArticle(type)} has no method ${method}`, hint);
}

/** A name that can only be read. */
export function readOnlyName(name: string, what: string): Complaint {
  return new Complaint('BS3013', `${name} is ${what} and cannot be assigned`, 'choose another name');
}

/** A condition that is not a number. */
export function notACondition(type: string): Complaint {
  return new Complaint(
    'BS3016',
    `a condition is a double (0 is false), not ${withArticle(type)}`,
    'compare it, or take one number from a vector: val(v, 0), max(v), avg(v)',
  );
}

/** A value of a type that a target (a double) or the option (one of its words) cannot take. */
export function notAssignable(name: string, wanted: 'double' | 'option', type: string): Complaint {
  const takes = wanted === 'option' ? 'one of its four words' : 'a double';
  return new Complaint('BS3017', `${name} takes ${takes}, not ${withArticle(type)}`, remedyOf(wanted, type));
}

function remedyOf(wanted: 'double' | 'option', type: string): string {
  if (wanted === 'option') return 'assign requeue, terminate, taskcompletion or retaineddata, without quotes';
  if (type === 'doubleVec') return 'take one number from the vector: max(0, v), avg(v), val(v, 0)';
  return 'assign a number of nodes';
}

/** A text that is no time. */
export function notATime(text: string): Complaint {
  const hint = 'write "2026-03-04T10:20:30Z" (at most 7 digits of a second) or "Wed, 04 Mar 2026 10:20:30 GMT"';
  return new Complaint('BS3018', `"${text}" is not a time`, hint);
}

/** `a double`, `an option`. */
export function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function suggestion(word: string, known: readonly string[]): string | null {
  const meant = nearest(word, known);
  return meant === null ? null : `did you mean ${meant}?`;
}

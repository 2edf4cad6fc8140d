/** How many problems there are, in numbers and words. */
import { type Diagnostic, formatCount } from '../base/index.js';

/** Problems by severity. */
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
}

/** Counts errors and warnings. */
export function tallyOf(diagnostics: readonly Diagnostic[]): Tally {
  const count = (severity: Diagnostic['severity']) => diagnostics.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** `1 error, 2 warnings`. */
export function tallyText({ errors, warnings }: Tally): string {
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

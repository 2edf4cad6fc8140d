/** The lints: what is legal in a formula and rarely meant. One table; the stories of the codes stand in `lint-codes.ts`. */
import type { Diagnostic } from '../../base/index.js';
import { Complaint, diagnosticOf } from '../complaints.js';
import { neverRuns, swallowingComment } from './flow.js';
import type { Lint } from './lint.js';
import { bareMetrics, lookalikeNames, retiredNames } from './names.js';
import { fractionOfHundred, weekdayBeyondSaturday } from './numbers.js';
import { singleSample, unguardedWindow, windowTooNear, windowTooShort } from './samples.js';
import type { Subject } from './subject.js';
import { noTarget, otherKind, shareOfDedicated, slotsIgnored, truncatedTarget } from './targets.js';

/** The table, in the order of the codes. */
export const LINTS: readonly Lint[] = [
  { code: 'BS3031', ofWhole: true, find: noTarget },
  { code: 'BS3032', ofWhole: false, find: lookalikeNames },
  { code: 'BS3033', ofWhole: false, find: bareMetrics },
  { code: 'BS3034', ofWhole: false, find: retiredNames },
  { code: 'BS3035', ofWhole: true, find: singleSample },
  { code: 'BS3036', ofWhole: false, find: windowTooNear },
  { code: 'BS3037', ofWhole: false, find: fractionOfHundred },
  { code: 'BS3038', ofWhole: true, find: unguardedWindow },
  { code: 'BS3039', ofWhole: false, find: truncatedTarget },
  { code: 'BS3040', ofWhole: false, find: shareOfDedicated },
  { code: 'BS3041', ofWhole: false, find: windowTooShort },
  { code: 'BS3042', ofWhole: false, find: weekdayBeyondSaturday },
  { code: 'BS3043', ofWhole: true, find: swallowingComment },
  { code: 'BS3044', ofWhole: true, find: neverRuns },
  { code: 'BS3045', ofWhole: true, find: otherKind },
  { code: 'BS3046', ofWhole: true, find: slotsIgnored },
];

/** What the lints find: all of them, or where a statement could not be read those that judge single places. */
export function lintsOf(subject: Subject, isWhole: boolean): readonly Diagnostic[] {
  return LINTS.filter(({ ofWhole }) => isWhole || !ofWhole).flatMap(({ code, find }) =>
    find(subject).map(({ span, message, hint, fix }) => ({
      ...diagnosticOf(subject.source, span, new Complaint(code, message, hint), 'warning'),
      ...(fix === undefined ? {} : { fix }),
    })),
  );
}

/** What a lint is: a function from a formula to what is questionable in it. */
import type { Fix, Span } from '../../base/index.js';
import type { FormulaCode } from '../codes.js';
import type { Subject } from './subject.js';

/** Something questionable, at its place. */
export interface Finding {
  readonly span: Span;
  /** What was found and what follows from it, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** The change that mends it, where no decision of the author's is needed. */
  readonly fix?: Fix;
}

/** One lint. */
export interface Lint {
  readonly code: FormulaCode;
  /** Whether it judges the formula as a whole, which makes no sense while a statement of it cannot be read. */
  readonly ofWhole: boolean;
  readonly find: (subject: Subject) => readonly Finding[];
}

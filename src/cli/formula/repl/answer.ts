/** What `formula repl` says to a line, and what its commands may ask of the session. */
import type { FormulaSession } from '../../../autoscale/index.js';
import type { Source } from '../../../base/index.js';

/** What is said to a line. */
export interface Answer {
  /** For standard output; empty: nothing. */
  readonly text: string;
  /** For standard error; a problem never ends the session. */
  readonly problem: string | null;
  readonly isOver: boolean;
}

/** The session as commands see it. */
export interface ReplState {
  readonly session: FormulaSession;
  /** The formula that `:run` evaluates; null: none was named. */
  readonly formula: Source | null;
  /** Every line so far, oldest first. */
  readonly history: readonly string[];
  /** Evaluates statements and shows what each gave. */
  evaluate(source: Source): Answer;
}

/** Nothing is said. */
export const SILENCE: Answer = { text: '', problem: null, isOver: false };

/** An answer in words. */
export function said(text: string): Answer {
  return { ...SILENCE, text };
}

/** What cannot be done, and what to do. */
export function wrong(problem: string): Answer {
  return { ...SILENCE, problem };
}

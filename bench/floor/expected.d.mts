/** Types of the expected outcomes for the tests, which are TypeScript. */

export interface Outcome {
  readonly makespan: number;
  readonly sumWait: number;
  readonly chk: number | null;
}

export const EXPECTED: Readonly<Record<'W1' | 'W2' | 'W3', Readonly<Record<number, Outcome>>>>;
export function differenceFrom(expected: Outcome, outcome: Outcome): string | null;

/** One row of the table of causes. `{name}` stands for a detail of the case, `{name#one#many}` for a text by its count. */

/** One row of the table. */
export interface CauseDoc {
  /** Rules of the specification that say so. */
  readonly rules: readonly string[];
  readonly sentence: string;
  /** What would have to change; empty where there is nothing to want. */
  readonly change: string;
}

/** Where a spot node was at fault. */
export const SPOT_CHANGE = 'use dedicated nodes, which are never preempted (NODE-21), or shorter tasks';

/** Makes a row, keeping its texts as types, so that the details they need are known. */
export function row<const R extends readonly string[], const S extends string, const C extends string>(
  rules: R,
  sentence: S,
  change: C,
) {
  return { rules, sentence, change };
}

/**
 * Every answer that `why` can give: cause → rules, a sentence, and what would have to change, in one table of four
 * parts; the types see to it that each detail of a sentence is given.
 */
import type { CauseDoc } from './cause-doc.js';
import { NODE_DOCS } from './node-causes.js';
import { POOL_DOCS } from './pool-causes.js';
import { TASK_DOCS } from './task-causes.js';
import { WAIT_DOCS } from './wait-causes.js';

/** The table. */
export const WHY = { ...WAIT_DOCS, ...TASK_DOCS, ...NODE_DOCS, ...POOL_DOCS } as const satisfies Record<
  string,
  CauseDoc
>;

/** Name of a cause. */
export type WhyCause = keyof typeof WHY;

/** The `{names}` in a text. */
type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Bare}#${string}` ? Bare : Name) | NamesIn<Rest>
  : never;
/** Details that a cause needs. */
export type DetailsOf<C extends WhyCause> = Readonly<
  Record<NamesIn<(typeof WHY)[C]['sentence']> | NamesIn<(typeof WHY)[C]['change']>, string | number>
>;

/** A cause in one case: typed for programs, in words for people. */
export interface Reason {
  readonly cause: WhyCause;
  readonly rules: readonly string[];
  /** Since when it holds, or when it happened; ms from the start. null: it cannot be told. */
  readonly sinceMs: number | null;
  readonly details: Readonly<Record<string, string | number>>;
  readonly sentence: string;
  readonly change: string;
}

/** A reason from the table. */
export function reason<C extends WhyCause>(cause: C, sinceMs: number | null, details: DetailsOf<C>): Reason {
  const { rules, sentence, change } = WHY[cause];
  return { cause, rules, sinceMs, details, sentence: filled(sentence, details), change: filled(change, details) };
}

function filled(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)(?:#([^#}]*)#([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const detail = details[name];
    return String(one === undefined ? detail : detail === 1 ? one : many);
  });
}

/** What `why` says about one thing at one moment. */
export interface WhyAnswer {
  readonly subject: { readonly kind: 'task' | 'node' | 'pool'; readonly name: string };
  /** The moment asked about, in ms from the start. */
  readonly atMs: number;
  /** In Batch's words, or what stands in for them before and after its life. */
  readonly state: string;
  /** Why it is as it is then. */
  readonly now: readonly Reason[];
  /** What happened to it before, oldest first. */
  readonly before: readonly Reason[];
}

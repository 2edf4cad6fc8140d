/** What a judge of scaling says of a run. */

/** A verdict with its figures. */
export interface Judgement {
  readonly ok: boolean;
  /** What was found, with figures and moments: a sentence without a full stop, for either verdict. */
  readonly says: string;
  /** When it first went wrong, or what was found happened, in ms from the start; null: it has no moment. */
  readonly atMs: number | null;
}

/** A verdict. */
export function judgement(ok: boolean, says: string, atMs: number | null = null): Judgement {
  return { ok, says, atMs };
}

/** `3 nodes`, `1 node`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

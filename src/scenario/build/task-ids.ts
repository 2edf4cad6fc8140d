/** Looking up ids in sets of tasks without writing out the ids that generators make. Ids compare without case. */
import { idKey, type TaskIds, taskIdAt } from '../../model/index.js';

/** An id that two sets claim, found at the later one. */
export interface Overlap {
  readonly index: number;
  readonly id: string;
}

type Pattern = Extract<TaskIds, { kind: 'pattern' }>;

/** Position of an id among the `count` ids of a pattern, or -1. */
export function indexInPattern(pattern: Pattern, count: number, id: string): number {
  const prefix = idKey(pattern.prefix);
  const suffix = idKey(pattern.suffix);
  const key = idKey(id);
  if (key.length <= prefix.length + suffix.length || !key.startsWith(prefix) || !key.endsWith(suffix)) return -1;
  const digits = key.slice(prefix.length, key.length - suffix.length);
  if (!/^\d{1,16}$/.test(digits)) return -1;
  const index = Number(digits) - pattern.first;
  const isWritten = String(Number(digits)).padStart(pattern.digits, '0') === digits;
  return isWritten && index >= 0 && index < count ? index : -1;
}

/** Finds ids by position within a job: sets in order, then tasks in order. */
export class TaskIdIndex {
  readonly #listed = new Map<string, number>();
  readonly #patterns: { readonly pattern: Pattern; readonly count: number; readonly first: number }[] = [];

  /** Adds a set whose first task has position `first`; its first id that is taken already, or null. */
  add(ids: TaskIds, count: number, first: number): string | null {
    let taken: string | null = null;
    if (ids.kind === 'list') {
      for (let i = 0; i < count; i++) {
        const id = ids.values[i] as string;
        if (this.find(id) >= 0) taken ??= id;
        else this.#listed.set(idKey(id), first + i);
      }
      return taken;
    }
    taken = this.#firstTaken(ids, count);
    this.#patterns.push({ pattern: ids, count, first });
    return taken;
  }

  /** Position of the task with this id, or -1. */
  find(id: string): number {
    const listed = this.#listed.get(idKey(id));
    if (listed !== undefined) return listed;
    for (const { pattern, count, first } of this.#patterns) {
      const index = indexInPattern(pattern, count, id);
      if (index >= 0) return first + index;
    }
    return -1;
  }

  /** Ids of two generators meet only where their texts can; the shorter side is written out. */
  #firstTaken(ids: Pattern, count: number): string | null {
    for (const id of this.#listed.keys()) if (indexInPattern(ids, count, id) >= 0) return id;
    for (const other of this.#patterns) {
      if (!mayMeet(ids, other.pattern)) continue;
      const isShorter = count <= other.count;
      const [few, fewCount, many, manyCount] = isShorter
        ? [ids, count, other.pattern, other.count]
        : [other.pattern, other.count, ids, count];
      for (let i = 0; i < fewCount; i++) {
        const id = taskIdAt(few, i);
        if (indexInPattern(many, manyCount, id) >= 0) return id;
      }
    }
    return null;
  }
}

/** Each set after the first that claims an id of an earlier one. */
export function setsOverlap(sets: readonly TaskIds[], counts: readonly number[]): Overlap[] {
  const index = new TaskIdIndex();
  const overlaps: Overlap[] = [];
  let first = 0;
  sets.forEach((ids, i) => {
    const taken = index.add(ids, counts[i] as number, first);
    if (taken !== null) overlaps.push({ index: i, id: taken });
    first += counts[i] as number;
  });
  return overlaps;
}

/** Whether ids of the two patterns can be equal: their fixed parts agree as far as both reach. */
function mayMeet(a: Pattern, b: Pattern): boolean {
  const [prefixA, prefixB, suffixA, suffixB] = [a.prefix, b.prefix, a.suffix, b.suffix].map(idKey) as [
    string,
    string,
    string,
    string,
  ];
  return (
    (prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA)) &&
    (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA))
  );
}

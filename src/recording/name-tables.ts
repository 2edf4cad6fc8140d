/** Task names in a recording's file: patterns as they are, lists once each however many sets share them. */
import type { TaskIds } from '../model/index.js';
import { ByteReader, type ByteWriter } from './bytes.js';
import type { NameTables } from './file-format.js';
import type { TaskNameSet, TaskNames } from './recording.js';

/** The tables, and the lists that go into sections of their own. */
export interface PlannedNames {
  readonly tables: NameTables;
  readonly lists: readonly (readonly string[])[];
}

/** Lays names out for a file. */
export function planNames(names: TaskNames): PlannedNames {
  const lists = new Numbered<readonly string[]>();
  const ids = new Numbered<TaskIds>();
  const sets = names.sets.map((set): [number, number, number] => [
    set.count,
    ids.numberOf(set.ids),
    set.displayNames === null ? -1 : lists.numberOf(set.displayNames),
  ]);
  const tables: NameTables = {
    ids: ids.values.map((one) => (one.kind === 'list' ? { kind: 'list', list: lists.numberOf(one.values) } : one)),
    lists: lists.values.map((list) => list.length),
    sets,
    order: names.order === null ? null : names.order.length,
  };
  return { tables, lists: lists.values };
}

/** Sets from a file's tables and lists; null if they do not fit together. */
export function restoreSets(tables: NameTables, lists: readonly (readonly string[])[]): TaskNameSet[] | null {
  const ids = tables.ids.map((one): TaskIds | null => {
    if (one.kind !== 'list') return one;
    const values = lists[one.list];
    return values === undefined ? null : { kind: 'list', values };
  });
  const sets: TaskNameSet[] = [];
  for (const [count, idsAt, displayAt] of tables.sets) {
    const one = ids[idsAt];
    const displayNames = displayAt === -1 ? null : lists[displayAt];
    if (one === undefined || one === null || displayNames === undefined) return null;
    sets.push({ count, ids: one, displayNames });
  }
  return sets;
}

/** Writes strings, each as its length in bytes and its UTF-8. */
export function writeStrings(writer: ByteWriter, values: readonly string[]): void {
  const encoder = new TextEncoder();
  for (const value of values) {
    const bytes = encoder.encode(value);
    writer.varint(bytes.length);
    writer.raw(bytes);
  }
}

/** Reads so many strings; null if the bytes do not hold exactly them. */
export function readStrings(bytes: Uint8Array, count: number): string[] | null {
  const decoder = new TextDecoder();
  const reader = new ByteReader(bytes);
  const values: string[] = [];
  for (let i = 0; i < count && reader.sound; i++) values.push(decoder.decode(reader.raw(reader.varint())));
  return reader.done ? values : null;
}

/** Numbers objects in the order in which they are first seen. */
class Numbered<T extends object> {
  readonly values: T[] = [];
  readonly #numbers = new Map<T, number>();

  numberOf(value: T): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.values.length;
      this.values.push(value);
      this.#numbers.set(value, number);
    }
    return number;
  }
}

/** Ids of a trace made fit for Batch (ACC-17): letters, digits, `-`, `_`; 1 to 64 of them; case does not count. */
import { Digest } from '../../base/index.js';

const VALID = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_LENGTH = 64;
const KEPT_LENGTH = 51;
const HASH_DIGITS = 12;

/** 12 hexadecimal digits that depend on the text alone: the first 48 bits of `base`'s 128-bit digest of it. */
export function idHash(text: string): string {
  const digest = new Digest();
  digest.addText(text);
  return digest.hex().slice(0, HASH_DIGITS);
}

/**
 * ACC-17: the id itself where Batch takes it; else other characters become `_`, and one that is longer than 64 keeps
 * its first 51, followed by `-` and 12 digits of the hash of the original.
 */
export function mapTaskId(original: string): string {
  if (VALID.test(original)) return original;
  const mapped = original.replace(/[^A-Za-z0-9_-]/gu, '_');
  if (mapped === '') return '_';
  return mapped.length <= MAX_LENGTH ? mapped : withHash(mapped, original);
}

function withHash(mapped: string, hashed: string): string {
  return `${mapped.slice(0, KEPT_LENGTH)}-${idHash(hashed)}`;
}

/** What became of the ids of a whole trace. */
export interface TaskIdMapping {
  readonly ids: readonly string[];
  /** How many differ from their originals. */
  readonly mappedCount: number;
  /** How many of those only because their id was taken: doubles in the file, or equal but for case or mapped characters. */
  readonly collisionCount: number;
}

/**
 * Maps all ids and keeps them apart: the first of equal ones keeps its id, later ones get a hash as if they were too
 * long, of the original and, should that be taken too, of the original with its ordinal among its doubles.
 */
export function mapTaskIds(originals: readonly string[]): TaskIdMapping {
  const taken = new Set<string>();
  const ids = new Array<string>(originals.length);
  let mappedCount = 0;
  let collisionCount = 0;
  const seats = seatsOfValidIds(originals);
  const doubles = new Map<string, number>();
  const isTaken = (id: string) => taken.has(id.toLowerCase()) || seats.has(id.toLowerCase());
  for (let i = 0; i < originals.length; i++) {
    const original = originals[i] as string;
    let id = mapTaskId(original);
    // An id that Batch takes as it stands is not given up to a mapped one that happens to come first.
    const free = !taken.has(id.toLowerCase()) && (id === original || !seats.has(id.toLowerCase()));
    if (!free) {
      collisionCount += 1;
      const base = id;
      let ordinal = doubles.get(original) ?? 1;
      do {
        id = withHash(base, ordinal === 1 ? original : `${original}#${ordinal}`);
        ordinal += 1;
      } while (isTaken(id));
      doubles.set(original, ordinal);
    }
    taken.add(id.toLowerCase());
    if (id !== original) mappedCount += 1;
    ids[i] = id;
  }
  return { ids, mappedCount, collisionCount };
}

/** Lower-case forms of ids that are valid as they stand; empty (and free) where all of them are. */
function seatsOfValidIds(originals: readonly string[]): ReadonlySet<string> {
  if (originals.every((original) => VALID.test(original))) return new Set();
  return new Set(originals.filter((original) => VALID.test(original)).map((original) => original.toLowerCase()));
}

/**
 * Randomness from one seed (SIM-05), in two forms that both keep a new draw in one place from shifting any other:
 *
 * - {@link Uniforms}: draws *keyed* by entity and purpose. The same task, attempt and purpose give the same numbers
 *   whatever else happens, so that two variants of a scenario are compared on common random numbers.
 * - {@link namedStream}: an endless sequence by name, for processes (arrivals), on seedrandom's xor128.
 *
 * Integer arithmetic throughout; nothing here knows a clock.
 */
import xor128 from 'seedrandom/lib/xor128.js';

/** Numbers in [0, 1), in an order that depends on the key or name alone. */
export interface UniformSource {
  /** The next number in [0, 1). */
  next(): number;
}

/** 32-bit finalizer of MurmurHash3: every input bit reaches every output bit. Returns an int32. */
export function mix32(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Two keys to one; the order counts. Returns an int32. */
export function combine(a: number, b: number): number {
  return mix32(Math.imul(a ^ (a >>> 15), 0x9e3779b1) + b + 0x7f4a7c15);
}

/** A stable 32-bit key of a text (its UTF-16 units). Returns an int32. */
export function keyOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = (h << 13) | (h >>> 19);
  }
  return mix32(h ^ text.length);
}

/** Draws keyed by entity and purpose: `seek` to a key, then take as many as needed. One object serves a whole run. */
export class Uniforms implements UniformSource {
  readonly #seed: number;
  #low = 0;
  #high = 0;
  #count = 0;

  /** @param seed the run's seed; any string or number. */
  constructor(seed: string | number) {
    this.#seed = keyOf(String(seed));
  }

  /**
   * Moves to the draws of one entity, occurrence and purpose.
   * @param entity int32 key of the entity, stable under changes elsewhere in the scenario
   * @param occurrence the attempt, boot or resize, counted from 0
   * @param purpose which quantity is drawn
   */
  seek(entity: number, occurrence: number, purpose: number): this {
    const key = combine(combine(this.#seed, entity), Math.imul(purpose, 0x3c6ef372) ^ occurrence);
    this.#low = key;
    this.#high = combine(key, entity ^ Math.imul(occurrence + 1, 0x2545f491));
    this.#count = 0;
    return this;
  }

  /** The next number in [0, 1), with 53 random bits. */
  next(): number {
    this.#count += 1;
    const a = mix32(this.#low + Math.imul(this.#count, 0x9e3779b9)) >>> 5;
    const b = mix32(this.#high ^ Math.imul(this.#count, 0x85ebca77)) >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}

/** An endless stream of numbers in [0, 1) that depends on the seed and the name alone. */
export function namedStream(seed: string | number, name: string): UniformSource {
  const generator = xor128(`${seed}/${name}`);
  return { next: () => generator.double() };
}

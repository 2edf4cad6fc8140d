/**
 * A benchmark: one hot path with an input of a given size. Its small size runs in the tests and must give the same
 * digest every time, so that a benchmark measures what it claims to and cannot rot; its full size is timed.
 */
import { Digest } from '../src/base/index.js';

/** One hot path. */
export interface BenchCase {
  /** `suite/case`; part of the baseline, so it stays. */
  readonly name: string;
  /** What one of `small` and `full` is: tasks, rows, draws. */
  readonly unit: string;
  /** Size in the tests: a few milliseconds. */
  readonly small: number;
  /** Size when timed. */
  readonly full: number;
  /** Makes the input, which is not timed. */
  readonly prepare: (size: number) => Trial;
}

/** A prepared benchmark. */
export interface Trial {
  /** What is timed. Called many times; each call does the same. */
  readonly run: () => void;
  /** Digest of what the last call computed, 32 hexadecimal digits. */
  readonly digest: () => string;
}

/** Hands what was computed to a digest and returns its digits. */
export function digestOf(add: (digest: Digest) => void): string {
  const digest = new Digest();
  add(digest);
  return digest.hex();
}

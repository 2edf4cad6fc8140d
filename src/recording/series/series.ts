/** A value over time as two columns, and how one is made while a run is walked through. */

/**
 * A value that holds from each moment to the next (or, where its owner says so, that changes evenly between them).
 * Moments ascend; the first is 0. Columns may be longer than `count`; rows beyond it mean nothing.
 */
export interface Series {
  readonly count: number;
  /** From the start of the run, in ms. */
  readonly atMs: Float64Array;
  readonly value: Float64Array;
}

/** Room for so many points to begin with. */
const FIRST_ROOM = 64;

/** Makes a {@link Series} of changes only; memory grows by doubling. Begins with 0 at 0. */
export class SeriesBuilder {
  #count = 1;
  #atMs = new Float64Array(FIRST_ROOM);
  #value = new Float64Array(FIRST_ROOM);

  /** The value from a moment on, which is not before the last one. Of several at one moment the last counts. */
  hold(atMs: number, value: number): void {
    if (this.#value[this.#count - 1] === value) return;
    if (this.#atMs[this.#count - 1] === atMs) {
      this.#value[this.#count - 1] = value;
      if (this.#count > 1 && this.#value[this.#count - 2] === value) this.#count -= 1;
      return;
    }
    this.mark(atMs, value);
  }

  /** A point of its own, unless it is the last one again. */
  mark(atMs: number, value: number): void {
    if (this.#atMs[this.#count - 1] === atMs && this.#value[this.#count - 1] === value) return;
    if (this.#count === this.#atMs.length) this.#grow();
    this.#atMs[this.#count] = atMs;
    this.#value[this.#count] = value;
    this.#count += 1;
  }

  /** What was gathered so far. */
  series(): Series {
    return { count: this.#count, atMs: this.#atMs, value: this.#value };
  }

  #grow(): void {
    const [atMs, value] = [new Float64Array(this.#count * 2), new Float64Array(this.#count * 2)];
    atMs.set(this.#atMs);
    value.set(this.#value);
    this.#atMs = atMs;
    this.#value = value;
  }
}

/** A series from its points, which ascend by time. */
export function seriesFrom(points: readonly (readonly [atMs: number, value: number])[]): Series {
  return {
    count: points.length,
    atMs: Float64Array.from(points, ([atMs]) => atMs),
    value: Float64Array.from(points, ([, value]) => value),
  };
}

/** The highest value; 0 where there is none above. */
export function highestOf({ count, value }: Series): number {
  let highest = 0;
  for (let row = 0; row < count; row++) highest = Math.max(highest, value[row] as number);
  return highest;
}

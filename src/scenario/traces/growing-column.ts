/** Columns that grow by doubling: what a row costs in memory is what its numbers cost. */

/** A typed array that can be appended to. */
export class GrowingColumn<T extends Float64Array | Int32Array> {
  readonly #make: (length: number) => T;
  #values: T;
  #length = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#values = make(64);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends one value. */
  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#make(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The value of a row that exists. */
  at(index: number): number {
    return this.#values[index] as number;
  }

  /** The values so far, as an array of just their length. */
  toArray(): T {
    return this.#values.slice(0, this.#length) as T;
  }
}

/** A column of doubles: times in milliseconds, sizes in bytes. */
export function float64Column(): GrowingColumn<Float64Array> {
  return new GrowingColumn((length) => new Float64Array(length));
}

/** A column of whole numbers of 32 bits: indices, counts, codes. */
export function int32Column(): GrowingColumn<Int32Array> {
  return new GrowingColumn((length) => new Int32Array(length));
}

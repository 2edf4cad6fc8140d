/** Numbers to bytes and back: little-endian and variable-length, the same on every machine. */

/** Bytes that grow. Whole numbers are written seven bits a byte, the low ones first (varints). */
export class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** How many bytes are waiting. */
  get length(): number {
    return this.#length;
  }

  /** Writes a whole number from 0 to 2^53. */
  varint(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow(8);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Writes a whole number from -2^52 to 2^52; small ones of either sign are short (zigzag). */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Writes an IEEE double, low byte first. */
  double(value: number): void {
    this.#grow(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Writes 32 bits, low byte first. */
  uint32(value: number): void {
    this.#grow(4);
    new DataView(this.#bytes.buffer).setUint32(this.#length, value, true);
    this.#length += 4;
  }

  /** Writes bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Hands out what was written and starts afresh. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Reads what a {@link ByteWriter} wrote. Past the end it reads zeros and `sound` is false. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #overrun = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** True while nothing was read past the end. */
  get sound(): boolean {
    return !this.#overrun;
  }

  /** True when all was read, and nothing beyond. */
  get done(): boolean {
    return this.#at === this.#bytes.length && !this.#overrun;
  }

  /** Reads a whole number. */
  varint(): number {
    let byte = this.#next();
    if (byte < 128) return byte;
    let value = byte & 127;
    let factor = 128;
    do {
      byte = this.#next();
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte >= 128);
    return value;
  }

  /** Reads a whole number of either sign. */
  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Reads an IEEE double. */
  double(): number {
    const part = this.raw(8);
    return part.length < 8 ? 0 : new DataView(part.buffer, part.byteOffset, 8).getFloat64(0, true);
  }

  /** A view of the next so many bytes; fewer at the end. */
  raw(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    if (part.length < length) this.#overrun = true;
    this.#at += part.length;
    return part;
  }

  #next(): number {
    if (this.#at < this.#bytes.length) return this.#bytes[this.#at++] as number;
    this.#overrun = true;
    return 0;
  }
}

/** The 32 bits at a place, low byte first. */
export function uint32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

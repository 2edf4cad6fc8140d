/** Digests of columns: not for secrets, but a changed bit anywhere changes the digest. Integer arithmetic only. */

/** Collects bytes and numbers into a 128-bit digest. */
export class Digest {
  #a = 0x9368e53c | 0;
  #b = 0x586dcd20 | 0;
  #c = 0x3b1a2f75 | 0;
  #d = 0x7f4a7c15 | 0;
  readonly #one = new Int32Array(1);

  /** Adds one whole number of 32 bits. */
  addInt(value: number): void {
    this.#one[0] = value;
    this.#addWords(this.#one, 1);
  }

  /** Adds a text: its length and UTF-16 units. */
  addText(text: string): void {
    this.addInt(text.length);
    for (let i = 0; i < text.length; i++) this.addInt(text.charCodeAt(i));
  }

  /** Adds the first `count` values of a column; doubles enter by their bits, so -0 and 0 differ. */
  addColumn(column: Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array, count: number): void {
    this.addInt(count);
    if (column instanceof Float64Array) {
      this.#addWords(new Int32Array(column.buffer, column.byteOffset, count * 2), count * 2);
    } else {
      this.#addWords(column, count);
    }
  }

  /** Mixes each word in, with the state in locals: columns have millions of words. */
  #addWords(words: Int32Array | Uint32Array | Uint16Array | Uint8Array, count: number): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let i = 0; i < count; i++) {
      const k = Math.imul(words[i] as number, 0xcc9e2d51);
      a = (Math.imul(a ^ ((k << 15) | (k >>> 17)), 0x1b873593) + d) | 0;
      b = Math.imul(b ^ a, 0x85ebca6b) ^ (b >>> 13);
      c = (Math.imul(c + b, 0xc2b2ae35) ^ a) | 0;
      d = ((d << 13) | (d >>> 19)) ^ c;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** 32 hexadecimal digits. Adding may go on afterwards. */
  hex(): string {
    return [this.#a, this.#b, this.#c, this.#d].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

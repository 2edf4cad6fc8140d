/**
 * A set of small non-negative integers that gives its least member, or the next one from a place on, in a few steps: a
 * bitmap, and a bitmap of its non-zero words that is searched word by word (one word of it covers 1,024 members, so even
 * a hundred thousand take a hundred steps). Straight-line code, for it runs several times per event.
 */
export class IndexSet {
  private bits = new Int32Array(32);
  private words = new Int32Array(1);
  private count = 0;

  /** How many members there are. */
  get size(): number {
    return this.count;
  }

  /** Whether `index` is a member. */
  has(index: number): boolean {
    const word = index >>> 5;
    return word < this.bits.length && ((this.bits[word] as number) & (1 << index)) !== 0;
  }

  /** Makes `index` a member. Adding one twice changes nothing. */
  add(index: number): void {
    const word = index >>> 5;
    if (word >= this.bits.length) this.grow(word);
    const before = this.bits[word] as number;
    const after = before | (1 << index);
    if (after === before) return;
    this.bits[word] = after;
    this.count += 1;
    if (before === 0) this.words[word >>> 5] = (this.words[word >>> 5] as number) | (1 << word);
  }

  /** Takes `index` away. Removing what is not there changes nothing. */
  remove(index: number): void {
    const word = index >>> 5;
    if (word >= this.bits.length) return;
    const before = this.bits[word] as number;
    const after = before & ~(1 << index);
    if (after === before) return;
    this.bits[word] = after;
    this.count -= 1;
    if (after === 0) this.words[word >>> 5] = (this.words[word >>> 5] as number) & ~(1 << word);
  }

  /** The least member, -1 when empty. */
  first(): number {
    if (this.count === 0) return -1;
    let at = 0;
    while (this.words[at] === 0) at += 1;
    return this.firstOfWord((at << 5) | lowestBit(this.words[at] as number));
  }

  /** The least member at or above `from`, -1 when there is none. */
  next(from: number): number {
    const word = from >>> 5;
    if (word >= this.bits.length) return -1;
    const rest = (this.bits[word] as number) & (-1 << from);
    if (rest !== 0) return (word << 5) | lowestBit(rest);
    // The rest of the word's own group, then group by group. A shift by 32 would be one by 0: 31 needs its own case.
    let at = word >>> 5;
    const later = (word & 31) === 31 ? 0 : (this.words[at] as number) & (-1 << (word + 1));
    if (later !== 0) return this.firstOfWord((at << 5) | lowestBit(later));
    for (at += 1; at < this.words.length; at++) {
      const group = this.words[at] as number;
      if (group !== 0) return this.firstOfWord((at << 5) | lowestBit(group));
    }
    return -1;
  }

  private firstOfWord(word: number): number {
    return (word << 5) | lowestBit(this.bits[word] as number);
  }

  private grow(word: number): void {
    const groups = Math.max((word >>> 5) + 1, this.words.length * 2);
    const bits = new Int32Array(groups * 32);
    const words = new Int32Array(groups);
    bits.set(this.bits);
    words.set(this.words);
    this.bits = bits;
    this.words = words;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/**
 * Rows that wait for the same thing, in order of (key, row). Rows that come in order, nearly all, stand in a ring; one
 * that comes late goes to a small heap beside it. Push and shift take constant time for the former.
 */
export class ReadyLane {
  /** Place in the order, by row; ties go to the lower row. Must not change while a row waits. */
  private key: Float64Array;
  private ring = new Int32Array(16);
  /** Counts of rows ever put in and taken out of the ring; their places are these modulo its length. */
  private put = 0;
  private taken = 0;
  private readonly late: number[] = [];

  /** @param key the column of keys that all lanes share */
  constructor(key: Float64Array) {
    this.key = key;
  }

  /** The column of keys has moved; what it says of waiting rows is the same. */
  rekey(key: Float64Array): void {
    this.key = key;
  }

  /** How many rows wait. */
  get size(): number {
    return this.put - this.taken + this.late.length;
  }

  /** The first row, -1 when none waits. */
  first(): number {
    const head = this.put === this.taken ? -1 : (this.ring[this.taken & (this.ring.length - 1)] as number);
    if (this.late.length === 0) return head;
    const top = this.late[0] as number;
    return head === -1 || this.before(top, head) ? top : head;
  }

  /** Adds a row. */
  push(row: number): void {
    const mask = this.ring.length - 1;
    if (this.put !== this.taken && !this.before(this.ring[(this.put - 1) & mask] as number, row)) {
      this.pushLate(row);
      return;
    }
    if (this.put - this.taken > mask) this.grow();
    this.ring[this.put & (this.ring.length - 1)] = row;
    this.put += 1;
  }

  /** Takes the first row away; there must be one. */
  shift(): number {
    if (this.late.length > 0 && this.first() === this.late[0]) return this.shiftLate();
    const row = this.ring[this.taken & (this.ring.length - 1)] as number;
    this.taken += 1;
    if (this.taken === this.put) {
      this.taken = 0;
      this.put = 0;
    }
    return row;
  }

  /** Takes a row away wherever it stands; unless it is the first this takes time in proportion to the lane. */
  remove(row: number): boolean {
    if (this.first() === row) {
      this.shift();
      return true;
    }
    const rows = this.rows();
    if (!rows.includes(row)) return false;
    while (this.size > 0) this.shift();
    for (const other of rows) if (other !== row) this.push(other);
    return true;
  }

  /** The waiting rows in order; for reports and slow paths. */
  rows(): number[] {
    const rows = [...this.late];
    for (let i = this.taken; i < this.put; i++) rows.push(this.ring[i & (this.ring.length - 1)] as number);
    return rows.sort((a, b) => (this.before(a, b) ? -1 : 1));
  }

  private before(a: number, b: number): boolean {
    const keyA = this.key[a] as number;
    const keyB = this.key[b] as number;
    return keyA < keyB || (keyA === keyB && a < b);
  }

  private grow(): void {
    const { ring, taken, put } = this;
    const grown = new Int32Array(ring.length * 2);
    for (let i = taken; i < put; i++) grown[i - taken] = ring[i & (ring.length - 1)] as number;
    this.ring = grown;
    this.put = put - taken;
    this.taken = 0;
  }

  private pushLate(row: number): void {
    const { late } = this;
    let i = late.length;
    late.push(row);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(row, late[parent] as number)) break;
      late[i] = late[parent] as number;
      i = parent;
    }
    late[i] = row;
  }

  private shiftLate(): number {
    const { late } = this;
    const top = late[0] as number;
    const row = late.pop() as number;
    const size = late.length;
    if (size === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(late[child + 1] as number, late[child] as number)) child += 1;
      if (!this.before(late[child] as number, row)) break;
      late[i] = late[child] as number;
      i = child;
    }
    late[i] = row;
    return top;
  }
}

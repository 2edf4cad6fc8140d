/**
 * The future: a 4-ary heap in columns. An event is a time and a code; the code's high bits name its kind (kinds are
 * numbered in phase order), the low bits the row it concerns. Ordering by (time, code) is therefore the total order of
 * SIM-02 and SIM-04, (time, phase, creation sequence), and nothing is allocated per event.
 */

/** Low bits of a code: the row. 2^26 rows are more tasks than memory holds. */
export const ROW_BITS = 26;
const ROW_MASK = (1 << ROW_BITS) - 1;

/** The code of an event of this kind (0 … 31) for this row. */
export function eventCode(kind: number, row: number): number {
  return (kind << ROW_BITS) | row;
}

/** The kind in a code. */
export function kindOfCode(code: number): number {
  return code >>> ROW_BITS;
}

/** The row in a code. */
export function rowOfCode(code: number): number {
  return code & ROW_MASK;
}

/**
 * Events to come, least (time, code) first. Taking the next one away leaves a hole at the top, which the next push fills
 * with one walk down the heap: an event that schedules its successor, the usual case, costs one walk instead of two.
 */
export class EventQueue {
  /** When the next event is due; Infinity when there is none. */
  nextAt = Number.POSITIVE_INFINITY;
  /** The next event's code; meaningless when there is none. */
  nextCode = 0;
  private times = new Float64Array(1024);
  private codes = new Int32Array(1024);
  /** Entries, the hole included. */
  private count = 0;
  private hole = false;
  /** While there is a hole: the least child of the root, 0 when it has none. */
  private heir = 0;

  /** How many events are due. */
  get size(): number {
    return this.hole ? this.count - 1 : this.count;
  }

  /** Schedules an event. */
  push(at: number, code: number): void {
    if (this.hole) {
      this.hole = false;
      this.sink(at, code, this.heir);
    } else {
      this.rise(at, code);
    }
    this.nextAt = this.times[0] as number;
    this.nextCode = this.codes[0] as number;
  }

  /** Takes the next event away; there must be one. */
  pop(): void {
    if (this.hole) this.fill();
    const heir = this.count > 1 ? this.leastChild(0) : 0;
    this.hole = true;
    this.heir = heir;
    this.nextAt = heir === 0 ? Number.POSITIVE_INFINITY : (this.times[heir] as number);
    this.nextCode = this.codes[heir] as number;
  }

  /** Fills the hole with the last entry. */
  private fill(): void {
    this.hole = false;
    const last = --this.count;
    const heir = this.heir === last ? 0 : this.heir;
    if (last > 0) this.sink(this.times[last] as number, this.codes[last] as number, heir);
  }

  /** Puts an entry in at the end and lets it rise to its place. */
  private rise(at: number, code: number): void {
    if (this.count === this.times.length) this.grow();
    const times = this.times;
    const codes = this.codes;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const parentAt = times[parent] as number;
      if (parentAt < at || (parentAt === at && (codes[parent] as number) <= code)) break;
      times[i] = parentAt;
      codes[i] = codes[parent] as number;
      i = parent;
    }
    times[i] = at;
    codes[i] = code;
  }

  /** Puts an entry in at the root, which is free and whose least child is `heir`, and lets it sink to its place. */
  private sink(at: number, code: number, heir: number): void {
    const times = this.times;
    const codes = this.codes;
    const count = this.count;
    let i = 0;
    let least = heir;
    while (least !== 0) {
      const leastAt = times[least] as number;
      if (leastAt > at || (leastAt === at && (codes[least] as number) >= code)) break;
      times[i] = leastAt;
      codes[i] = codes[least] as number;
      i = least;
      least = (i << 2) + 1 < count ? this.leastChild(i) : 0;
    }
    times[i] = at;
    codes[i] = code;
  }

  /** The least child of an entry that has children. */
  private leastChild(i: number): number {
    const times = this.times;
    let child = (i << 2) + 1;
    const end = child + 4 < this.count ? child + 4 : this.count;
    let least = child;
    let leastAt = times[child] as number;
    for (child++; child < end; child++) {
      const childAt = times[child] as number;
      if (childAt > leastAt) continue;
      if (childAt === leastAt && (this.codes[child] as number) > (this.codes[least] as number)) continue;
      leastAt = childAt;
      least = child;
    }
    return least;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const codes = new Int32Array(this.codes.length * 2);
    times.set(this.times);
    codes.set(this.codes);
    this.times = times;
    this.codes = codes;
  }
}

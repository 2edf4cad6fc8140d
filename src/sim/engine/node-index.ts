/**
 * Which nodes have room: the nodes that take tasks, by free slots and kind. Finding a node is a scan over at most the
 * number of slots a node has; it never looks at single nodes (SCH-08).
 */
import { IndexSet } from './index-set.js';

/**
 * Nodes of one pool by ordinal; kind 0 comes before kind 1 among equals (dedicated before preemptible).
 *
 * In a full pool a node gets room and loses it again within the instant. While it is the only one with room it is kept
 * beside the sets, which makes the busiest case the cheapest.
 */
export class NodeIndex {
  readonly slotsPerNode: number;
  private readonly packed: boolean;
  /** Index free × 2 + kind; free from 1 on. */
  private readonly sets: IndexSet[];
  private most = 0;
  /** The only node with room, `most` slots of it, while the sets are empty; -1 when there is no such node. */
  private lone = -1;
  private loneKind = 0;

  /** @param packed true: fill the fullest node first; false: spread over the emptiest */
  constructor(slotsPerNode: number, packed: boolean) {
    this.slotsPerNode = slotsPerNode;
    this.packed = packed;
    this.sets = Array.from({ length: (slotsPerNode + 1) * 2 }, () => new IndexSet());
  }

  /** The most free slots that any node has; 0 when none has room. */
  get mostFree(): number {
    return this.most;
  }

  /**
   * The free slots of a node changed.
   * @param place the node's ordinal × 2 + its kind
   * @param from how many were free; 0 also for a node that is new or took no tasks
   * @param to how many are free; 0 also for a node that takes no more tasks
   */
  update(place: number, from: number, to: number): void {
    const ordinal = place >>> 1;
    const kind = place & 1;
    if (ordinal === this.lone || this.most === 0) {
      this.lone = to === 0 ? -1 : ordinal;
      this.loneKind = kind;
      this.most = to;
      return;
    }
    const { sets } = this;
    if (this.lone !== -1) {
      (sets[this.most * 2 + this.loneKind] as IndexSet).add(this.lone);
      this.lone = -1;
    }
    if (from > 0) (sets[from * 2 + kind] as IndexSet).remove(ordinal);
    if (to > 0) (sets[to * 2 + kind] as IndexSet).add(ordinal);
    if (to >= this.most) this.most = to;
    else if (from === this.most) this.lowerMost();
  }

  /** Whether this node has room for so many slots. */
  has(ordinal: number, slots: number): boolean {
    if (this.lone !== -1) return ordinal === this.lone && slots <= this.most;
    for (let free = slots; free <= this.most; free++) {
      if ((this.sets[free * 2] as IndexSet).has(ordinal) || (this.sets[free * 2 + 1] as IndexSet).has(ordinal))
        return true;
    }
    return false;
  }

  /**
   * The ordinal of the node to place `slots` slots on, -1 when none has room: fewest used slots when spreading, most
   * used when packing; ties by kind, then by lowest ordinal.
   */
  choose(slots: number): number {
    if (slots > this.most) return -1;
    if (this.lone !== -1) return this.lone;
    const sets = this.sets;
    if (this.packed) {
      for (let free = slots; free <= this.most; free++) {
        const dedicated = (sets[free * 2] as IndexSet).first();
        if (dedicated !== -1) return dedicated;
        const spot = (sets[free * 2 + 1] as IndexSet).first();
        if (spot !== -1) return spot;
      }
      return -1;
    }
    const dedicated = (sets[this.most * 2] as IndexSet).first();
    return dedicated !== -1 ? dedicated : (sets[this.most * 2 + 1] as IndexSet).first();
  }

  private lowerMost(): void {
    const { sets } = this;
    let most = this.most;
    while (most > 0 && (sets[most * 2] as IndexSet).size === 0 && (sets[most * 2 + 1] as IndexSet).size === 0)
      most -= 1;
    this.most = most;
  }
}

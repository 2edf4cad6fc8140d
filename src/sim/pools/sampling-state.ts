/** What a run knows about the sampling of its pools. */

import type { JobState, PoolState } from '../entities.js';
import type { Lane } from '../queues.js';
import { NodeShares } from './node-shares.js';
import type { ValueChanges } from './sampled-series.js';

/** The sampling of a run. Costs nothing while no pool follows a formula. */
export class Sampling {
  /** Pools that follow a formula, in the order in which they began. */
  readonly pools: PoolState[] = [];
  /** The samples of every stretch in which a pool followed formulas: by its first row of `formulas`, changes by metric. */
  readonly stretches: { readonly formula: number; readonly changes: readonly ValueChanges[] }[] = [];
  /** When the next sample of any of them is taken. */
  nextMs = Number.POSITIVE_INFINITY;
  readonly shares = new NodeShares();
  /** Lanes whose tasks have several instances, as long as their job may be active. */
  gangLanes: { readonly job: JobState; readonly lane: Lane }[] = [];

  /** Something happened on a node that may change what it adds to its pool's metrics. */
  touch(node: number): void {
    if (this.pools.length > 0) this.shares.touch(node);
  }

  /** The pool is sampled from now on. */
  add(pool: PoolState): void {
    this.pools.push(pool);
    this.reckon();
  }

  /** The pool is not sampled any more. */
  remove(pool: PoolState): void {
    this.pools.splice(this.pools.indexOf(pool), 1);
    this.reckon();
  }

  /** Finds when the next sample is taken. */
  reckon(): void {
    this.nextMs = Number.POSITIVE_INFINITY;
    for (const { scaling } of this.pools) {
      if (scaling !== null) this.nextMs = Math.min(this.nextMs, scaling.sampling.nextMs);
    }
  }
}

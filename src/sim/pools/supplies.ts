/** ACC-09: what each region has of each VM size, and which pools share it. */
import { type Account, type CapacityWindow, idKey, type RegionCapacity } from '../../model/index.js';
import type { PoolState } from '../entities.js';

/** The VMs of one size in one region. */
export interface Supply {
  /** When only so many can be had; none: there are always enough. */
  windows: readonly CapacityWindow[];
  /** Pools that may hold some of them. */
  pools: PoolState[];
}

/** All of them, each made when first asked for. */
export class Supplies {
  private readonly capacity: readonly RegionCapacity[];
  private readonly byPlace = new Map<string, Supply>();
  /** By row of the pool, whose size and account never change. */
  private readonly byPool: (Supply | undefined)[] = [];

  constructor(capacity: readonly RegionCapacity[]) {
    this.capacity = capacity;
  }

  /** What the pool draws on. */
  of(pool: PoolState): Supply {
    const known = this.byPool[pool.row];
    if (known !== undefined) return known;
    const supply = this.at(pool.account.spec, pool.account.row, pool.spec.vmSize.name);
    supply.pools = [...supply.pools.filter(({ deletedMs }) => deletedMs < 0), pool];
    this.byPool[pool.row] = supply;
    return supply;
  }

  /** What the region of an account has of a size. */
  at({ location }: Account, accountRow: number, vmSize: string): Supply {
    const region = location === null ? `${accountRow}` : `@${idKey(location)}`;
    const place = `${region} ${idKey(vmSize)}`;
    const known = this.byPlace.get(place);
    if (known !== undefined) return known;
    const windows = this.capacity.filter(
      (one) => idKey(one.vmSize) === idKey(vmSize) && (one.location === null || isSame(one.location, location)),
    );
    const made: Supply = { windows, pools: [] };
    this.byPlace.set(place, made);
    return made;
  }
}

function isSame(location: string, other: string | null): boolean {
  return other !== null && idKey(location) === idKey(other);
}

/** How many VMs can be had, by a pool or in a region, and when (ACC-09). */
import {
  type Account,
  type CapacityWindow,
  findVmSize,
  idKey,
  type RegionCapacity,
  suggestVmSize,
} from '../../model/index.js';
import type { GivenCapacityWindow, GivenRegionCapacity } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** One window. */
export function readWindow(context: BuildContext, path: Path, given: GivenCapacityWindow): CapacityWindow {
  const fromMs = given.from === undefined ? 0 : context.moment([...path, 'from'], given.from);
  if (given.dedicatedNodes === undefined && given.lowPriorityNodes === undefined) {
    context.error('BS2006', path, `${context.name(path)} limits nothing`, 'add dedicatedNodes or lowPriorityNodes');
  }
  return {
    fromMs,
    toMs: given.for === undefined ? null : fromMs + given.for,
    dedicatedNodes: given.dedicatedNodes ?? null,
    lowPriorityNodes: given.lowPriorityNodes ?? null,
  };
}

/** The windows of regions. @param accounts of the scenario, which say where there are any */
export function readRegionCapacity(
  context: BuildContext,
  path: Path,
  given: readonly GivenRegionCapacity[] | undefined,
  accounts: readonly Account[],
): readonly RegionCapacity[] {
  return (given ?? []).map((one, i) => {
    const where = [...path, i];
    checkSize(context, [...where, 'vmSize'], one.vmSize);
    const location = one.location ?? null;
    if (location !== null) checkLocation(context, [...where, 'location'], location, accounts);
    return { vmSize: one.vmSize, location, ...readWindow(context, where, one) };
  });
}

/** POOL-24: a size by its name. */
export function checkSize(context: BuildContext, path: Path, name: string): void {
  if (findVmSize(name) !== null) return;
  const near = suggestVmSize(name);
  const message = `there is no VM size "${name}" in the catalogue (POOL-24)`;
  context.error('BS2105', path, message, near === null ? null : `did you mean "${near}"?`);
}

function checkLocation(context: BuildContext, path: Path, location: string, accounts: readonly Account[]): void {
  if (accounts.some((account) => account.location !== null && idKey(account.location) === idKey(location))) return;
  const message = `no account is in ${location}: the capacity of that region has no effect`;
  context.warning('BS2206', path, message, `add location: ${location} to an account`);
}

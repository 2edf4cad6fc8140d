/** Instants of small runs, as Batch's API would have told of them. */
import type { Account, Scenario } from '../../src/model/index.js';
import { type Moment, momentAt } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { pool, world } from './world.js';

/** What one account's run was like at an instant: a pool of one node unless said otherwise; the scenario starts in 1970. */
export function momentOf(account: Partial<Account>, atMs: number, given: Partial<Scenario> = {}): Moment {
  const clock = { epochMs: 0, untilMs: null, tailMs: null };
  const scenario = world({ pools: [pool(1)], ...account }, { clock, ...given });
  return momentAt(simulate(scenario), atMs);
}

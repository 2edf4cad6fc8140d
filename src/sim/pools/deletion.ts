/** A pool is deleted: it shrinks to nothing and then disappears (POOL-16). */
import { POOL_MOVES, POOL_STATES, POOL_TRIGGERS } from '../../model/index.js';
import { Transitions } from '../engine/transitions.js';
import type { PoolState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { NODE } from '../node-table.js';
import { leaveWithPool } from '../nodes/removal.js';
import { detachJob } from '../waiting.js';
import type { World } from '../world.js';
import { endScaling } from './autoscaling.js';
import { stayingNodes } from './removal-order.js';
import { beginResize } from './resize-record.js';
import { completeBeginning, shrink, stopResize } from './resizing.js';

const TRANSITIONS = new Transitions('pool', POOL_STATES, POOL_TRIGGERS, POOL_MOVES);

/** Deletes a pool that is active. Its tasks go back to their jobs, which may run them elsewhere. */
export function beginDeletion(world: World, pool: PoolState): void {
  endScaling(world, pool);
  if (pool.resize !== null) stopResize(world, pool);
  pool.state = TRANSITIONS.next(pool.state, POOL_TRIGGERS.indexOf('delete'));
  pool.spec = { ...pool.spec, targetDedicatedNodes: 0, targetLowPriorityNodes: 0, autoScale: null };
  world.log?.add(world.nowMs, LOGGED.poolDeleting, pool.row, 0);
  for (const job of pool.account.jobs.values()) if (job.pool === pool) detachJob(world, job);
  const draining = pool.nodeRows.filter((node) => world.nodes.state[node] === NODE.leavingpool);
  const resize = beginResize(world, pool, 'deletePool');
  const nodes = [...stayingNodes(world, pool, 0), ...stayingNodes(world, pool, 1)].sort((a, b) => a - b);
  shrink(world, resize, nodes, 'requeue');
  for (const node of draining) if ((world.nodes.goneMs[node] as number) < 0) leaveWithPool(world, node);
  completeBeginning(world, pool, resize, null);
}

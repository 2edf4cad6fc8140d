/** POOL-22: how many nodes a pool has in each state, by kind. */
import { NODE_KINDS, NODE_STATES, type NodeState } from '../../model/index.js';
import type { PoolRow, Recording } from '../recording.js';
import type { WorldState } from '../world-state.js';

/** The states in the spelling of the counts' fields, which is not that of the states themselves. */
const FIELDS = {
  creating: 'creating',
  starting: 'starting',
  waitingforstarttask: 'waitingForStartTask',
  starttaskfailed: 'startTaskFailed',
  idle: 'idle',
  running: 'running',
  offline: 'offline',
  rebooting: 'rebooting',
  reimaging: 'reimaging',
  upgradingos: 'upgradingOS',
  unusable: 'unusable',
  unknown: 'unknown',
  leavingpool: 'leavingPool',
  preempted: 'preempted',
  deallocating: 'deallocating',
  deallocated: 'deallocated',
} as const satisfies Record<NodeState, string>;

/** Batch's `NodeCounts`: `total` is the sum of the others. */
export type NodeStateCounts = Readonly<Record<(typeof FIELDS)[NodeState] | 'total', number>>;

/** Batch's `PoolNodeCounts`. */
export interface PoolNodeCounts {
  readonly poolId: string;
  readonly dedicated: NodeStateCounts;
  readonly lowPriority: NodeStateCounts;
}

/** POOL-22: the nodes of one pool at a moment; preempted and leaving ones are there too. */
export function poolNodeCounts(recording: Recording, state: WorldState, pool: number): PoolNodeCounts {
  const counts = NODE_KINDS.map(() => new Int32Array(NODE_STATES.length));
  for (let node = 0; node < recording.nodes.count; node++) {
    if (recording.nodes.pool[node] !== pool) continue;
    const ofKind = counts[recording.nodes.kind[node] as number] as Int32Array;
    const at = state.nodeState[node] as number;
    if (at < NODE_STATES.length) ofKind[at]! += 1;
  }
  const bodyOf = (kind: 'dedicated' | 'spot') => countsBody(counts[NODE_KINDS.indexOf(kind)] as Int32Array);
  return { poolId: (recording.pools[pool] as PoolRow).id, dedicated: bodyOf('dedicated'), lowPriority: bodyOf('spot') };
}

function countsBody(byState: Int32Array): NodeStateCounts {
  const named = NODE_STATES.map((state, i) => [FIELDS[state], byState[i] as number] as const);
  return Object.fromEntries([...named, ['total', byState.reduce((a, b) => a + b, 0)]]) as NodeStateCounts;
}

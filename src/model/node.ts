/** Compute nodes: states, moves, what is billed, and names (NODE). */
import { combine, keyOf, mix32 } from '../base/index.js';

/** The states of the specification's table NODE, in Batch's spelling. */
export const NODE_STATES = [
  'creating',
  'starting',
  'waitingforstarttask',
  'starttaskfailed',
  'idle',
  'running',
  'offline',
  'rebooting',
  'reimaging',
  'upgradingos',
  'unusable',
  'unknown',
  'leavingpool',
  'preempted',
  'deallocating',
  'deallocated',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** What moves a node. assign: a task is given to it when it had none · release: its last task left. */
export const NODE_TRIGGERS = ['boot', 'ready', 'assign', 'release'] as const;
export type NodeTrigger = (typeof NODE_TRIGGERS)[number];

/** Every legal move of a node; a missing entry is illegal (NODE-01, NODE-02). */
export const NODE_MOVES: Readonly<Partial<Record<NodeState, Partial<Record<NodeTrigger, NodeState>>>>> = {
  creating: { boot: 'starting' },
  starting: { ready: 'idle' },
  idle: { assign: 'running' },
  running: { release: 'idle' },
};

/** Which of BILL-06's four parts a node's time in a state belongs to, or `free`. Leaving counts by whether a task runs. */
export const NODE_BILLING: Readonly<Record<NodeState, 'booting' | 'running' | 'failed' | 'idle' | 'free'>> = {
  creating: 'booting',
  starting: 'booting',
  waitingforstarttask: 'booting',
  starttaskfailed: 'failed',
  idle: 'idle',
  running: 'running',
  offline: 'idle',
  rebooting: 'booting',
  reimaging: 'booting',
  upgradingos: 'booting',
  unusable: 'failed',
  unknown: 'failed',
  leavingpool: 'idle',
  preempted: 'free',
  deallocating: 'idle',
  deallocated: 'free',
};

/** Dedicated or preemptible; `spot` is what ACC-03 calls a low-priority or Spot VM. */
export const NODE_KINDS = ['dedicated', 'spot'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** NODE-16: `tvmps_`, 64 hex digits that derive from seed, pool and ordinal, then `_d` or `_p`. */
export function nodeId(
  seed: string | number,
  accountName: string,
  poolId: string,
  ordinal: number,
  kind: NodeKind,
): string {
  let word = combine(combine(keyOf(String(seed)), keyOf(`${accountName}/${poolId.toLowerCase()}`)), ordinal);
  let digits = '';
  for (let i = 0; i < 8; i++) {
    word = mix32(word + Math.imul(i + 1, 0x9e3779b9));
    digits += (word >>> 0).toString(16).padStart(8, '0');
  }
  return `tvmps_${digits}_${kind === 'dedicated' ? 'd' : 'p'}`;
}

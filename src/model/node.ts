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

/**
 * What moves a node. boot: the agent starts · runStartTask, startTaskFailed: START-03, START-05 · ready: it takes tasks,
 * or would · assign, release: its first task came, its last left · takeOffline, bringOnline: NODE-04, NODE-05 · reboot,
 * reimage, upgrade, restart: NODE-08, NODE-09, POOL-21 · fail, lose, regain: NODE-13 · leave, stay: RSZ-13, RSZ-14 · preempt,
 * replace: NODE-11, NODE-12 · deallocate, deallocated, allocate: NODE-10.
 */
export const NODE_TRIGGERS = [
  'boot',
  'runStartTask',
  'startTaskFailed',
  'ready',
  'assign',
  'release',
  'takeOffline',
  'bringOnline',
  'reboot',
  'reimage',
  'upgrade',
  'restart',
  'fail',
  'lose',
  'regain',
  'regainBusy',
  'leave',
  'stay',
  'stayBusy',
  'preempt',
  'replace',
  'deallocate',
  'deallocated',
  'allocate',
] as const;
export type NodeTrigger = (typeof NODE_TRIGGERS)[number];

/** What may befall a node with a VM, whatever it does. */
const LOSSES = { fail: 'unusable', lose: 'unknown', leave: 'leavingpool', preempt: 'preempted' } as const;

/** Every legal move of a node; a missing entry is illegal (NODE-01 to NODE-14). */
export const NODE_MOVES: Readonly<Record<NodeState, Partial<Record<NodeTrigger, NodeState>>>> = {
  creating: { ...LOSSES, boot: 'starting' },
  starting: {
    ...LOSSES,
    runStartTask: 'waitingforstarttask',
    ready: 'idle',
    takeOffline: 'offline',
    reboot: 'rebooting',
  },
  waitingforstarttask: {
    ...LOSSES,
    ready: 'idle',
    takeOffline: 'offline',
    startTaskFailed: 'starttaskfailed',
    reboot: 'rebooting',
    upgrade: 'upgradingos',
  },
  starttaskfailed: { ...LOSSES, reboot: 'rebooting', reimage: 'reimaging', upgrade: 'upgradingos' },
  idle: {
    ...LOSSES,
    assign: 'running',
    takeOffline: 'offline',
    reboot: 'rebooting',
    reimage: 'reimaging',
    upgrade: 'upgradingos',
    deallocate: 'deallocating',
  },
  running: {
    ...LOSSES,
    release: 'idle',
    takeOffline: 'offline',
    reboot: 'rebooting',
    reimage: 'reimaging',
    upgrade: 'upgradingos',
    deallocate: 'deallocating',
  },
  offline: { ...LOSSES, bringOnline: 'idle', reboot: 'rebooting', upgrade: 'upgradingos' },
  rebooting: { ...LOSSES, restart: 'starting' },
  reimaging: { ...LOSSES, restart: 'starting' },
  upgradingos: { ...LOSSES, restart: 'starting' },
  unusable: { leave: 'leavingpool', preempt: 'preempted', reboot: 'rebooting', reimage: 'reimaging' },
  unknown: {
    fail: 'unusable',
    leave: 'leavingpool',
    preempt: 'preempted',
    regain: 'idle',
    regainBusy: 'running',
    takeOffline: 'offline',
    reboot: 'rebooting',
  },
  leavingpool: { stay: 'idle', stayBusy: 'running', takeOffline: 'offline', fail: 'unusable', preempt: 'preempted' },
  preempted: { replace: 'creating', leave: 'leavingpool' },
  deallocating: { ...LOSSES, deallocated: 'deallocated' },
  deallocated: { allocate: 'starting', leave: 'leavingpool' },
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

/** NODE-03. */
export const SCHEDULING_STATES = ['enabled', 'disabled'] as const;
export type SchedulingState = (typeof SCHEDULING_STATES)[number];

/** What moves a node's scheduling. */
export const SCHEDULING_TRIGGERS = ['disable', 'enable'] as const;
export type SchedulingTrigger = (typeof SCHEDULING_TRIGGERS)[number];

/** Every legal move of a node's scheduling (NODE-03). */
export const SCHEDULING_MOVES: Readonly<Record<SchedulingState, Partial<Record<SchedulingTrigger, SchedulingState>>>> =
  {
    enabled: { disable: 'disabled' },
    disabled: { enable: 'enabled' },
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

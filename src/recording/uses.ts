/** What charged node time was used for: finer than BILL-06's four parts, and within them. */
import { NODE_STATES, type NodeState } from '../model/index.js';
import { NO_NODE_STATE } from './phases.js';

/** One use of charged node time. */
export interface NodeUse {
  readonly name: string;
  /** The part of BILL-06 that it belongs to. */
  readonly part: 'booting' | 'running' | 'idle' | 'failed';
  readonly meaning: string;
}

/**
 * Every use. What runs on a node is booked by slots: a node of four slots of which one works is a quarter `useful` and
 * three quarters `freeSlots`. All others take the whole node.
 */
export const NODE_USES = [
  use('starting', 'booting', 'Its VM was created and its agent started.'),
  use('startTask', 'booting', 'It waited for its start task.'),
  use('restarting', 'booting', 'It was rebooted, reimaged, or its operating system was upgraded.'),
  use('useful', 'running', 'Slots of attempts that ran and were not repeated, whatever their exit code.'),
  use(
    'lost',
    'running',
    'Slots of attempts whose work did not count: retry, requeue, preemption, removal of the node.',
  ),
  use('preparing', 'running', 'Slots that were taken and not running yet: dispatch, preparation of the job.'),
  use('freeSlots', 'running', 'Slots that nobody held while a task ran beside them.'),
  use('idle', 'idle', 'It stood ready without a task, before the last work of its pool.'),
  use('tail', 'idle', 'The same after the last work of its pool.'),
  use('offline', 'idle', 'Its scheduling was disabled.'),
  use('leaving', 'idle', 'It was removed or deallocated, and no task ran on it any more.'),
  use('startTaskFailed', 'failed', 'Its start task had failed.'),
  use('unusable', 'failed', 'It was unusable, or out of contact.'),
] as const satisfies readonly NodeUse[];
export type NodeUseName = (typeof NODE_USES)[number]['name'];

/** Place of each use in {@link NODE_USES}. */
export const NODE_USE = Object.fromEntries(NODE_USES.map(({ name }, i) => [name, i])) as Readonly<
  Record<NodeUseName, number>
>;

/** The use of a node in each state while nobody holds slots of it; null: it is not charged. */
const USE_OF_STATE: Readonly<Record<NodeState, NodeUseName | null>> = {
  creating: 'starting',
  starting: 'starting',
  waitingforstarttask: 'startTask',
  starttaskfailed: 'startTaskFailed',
  idle: 'idle',
  running: 'idle',
  offline: 'offline',
  rebooting: 'restarting',
  reimaging: 'restarting',
  upgradingos: 'restarting',
  unusable: 'unusable',
  unknown: 'unusable',
  leavingpool: 'leaving',
  preempted: null,
  deallocating: 'leaving',
  deallocated: null,
};
/** States in which a node runs as long as a task holds slots of it (BILL-06). */
const RUNNING_STATES: readonly NodeState[] = ['idle', 'running', 'leavingpool'];

const USES = usesByState(false);
const BUSY_USES = usesByState(true);

/** Whose the rest of a node is, in each state: `freeSlots` of one that runs, else what its state says. -1: not charged. */
export function useOfNode(state: number, isBusy: boolean): number {
  if (state === NO_NODE_STATE) return -1;
  return (isBusy ? BUSY_USES : USES)[state] as number;
}

function usesByState(isBusy: boolean): Int8Array {
  return Int8Array.from(NODE_STATES, (state) => {
    if (isBusy && RUNNING_STATES.includes(state)) return NODE_USE.freeSlots;
    const name = USE_OF_STATE[state];
    return name === null ? -1 : NODE_USE[name];
  });
}

function use<const N extends string>(name: N, part: NodeUse['part'], meaning: string) {
  return { name, part, meaning } as const;
}

/** What tasks, jobs, pools and schedules are doing at a moment of a run: Batch's states, and before and after them. */
import { codesOf } from '../base/index.js';
import {
  JOB_SCHEDULE_STATES,
  JOB_STATES,
  NODE_BILLING,
  NODE_STATES,
  POOL_STATES,
  type TaskState,
} from '../model/index.js';

/**
 * What a task is doing, finer than Batch's state. `absent`: not added yet · `blocked`: waits for dependencies ·
 * `ready`: runnable, holds nothing · `assigned`: holds slots, still active (SCH-11) · `preparing`: holds slots, waits for
 * the job's preparation (PREP-03) · `givenUp`: ACC-15 · `deleted`: TASK-23, JOB-14.
 */
export const TASK_PHASES = [
  'absent',
  'blocked',
  'ready',
  'assigned',
  'preparing',
  'running',
  'succeeded',
  'failed',
  'givenUp',
  'deleted',
] as const;
export type TaskPhase = (typeof TASK_PHASES)[number];

/** Batch's state of a task in a phase; null where there is none. A given-up task stays as the end of the run shows it. */
export const PHASE_STATES: Readonly<Record<TaskPhase, TaskState | null>> = {
  absent: null,
  blocked: 'active',
  ready: 'active',
  assigned: 'active',
  preparing: 'preparing',
  running: 'running',
  succeeded: 'completed',
  failed: 'completed',
  givenUp: null,
  deleted: null,
};

/** Number of each phase: its place in {@link TASK_PHASES}. */
export const TASK_PHASE = codesOf(TASK_PHASES);

/** True for the phases in which a task holds slots. */
export function holdsSlots(phase: number): boolean {
  return phase === TASK_PHASE.assigned || phase === TASK_PHASE.preparing || phase === TASK_PHASE.running;
}

/** A pool's life. */
export const POOL_PHASES = ['absent', ...POOL_STATES, 'deleted'] as const;
export type PoolPhase = (typeof POOL_PHASES)[number];

/** A job's life. */
export const JOB_PHASES = ['absent', ...JOB_STATES, 'deleted'] as const;
export type JobPhase = (typeof JOB_PHASES)[number];

/** A job schedule's life. */
export const SCHEDULE_PHASES = ['absent', ...JOB_SCHEDULE_STATES, 'deleted'] as const;
export type SchedulePhase = (typeof SCHEDULE_PHASES)[number];

/** In a row of the log: what stands in place of a state when something has gone. */
export const GONE = 255;

/** The phase of a job or schedule that a row of the log names by its state, which has `states` states. */
export function phaseOfState(detail: number, states: number): number {
  return detail === GONE ? states + 1 : detail + 1;
}

/** Nodes by BILL-06's parts, and those that cost nothing. */
export const NODE_PARTS = ['booting', 'idle', 'running', 'failed', 'free'] as const;
export type NodePart = (typeof NODE_PARTS)[number];

/** A node that has not appeared yet, or has gone, has this in place of a state. */
export const NO_NODE_STATE = 255;

const PART_OF_STATE = NODE_STATES.map((state) => NODE_PARTS.indexOf(NODE_BILLING[state]));
const RUNNING_PART = NODE_PARTS.indexOf('running');
const LEAVING = NODE_STATES.indexOf('leavingpool');

/** The part that a node's time belongs to; -1 for one that is not there. A busy node that leaves still runs (BILL-06). */
export function partOfNode(state: number, isBusy: boolean): number {
  if (state === NO_NODE_STATE) return -1;
  return state === LEAVING && isBusy ? RUNNING_PART : (PART_OF_STATE[state] as number);
}

/** The kinds of events of a run, and their order. */
import { codesOf } from '../base/index.js';

/**
 * What can be due, in the order in which it is handled when due at one instant (SIM-02). The order of this list *is* a
 * modelling decision: kinds are numbered in it, and the event queue compares (time, kind, row), so that ties inside a
 * kind are broken by creation sequence (SIM-04). At most 32 kinds.
 */
export const SIM_EVENTS = [
  // phase 1: exits, and the steps of an attempt that has several: downloads, coordination, uploads
  'taskExit',
  'nodeTaskExit',
  // what an exit means for its job comes after all exits of the instant (SIM-03, EXIT-07)
  'jobConsequence',
  // phase 2: deadlines
  'taskWallClock',
  'nodeTaskWallClock',
  'jobWallClock',
  'taskLifetime',
  'retention',
  // phase 3: faults
  'fate',
  'preemption',
  'nodeFault',
  'capacityChange',
  'upgradeResumed',
  // phase 4: node timers, then resize timeouts (a node that appears exactly at the timeout counts)
  'nodeAllocated',
  'nodeBooted',
  'nodeReady',
  'dispatchEnd',
  'killEnd',
  'nodeReturned',
  'nodeGone',
  'nodeReplaced',
  'spotSought',
  'resizeTimeout',
  // phase 5: commands; what the scenario declares comes before its actions, then scripts of job managers
  'addPool',
  'addJob',
  'addTask',
  'action',
  'script',
  // phase 6: job schedules
  'scheduleDue',
  'scheduleOver',
  // phase 7: autoscale
  'autoscaleSample',
  'autoscaleEvaluation',
  // phase 8, settle, is no event: it follows when nothing else is due at the instant
] as const;

/** The number of a kind: its place in {@link SIM_EVENTS}. */
export const SIM_EVENT = codesOf(SIM_EVENTS);

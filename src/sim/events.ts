/**
 * What can be due, in the order in which it is handled when due at one instant (SIM-02). The order of this list *is* a
 * modelling decision: kinds are numbered in it, and the event queue compares (time, kind, row), so that ties inside a
 * kind are broken by creation sequence (SIM-04). At most 32 kinds.
 */
export const SIM_EVENTS = [
  // phase 1: exits
  'taskExit',
  // phase 2: deadlines
  'taskWallClock',
  'taskLifetime',
  // phase 3: faults
  'capacityChange',
  // phase 4: node timers, then resize timeouts (a node that appears exactly at the timeout counts)
  'nodeAllocated',
  'nodeBooted',
  'nodeReady',
  'dispatchEnd',
  'resizeTimeout',
  // phase 5: commands, in file order
  'addPool',
  'addJob',
  'addTask',
  // phase 6, job schedules, and phase 7, autoscale, have nothing to do yet
  // phase 8, settle, is no event: it follows when nothing else is due at the instant
] as const;
export type SimEventKind = (typeof SIM_EVENTS)[number];

/** The number of a kind: its place in {@link SIM_EVENTS}. */
export const SIM_EVENT: Readonly<Record<SimEventKind, number>> = Object.fromEntries(
  SIM_EVENTS.map((kind, number) => [kind, number]),
) as Record<SimEventKind, number>;

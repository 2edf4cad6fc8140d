/** What a random draw is for: one number each, so that a new kind of draw shifts nothing elsewhere (SIM-05). */
import type { LatencyName } from '../model/index.js';

/** By purpose. */
export const PURPOSE = {
  runtime: 1,
  exitCode: 2,
  dispatch: 3,
  alloc: 4,
  allocPerNode: 5,
  boot: 6,
  create: 7,
  start: 8,
  taskOrder: 9,
  jobOrder: 10,
  preemption: 11,
  preemptedNodes: 12,
  nodeFault: 13,
  unusableAtStart: 14,
  slowNode: 15,
  packageFailure: 16,
  capacityWait: 17,
  nodeTaskRuntime: 18,
  nodeTaskExitCode: 19,
  coordinationRuntime: 20,
  coordinationExitCode: 21,
  autoPoolId: 22,
  sampleLoss: 23,
  recover: 24,
  formulaRandom: 25,
  hostReboot: 26,
  contactLoss: 27,
  contactBack: 28,
} as const;

/** The same for each latency of SIM-06 that a scenario sets. */
export const LATENCY_PURPOSE: Readonly<Record<LatencyName, number>> = {
  alloc: PURPOSE.alloc,
  create: PURPOSE.create,
  start: PURPOSE.start,
  dispatch: PURPOSE.dispatch,
  reboot: 32,
  reimage: 33,
  leave: 34,
  replace: 35,
  recover: 36,
  kill: 37,
  download: 38,
  upload: 39,
  install: 40,
};

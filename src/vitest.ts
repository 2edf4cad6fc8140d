/**
 * Matchers for vitest: `import 'batchsim/vitest'` once, in a test or a setup file, and `expect` knows them.
 *
 * ```ts
 * expect(simulateFile('scenario.yaml')).toScaleToZeroWithin('20m', { pool: 'render' });
 * ```
 */
import { expect } from 'vitest';
import { type PoolChoice, SCALING_MATCHERS } from './recording/index.js';

/** What `expect` of a run can do besides. Every matcher takes the pool that it is about, where the run has several. */
export interface ScalingMatchers<R = unknown> {
  /** The pool has no node left at some moment, at most so long (`20m`) after the last of its tasks ended. */
  toScaleToZeroWithin(duration: string, choice?: PoolChoice): R;
  /** Neither the targets nor the nodes of the pool, dedicated and spot together, ever exceed this. */
  toNeverExceed(nodes: number, choice?: PoolChoice): R;
  /** The formula never asks for fewer nodes than run tasks at that moment. */
  toNeverDropBelowRunning(choice?: PoolChoice): R;
  /** No shrink by the formula takes a running task from its node. */
  toNeverInterruptTasks(choice?: PoolChoice): R;
  /** The formula changes the targets at most so often in any 60 minutes. */
  toChangeAtMostPerHour(changes: number, choice?: PoolChoice): R;
  /** The 95th percentile of the waits of the pool's tasks is at most so long (`10m`). */
  toKeepP95WaitWithin(duration: string, choice?: PoolChoice): R;
}

declare module 'vitest' {
  interface Matchers<T> extends ScalingMatchers<T> {}
}

expect.extend(SCALING_MATCHERS);

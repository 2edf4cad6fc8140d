/** Multi-instance tasks in a few words (MI). */
import { type CommandModel, INSTANT_COMMAND, type MultiInstance, type TaskSet } from '../../src/model/index.js';
import { each, tasks } from './declared.js';

/** A command that takes so many ms and exits so. */
export function commandOf(ms: number, exitCode = 0): CommandModel {
  return { ...INSTANT_COMMAND, runtime: each(ms), exitCode: each(exitCode) };
}

/** A task `m1` of 10 ms on so many nodes, whose coordination takes 2 ms. */
export function parallel(
  numberOfInstances: number,
  given: Partial<TaskSet> = {},
  more: Partial<MultiInstance> = {},
): TaskSet {
  const multiInstance = { numberOfInstances, coordination: commandOf(2), commonDownloadBytes: 0, ...more };
  return tasks('m', [10], { multiInstance, ...given });
}

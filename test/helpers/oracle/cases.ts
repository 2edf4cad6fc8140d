/** Small cases for the oracle itself, in a few words: ready pools, no latencies, unless said otherwise. */
import type { Account, Action, Job, Operation, Pool, Scenario, VmSize } from '../../../src/model/index.js';
import { pool, world } from '../declared.js';
import { type Line, type Outcome, oracle } from './outcome.js';

export { each, job, latencies, NO_EXIT_CONDITIONS, tasks } from '../declared.js';

const SIZE: VmSize = { name: 'Four', family: 'f', vcpus: 4, memoryGib: 8, tempDiskGib: null, gpus: 0 };

/** A pool `p` of so many dedicated nodes of four cores, which stands before the start. */
export function nodes(count: number, given: Partial<Pool> = {}): Pool {
  return pool(count, { vmSize: SIZE, ...given });
}

/** What becomes of pools and jobs of an account `a`. */
export function run(pools: readonly Pool[], jobs: readonly Job[], given: Partial<Scenario> = {}): Outcome {
  return runAccount({ pools, jobs }, given);
}

/** What becomes of an account `a`. */
export function runAccount(account: Partial<Account>, given: Partial<Scenario> = {}): Outcome {
  return oracle(world(account, given));
}

/** What becomes of pools and jobs to which something happens: instants and operations. */
export function runWith(
  pools: readonly Pool[],
  jobs: readonly Job[],
  happenings: readonly (readonly [atMs: number, operation: Operation])[],
  given: Partial<Scenario> = {},
): Outcome {
  const actions = happenings.map(([atMs, operation]): Action => ({ atMs, operation, expectError: null }));
  return runAccount({ pools, jobs, actions }, given);
}

/** `job/task start-end node` in creation order; the state in place of an end that never came. */
export function gantt(outcome: Outcome): string[] {
  return [...outcome.tasks].map(([key, { startMs, endMs, node, state }]) => {
    const name = key.split('/').slice(1).join('/');
    return startMs === null ? `${name} ${state}` : `${name} ${startMs}-${endMs ?? state} ${String(node).split('/')[2]}`;
  });
}

/** The line of a task `job/task`. */
export function task(outcome: Outcome, key: string): Line | undefined {
  return outcome.tasks.get(`a/${key}`);
}

/** The line of a node of the pool `p`. */
export function node(outcome: Outcome, name: string): Line | undefined {
  return outcome.nodes.get(`a/p/${name}`);
}

/** Codes of the operations, `ok` for those that were accepted. */
export function codes(outcome: Outcome): string[] {
  return [...outcome.operations.values()].map(({ code }) => String(code ?? 'ok'));
}

/** Worlds in which something is done to pools and nodes, and what became of them as lines. */
import {
  type Account,
  type Job,
  makeAccount,
  makeScenario,
  NODE_STATES,
  type NodeDeallocationOption,
  type Operation,
  type Pool,
  type Scenario,
} from '../../src/model/index.js';
import { NODE_CAUSES, type Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { logged } from './world.js';

/** An operation and its instant in ms. */
export type Deed = readonly [atMs: number, operation: Operation];

/** Runs pools and jobs of one account in which these things are done. */
export function runDeeds(
  pools: readonly Pool[],
  jobs: readonly Job[],
  deeds: readonly Deed[],
  given: Partial<Scenario> & { readonly account?: Partial<Account> } = {},
): Recording {
  const { account = {}, ...scenario } = given;
  const actions = deeds.map(([atMs, operation]) => ({ atMs, operation, expectError: null }));
  const accounts = [makeAccount({ name: 'a', ...account, pools, jobs, actions })];
  return simulate(makeScenario({ accounts, ...scenario })).recording;
}

/** Sets the targets of the pool `p`. */
export function resize(
  dedicated: number | null,
  spot: number | null = null,
  nodeDeallocationOption: NodeDeallocationOption | null = null,
  resizeTimeoutMs: number | null = null,
): Operation {
  const targets = { targetDedicatedNodes: dedicated, targetLowPriorityNodes: spot };
  return { kind: 'resizePool', poolId: 'p', ...targets, resizeTimeoutMs, nodeDeallocationOption };
}

/** Removes these nodes of the pool `p`. */
export function remove(nodes: readonly string[], option: NodeDeallocationOption | null = null): Operation {
  return { kind: 'removeNodes', poolId: 'p', nodes, resizeTimeoutMs: null, nodeDeallocationOption: option };
}

/** A node of the pool `p`. */
export function on(node: string): { readonly poolId: 'p'; readonly node: string } {
  return { poolId: 'p', node };
}

/** Takes so many spot nodes of the pool `p` away. */
export function preempt(count: number): Operation {
  return { kind: 'preemptNodes', poolId: 'p', count, nodes: null };
}

/** Every state that a node entered: `at state`, and the cause where it has one; `gone` when it left. */
export function lifeOf(recording: Recording, node: number): string[] {
  return logged(recording, 'nodeState', true)
    .map((line) => line.split(' ').map(Number) as [number, number, number])
    .filter(([, subject]) => subject === node)
    .map(([atMs, , detail]) => {
      const cause = NODE_CAUSES[detail >> 8];
      return `${atMs} ${NODE_STATES[detail & 255] ?? 'gone'}${cause === '-' ? '' : ` ${cause}`}`;
    });
}

/** What the service answered to each operation: its code, or `ok`. */
export function answers(recording: Recording): string[] {
  return recording.operations.map(({ code }) => code ?? 'ok');
}

/** Each resize: `from-to cause`, nodes reserved and removed, codes of its errors. */
export function resizesOf(recording: Recording): string[] {
  return recording.resizes.map((row) => {
    const { startMs, endMs, cause, reservedDedicated, reservedLowPriority, removedNodes, errors } = row;
    const codes = errors.map(({ code }) => ` ${code}`).join('');
    return `${startMs}-${endMs} ${cause} +${reservedDedicated}+${reservedLowPriority}-${removedNodes}${codes}`;
  });
}

/** The start task of a node (START): runs after every boot, holds no slot, and may keep the node from taking tasks. */
import type { NodeTaskRow } from '../../recording/index.js';
import type { NodeTaskSpec } from '../live-node-task.js';
import { NODE } from '../node-table.js';
import { startNodeTask, stopNodeTask } from '../node-tasks.js';
import type { World } from '../world.js';
import { moveNode } from './moves.js';
import type { NodeLife } from './node-lives.js';
import { becomeReady } from './readiness.js';

/** START-01, START-03, START-06: the agent is up; what the node was set up with runs before its tasks, or beside them. */
export function joinPool(world: World, node: number): void {
  const life = world.lives.find(node);
  const startTask = life?.setup?.startTask ?? null;
  if (life === undefined || startTask === null) {
    becomeReady(world, node);
    return;
  }
  if (startTask.waitForSuccess) moveNode(world, node, 'runStartTask');
  else becomeReady(world, node);
  life.startTask = startNodeTask(world, specOf(world, node, life));
}

function specOf(world: World, node: number, life: NodeLife): NodeTaskSpec {
  const { nodeModels } = world.poolOfNode(node).spec;
  const startTask = life.setup?.startTask as NonNullable<NonNullable<NodeLife['setup']>['startTask']>;
  if (life.startTask !== -1) life.startAttempts += (world.nodeTasks[life.startTask] as NodeTaskRow).retries + 1;
  return {
    kind: 'start',
    node,
    job: -1,
    command: nodeModels.get(world.nodes.ordinal[node] as number)?.startTask ?? startTask.command,
    maxTaskRetryCount: startTask.maxTaskRetryCount,
    maxWallClockTimeMs: null, // START-08
    attemptsBefore: life.startAttempts,
  };
}

/** START-03, START-05, START-06: the start task ended after all its retries. */
export function onStartTaskEnded(world: World, node: number, row: number, result: 'success' | 'failure'): void {
  const life = world.lives.of(node);
  if (life.startTask !== row || world.nodes.state[node] !== NODE.waitingforstarttask) return;
  if (result === 'success') {
    becomeReady(world, node);
    return;
  }
  moveNode(world, node, 'startTaskFailed', 'startTaskFailed');
  world.hooks.onNodeLost(world, node, 'failed');
  world.hooks.onNodeBack(world, node);
}

/** The node stops: its start task goes with it. */
export function stopStartTask(world: World, node: number): void {
  const row = world.lives.find(node)?.startTask ?? -1;
  if (row !== -1) stopNodeTask(world, row);
}

/** MI-05: what runs on all nodes of a multi-instance task before its command: common files, then the coordination command. */

import { combine } from '../../base/index.js';
import { atOccurrence, type CommandModel, type MultiInstance, sampleInteger, sampleMs } from '../../model/index.js';
import { NO_EXIT_CODE } from '../../recording/index.js';
import { transferMs } from '../latencies.js';
import { PURPOSE } from '../purposes.js';
import { subtasksOf } from '../subtasks.js';
import { FAILURE } from '../task-table.js';
import type { World } from '../world.js';
import type { CoordinationEnd, LiveAttempt, Outcome } from './state.js';

/** Begins it on all nodes at once; returns how long it takes until all have succeeded or the first has failed, in ms. */
export function beginCoordination(world: World, live: LiveAttempt): number {
  const { multiInstance } = world.setOf(live.task).instance.set;
  if (multiInstance === null) return 0;
  live.coordination = live.nodes.map((node, id) => coordinationEnd(world, live, multiInstance, node, id));
  const failed = firstFailure(live.coordination);
  const endMs = failed?.endMs ?? Math.max(...live.coordination.map((end) => end.endMs));
  return endMs - world.nowMs;
}

/** MI-07: how it ended; null: all have exited with 0, and the command of the primary follows. */
export function endCoordination(world: World, live: LiveAttempt): Outcome | null {
  noteExits(world, live);
  return firstFailure(live.coordination)?.outcome ?? null;
}

/** Writes down the exit codes of subtasks whose command has ended by now. */
export function noteExits(world: World, live: LiveAttempt): void {
  subtasksOf(world, live.task).forEach((subtask, i) => {
    const end = live.coordination[i + 1];
    if (end === undefined || end.endMs > world.nowMs || end.outcome.exitCode === NO_EXIT_CODE) return;
    subtask.exitCode = end.outcome.exitCode;
  });
}

/** The first to fail; at one instant the primary, then the lowest id. */
function firstFailure(ends: readonly CoordinationEnd[]): CoordinationEnd | null {
  let first: CoordinationEnd | null = null;
  for (const end of ends) {
    const { failure, exitCode } = end.outcome;
    if ((failure !== 0 || exitCode !== 0) && (first === null || end.endMs < first.endMs)) first = end;
  }
  return first;
}

function coordinationEnd(
  world: World,
  live: LiveAttempt,
  { coordination, commonDownloadBytes }: MultiInstance,
  node: number,
  id: number,
): CoordinationEnd {
  const { uniforms, nowMs } = world;
  const key = combine(live.key, id + 2);
  const bytes = commonDownloadBytes + coordination.downloadBytes;
  const readyMs = nowMs + transferMs(world.poolOfNode(node), 'download', bytes, key, live.attempt, uniforms);
  if (coordination.fault !== null)
    return { endMs: readyMs, outcome: { failure: FAILURE[coordination.fault], exitCode: NO_EXIT_CODE } };
  const runtime = atOccurrence(coordination.runtime, live.attempt);
  const runtimeMs = sampleMs(runtime, uniforms.seek(key, live.attempt, PURPOSE.coordinationRuntime));
  const exitCode = exitCodeOn(world, live, coordination, node, id);
  return { endMs: readyMs + runtimeMs, outcome: { failure: 0, exitCode } };
}

/** A bad node does to a subtask what it does to a process; the primary's process is told apart. */
function exitCodeOn(world: World, live: LiveAttempt, command: CommandModel, node: number, id: number): number {
  const onNode = id === 0 ? undefined : live.demands.exitCodeOnNode.get(world.nodes.ordinal[node] as number);
  if (onNode !== undefined) return onNode;
  const key = combine(live.key, id + 2);
  const exitCode = atOccurrence(command.exitCode, live.attempt);
  return sampleInteger(exitCode, world.uniforms.seek(key, live.attempt, PURPOSE.coordinationExitCode));
}

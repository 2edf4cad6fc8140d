/**
 * Start, preparation and release tasks: commands that the service runs on a node beside the tasks of users. They hold no
 * slots (START-08, PREP-10, PREP-11). One run of such a task is a row of the recording; what follows its end is up to
 * whoever started it.
 */
import { combine } from '../base/index.js';
import {
  afterExit,
  atOccurrence,
  killedExitCode,
  NODE_TASK_MOVES,
  NODE_TASK_STATES,
  NODE_TASK_TRIGGERS,
  sampleInteger,
  sampleMs,
} from '../model/index.js';
import { NO_EXIT_CODE, type NodeTaskRow } from '../recording/index.js';
import { eventCode } from './engine/event-queue.js';
import { Transitions } from './engine/transitions.js';
import type { PoolState } from './entities.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { transferMs } from './latencies.js';
import type { LiveNodeTask, NodeTaskSpec } from './live-node-task.js';
import { PURPOSE } from './purposes.js';

import type { World } from './world.js';

const TRANSITIONS = new Transitions('node task', NODE_TASK_STATES, NODE_TASK_TRIGGERS, NODE_TASK_MOVES);

/** How an attempt will go. */
interface Prospect {
  readonly durationMs: number;
  readonly exitCode: number;
  readonly failure: string;
  readonly isCut: boolean;
}

/** Starts a run; returns its row. One that takes no time ends in the next round of the instant, as tasks do (SIM-02). */
export function startNodeTask(world: World, spec: NodeTaskSpec): number {
  const row = world.nodeTasks.length;
  const { kind, node, job } = spec;
  world.nodeTasks.push({
    ...{ kind, node, job, startMs: world.nowMs, endMs: -1, state: 'running', result: null, exitCode: null },
    ...{ failure: '', retries: 0 },
  });
  const live: LiveNodeTask = { spec, attempts: 0, endMs: -1, endCode: 0 };
  world.liveNodeTasks.set(row, live);
  beginAttempt(world, row, live);
  return row;
}

/** Stops a run: it has ended without a result of its own. Nothing follows. */
export function stopNodeTask(world: World, row: number): void {
  const live = world.liveNodeTasks.get(row);
  if (live === undefined) return;
  world.cancel(live.endMs, live.endCode);
  world.liveNodeTasks.delete(row);
  close(world, row, 'failure', NO_EXIT_CODE, 'TaskEnded');
}

/** The attempt at hand exited by itself (phase 1). Returns how the run ended, null if it goes on. */
export function endAttempt(world: World, row: number): 'success' | 'failure' | null {
  const live = world.liveNodeTasks.get(row) as LiveNodeTask;
  const { exitCode, failure } = prospectOf(world, live);
  return conclude(world, row, live, exitCode, failure);
}

/** The wall clock of the attempt expired; it is not retried (phase 2, PREP-08, PREP-12). */
export function cutAttempt(world: World, row: number): 'failure' {
  const live = world.liveNodeTasks.get(row) as LiveNodeTask;
  world.liveNodeTasks.delete(row);
  const { os } = world.poolOfNode(live.spec.node).spec;
  close(world, row, 'failure', killedExitCode(os, world.scenario.options.killedExitCode), 'TaskEnded');
  return 'failure';
}

function beginAttempt(world: World, row: number, live: LiveNodeTask): void {
  const { nowMs } = world;
  live.attempts += 1;
  const task = world.nodeTasks[row] as NodeTaskRow;
  task.startMs = nowMs;
  world.log?.add(nowMs, LOGGED.nodeTaskStarted, row, 0);
  const { durationMs, isCut } = prospectOf(world, live);
  live.endMs = nowMs + durationMs;
  live.endCode = eventCode(isCut ? SIM_EVENT.nodeTaskWallClock : SIM_EVENT.nodeTaskExit, row);
  if (durationMs > 0) {
    world.queue.push(live.endMs, live.endCode);
    return;
  }
  world.nextRound.push(live.endCode);
  world.touch(world.poolOfNode(live.spec.node));
}

function conclude(
  world: World,
  row: number,
  live: LiveNodeTask,
  exitCode: number,
  failure: string,
): 'success' | 'failure' | null {
  const task = world.nodeTasks[row] as NodeTaskRow;
  const isRetried =
    failure === 'FailureExitCode' && afterExit(exitCode, task.retries, live.spec.maxTaskRetryCount) === 'retry';
  if (isRetried) {
    task.retries += 1;
    task.endMs = world.nowMs;
    task.exitCode = exitCode;
    world.log?.add(world.nowMs, LOGGED.nodeTaskEnded, row, exitCode);
    beginAttempt(world, row, live);
    return null;
  }
  world.liveNodeTasks.delete(row);
  const result = failure === '' ? 'success' : 'failure';
  close(world, row, result, exitCode, failure);
  return result;
}

function close(world: World, row: number, result: 'success' | 'failure', exitCode: number, failure: string): void {
  const task = world.nodeTasks[row] as NodeTaskRow;
  const next = TRANSITIONS.next(NODE_TASK_STATES.indexOf(task.state), NODE_TASK_TRIGGERS.indexOf('end'));
  task.state = NODE_TASK_STATES[next] as NodeTaskRow['state'];
  task.result = result;
  task.endMs = world.nowMs;
  task.exitCode = exitCode === NO_EXIT_CODE ? null : exitCode;
  task.failure = failure;
  world.log?.add(world.nowMs, LOGGED.nodeTaskEnded, row, exitCode);
}

/** How the attempt at hand goes. The same at every call. */
function prospectOf(world: World, { spec, attempts }: LiveNodeTask): Prospect {
  const { command, maxWallClockTimeMs } = spec;
  const attempt = spec.attemptsBefore + attempts - 1;
  const pool = world.poolOfNode(spec.node);
  const key = keyOf(world, pool, spec);
  const { uniforms } = world;
  const downloadMs = transferMs(pool, 'download', command.downloadBytes, key, attempt, uniforms);
  const runtimeMs =
    command.fault === null
      ? sampleMs(atOccurrence(command.runtime, attempt), uniforms.seek(key, attempt, PURPOSE.nodeTaskRuntime))
      : 0;
  const durationMs = downloadMs + runtimeMs;
  if (maxWallClockTimeMs !== null && durationMs > maxWallClockTimeMs)
    return { durationMs: maxWallClockTimeMs, exitCode: NO_EXIT_CODE, failure: 'TaskEnded', isCut: true };
  if (command.fault !== null) return { durationMs, exitCode: NO_EXIT_CODE, failure: command.fault, isCut: false };
  const exitCode = sampleInteger(
    atOccurrence(command.exitCode, attempt),
    uniforms.seek(key, attempt, PURPOSE.nodeTaskExitCode),
  );
  return { durationMs, exitCode, failure: exitCode === 0 ? '' : 'FailureExitCode', isCut: false };
}

/** Draws depend on the pool, the node's ordinal and, for a job's tasks, the job's row and the kind. */
function keyOf(world: World, pool: PoolState, { kind, node, job }: NodeTaskSpec): number {
  const ofNode = combine(pool.key, world.nodes.ordinal[node] as number);
  return job === -1 ? ofNode : combine(combine(ofNode, job + 1), kind === 'preparation' ? 1 : 2);
}

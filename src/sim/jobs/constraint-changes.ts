/** TASK-25: constraints of a task that change while it is there, also while it runs. */
import type { TaskConstraints } from '../../model/index.js';
import { drawExitCode, drawRuntime, exitCodeWhenKilled, scheduledEnd, wallClockOf } from '../attempts.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import { NODE } from '../node-table.js';
import { onLimitsChanged } from '../steps/steps.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';

/**
 * New constraints in place of all that the task had; null: none, so that its job's hold (TASK-12). The wall clock of an
 * attempt that runs counts from its start.
 */
export function changeConstraints(world: World, task: number, constraints: TaskConstraints | null): void {
  const { flags, state } = world.tasks;
  const isRunning = state[task] === TASK.running && ((flags[task] as number) & BEYOND_LIMITS) === 0;
  const isStepped = ((flags[task] as number) & TASK_FLAG.stepped) !== 0;
  const before = isRunning && !isStepped ? scheduledEnd(world, task) : null;
  world.constraints.set(task, given(constraints));
  // From now on its attempts are limited one by one.
  flags[task] = (flags[task] as number) | TASK_FLAG.scripted;
  if (isRunning && isStepped) onLimitsChanged(world, task);
  if (before === null || (before.atMs <= world.nowMs && isSilent(world, task))) return;
  world.cancel(before.atMs, before.code);
  reschedule(world, task);
}

/** No limit ends these: the process is on its way out, or nobody waits for it. */
const BEYOND_LIMITS = TASK_FLAG.dying | TASK_FLAG.givenUp;

/** NODE-13: the end of the attempt has passed already, and is heard of when contact is back. */
function isSilent({ nodes, tasks }: World, task: number): boolean {
  return nodes.state[tasks.node[task] as number] === NODE.unknown;
}

/** TASK-12: constraints without a retry count mean none. */
function given(constraints: TaskConstraints | null): TaskConstraints {
  if (constraints === null) return { maxTaskRetryCount: null, maxWallClockTimeMs: null, retentionTimeMs: null };
  return { ...constraints, maxTaskRetryCount: constraints.maxTaskRetryCount ?? 0 };
}

/** TASK-11: the attempt that runs ends by itself or at its limit; one that is past it, now. */
function reschedule(world: World, task: number): void {
  const { tasks, nowMs } = world;
  const startMs = tasks.startMs[task] as number;
  const runtimeMs = drawRuntime(world, task);
  const limitMs = wallClockOf(world, task);
  const isCut = runtimeMs > limitMs;
  tasks.durationMs[task] = isCut ? Math.max(limitMs, nowMs - startMs) : runtimeMs;
  tasks.exitCode[task] = isCut ? exitCodeWhenKilled(world, task) : drawExitCode(world, task);
  const kind = isCut ? SIM_EVENT.taskWallClock : SIM_EVENT.taskExit;
  world.queue.push(startMs + (tasks.durationMs[task] as number), eventCode(kind, task));
}

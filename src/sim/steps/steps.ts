/**
 * Attempts that have several steps, all of them in `running` (TASK-03, PKG-03, TASK-20, MI-05): the container's image, the
 * resource files, packages, coordination, the process, output files. A step that takes no time takes no event. While an
 * attempt goes on it has exactly one event in the queue.
 */

import { assert } from '../../base/index.js';
import { NO_DEMANDS, type PreProcessingFault, type TaskDemands, type TaskFailure } from '../../model/index.js';
import { NO_EXIT_CODE } from '../../recording/index.js';
import { drawExitCode, drawRuntime, exitCodeWhenKilled } from '../attempts.js';
import { deferUntilContact } from '../contact.js';
import { taskKey } from '../declaration.js';
import { exitTask, failTask } from '../endings.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import { startSubtasks } from '../subtasks.js';
import { FAILURE } from '../task-table.js';
import type { World } from '../world.js';
import { beginCoordination, endCoordination, noteExits } from './coordination.js';
import { expectEnd, expectNow, takeBack } from './due.js';
import { fitsInMemory, joinNode, leaveNode } from './sharing.js';
import type { LiveAttempt, Outcome } from './state.js';
import { downloadMs, installMs, pullMs } from './transfers.js';
import { sendsOutput, uploadMs } from './uploads.js';

/** One step. */
interface Step {
  /** Begins it; returns how long it takes, in ms. One that fails at once sets the attempt's outcome. */
  begin(world: World, live: LiveAttempt): number;
  /** What follows its end: null: the next step; else the attempt is over. */
  end(world: World, live: LiveAttempt): Outcome | null;
}

/** In their order. The wall clock counts up to the end of the process (TASK-11). */
const STEPS: readonly Step[] = [
  { begin: beginPull, end: () => null },
  { begin: downloadMs, end: (_, { demands }) => faultOf(demands, 'BlobNotFound') },
  { begin: beginInstall, end: (_, { demands }) => faultOf(demands, 'ApplicationPackageError') },
  { begin: beginCoordination, end: endCoordination },
  { begin: beginProcess, end: endProcess },
  { begin: uploadMs, end: afterUpload },
];
const PROCESS = 4;

/** The task has just entered `running`: its first step begins. `phase` as for `start`. */
export function beginSteps(world: World, task: number, phase: 1 | 4 | 8): void {
  const { instance, index } = world.setOf(task);
  const live: LiveAttempt = {
    task,
    demands: instance.set.demands ?? NO_DEMANDS,
    key: taskKey(instance, index),
    attempt: world.tasks.attempt(task),
    startMs: world.nowMs,
    nodes: world.gangs.get(task) ?? [world.tasks.node[task] as number],
    ...{ step: -1, stepEndMs: world.nowMs, due: null, exitCode: NO_EXIT_CODE, outcome: null },
    ...{ coordination: [], process: null },
  };
  world.steps.live.set(task, live);
  startSubtasks(world, task);
  if (world.sharesCores) world.tasks.setStretched(task, 0);
  live.outcome = advance(world, live);
  if (live.outcome !== null) expectNow(world, live, phase);
}

/** The step at hand is over (phase 1). */
export function onStepEnd(world: World, task: number): void {
  // NODE-13: the end of an attempt that the service hears of late, perhaps too late.
  if (world.heard.has(eventCode(SIM_EVENT.taskExit, task))) {
    concludeOnContact(world, task);
    return;
  }
  const live = liveAttempt(world, task);
  live.due = null;
  live.outcome ??= (STEPS[live.step] as Step).end(world, live) ?? advance(world, live);
  if (live.outcome !== null) concludeOnContact(world, task);
}

/** The attempt is taken off its node: takes back whatever is scheduled for it, and what it holds besides slots. */
export function abandonSteps(world: World, task: number): void {
  const live = liveAttempt(world, task);
  takeBack(world, live);
  noteExits(world, live);
  forget(world, live);
}

/** TASK-25: the limits of the task have changed; its new wall clock counts from the start of the attempt. */
export function onLimitsChanged(world: World, task: number): void {
  const live = world.steps.live.get(task);
  if (live !== undefined && live.outcome === null) expectEnd(world, live, live.stepEndMs, live.step <= PROCESS);
}

/** Goes from step to step until one takes time; returns how the attempt ends if none does. */
function advance(world: World, live: LiveAttempt): Outcome | null {
  while (++live.step < STEPS.length) {
    const step = STEPS[live.step] as Step;
    const ms = step.begin(world, live);
    if (ms > 0) {
      // A process on a shared node has seen to its end itself.
      if (live.process === null) expectEnd(world, live, world.nowMs + ms, live.step <= PROCESS);
      return null;
    }
    const outcome = live.outcome ?? step.end(world, live);
    if (outcome !== null) return outcome;
  }
  assert(false, 'the last step ends the attempt');
}

/** The attempt is over. Without contact to its node the service does not know of it yet: steps go on, but their end waits. */
function concludeOnContact(world: World, task: number): void {
  if (deferUntilContact(world, task, SIM_EVENT.taskExit)) return;
  const live = liveAttempt(world, task);
  const { failure, exitCode } = live.outcome as Outcome;
  forget(world, live);
  if (failure !== 0) {
    failTask(world, task, failure, exitCode);
    return;
  }
  world.tasks.exitCode[task] = exitCode;
  exitTask(world, task, exitCode);
}

function liveAttempt(world: World, task: number): LiveAttempt {
  const live = world.steps.live.get(task);
  assert(live !== undefined, 'an attempt with steps goes on');
  return live;
}

function forget(world: World, live: LiveAttempt): void {
  leaveNode(world, live);
  world.steps.live.delete(live.task);
}

/** TASK-29: container settings stand exactly where the pool has containers. */
function beginPull(world: World, live: LiveAttempt): number {
  const { hasContainers } = world.poolOfNode(live.nodes[0] as number).spec;
  if (hasContainers === (live.demands.container !== null)) return pullMs(world, live);
  live.outcome = failed('ContainerInvalidSettings');
  return 0;
}

/** PKG-04: a package that does not exist fails the task. */
function beginInstall(world: World, live: LiveAttempt): number {
  const ms = installMs(world, live);
  if (ms === null) live.outcome = failed('ApplicationPackageError');
  return ms ?? 0;
}

/** TASK-17, or the process begins; one for which there is no memory is killed as it does. */
function beginProcess(world: World, live: LiveAttempt): number {
  const { demands, task } = live;
  live.outcome = faultOf(demands, 'CommandProgramNotFound');
  if (live.outcome !== null) return 0;
  if (!fitsInMemory(world, live)) {
    live.exitCode = exitCodeWhenKilled(world, task);
    return 0;
  }
  const ordinal = world.nodes.ordinal[live.nodes[0] as number] as number;
  live.exitCode = demands.exitCodeOnNode.get(ordinal) ?? drawExitCode(world, task);
  const runtimeMs = drawRuntime(world, task);
  if (runtimeMs > 0) joinNode(world, live, runtimeMs);
  return runtimeMs;
}

function endProcess(world: World, live: LiveAttempt): null {
  leaveNode(world, live);
  return null;
}

/** TASK-20: an upload that fails is not retried; an attempt whose output is where it belongs ends by its exit code. */
function afterUpload(world: World, live: LiveAttempt): Outcome {
  const { uploadFault } = live.demands;
  const failure = uploadFault !== null && sendsOutput(world, live) ? FAILURE[uploadFault] : 0;
  return { failure, exitCode: live.exitCode };
}

/** SIM-08: the fault, where it is the one that strikes here. */
function faultOf({ fault }: TaskDemands, at: PreProcessingFault): Outcome | null {
  return fault === at ? failed(fault) : null;
}

function failed(code: TaskFailure): Outcome {
  return { failure: FAILURE[code], exitCode: NO_EXIT_CODE };
}

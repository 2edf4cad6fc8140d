/**
 * Jobs on their way out of `active`: disabled, terminated, deleted (JOB-11 to JOB-16). What was begun is carried on by
 * {@link progressJob} whenever a task or a release task of the job has left a node.
 */
import { idKey } from '../../model/index.js';
import { giveUpTask, recallTask, requeueTask, stopTask } from '../endings.js';
import { JOB, type JobState } from '../entities.js';
import { noteJobFinished } from '../finished-tasks.js';
import { reviewRetention } from '../nodes/draining.js';
import { releaseAutoPool } from '../pools/auto-pools.js';
import { waitingTasks } from '../waiting.js';
import { isOnItsWay } from '../whereabouts.js';
import type { World } from '../world.js';
import { isLive, markGone, moveJob } from './job-moves.js';
import { forPlaced } from './job-tasks.js';
import { takeBackWallClock } from './job-wall-clock.js';
import { stopPreparations } from './preparation.js';
import { forgetReleases, isReleasing, startReleases } from './release.js';
import { onJobOver } from './schedules.js';

/** What becomes of the tasks of a job that is disabled (JOB-15). */
export type DisableTasks = 'requeue' | 'terminate' | 'wait';

/**
 * The job is disabled, or is so already (JOB-15). Asked again with a stronger option, that holds for tasks that still run.
 * A task that asked for it by its own end is not among them any more (EXIT-07).
 */
export function disableLive(world: World, job: JobState, option: DisableTasks): void {
  moveJob(world, job, 'disable');
  recallAll(world, job);
  if (option === 'requeue') forPlaced(world, job, (task) => requeueTask(world, task, 'jobDisabled'));
  else if (option === 'terminate') forPlaced(world, job, (task) => stopTask(world, task, 'jobDisabled'));
  progressJob(world, job);
}

/**
 * The job ends: `terminating` until its tasks and its release tasks have, then `completed` (JOB-11, PREP-13). Tasks that
 * are active stay so for ever. Does nothing to a job that ends already.
 */
export function endJob(world: World, job: JobState, reason: string): void {
  if (!isLive(job)) return;
  job.terminateReason = reason;
  takeBackWallClock(world, job);
  moveJob(world, job, 'terminate');
  stopPreparations(world, job);
  recallAll(world, job);
  forPlaced(world, job, (task) => stopTask(world, task, 'jobTerminated'));
  progressJob(world, job);
}

/** The job is deleted with all that it has (JOB-14). Release tasks run unless they have, or could have, when it ended. */
export function removeJob(world: World, job: JobState): void {
  takeBackWallClock(world, job);
  moveJob(world, job, 'delete');
  stopPreparations(world, job);
  recallAll(world, job);
  forPlaced(world, job, (task) => stopTask(world, task, 'jobDeleted'));
  progressJob(world, job);
}

/** SCH-11: tasks on their way to a node are active, and no active task starts from now on. */
function recallAll(world: World, job: JobState): void {
  forPlaced(world, job, (task) => {
    if (isOnItsWay(world, task)) recallTask(world, task);
  });
}

/** JOB-13: the job has ended even if its nodes have not heard of it. */
export function forceEnd(world: World, job: JobState): void {
  if (job.deletedMs >= 0) return;
  forgetReleases(job);
  if (job.state === JOB.terminating || job.state === JOB.deleting) finishJob(world, job);
}

/** Goes on with what was begun, as far as tasks and release tasks have left the nodes. */
export function progressJob(world: World, job: JobState): void {
  if (job.deletedMs >= 0) return;
  if (job.state === JOB.disabling) {
    if (job.placed === 0) moveJob(world, job, 'settle');
  } else if (job.state === JOB.terminating || job.state === JOB.deleting) {
    startReleases(world, job);
    if (job.placed === 0 && !isReleasing(job)) finishJob(world, job);
  }
}

/** AUTO-05: the job has completed without having begun. */
export function failJob(world: World, job: JobState, schedulingError: string): void {
  job.schedulingError = schedulingError;
  takeBackWallClock(world, job);
  moveJob(world, job, 'fail');
  onJobOver(world, job);
}

function finishJob(world: World, job: JobState): void {
  if (job.state === JOB.deleting) dropJob(world, job);
  else moveJob(world, job, 'settle');
  releasePool(world, job);
  onJobOver(world, job);
}

/** AUTO-03, AUTO-07: the pool of this job alone goes with it, unless it is to be kept. */
function releasePool(world: World, job: JobState): void {
  const pool = job.autoPool;
  job.autoPool = null;
  if (pool !== null && job.spec.autoPool?.keepAlive !== true) releaseAutoPool(world, pool);
}

/** The job is gone, and its tasks with it: they hold and wait for nothing, and their ids mean nothing (JOB-14). */
function dropJob(world: World, job: JobState): void {
  job.account.jobs.delete(idKey(job.id));
  noteJobFinished(world, job, -1);
  markGone(world, job);
  // First those that wait, in the order in which they stand: each is the first of its queue when its turn comes.
  for (const task of waitingTasks(world, job)) giveUpTask(world, task);
  const nodes = new Set<number>();
  for (const task of job.taskRows.values()) {
    giveUpTask(world, task);
    world.liveDependencies?.forget(task);
    world.tasks.markDeleted(task, world.nowMs);
    nodes.add(world.tasks.node[task] as number);
  }
  job.taskRows.clear();
  for (const node of [...nodes].sort((a, b) => a - b)) if (node >= 0) reviewRetention(world, node);
}

/** When a job is to end: all tasks complete, a failed task, its manager, its wall clock (JOB-06, JOB-08, JOB-10, JM-03). */

import { exitAction, TASK_FAILURES } from '../../model/index.js';
import { NO_EXIT_CODE } from '../../recording/index.js';
import { eventCode } from '../engine/event-queue.js';
import { JOB, JobState, type ScheduleState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { TASK_FLAG } from '../task-table.js';
import type { World } from '../world.js';
import { disableLive, endJob } from './job-ends.js';
import { isLive } from './job-moves.js';
import { settleSchedule } from './schedules.js';

/**
 * A task of a run that is not calm was completed, however it came to it: its job may end with it (JM-03), or do what the
 * task's exit conditions say (JOB-10, EXIT-07), in the phase in which the task ended. Of several exits at one instant all
 * have happened before the first has a consequence: what exits at the instant at which its job is disabled has completed
 * (SIM-03).
 */
export function onTaskCompleted(world: World, task: number): void {
  const { spec } = world.jobOf(task);
  if (!isKilling(world, task) && spec.onTaskFailure !== 'performexitoptionsjobaction') return;
  if (world.handling > SIM_EVENT.nodeTaskExit) onJobConsequence(world, task);
  else world.queue.push(world.nowMs, eventCode(SIM_EVENT.jobConsequence, task));
}

/** What the end of the task means for its job (end of phase 1, or the phase in which the task was stopped). */
export function onJobConsequence(world: World, task: number): void {
  const job = world.jobOf(task);
  if (!isLive(job)) return;
  if (isKilling(world, task)) endJob(world, job, 'JMComplete');
  else performJobAction(world, job, task);
}

/** JM-03: the job ends with this task. */
function isKilling(world: World, task: number): boolean {
  const isManager = ((world.tasks.flags[task] as number) & TASK_FLAG.manager) !== 0;
  return isManager && world.jobOf(task).spec.jobManagerTask?.killJobOnCompletion !== false;
}

/** Whether the job's wall clock can still end it. */
export function hasWallClock(job: JobState): boolean {
  return job.wallClockAtMs >= 0;
}

/** JOB-06 (phase 2). */
export function onJobWallClock(world: World, job: JobState): void {
  job.wallClockAtMs = -1;
  endJob(world, job, 'MaxWallClockTimeExpiry');
}

/**
 * Phase 8: jobs whose tasks may all be complete, in order of creation (JOB-08); then start windows that end now, and
 * schedules that are over (SIM-02). What this leads to is looked at when the instant settles again.
 */
export function settleJobs(world: World): void {
  const jobs: JobState[] = [];
  const schedules: ScheduleState[] = [];
  for (const one of world.jobsToCheck) {
    if (one instanceof JobState) jobs.push(one);
    else schedules.push(one);
  }
  world.jobsToCheck.clear();
  world.hasChecks = false;
  for (const job of jobs.sort((a, b) => a.place - b.place)) endIfComplete(world, job);
  for (const schedule of schedules.sort(byRow)) settleSchedule(world, schedule);
}

function byRow(a: { readonly row: number }, b: { readonly row: number }): number {
  return a.row - b.row;
}

/** JOB-08, JOB-09. */
function endIfComplete(world: World, job: JobState): void {
  const isComplete = job.spec.onAllTasksComplete === 'terminatejob' && job.open === 0;
  if (isComplete && job.isAdded && job.state === JOB.active) endJob(world, job, 'AllTasksComplete');
}

function performJobAction(world: World, job: JobState, task: number): void {
  const { exitConditions } = world.setOf(task).instance.set;
  const exitCode = world.tasks.exitCode[task] as number;
  const { jobAction } = exitAction(exitConditions, {
    exitCode: exitCode === NO_EXIT_CODE ? null : exitCode,
    failure: TASK_FAILURES[world.tasks.failure[task] as number] ?? '',
  });
  if (jobAction === 'terminate') endJob(world, job, 'TaskFailed');
  else if (jobAction === 'disable') disableLive(world, job, 'requeue');
}

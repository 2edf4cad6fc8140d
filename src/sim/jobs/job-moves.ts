/** The state of jobs: the only place that writes it (JOB-01, JOB-02). */
import { JOB_MOVES, JOB_STATES, JOB_TRIGGERS, type JobTrigger } from '../../model/index.js';
import { Transitions } from '../engine/transitions.js';
import { JOB, type JobState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { attachJob, detachJob } from '../waiting.js';
import type { World } from '../world.js';

const TRANSITIONS = new Transitions('job', JOB_STATES, JOB_TRIGGERS, JOB_MOVES);
/** In the log: the job is gone. */
const GONE = 255;

/**
 * Moves a job. Its tasks come into the scheduler's sight when it becomes active and leave it when it is active no more
 * (SCH-03); a job that is completed leaves its place in the quota to others (ACC-10).
 */
export function moveJob(world: World, job: JobState, trigger: JobTrigger): void {
  const before = job.state;
  job.state = TRANSITIONS.next(before, JOB_TRIGGERS.indexOf(trigger));
  if (job.state === before) return;
  world.log?.add(world.nowMs, LOGGED.jobState, job.row, job.state);
  if (before === JOB.active) detachJob(world, job);
  if (job.state === JOB.active) {
    attachJob(world, job);
    world.checkLater(job);
  }
  if (job.state !== JOB.completed) return;
  job.endMs = world.nowMs;
  job.account.activeCount -= 1;
}

/** A job that was being deleted has disappeared (JOB-14). */
export function markGone(world: World, job: JobState): void {
  job.deletedMs = world.nowMs;
  if (job.endMs < 0) job.account.activeCount -= 1;
  world.log?.add(world.nowMs, LOGGED.jobState, job.row, GONE);
}

/** Whether the job can still be ended by itself: it has neither ended nor is about to (JOB-02). */
export function isLive(job: JobState): boolean {
  return job.isAdded && job.state < JOB.terminating;
}

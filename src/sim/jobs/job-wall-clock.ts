/** JOB-06: how long a job may take from its creation, the time that it is disabled included. */
import { eventCode } from '../engine/event-queue.js';
import type { JobState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import type { World } from '../world.js';

/** The job's limit holds from now on; one that has passed already is due at once. It is no reason to go on (SIM-10). */
export function setWallClock(world: World, job: JobState): void {
  const { maxWallClockTimeMs } = job.spec;
  if (maxWallClockTimeMs === null) return;
  job.wallClockAtMs = Math.max(world.nowMs, job.createdMs + maxWallClockTimeMs);
  world.background.push(job.wallClockAtMs, eventCode(SIM_EVENT.jobWallClock, job.row));
}

/** The job's limit holds no more: it has ended, or the limit is another. */
export function takeBackWallClock(world: World, job: JobState): void {
  if (job.wallClockAtMs < 0) return;
  world.cancel(job.wallClockAtMs, eventCode(SIM_EVENT.jobWallClock, job.row));
  job.wallClockAtMs = -1;
}

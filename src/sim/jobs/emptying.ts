/** Jobs that wait for their tasks to leave the nodes: disabling, terminating, deleting (JOB-11, JOB-14, JOB-15). */
import type { JobState } from '../entities.js';
import type { World } from '../world.js';
import { progressJob } from './job-ends.js';

/** A task of a job that is not active gave its slots back. */
export function onJobTaskReleased(world: World, job: JobState): void {
  progressJob(world, job);
}

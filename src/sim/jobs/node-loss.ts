/** What jobs lose with a node: preparations, releases, bars (PREP-05, PREP-09, PREP-14). */
import type { JobState } from '../entities.js';
import type { NodeLoss } from '../hooks.js';
import type { World } from '../world.js';
import { progressJob } from './job-ends.js';
import { attemptsOfAll, voidPreparation } from './preparation.js';
import type { PreparationState } from './preparation-state.js';
import { dropRelease, interruptRelease } from './release.js';

/** A node lost its VM, its disk or its processes; its tasks were taken off before. */
export function onNodeLost(world: World, node: number, how: NodeLoss): void {
  for (const job of world.pools[world.nodes.pool[node] as number]?.account.jobs.values() ?? []) {
    const instance = job.preparations.get(node);
    if (instance === undefined) continue;
    if (how === 'rebooted') interruptRelease(world, instance);
    else dropRelease(world, job, instance);
    if (losesDisk(how)) forget(world, job, instance);
    else keepAsRebooted(world, job, instance);
    // A job that ends may have waited for this node alone; for one that reboots it goes on waiting.
    if (how !== 'rebooted') progressJob(world, job);
  }
}

/** The node is up, for the first time or again: release tasks that its reboot interrupted, or kept waiting, begin (PREP-14). */
export function onNodeBack(world: World, node: number): void {
  for (const job of world.pools[world.nodes.pool[node] as number]?.account.jobs.values() ?? []) {
    if (job.preparations.has(node)) progressJob(world, job);
  }
}

/** A node that comes back under the same id after this is a new machine to all jobs. */
function losesDisk(how: NodeLoss): boolean {
  return how === 'gone' || how === 'preempted' || how === 'reimaged';
}

/** PREP-05, PREP-09, PREP-14: what the job did there is void; the bar goes with it. */
function forget(world: World, job: JobState, instance: PreparationState): void {
  voidPreparation(world, instance);
  job.preparations.delete(instance.node);
  job.preparationAttempts.set(instance.node, attemptsOfAll(world, instance));
  job.barred.delete(instance.node);
}

/** PREP-09: after a reboot the disk is as it was; the preparation runs again if it had not completed, or is to. A bar stays. */
function keepAsRebooted(world: World, job: JobState, instance: PreparationState): void {
  const isToRerun = job.spec.jobPreparationTask?.rerunOnNodeRebootAfterSuccess !== false || !instance.hasCompleted;
  if (isToRerun && !job.barred.has(instance.node)) voidPreparation(world, instance);
}

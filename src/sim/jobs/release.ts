/** Job release tasks: on the nodes that a job has used, when it ends (PREP-11 to PREP-15). */
import type { NodeTaskRow } from '../../recording/index.js';
import { JOB, type JobState } from '../entities.js';
import type { NodeTaskSpec } from '../live-node-task.js';
import { NODE } from '../node-table.js';
import { startNodeTask, stopNodeTask } from '../node-tasks.js';
import type { World } from '../world.js';
import { tasksOnNode } from './job-tasks.js';
import type { PreparationState } from './preparation-state.js';

/** States in which a node runs a release task; in any other but {@link COMING} it runs none. */
const UP: ReadonlySet<number> = new Set([NODE.idle, NODE.running, NODE.offline, NODE.leavingpool]);
/** States after which a node will be up again: the release task waits for it (PREP-14). */
const COMING: ReadonlySet<number> = new Set([
  NODE.starting,
  NODE.waitingforstarttask,
  NODE.rebooting,
  NODE.upgradingos,
]);

/**
 * Starts what release tasks of an ending job can start now: on every node where its preparation completed and a task of it
 * ran, once its tasks there are gone (PREP-11, PREP-15). Nodes that cannot run one are passed over for good.
 */
export function startReleases(world: World, job: JobState): void {
  for (const instance of job.preparations.values()) {
    if (instance.release !== 'none' && instance.release !== 'interrupted') continue;
    const state = world.nodes.state[instance.node] as number;
    const isWanted = job.spec.jobReleaseTask !== null && instance.hasCompleted && instance.hasRun;
    if (!isWanted || !(UP.has(state) || COMING.has(state))) instance.release = 'over';
    else if (UP.has(state) && tasksOnNode(world, job, instance.node).length === 0) startRelease(world, job, instance);
  }
}

/** Whether a release task runs, or is still to run, on some node (PREP-13). */
export function isReleasing(job: JobState): boolean {
  for (const { release } of job.preparations.values()) if (release !== 'over') return true;
  return false;
}

/** JOB-13: what has not begun is not begun any more. */
export function forgetReleases(job: JobState): void {
  for (const instance of job.preparations.values()) if (instance.release !== 'running') instance.release = 'over';
}

/** A release task has ended, well or not (PREP-13). */
export function onReleaseEnded(world: World, row: number): JobState {
  const { job: jobRow, node } = world.nodeTasks[row] as NodeTaskRow;
  const job = world.jobs[jobRow] as JobState;
  const instance = job.preparations.get(node);
  if (instance !== undefined) instance.release = 'over';
  return job;
}

/** PREP-14: the node reboots while a release task runs on it. */
export function interruptRelease(world: World, instance: PreparationState): void {
  if (instance.release !== 'running') return;
  stopNodeTask(world, instance.releaseRow);
  instance.release = 'interrupted';
}

/** The node is lost: so is the release task on it, or the one that an ending job was still to run there (PREP-14). */
export function dropRelease(world: World, job: JobState, instance: PreparationState): void {
  if (instance.release === 'running') stopNodeTask(world, instance.releaseRow);
  if (job.state === JOB.terminating || job.state === JOB.deleting) instance.release = 'over';
}

/** PREP-12: one attempt, at most 15 minutes, no slot. */
function startRelease(world: World, job: JobState, instance: PreparationState): void {
  const { jobReleaseTask: release } = job.spec;
  if (release === null) return;
  const { command, maxWallClockTimeMs } = release;
  const attempt = { maxTaskRetryCount: 0, maxWallClockTimeMs, attemptsBefore: instance.releaseRuns };
  const spec: NodeTaskSpec = { kind: 'release', node: instance.node, job: job.row, command, ...attempt };
  instance.releaseRuns += 1;
  instance.release = 'running';
  instance.releaseRow = startNodeTask(world, spec);
}

/**
 * Job preparation tasks: once per node, before the first task of the job there (PREP-01 to PREP-10). What a job did on a
 * node stands in `job.preparations` until the node loses its disk or leaves.
 */
import type { JobPreparation } from '../../model/index.js';
import type { NodeTaskRow } from '../../recording/index.js';
import { start } from '../attempts.js';
import { requeueTask } from '../endings.js';
import type { JobState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import type { NodeTaskSpec } from '../live-node-task.js';
import { startNodeTask, stopNodeTask } from '../node-tasks.js';
import { TASK } from '../task-table.js';
import type { World } from '../world.js';
import type { PreparationState } from './preparation-state.js';

/**
 * A task has reached its node, or each of its nodes (MI-11): whether it may start at once. If not it is `preparing` from now on,
 * and started when the preparation succeeds.
 * @param phase of the instant in which it arrived: 8 in the scheduler's pass itself, so that it is given to the node now
 */
export function mayStart(world: World, task: number, phase: 4 | 8): boolean {
  const job = world.jobOf(task);
  const { jobPreparationTask } = job.spec;
  if (jobPreparationTask === null) return true;
  const instances = nodesOf(world, task).map((node) => prepare(world, job, jobPreparationTask, node));
  if (mayRun(jobPreparationTask, instances)) {
    markRun(instances);
    return true;
  }
  for (const instance of instances) if (instance.state === 'running') instance.waiting.add(task);
  if (phase === 8) world.tasks.setAssigned(task, world.nowMs);
  world.tasks.move(task, TASK.prepare);
  world.log?.add(world.nowMs, LOGGED.taskPreparing, task, world.tasks.node[task] as number);
  // SCH-11: the preparation may have failed while the task was on its way.
  if (instances.some(({ state }) => state === 'failed')) turnBack(world, task);
  return false;
}

/** A task that is preparing is taken off its node: it waits for the preparation no more, which goes on. */
export function leavePreparation(world: World, task: number): void {
  const { preparations } = world.jobOf(task);
  for (const node of nodesOf(world, task)) preparations.get(node)?.waiting.delete(task);
}

/** A preparation has ended by itself or at its wall clock. */
export function onPreparationEnded(world: World, row: number, result: 'success' | 'failure'): void {
  const { job: jobRow, node } = world.nodeTasks[row] as NodeTaskRow;
  const job = world.jobs[jobRow] as JobState;
  const instance = job.preparations.get(node) as PreparationState;
  const { waitForSuccess } = job.spec.jobPreparationTask as JobPreparation;
  instance.state = result === 'success' ? 'succeeded' : 'failed';
  instance.hasCompleted ||= result === 'success' || !waitForSuccess;
  if (result === 'success') startWaiting(world, job, instance);
  else if (waitForSuccess) bar(world, job, instance);
}

/** PREP-17: the job ends; a preparation that still runs is stopped, and counts as never run. */
export function stopPreparations(world: World, job: JobState): void {
  for (const instance of job.preparations.values()) if (instance.state === 'running') voidPreparation(world, instance);
}

/** The preparation has to run again before the next task of the job there (PREP-09); one that runs is stopped. */
export function voidPreparation(world: World, instance: PreparationState): void {
  stopNodeTask(world, instance.row);
  instance.state = 'void';
}

function nodesOf(world: World, task: number): readonly number[] {
  return world.gangs.get(task) ?? [world.tasks.node[task] as number];
}

/** PREP-02, PREP-09: the node's instance, begun if the node has none or has to be prepared again. */
function prepare(world: World, job: JobState, preparation: JobPreparation, node: number): PreparationState {
  const known = job.preparations.get(node);
  if (known !== undefined && known.state !== 'void') return known;
  const attemptsBefore = known === undefined ? (job.preparationAttempts.get(node) ?? 0) : attemptsOfAll(world, known);
  const { command, maxTaskRetryCount, maxWallClockTimeMs } = preparation;
  const limits = { maxTaskRetryCount, maxWallClockTimeMs };
  const spec: NodeTaskSpec = { kind: 'preparation', node, job: job.row, command, ...limits, attemptsBefore };
  const row = startNodeTask(world, spec);
  const instance: PreparationState = known ?? newInstance(node);
  instance.row = row;
  instance.attemptsBefore = attemptsBefore;
  instance.state = 'running';
  job.preparations.set(node, instance);
  return instance;
}

function newInstance(node: number): PreparationState {
  const ofPreparation = { row: -1, state: 'void', attemptsBefore: 0, waiting: new Set<number>() } as const;
  return {
    node,
    ...ofPreparation,
    hasCompleted: false,
    hasRun: false,
    release: 'none',
    releaseRow: -1,
    releaseRuns: 0,
  };
}

/** Attempts of the job's preparation on the node so far (SIM-08: lists have one value for each ever made). */
export function attemptsOfAll(world: World, { row, attemptsBefore }: PreparationState): number {
  return attemptsBefore + (world.nodeTasks[row] as NodeTaskRow).retries + 1;
}

/** PREP-04, PREP-07, MI-11. */
function mayRun({ waitForSuccess }: JobPreparation, instances: readonly PreparationState[]): boolean {
  return !waitForSuccess || instances.every(({ state }) => state === 'succeeded');
}

function markRun(instances: readonly PreparationState[]): void {
  for (const instance of instances) instance.hasRun = true;
}

/** PREP-04: those that waited run in the same instant, in order of creation; multi-instance tasks when all nodes are ready. */
function startWaiting(world: World, job: JobState, instance: PreparationState): void {
  const tasks = [...instance.waiting].sort((a, b) => a - b);
  instance.waiting.clear();
  for (const task of tasks) {
    const instances = nodesOf(world, task).map((node) => job.preparations.get(node) as PreparationState);
    if (!mayRun(job.spec.jobPreparationTask as JobPreparation, instances)) continue;
    markRun(instances);
    start(world, task, 1);
  }
}

/** PREP-05: the node takes no tasks of this job any more, and those that wait there go elsewhere. */
function bar(world: World, job: JobState, instance: PreparationState): void {
  job.barred.add(instance.node);
  for (const task of [...instance.waiting].sort((a, b) => a - b)) turnBack(world, task);
}

/** PREP-05: the task is active again, and no counter changes. */
function turnBack(world: World, task: number): void {
  if (world.tasks.state[task] === TASK.preparing) requeueTask(world, task, 'preparationFailed');
}

/**
 * How pools, jobs and tasks come into the world: declared ones at their instants (phase 5), others when an operation,
 * a schedule or a script makes them.
 */
import { idKey, type TaskSet } from '../model/index.js';
import { type SetInstance, setInstance, setsOf } from './declaration.js';
import { eventCode } from './engine/event-queue.js';
import type { JobState, PoolState } from './entities.js';
import { LOGGED } from './event-log.js';
import { SIM_EVENT } from './events.js';
import { becomeRunnable } from './satisfaction.js';
import { SetFeed } from './set-feed.js';
import { fillRow } from './task-rows.js';
import { TASK_FLAG } from './task-table.js';
import { attachJob } from './waiting.js';
import type { World } from './world.js';

const ADDED = LOGGED.taskAdded;

/** The pool is there: `active` at once, `resizing` towards its targets (POOL-02, POOL-03); jobs that name it see it (JOB-03). */
export function admitPool(world: World, pool: PoolState): void {
  pool.isAdded = true;
  pool.createdMs = world.nowMs;
  pool.account.pools.set(idKey(pool.spec.id), pool);
  world.log?.add(world.nowMs, LOGGED.poolAdded, pool.row, 0);
  for (const job of pool.account.jobs.values()) attachJob(world, job);
  world.hooks.beginPool(world, pool);
}

/** The job is there and active, bound to the pool of its id, if there is one (JOB-01, JOB-03). */
export function admitJob(world: World, job: JobState): void {
  job.isAdded = true;
  job.place = world.admitted.length;
  world.admitted.push(job);
  job.createdMs = world.nowMs;
  job.account.jobs.set(idKey(job.id), job);
  world.log?.add(world.nowMs, LOGGED.jobAdded, job.row, 0);
  world.hooks.onJobAdmitted(world, job);
  attachJob(world, job);
  world.checkLater(job);
  if (!world.grows) return;
  // Tasks that come at this instant follow as events of their own kind, after all jobs (SIM-04).
  for (const set of job.setRows) feedSet(world, set);
}

/** The sets of tasks that come with a job which was not declared; its manager first (JM-01). */
export function addSetsOfJob(world: World, job: JobState): void {
  for (const set of setsOf(job.spec)) addSet(world, job, set, set === job.spec.jobManagerTask?.task);
}

/** A set of tasks that comes during the run; returns its row. */
export function addSet(world: World, job: JobState, set: TaskSet, isManager: boolean): number {
  const { sets, isStepped } = world.declaration;
  const last = sets[sets.length - 1];
  const firstTask = last === undefined ? 0 : last.firstTask + last.count;
  const owner = { account: job.account.spec.name, id: job.id, createdMs: world.nowMs, row: job.row };
  sets.push(setInstance(world.scenario, owner, set, firstTask, isManager, isStepped));
  job.setRows.push(sets.length - 1);
  return sets.length - 1;
}

/** The set's tasks come at their instants from now on; of several jobs, those of the job that was created first (SIM-04). */
export function feedSet(world: World, set: number): void {
  const feed = new SetFeed(world.declaration.sets[set] as SetInstance);
  awaitNext(world, world.feeds.push(feed) - 1, feed);
}

function awaitNext(world: World, row: number, feed: SetFeed): void {
  const { nextAt } = feed;
  if (nextAt < Number.POSITIVE_INFINITY) {
    world.queue.push(Math.max(nextAt, world.nowMs), eventCode(SIM_EVENT.addTask, row));
  }
}

/** The next declared task is added to its job, in a run whose tasks have their rows (phase 5). */
export function onTaskAdded(world: World): void {
  const { tasks, dependents, nowMs } = world;
  const task = tasks.count++;
  const isBlocked = dependents !== null && (dependents.left[task] as number) > 0;
  if (world.countsTasks) world.jobOf(task).open += 1;
  world.log?.add(nowMs, ADDED, task, isBlocked ? 0 : 1);
  if (isBlocked) tasks.readyMs[task] = -1;
  else becomeRunnable(world, task);
}

/** Tasks of a set are due, in a run that gives rows as they come (phase 5). */
export function onTasksDue(world: World, row: number): void {
  const feed = world.feeds[row] as SetFeed;
  const job = world.jobs[feed.instance.job] as JobState;
  while (feed.nextAt <= world.nowMs) {
    const index = feed.take();
    if (world.hooks.mayAddTask(world, job, feed.instance, index)) addTask(world, job, feed.instance, index);
  }
  awaitNext(world, row, feed);
}

/** Adds one task to a job that takes it. Returns its row. */
export function addTask(world: World, job: JobState, instance: SetInstance, index: number): number {
  const { tasks, nowMs } = world;
  const task = world.addTaskRow(instance, index);
  fillRow(instance, index, tasks, task);
  tasks.submitMs[task] = nowMs;
  if ((tasks.flags[task] as number) & TASK_FLAG.manager) job.manager = task;
  job.taskRows.set(idKey(world.taskIdOf(task)), task);
  job.open += 1;
  if (instance.set.dependsOn !== null) {
    const parents = job.setRows.map((row) => world.declaration.sets[row] as SetInstance);
    world.liveDependencies?.add(task, instance, index, parents);
  }
  const isBlocked = world.isBlocked(task);
  world.log?.add(nowMs, ADDED, task, isBlocked ? 0 : 1);
  if (isBlocked) tasks.readyMs[task] = -1;
  else becomeRunnable(world, task);
  return task;
}

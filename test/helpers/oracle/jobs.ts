/** The life of a job and what the end of a task means for it (JOB, JM, EXIT). */
import { type Account, type ExitOptions, type Job, type TaskSet, taskIdAt } from '../../../src/model/index.js';
import { timesOf } from './arrivals.js';
import { letGo, recall, requeue, stopForGood } from './attempt-ends.js';
import { noticeRunnable } from './dependencies.js';
import { beginReleases } from './preparation.js';
import { requiredSlots } from './quantities.js';
import type { ComingTask, JobState, ScheduleState, TaskState, World } from './world.js';

/** JOB-01; its tasks come with it or later, its manager at once (JM-01). */
export function addJob(world: World, account: Account, job: Job, id: string, schedule: ScheduleState | null): JobState {
  const { poolId, priority, maxParallelTasks, onAllTasksComplete, maxWallClockTimeMs, maxTaskRetryCount } = job;
  const added: JobState = {
    ...{ account, job, id, schedule, createdMs: world.now, state: 'active', endMs: null, reason: null },
    ...{ poolId, priority, maxParallelTasks, onAllTasksComplete, maxWallClockTimeMs, maxTaskRetryCount },
    ...{ released: false, settledRound: world.settling ? world.round : 0, tasks: [], positions: 0 },
  };
  world.jobs.push(added);
  world.changed = true;
  const { jobManagerTask } = job;
  const manager = { job: added, index: 0, position: -1, atMs: world.now };
  if (jobManagerTask !== null) world.comingTasks.push({ ...manager, set: jobManagerTask.task });
  for (const set of job.tasks) addTaskSet(world, added, set);
  return added;
}

/** Tasks that come at offsets from now. */
export function addTaskSet(world: World, job: JobState, set: TaskSet): void {
  const offsets = timesOf(set.arrival, set.count);
  for (let index = 0; index < set.count; index++) {
    const offset = offsets[index];
    const position = job.positions + index;
    if (offset !== undefined) world.comingTasks.push({ job, set, index, position, atMs: world.now + offset });
  }
  job.positions += set.count;
}

/** Phase 5: tasks whose time has come, by creation of the job, then as written (SIM-04); or those of one job alone. */
export function addComingTasks(world: World, only: JobState | null = null): void {
  const due = world.comingTasks.filter(({ atMs, job }) => atMs <= world.now && (only === null || only === job));
  if (due.length === 0) return;
  const place = (coming: ComingTask) => world.jobs.indexOf(coming.job);
  due.sort((a, b) => place(a) - place(b) || a.position - b.position);
  for (const coming of due) {
    world.comingTasks.splice(world.comingTasks.indexOf(coming), 1);
    const code = refusalOf(coming.job);
    if (code === null) addTask(world, coming);
    else world.operations.push({ atMs: world.now, kind: 'addTasks', code });
  }
  noticeRunnable(world);
}

/** TASK-27: a job that is over takes none. Of declared tasks this is told one by one (ERR-19). */
function refusalOf({ state }: JobState): string | null {
  if (state === 'terminating') return 'JobBeingTerminated';
  if (state === 'deleting') return 'JobBeingDeleted';
  return state === 'completed' ? 'JobCompleted' : state === 'deleted' ? 'JobNotFound' : null;
}

/** Ids that exist already are skipped (JM-11). */
function addTask(world: World, { job, set, index, position }: ComingTask): void {
  const id = taskIdAt(set.ids, index);
  const exists = job.tasks.some((task) => task.deletedMs === null && task.id.toLowerCase() === id.toLowerCase());
  if (exists) return;
  const task: TaskState = {
    ...{ job, set, index, position, id, slots: requiredSlots(set, index), submitMs: world.now },
    ...{ manager: position === -1 ? job.job.jobManagerTask : null, constraints: undefined },
    ...{ state: 'active', deletedMs: null, readyMs: null, satisfied: false, attempt: null, node: null },
    ...{ startMs: null, endMs: null, attempts: 0, retries: 0, requeues: 0, interruptions: 0 },
    ...{ exitCode: null, failure: '', waitMs: 0, givenUp: false, last: null },
  };
  job.tasks.push(task);
  world.tasks.push(task);
  world.changed = true;
}

/** DEP-03, EXIT-01: a task is completed; what that means is decided once. */
export function onTaskEnded(world: World, task: TaskState): void {
  if (meaningOf(task).dependencyAction === 'satisfy') task.satisfied = true;
  noticeRunnable(world);
  if (world.ended === null) actOnJob(world, task);
  else world.ended.push(task);
}

/** JM-03, EXIT-07: what the end of a task means for its job. */
export function actOnJob(world: World, task: TaskState): void {
  const { job, manager } = task;
  const isOpen = job.state === 'active' || job.state === 'disabling' || job.state === 'disabled';
  if (manager?.killJobOnCompletion && isOpen) {
    terminateJob(world, job, 'JMComplete', false);
    return;
  }
  if (job.job.onTaskFailure !== 'performexitoptionsjobaction' || !isOpen) return;
  const action = meaningOf(task).jobAction;
  if (action === 'terminate') terminateJob(world, job, 'TaskFailed', false);
  if (action === 'disable' && job.state !== 'disabled') disableJob(world, job, 'requeue');
}

const NO_OPTIONS: ExitOptions = { dependencyAction: null, jobAction: null };

/** EXIT-04, EXIT-05: what is not given follows from the exit code if that is what counts, or from the failure. */
function meaningOf(task: TaskState): { dependencyAction: string; jobAction: string } {
  const listed = listedFor(task);
  const { dependencyAction, jobAction } = listed ?? conditionOf(task);
  const isGood = listed === null ? task.failure === '' : task.exitCode === 0;
  return {
    dependencyAction: dependencyAction ?? (isGood ? 'satisfy' : 'block'),
    jobAction: jobAction ?? (isGood ? 'none' : 'terminate'),
  };
}

/** EXIT-02: what is listed for the exit code, the code itself before a range; null: nothing is. */
function listedFor({ set, exitCode }: TaskState): ExitOptions | null {
  const conditions = set.exitConditions;
  if (conditions === null || exitCode === null) return null;
  const listed = conditions.exitCodes.find(({ code }) => code === exitCode);
  const ranged = conditions.exitCodeRanges.find(({ start, end }) => start <= exitCode && exitCode <= end);
  return (listed ?? ranged)?.exitOptions ?? null;
}

/** EXIT-02, EXIT-03: of a failure whose exit code is not listed. */
function conditionOf({ set, failure }: TaskState): ExitOptions {
  const conditions = set.exitConditions;
  if (conditions === null || failure === '') return NO_OPTIONS;
  if (failure.startsWith('FileUpload')) return conditions.fileUploadError ?? conditions.default ?? NO_OPTIONS;
  const isEnd = failure === 'FailureExitCode' || failure === 'TaskEnded';
  return (isEnd ? null : conditions.preProcessingError) ?? conditions.default ?? NO_OPTIONS;
}

/** JOB-15. */
export function disableJob(world: World, job: JobState, option: 'requeue' | 'terminate' | 'wait'): void {
  if (job.state === 'active') job.state = 'disabling';
  world.changed = true;
  for (const task of holding(job)) {
    if (task.attempt === null) continue; // the end of another one stopped it
    if (isOnItsWay(task)) recall(world, task);
    else if (option === 'requeue') requeue(world, task, 'jobDisabled');
    else if (option === 'terminate') stopForGood(world, task);
  }
  settleJob(world, job);
}

/** JOB-02: in the same instant. */
export function enableJob(world: World, job: JobState): void {
  job.state = 'active';
  world.changed = true;
}

/** JOB-11. `force` skips the wait for release tasks (JOB-13). */
export function terminateJob(world: World, job: JobState, reason: string, force: boolean): void {
  job.state = 'terminating';
  job.reason = reason;
  endWork(world, job, force);
}

/** JOB-14. */
export function deleteJob(world: World, job: JobState, force: boolean): void {
  job.state = 'deleting';
  endWork(world, job, force);
}

function endWork(world: World, job: JobState, force: boolean): void {
  world.changed = true;
  for (const task of holding(job)) {
    if (task.attempt === null) continue; // the end of another one stopped it
    if (isOnItsWay(task)) recall(world, task);
    else stopForGood(world, task);
  }
  if (!job.released) beginReleases(world, job); // PREP-15: nothing of the job runs any more
  job.released = true;
  if (force) finish(world, job);
  else settleJob(world, job);
}

/** What a job was about to do is done when nothing of it runs any more (JOB-15, PREP-13). */
export function settleJob(world: World, job: JobState): void {
  if (holding(job).length > 0) return;
  if (job.state === 'disabling') job.state = 'disabled';
  const releasing = world.nodeTasks.some((row) => row.job === job && row.kind === 'release' && row.state === 'running');
  if (!releasing && job.released) finish(world, job);
}

function finish(world: World, job: JobState): void {
  if (job.state === 'terminating') {
    job.state = 'completed';
    job.endMs = world.now;
    world.changed = true;
    world.tell.jobCompleted(world, job);
  } else if (job.state === 'deleting') {
    job.state = 'deleted';
    world.changed = true;
    for (const task of job.tasks) if (task.deletedMs === null) letGo(world, task);
    world.tell.jobCompleted(world, job);
  }
}

/** Phase 2, JOB-06. */
export function endJobsAtWallClock(world: World): void {
  for (const job of world.jobs) {
    if (jobEndMs(job) <= world.now) terminateJob(world, job, 'MaxWallClockTimeExpiry', false);
  }
}

/** When the wall clock of a job ends it. */
export function jobEndMs(job: JobState): number {
  const isOpen = job.state === 'active' || job.state === 'disabling' || job.state === 'disabled';
  return isOpen && job.maxWallClockTimeMs !== null ? job.createdMs + job.maxWallClockTimeMs : Number.POSITIVE_INFINITY;
}

/** Phase 8, JOB-08: a job without tasks counts as complete. */
export function endFinishedJobs(world: World): void {
  for (const job of world.jobs) {
    if (job.state !== 'active' || job.onAllTasksComplete !== 'terminatejob') continue;
    if (job.tasks.every((task) => task.state === 'completed' || task.deletedMs !== null)) {
      terminateJob(world, job, 'AllTasksComplete', false);
    }
  }
}

/** SCH-11: while it is dispatched it is active, and active tasks stay so (JOB-11, JOB-15). */
function isOnItsWay({ attempt }: TaskState): boolean {
  return attempt?.step === 'dispatch';
}

/** Tasks that hold a node, in creation order. */
function holding(job: JobState): TaskState[] {
  return job.tasks.filter(({ attempt }) => attempt !== null);
}

/** What the answers of `why` are made from, and how the things they speak of are found by name. */
import { err, nearest, ok, type Result } from '../../base/index.js';
import { idKey, type Scenario } from '../../model/index.js';
import { type JobTasks, tasksByJob } from '../job-tasks.js';
import { TaskMeasures } from '../measures.js';
import { jobNameAt, nodeIdAt, poolNameAt } from '../naming.js';
import type { Recording } from '../recording.js';

/** A recording with its log, and the scenario that it came from if that is at hand: it tells what was declared. */
export interface WhyRun {
  readonly recording: Recording;
  readonly scenario: Scenario | null;
  readonly jobTasks: JobTasks;
  readonly measures: TaskMeasures;
}

/** A run to ask; an error if it was recorded without its log. */
export function whyRun(recording: Recording, scenario: Scenario | null): Result<WhyRun, string> {
  if (recording.log === null) return err('the run was recorded without its log');
  return ok({ recording, scenario, jobTasks: tasksByJob(recording), measures: new TaskMeasures(recording) });
}

/** What was not found, and what may have been meant. */
export interface NotFound {
  readonly message: string;
  readonly guess: string | null;
}

/** The task called `job/task`; with several accounts `account/job/task`. Ids compare without regard to case (ACC-17). */
export function findTask({ recording, jobTasks }: WhyRun, name: string): Result<number, NotFound> {
  const cut = name.lastIndexOf('/');
  if (cut <= 0) return err({ message: `"${name}" names no task: write JOB/TASK`, guess: null });
  const jobs = recording.jobs.map((_, job) => jobNameAt(recording, job));
  const job = lastMatch(jobs, name.slice(0, cut));
  if (job < 0)
    return err({ message: `there is no job ${name.slice(0, cut)}`, guess: nearest(name.slice(0, cut), jobs) });
  const taskRows = [...jobTasks.rows.subarray(jobTasks.firsts[job], jobTasks.firsts[job + 1])];
  const ids = taskRows.map((task) => recording.taskNames.id(task));
  const at = lastMatch(ids, name.slice(cut + 1));
  if (at >= 0) return ok(taskRows[at] as number);
  const guess = nearest(name.slice(cut + 1), ids);
  const message = `job ${jobs[job]} has no task ${name.slice(cut + 1)}`;
  return err({ message, guess: guess === null ? null : `${jobs[job]}/${guess}` });
}

/** The pool of that id; of several with one id, the last. */
export function findPool({ recording }: Pick<WhyRun, 'recording'>, name: string): Result<number, NotFound> {
  const pools = recording.pools.map((_, pool) => poolNameAt(recording, pool));
  const pool = lastMatch(pools, name);
  return pool >= 0 ? ok(pool) : err({ message: `there is no pool ${name}`, guess: nearest(name, pools) });
}

/** The node of that ordinal (`n3`) or id; `pool` is needed only for an ordinal where there are several pools. */
export function findNode(run: WhyRun, name: string, poolName: string | null): Result<number, NotFound> {
  const { recording } = run;
  const pool = poolName === null ? null : findPool(run, poolName);
  if (pool !== null && !pool.ok) return pool;
  const wanted = pool?.value ?? (recording.pools.length === 1 ? 0 : null);
  const ordinal = /^n?([0-9]+)$/i.exec(name)?.[1];
  if (ordinal === undefined) return findNodeById(recording, name);
  if (wanted === null)
    return err({ message: `there are several pools: say whose node ${name} is, with --pool`, guess: null });
  const { nodes } = recording;
  let most = -1;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.pool[node] !== wanted) continue;
    if (nodes.ordinal[node] === Number(ordinal)) return ok(node);
    most = Math.max(most, nodes.ordinal[node] as number);
  }
  const there = most < 0 ? 'it never had one' : `its nodes are n0 to n${most}`;
  const message = `pool ${poolNameAt(recording, wanted)} has no node n${Number(ordinal)}: ${there}`;
  return err({ message, guess: most < 0 ? null : `n${most}` });
}

function findNodeById(recording: Recording, name: string): Result<number, NotFound> {
  for (let node = 0; node < recording.nodes.count; node++) {
    if (idKey(nodeIdAt(recording, node)) === idKey(name)) return ok(node);
  }
  return err({ message: `there is no node ${name}: name it by its ordinal, such as n3, or by its id`, guess: null });
}

function lastMatch(names: readonly string[], wanted: string): number {
  const key = idKey(wanted);
  return names.findLastIndex((name) => idKey(name) === key);
}

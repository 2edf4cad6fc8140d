/** DEP: which of the tasks that a task depends on have not satisfied, and why. */
import { exitAction, idKey, rangeMember, TASK_FAILURES, taskIdAt } from '../../model/index.js';
import type { JobTasks } from '../job-tasks.js';
import { TASK_PHASES, type TaskPhase } from '../phases.js';
import { type Reason, reason } from './causes.js';
import { type DeclaredTask, declaredTask } from './declared.js';
import type { Look } from './look.js';
import type { WhyRun } from './run.js';

/** Parents that are told one by one; the rest are counted. */
const MOST_PARENTS = 5;

/** One reason for each parent that has not satisfied, the first few by name. */
export function unmetParents(run: WhyRun, look: Look, declared: DeclaredTask, job: number): Reason[] {
  const rows = rowsById(look, run.jobTasks, job);
  const unmet: Reason[] = [];
  let more = 0;
  for (const id of parentIds(declared)) {
    const found = parentReason(run, look, rows, id);
    if (found === null) continue;
    if (unmet.length < MOST_PARENTS) unmet.push(found);
    else more += 1;
  }
  if (more > 0) unmet.push(reason('parentsBesides', null, { count: more }));
  return unmet;
}

/** Ids that the task depends on; of ranges, the integers (DEP-06). */
function* parentIds({ job, set, index }: DeclaredTask): Generator<string | number> {
  const { dependsOn } = set;
  if (dependsOn === null) return;
  yield* dependsOn.taskIds;
  for (const { start, end } of dependsOn.taskIdRanges) for (let i = start; i <= end; i++) yield i;
  if (dependsOn.columns === null) return;
  const { offsets, parents } = dependsOn.columns;
  for (let k = offsets[index] as number; k < (offsets[index + 1] as number); k++) {
    const id = idInJob(job, parents[k] as number);
    if (id !== null) yield id;
  }
}

/** The id of a job's task by its number through all sets. */
function idInJob(job: DeclaredTask['job'], number: number): string | null {
  let left = number;
  for (const set of job.tasks) {
    if (left < set.count) return taskIdAt(set.ids, left);
    left -= set.count;
  }
  return null;
}

/** Tasks of a job that were added so far, by id and, where it is an integer, by that. */
function rowsById({ recording, state }: Look, { firsts, rows }: JobTasks, job: number): Map<string | number, number> {
  const found = new Map<string | number, number>();
  for (let i = firsts[job] as number; i < (firsts[job + 1] as number); i++) {
    const task = rows[i] as number;
    if (state.taskPhase[task] === TASK_PHASES.indexOf('absent')) continue;
    const id = recording.taskNames.id(task);
    found.set(idKey(id), task);
    const member = rangeMember(id);
    if (member !== null && !found.has(member)) found.set(member, task);
  }
  return found;
}

/** null: it has satisfied. */
function parentReason(run: WhyRun, look: Look, rows: Map<string | number, number>, id: string | number): Reason | null {
  const { recording, state } = look;
  const task = rows.get(typeof id === 'string' ? idKey(id) : id);
  if (task === undefined) return reason('parentMissing', null, { parent: String(id) });
  const parent = recording.taskNames.id(task);
  const phase = TASK_PHASES[state.taskPhase[task] as number] as TaskPhase;
  if (phase === 'succeeded') return null;
  if (phase === 'failed') {
    const endMs = recording.tasks.endMs[task] as number;
    return satisfies(run, task) ? null : reason('parentBlocks', endMs, { parent, outcome: outcomeOf(run, task) });
  }
  if (phase === 'deleted') {
    // DEP-09: what had satisfied before it was deleted stays so.
    const completed = (recording.tasks.endMs[task] as number) >= 0;
    if (completed && satisfies(run, task)) return null;
    return reason('parentDeleted', recording.tasks.deletedMs?.[task] ?? null, { parent });
  }
  return reason('parentUnfinished', null, { parent, state: STATES[phase] });
}

const STATES: Readonly<Record<TaskPhase, string>> = {
  absent: 'not added yet',
  blocked: 'active and waits for tasks itself',
  ready: 'active and waits for a node',
  assigned: 'active and being dispatched',
  preparing: 'preparing',
  running: 'running',
  succeeded: 'completed',
  failed: 'completed',
  givenUp: 'given up at its lifetime',
  deleted: 'deleted',
};

/** EXIT-02 to EXIT-04, by the columns: they hold its last outcome. */
function satisfies({ recording, scenario, measures }: WhyRun, task: number): boolean {
  const failure = TASK_FAILURES[recording.tasks.failure[task] as number] ?? '';
  const conditions = declaredTask(scenario, recording, task)?.set.exitConditions ?? null;
  return exitAction(conditions, { exitCode: measures.completedExitCode(task), failure }).dependencyAction === 'satisfy';
}

function outcomeOf({ recording, measures }: WhyRun, task: number): string {
  const failure = TASK_FAILURES[recording.tasks.failure[task] as number] ?? '';
  return failure === 'FailureExitCode' ? `exit code ${measures.completedExitCode(task)}` : failure;
}

/** Which tasks of a job no node of its pool can ever run (TASK-18, MI-01, JM-06). */
import { type Job, type Pool, type TaskSet, taskIdAt } from '../../model/index.js';
import type { Finding } from './findings.js';

/** What a finding is about. */
interface About {
  readonly account: string;
  readonly job: string;
}

/** TASK-18: tasks that no node can ever hold; their positions are marked. */
export function slotFindings(about: About, job: Job, pool: Pool) {
  const findings: { finding: Finding; set: TaskSet }[] = [];
  let neverRuns: Uint8Array | null = null;
  let first = 0;
  for (const set of job.tasks) {
    let tasks = 0;
    let example = -1;
    let needed = 0;
    for (let i = 0; i < set.count; i++) {
      const slots = typeof set.requiredSlots === 'number' ? set.requiredSlots : (set.requiredSlots[i] as number);
      if (slots <= pool.taskSlotsPerNode) {
        if (typeof set.requiredSlots === 'number') break; // the same for all
        continue;
      }
      neverRuns ??= new Uint8Array(job.tasks.reduce((sum, { count }) => sum + count, 0));
      neverRuns[first + i] = 1;
      tasks += 1;
      if (example < 0) [example, needed] = [i, slots];
    }
    if (tasks > 0) {
      const finding: Finding = {
        kind: 'tooManySlots',
        ...about,
        tasks,
        example: taskIdAt(set.ids, example),
        needed,
        slots: pool.taskSlotsPerNode,
      };
      findings.push({ finding, set });
    }
    first += set.count;
  }
  return { findings, neverRuns };
}

/** MI-01, MI-02: multi-instance tasks on a pool that cannot run them. */
export function instanceFindings(about: About, job: Job, pool: Pool): { finding: Finding; set: TaskSet }[] {
  const isSized = pool.autoScale === null;
  const nodes = pool.targetDedicatedNodes + pool.targetLowPriorityNodes;
  return job.tasks.flatMap((set) => {
    const needed = set.multiInstance?.numberOfInstances;
    if (needed === undefined) return [];
    const lacks = !pool.enableInterNodeCommunication
      ? 'communication'
      : pool.taskSlotsPerNode > 1
        ? 'one slot'
        : isSized && nodes < needed
          ? 'nodes'
          : null;
    if (lacks === null) return [];
    const example = taskIdAt(set.ids, 0);
    const finding: Finding = {
      kind: 'noInstances',
      ...about,
      pool: pool.id,
      tasks: set.count,
      example,
      lacks,
      needed,
      nodes,
    };
    return [{ finding, set }];
  });
}

/** TASK-29: container settings stand exactly where the pool has containers. */
export function containerFindings(about: About, job: Job, pool: Pool): { finding: Finding; set: TaskSet }[] {
  const sets = job.jobManagerTask === null ? job.tasks : [...job.tasks, job.jobManagerTask.task];
  return sets
    .filter(({ demands }) => ((demands?.container ?? null) !== null) !== pool.hasContainers)
    .map((set) => {
      const example = taskIdAt(set.ids, 0);
      const what = { pool: pool.id, tasks: set.count, example, poolHasContainers: pool.hasContainers };
      return { finding: { kind: 'containerMismatch', ...about, ...what }, set };
    });
}

/** JM-06. */
export function managerFinding(about: About, job: Job, pool: Pool): Finding | null {
  const manager = job.jobManagerTask;
  if (manager === null || manager.allowLowPriorityNode) return null;
  if (pool.autoScale !== null || pool.targetDedicatedNodes > 0) return null;
  return { kind: 'managerKeptOut', ...about, pool: pool.id };
}

/**
 * Rules that any run must keep, checked on its recording from outside: nothing here knows how the run came about, so
 * the checks hold for worlds with chance in them as well.
 */
import { type Account, NODE_KINDS, type Scenario, TASK_STATES } from '../../../src/model/index.js';
import { ATTEMPT_ENDS, EVENT_KINDS, type Recording, type Run } from '../../../src/recording/index.js';
import { at } from './columns.js';
import { type Hold, holdsOf, isActive, waitsOf } from './holds.js';
import { nodeKey, taskKey } from './recorded.js';
import { type Replayed, replay } from './replay.js';
import { declaredJob, isPlain } from './replay-facts.js';

/** Rules that the run breaks, as text; empty for a sound run. */
export function brokenRules({ scenario, recording }: Run): string[] {
  const replayed = replay(scenario, recording);
  return [
    ...replayed.problems,
    ...badNodeTimes(recording, replayed),
    ...quotaExceeded(scenario, recording),
    ...(isPlain(scenario) ? overtaken(scenario, recording, holdsOf(scenario, recording)) : []),
    ...disorderedTimes(recording),
    ...badCounts(recording, replayed),
    ...unexplainedWaits(recording),
    ...overlappingResizes(recording),
    ...stuck(scenario, recording, replayed),
  ];
}

/** BILL-02 to BILL-06: the four parts are the sums of what the log says about each node's states. */
function badNodeTimes(recording: Recording, replayed: Replayed): string[] {
  const { nodes, pools } = recording;
  const broken: string[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const name = nodeKey(recording, node);
    const { parts, starts } = at(replayed.nodes, node);
    for (const part of ['booting', 'idle', 'running', 'failed'] as const) {
      const told = at(nodes[`${part}Ms`], node);
      if (told !== parts[part]) broken.push(`${name} is charged ${told} ms of ${part}, its log sums to ${parts[part]}`);
    }
    const slotMs = at(pools, at(nodes.pool, node)).taskSlotsPerNode * at(nodes.runningMs, node);
    const failedMs = at(nodes.failedMs, node); // NODE-13: out of contact it runs on
    if (at(nodes.slotMs, node) > slotMs + failedMs * 256)
      broken.push(`${name} ran more than the ${slotMs} slot-ms it had`);
    if (at(nodes.tasksRun, node) < starts)
      broken.push(`${name} started ${starts} tasks, not ${at(nodes.tasksRun, node)}`);
  }
  return broken;
}

/** ACC-06, ACC-07: at no instant has an account more nodes than its quotas allow. */
function quotaExceeded(scenario: Scenario, recording: Recording): string[] {
  const { nodes, log } = recording;
  if (log === null) return [];
  const present = new Set<number>();
  const broken = new Set<string>();
  for (let row = 0; row < log.count; row++) {
    if (EVENT_KINDS[at(log.kind, row)] !== 'nodeState') continue;
    const node = at(log.subject, row);
    if ((at(log.detail, row) & 255) === 255) present.delete(node);
    else if (!present.has(node)) {
      present.add(node);
      const { accountIndex } = at(recording.pools, at(nodes.pool, node));
      for (const text of overQuota(at(scenario.accounts, accountIndex), recording, accountIndex, present))
        broken.add(text);
    }
  }
  return [...broken];
}

function overQuota(
  account: Account,
  recording: Recording,
  accountIndex: number,
  present: ReadonlySet<number>,
): string[] {
  if (account.poolAllocationMode !== 'BatchService') return [];
  const held = (kind: string, family: string | null) => coresOf(recording, accountIndex, kind, family, present);
  const limits: [string, number, number][] = [
    ['dedicated', held('dedicated', null), account.dedicatedCoreQuota],
    ['low-priority', held('spot', null), account.lowPriorityCoreQuota],
  ];
  if (account.dedicatedCoreQuotaPerVMFamilyEnforced) {
    for (const [family, cores] of account.dedicatedCoreQuotaPerVMFamily) {
      limits.push([family, held('dedicated', family), cores]);
    }
  }
  const over = limits.filter(([, cores, quota]) => cores > quota);
  return over.map(([what, cores, quota]) => `${account.name} holds ${cores} ${what} cores, its quota is ${quota}`);
}

function coresOf(
  recording: Recording,
  accountIndex: number,
  kind: string,
  family: string | null,
  present: ReadonlySet<number>,
): number {
  const { nodes, pools } = recording;
  let cores = 0;
  for (const node of present) {
    const pool = at(pools, at(nodes.pool, node));
    const counts = pool.accountIndex === accountIndex && at(NODE_KINDS, at(nodes.kind, node)) === kind;
    const ofFamily = family === null || pool.vmSize.family?.toLowerCase() === family.toLowerCase();
    if (counts && ofFamily) cores += pool.vmSize.vcpus;
  }
  return cores;
}

/**
 * SCH-04, SCH-06: a task that waited is not overtaken by one of a lower priority that took a place it could have had.
 * Where jobs bound their parallel tasks a wait may be rightful (JOB-19), so such scenarios are not judged, nor are
 * waits that began in the very instant.
 */
function overtaken(scenario: Scenario, recording: Recording, holds: readonly Hold[]): string[] {
  if (scenario.accounts.some(({ jobs }) => jobs.some((job) => job.maxParallelTasks !== -1))) return [];
  const { tasks, jobs, nodes } = recording;
  const jobOf = (task: number) => at(jobs, at(tasks.job, task));
  const broken: string[] = [];
  for (const { task, slots, readyMs, untilMs } of waitsOf(scenario, recording, holds)) {
    const { poolIndex, priority } = jobOf(task);
    for (const other of holds) {
      const couldHaveHad = poolIndex === at(nodes.pool, other.node) && slots <= other.slots;
      if (!couldHaveHad || jobOf(other.task).priority >= priority) continue;
      if (other.fromMs <= readyMs || other.fromMs >= untilMs) continue;
      const [first, second] = [taskKey(recording, task), taskKey(recording, other.task)];
      broken.push(`${first} waited from ${readyMs}; ${second}, of lower priority, was placed at ${other.fromMs}`);
    }
  }
  return broken;
}

/** A task's moments come in order: added, runnable, assigned, started, ended, and nothing after the end of the run. */
function disorderedTimes(recording: Recording): string[] {
  const { tasks, run } = recording;
  const broken: string[] = [];
  for (let task = 0; task < tasks.count; task++) {
    const assigned = tasks.assignedMs === null ? [] : [at(tasks.assignedMs, task)];
    const ran = [...assigned, at(tasks.startMs, task)].every((ms) => ms >= at(tasks.readyMs, task));
    // Of a task that is active or prepares again, or was ended before it ran again, the attempt is an earlier one.
    const isPreparing = at(TASK_STATES, at(tasks.state, task)) === 'preparing';
    const counts = ran && !isPreparing && !isActive(recording, task);
    const attempt = counts ? [...assigned, at(tasks.startMs, task)] : [];
    const all = [at(tasks.submitMs, task), at(tasks.readyMs, task), ...attempt, at(tasks.endMs, task)];
    const moments = all.filter((ms) => ms !== -1);
    const ordered = [0, ...moments, run.endMs].every((ms, i, list) => i === 0 || (list[i - 1] ?? 0) <= ms);
    if (!ordered) broken.push(`${taskKey(recording, task)} has moments out of order: ${moments.join(', ')}`);
  }
  return broken;
}

/** What the log tells and what the columns sum up agree: states, requeues, tasks of jobs. */
function badCounts(recording: Recording, { taskStates, requeues }: Replayed): string[] {
  const { tasks, jobs } = recording;
  const broken: string[] = [];
  const ofJob = new Map<number, number>();
  for (let task = 0; task < tasks.count; task++) {
    const name = taskKey(recording, task);
    const state = at(TASK_STATES, at(tasks.state, task));
    const told = taskStates[task] ?? null;
    if (told !== 'deleted' && told !== state) broken.push(`${name} is ${state}, by the log it is ${told}`);
    const counted = [...at(requeues, task)].filter(([end]) => REQUEUES.has(at(ATTEMPT_ENDS, end)));
    const expected = sum(counted.map(([, count]) => count));
    const column = tasks.requeues === null ? 0 : at(tasks.requeues, task);
    if (column !== expected) broken.push(`${name} has ${column} requeues, its log ${expected}`);
    ofJob.set(at(tasks.job, task), (ofJob.get(at(tasks.job, task)) ?? 0) + 1);
  }
  jobs.forEach(({ id, taskCount }, job) => {
    if ((ofJob.get(job) ?? 0) > taskCount) broken.push(`${id} has ${ofJob.get(job)} tasks, it says ${taskCount}`);
  });
  return broken;
}

/** TASK-09. */
const REQUEUES: ReadonlySet<string> = new Set([
  ...['nodeRemoved', 'nodeRebooted', 'nodeReimaged', 'nodeDeallocated', 'nodeSchedulingDisabled'],
  ...['jobDisabled', 'poolDeleted', 'osUpgraded'],
]);

/** RSZ-01: a pool has one resize at a time; only a formula replaces one that goes on (ASC-08). */
function overlappingResizes({ resizes, pools }: Recording): string[] {
  const broken: string[] = [];
  const endMs = new Map<number, number>();
  for (const { poolIndex, startMs, endMs: end, cause } of resizes) {
    const before = endMs.get(poolIndex) ?? 0;
    const overlaps = before === -1 || startMs < before;
    if (overlaps && cause !== 'autoscale')
      broken.push(`${at(pools, poolIndex).id} is resized at ${startMs} while it is`);
    endMs.set(poolIndex, end);
  }
  return broken;
}

/** SIM-10: exactly the tasks that are still active are named with a reason. */
function unexplainedWaits(recording: Recording): string[] {
  const { tasks, unfinished } = recording;
  const named = new Set(Array.from({ length: unfinished.count }, (_, row) => at(unfinished.task, row)));
  const broken = named.size === unfinished.count ? [] : ['a task is named twice among the unfinished'];
  for (let task = 0; task < tasks.count; task++) {
    if (isGone(recording, task) || isActive(recording, task) === named.has(task)) continue;
    broken.push(`${taskKey(recording, task)} is ${named.has(task) ? 'not active but' : 'active and not'} explained`);
  }
  return broken;
}

/**
 * SCH-02: nothing runnable is left where a node could have run it, and nothing runs on for ever. Runs that were cut
 * short are not judged, nor is what may rightly wait for something else: managers, preparations, several nodes.
 */
function stuck(scenario: Scenario, recording: Recording, { nodes: replayed, taskNodes }: Replayed): string[] {
  if (scenario.clock.untilMs !== null || scenario.options.taskLifetimeMs !== null) return [];
  const { tasks, jobs, nodes, pools } = recording;
  const broken: string[] = [];
  const operations = scenario.accounts.flatMap(({ actions }) => actions.map(({ operation }) => operation));
  const patchesMaxParallel = operations.some(
    (operation) => operation.kind === 'patchJob' && operation.changes.maxParallelTasks !== undefined,
  );
  for (let task = 0; task < tasks.count; task++) {
    const name = taskKey(recording, task);
    const on = taskNodes[task] ?? -1;
    if (on !== -1 && !isOutOfReach(recording, replayed, task, on)) broken.push(`${name} holds a node at the end`);
    const row = at(tasks.job, task);
    const { poolIndex, state } = at(jobs, row);
    const job = declaredJob(scenario, recording, row);
    const isSimple = job !== null && job.jobManagerTask === null && job.jobPreparationTask === null;
    const isOpen =
      state === 'active' &&
      isSimple &&
      job.maxParallelTasks === -1 &&
      !patchesMaxParallel &&
      job.tasks.every(({ multiInstance }) => multiInstance === null);
    if (!isActive(recording, task) || at(tasks.readyMs, task) === -1 || !isOpen || isGone(recording, task)) continue;
    if (on !== -1 || poolIndex === -1 || at(tasks.slots, task) > at(pools, poolIndex).taskSlotsPerNode) continue;
    const free = replayed.findIndex(
      (node, i) => at(nodes.pool, i) === poolIndex && node.state === 'idle' && node.enabled && node.holders.size === 0,
    );
    if (free !== -1) broken.push(`${name} is runnable and was left although ${nodeKey(recording, free)} is idle`);
  }
  return broken;
}

/** NODE-13: what runs on a node without contact is heard of when it is back; of several nodes one is enough. */
function isOutOfReach({ subtasks }: Recording, nodes: Replayed['nodes'], task: number, primary: number): boolean {
  const others = subtasks.filter((one) => one.task === task && one.endMs < 0).map(({ node }) => node);
  return [primary, ...others].some((node) => at(nodes, node).state === 'unknown');
}

function isGone({ tasks }: Recording, task: number): boolean {
  return tasks.deletedMs !== null && at(tasks.deletedMs, task) !== -1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Rules that any run must keep, checked on its recording from outside: nothing here knows how the run came about, so
 * the checks hold for worlds with chance in them as well.
 */
import { NODE_KINDS, type Scenario } from '../../../src/model/index.js';
import type { Recording, Run } from '../../../src/recording/index.js';
import { at } from './columns.js';
import { type Hold, holdsOf, isActive, waitsOf } from './holds.js';
import { nodeKey, taskKey } from './recorded.js';

/** Rules that the run breaks, as text; empty for a sound run. */
export function brokenRules({ scenario, recording }: Run): string[] {
  const holds = holdsOf(scenario, recording);
  return [
    ...overCommitted(recording, holds),
    ...badNodeTimes(recording),
    ...quotaExceeded(scenario, recording),
    ...overtaken(scenario, recording, holds),
    ...disorderedTimes(recording),
    ...unexplainedWaits(recording),
    ...stuck(scenario, recording),
  ];
}

/** SCH-07, SCH-10: at no instant do the tasks of a node hold more slots than it has, or hold any before it is ready. */
function overCommitted(recording: Recording, holds: readonly Hold[]): string[] {
  const { nodes, pools } = recording;
  const broken: string[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const name = nodeKey(recording, node);
    const slots = at(pools, at(nodes.pool, node)).taskSlotsPerNode;
    const readyMs = at(nodes.readyMs, node);
    const here = holds.filter((hold) => hold.node === node);
    for (const { fromMs } of here) {
      const held = sum(here.filter((hold) => hold.fromMs <= fromMs && fromMs < hold.toMs).map((hold) => hold.slots));
      if (held > slots) broken.push(`${name} has ${slots} slots and held ${held} at ${fromMs}`);
      if (readyMs === -1 || fromMs < readyMs) broken.push(`${name} was given a task at ${fromMs}, before it was ready`);
    }
  }
  return broken;
}

/** BILL-02, BILL-03, BILL-06: the four parts sum to the time from `creating` to the end. */
function badNodeTimes(recording: Recording): string[] {
  const { nodes, pools, run } = recording;
  const broken: string[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const name = nodeKey(recording, node);
    const parts = [nodes.bootingMs, nodes.idleMs, nodes.runningMs, nodes.failedMs].map((column) => at(column, node));
    const goneMs = at(nodes.goneMs, node);
    const chargedMs = (goneMs === -1 ? run.endMs : goneMs) - at(nodes.createdMs, node);
    if (sum(parts) !== chargedMs) broken.push(`${name} is charged ${chargedMs} ms, its parts sum to ${sum(parts)}`);
    if (parts.some((part) => part < 0)) broken.push(`${name} has a part of negative length`);
    const slotMs = at(pools, at(nodes.pool, node)).taskSlotsPerNode * at(nodes.runningMs, node);
    if (at(nodes.slotMs, node) > slotMs) broken.push(`${name} ran more than the ${slotMs} slot-ms it had`);
  }
  return broken;
}

/** ACC-06, ACC-07: no account has more nodes than its quotas allow. No node leaves here, so the end is the worst. */
function quotaExceeded(scenario: Scenario, recording: Recording): string[] {
  return scenario.accounts.flatMap((account, accountIndex) => {
    if (account.poolAllocationMode !== 'BatchService') return [];
    const limits: [string, number, number][] = [
      ['dedicated', coresOf(recording, accountIndex, 'dedicated', null), account.dedicatedCoreQuota],
      ['low-priority', coresOf(recording, accountIndex, 'spot', null), account.lowPriorityCoreQuota],
    ];
    if (account.dedicatedCoreQuotaPerVMFamilyEnforced) {
      for (const [family, cores] of account.dedicatedCoreQuotaPerVMFamily) {
        limits.push([family, coresOf(recording, accountIndex, 'dedicated', family), cores]);
      }
    }
    const over = limits.filter(([, held, quota]) => held > quota);
    return over.map(([what, held, quota]) => `${account.name} holds ${held} ${what} cores, its quota is ${quota}`);
  });
}

function coresOf(recording: Recording, accountIndex: number, kind: string, family: string | null): number {
  const { nodes, pools } = recording;
  let cores = 0;
  for (let node = 0; node < nodes.count; node++) {
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

/** A task's moments come in order: added, runnable, started, ended, and nothing after the end of the run. */
function disorderedTimes(recording: Recording): string[] {
  const { tasks, run } = recording;
  const broken: string[] = [];
  for (let task = 0; task < tasks.count; task++) {
    const columns = isActive(recording, task)
      ? [tasks.submitMs, tasks.readyMs]
      : [
          tasks.submitMs,
          tasks.readyMs,
          ...(tasks.assignedMs === null ? [] : [tasks.assignedMs]),
          tasks.startMs,
          tasks.endMs,
        ];
    const moments = columns.map((column) => at(column, task)).filter((ms) => ms !== -1);
    const ordered = [0, ...moments, run.endMs].every((ms, i, all) => i === 0 || (all[i - 1] ?? 0) <= ms);
    if (!ordered) broken.push(`${taskKey(recording, task)} has moments out of order: ${moments.join(', ')}`);
  }
  return broken;
}

/** SIM-10: exactly the tasks that are still active are named with a reason. */
function unexplainedWaits(recording: Recording): string[] {
  const { tasks, unfinished } = recording;
  const named = new Set(Array.from({ length: unfinished.count }, (_, row) => at(unfinished.task, row)));
  const broken = named.size === unfinished.count ? [] : ['a task is named twice among the unfinished'];
  for (let task = 0; task < tasks.count; task++) {
    if (isActive(recording, task) === named.has(task)) continue;
    broken.push(`${taskKey(recording, task)} is ${named.has(task) ? 'not active but' : 'active and not'} explained`);
  }
  return broken;
}

/**
 * SCH-02: nothing runnable is left where a node could have run it. When a run ends by itself every slot is free, so
 * what remains has no pool, no node or too many slots. Runs that were cut short are not judged.
 */
function stuck(scenario: Scenario, recording: Recording): string[] {
  if (scenario.clock.untilMs !== null || scenario.options.taskLifetimeMs !== null) return [];
  const { tasks, jobs, nodes, pools } = recording;
  const withNodes = new Set(Array.from({ length: nodes.count }, (_, node) => at(nodes.pool, node)));
  const broken: string[] = [];
  for (let task = 0; task < tasks.count; task++) {
    if (!isActive(recording, task) || at(tasks.readyMs, task) === -1) continue;
    const { poolIndex } = at(jobs, at(tasks.job, task));
    if (poolIndex === -1 || !withNodes.has(poolIndex)) continue;
    if (at(tasks.slots, task) > at(pools, poolIndex).taskSlotsPerNode) continue;
    broken.push(`${taskKey(recording, task)} is runnable and was left although its pool has room`);
  }
  return broken;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

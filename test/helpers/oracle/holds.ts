/** Who held which slots and who waited, read from the columns of a recording. */
import { type Scenario, TASK_STATES } from '../../../src/model/index.js';
import type { Recording } from '../../../src/recording/index.js';
import { at, placedMs } from './columns.js';

/** A task on a node: it holds the slots from `fromMs` to `toMs`. */
export interface Hold {
  readonly task: number;
  readonly node: number;
  readonly slots: number;
  /** When its wait for this place began. */
  readonly readyMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A runnable task that waited for a place from `readyMs` to `untilMs`. */
export interface Wait {
  readonly task: number;
  readonly slots: number;
  readonly readyMs: number;
  readonly untilMs: number;
}

/** Every stretch in which a task held slots: the earlier attempts, then the tasks' own rows. */
export function holdsOf(scenario: Scenario, recording: Recording): Hold[] {
  const { attempts, tasks, run } = recording;
  const holds: Hold[] = [];
  for (let i = 0; i < attempts.count; i++) {
    const task = at(attempts.task, i);
    const [node, slots] = [at(attempts.node, i), at(tasks.slots, task)];
    const [readyMs, fromMs] = [at(attempts.readyMs, i), placedMs(attempts, i)];
    const toMs = Math.min(at(attempts.endMs, i), lifetimeEndMs(scenario, recording, task));
    holds.push({ task, node, slots, readyMs, fromMs, toMs });
  }
  for (let task = 0; task < tasks.count; task++) {
    if (isActive(recording, task)) continue;
    const fromMs = placedMs(tasks, task);
    const endMs = at(tasks.endMs, task);
    // ACC-15: given up while it ran, it keeps its state, but its slots no longer than its lifetime.
    const toMs = Math.min(endMs === -1 ? run.endMs : endMs, lifetimeEndMs(scenario, recording, task));
    const [node, slots, readyMs] = [at(tasks.node, task), at(tasks.slots, task), at(tasks.readyMs, task)];
    holds.push({ task, node, slots, readyMs, fromMs, toMs });
  }
  return holds;
}

/** Every stretch in which a runnable task had no place; one that goes on at the end lasts for ever. */
export function waitsOf(scenario: Scenario, recording: Recording, holds: readonly Hold[]): Wait[] {
  const { tasks } = recording;
  const waits: Wait[] = holds.map(({ task, slots, readyMs, fromMs }) => ({ task, slots, readyMs, untilMs: fromMs }));
  for (let task = 0; task < tasks.count; task++) {
    const readyMs = at(tasks.readyMs, task);
    if (!isActive(recording, task) || readyMs === -1) continue;
    const assignedMs = tasks.assignedMs === null ? -1 : at(tasks.assignedMs, task);
    const endedMs = assignedMs >= readyMs ? assignedMs : Number.POSITIVE_INFINITY; // it may be being dispatched
    const untilMs = Math.min(endedMs, lifetimeEndMs(scenario, recording, task));
    waits.push({ task, slots: at(tasks.slots, task), readyMs, untilMs });
  }
  return waits.map((wait) => ({ ...wait, readyMs: sinceMs(wait, holds) }));
}

/** SCH-16: one that was displaced while it was dispatched kept `readyMs`, but had a place until then. */
function sinceMs({ task, readyMs, untilMs }: Wait, holds: readonly Hold[]): number {
  const lost = holds.filter((hold) => hold.task === task && hold.toMs <= untilMs && hold.fromMs < untilMs);
  return Math.max(readyMs, ...lost.map(({ toMs }) => toMs));
}

/** Whether the task is active at the end of the run. */
export function isActive({ tasks }: Recording, task: number): boolean {
  return at(TASK_STATES, at(tasks.state, task)) === 'active';
}

function lifetimeEndMs(scenario: Scenario, { tasks }: Recording, task: number): number {
  return at(tasks.submitMs, task) + (scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY);
}

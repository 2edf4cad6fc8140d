/** Which share of what was paid for was at work: slots, cores and memory of charged nodes, over time. */

import { currentEndMs, currentStartMs, openEndMs } from './attempts.js';
import { chargedMs } from './costs.js';
import { Demands } from './demands.js';
import { EVENT_KINDS, type EventKind, type PoolRow, type Recording, type Run } from './recording.js';
import { roundTo } from './statistics.js';

/** Shares from 0 to 1, 6 decimals; each is its use times time over its charged nodes times time. */
export interface Occupancy {
  /** Slots of attempts that ran: `utilization` of the summary. null: nothing was charged. */
  readonly slots: number | null;
  /**
   * Cores that their processes kept busy: as declared, else the share of the slots, less what sharing cores took from them.
   * null: nothing was charged; or attempts that were repeated shared cores, and there is no log to tell how long.
   */
  readonly cores: number | null;
  /** Memory that they occupied; null: no task declared any, or that of a charged size is not known. */
  readonly memory: number | null;
}

/** Shares over the whole run; `slots` is known to the caller. */
export function occupancy(run: Run, slots: number | null): Occupancy {
  const { recording } = run;
  const demands = new Demands(run);
  const slowed = slowedMs(recording);
  let [coreMs, byteMs] = [0, 0];
  visitRuns(recording, (task, node, runSlots, ms) => {
    coreMs += ms * demands.cores(task, poolOf(recording, node), runSlots);
    byteMs += ms * demands.memoryBytes(task);
  });
  slowed?.forEach((ms, task) => {
    const node = recording.tasks.node[task] as number;
    if (ms > 0) coreMs -= ms * demands.cores(task, poolOf(recording, node), recording.tasks.slots[task] as number);
  });
  const paid = paidFor(recording);
  const isCoreKnown = paid.coreMs > 0 && (slowed !== null || !recording.tasks.stretchedMs);
  const isMemoryKnown = demands.hasMemory && paid.byteMs !== null && paid.byteMs > 0;
  return {
    slots,
    cores: isCoreKnown ? roundTo(coreMs / paid.coreMs, 6) : null,
    memory: isMemoryKnown ? roundTo(byteMs / (paid.byteMs as number), 6) : null,
  };
}

/** Every stretch in which a process ran, repeated or not: instances of multi-instance tasks take a slot each. */
function visitRuns(recording: Recording, visit: (task: number, node: number, slots: number, ms: number) => void): void {
  const { tasks, attempts, subtasks } = recording;
  for (let task = 0; task < tasks.count; task++) {
    const startMs = currentStartMs(recording, task);
    if (startMs < 0) continue;
    visit(task, tasks.node[task] as number, tasks.slots[task] as number, currentEndMs(recording, task) - startMs);
  }
  for (let i = 0; i < attempts.count; i++) {
    const startMs = attempts.startMs[i] as number;
    const task = attempts.task[i] as number;
    if (startMs < 0) continue;
    visit(task, attempts.node[i] as number, tasks.slots[task] as number, (attempts.endMs[i] as number) - startMs);
  }
  for (const { task, node, startMs, endMs } of subtasks) {
    visit(task, node, 1, (endMs < 0 ? openEndMs(recording, task) : endMs) - startMs);
  }
}

function paidFor(recording: Recording): { readonly coreMs: number; readonly byteMs: number | null } {
  let coreMs = 0;
  let byteMs: number | null = 0;
  for (let node = 0; node < recording.nodes.count; node++) {
    const ms = chargedMs(recording, node);
    const { vcpus, memoryGib } = poolOf(recording, node).vmSize;
    if (ms === 0) continue;
    coreMs += ms * vcpus;
    byteMs = byteMs === null || memoryGib === null ? null : byteMs + ms * memoryGib * 2 ** 30;
  }
  return { coreMs, byteMs };
}

const STARTED = EVENT_KINDS.indexOf('taskStarted');
const SPEED = EVENT_KINDS.indexOf('taskSpeed');
const END_KINDS: readonly EventKind[] = [
  'taskFinished',
  'taskRetried',
  'taskTimedOut',
  'taskDisplaced',
  'taskRequeued',
  'taskStopped',
  'taskFailed',
  'taskDeleted',
  'taskGivenUp',
];
const ENDS: ReadonlySet<number> = new Set(END_KINDS.map((kind) => EVENT_KINDS.indexOf(kind)));

/**
 * How much longer all attempts of each task ran because they shared cores, in ms: the log tells every change of speed. null:
 * there is no log, or no task ever shared any.
 */
function slowedMs({ log, tasks, run }: Recording): Float64Array | null {
  if (log === null || !tasks.stretchedMs) return null;
  const slowed = new Float64Array(tasks.count);
  /** Speed of a process in thousandths, since when; 1000: at full speed, or it does not run. */
  const speed = new Uint16Array(tasks.count).fill(1000);
  const sinceMs = new Float64Array(tasks.count);
  const change = (task: number, next: number, atMs: number) => {
    slowed[task]! += ((atMs - (sinceMs[task] as number)) * (1000 - (speed[task] as number))) / 1000;
    speed[task] = next;
    sinceMs[task] = atMs;
  };
  for (let row = 0; row < log.count; row++) {
    const kind = log.kind[row] as number;
    const atMs = log.atMs[row] as number;
    if (kind === SPEED) change(log.subject[row] as number, log.detail[row] as number, atMs);
    else if (kind === STARTED || ENDS.has(kind)) change(log.subject[row] as number, 1000, atMs);
  }
  for (let task = 0; task < tasks.count; task++) change(task, 1000, run.endMs);
  return slowed;
}

function poolOf({ nodes, pools }: Recording, node: number): PoolRow {
  return pools[nodes.pool[node] as number] as PoolRow;
}

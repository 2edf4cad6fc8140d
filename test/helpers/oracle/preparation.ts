/** Start, preparation and release tasks on nodes (START, PREP). */
import type { CommandModel } from '../../../src/model/index.js';
import { stateOf } from './lookups.js';
import { commandAt } from './quantities.js';
import type { JobState, NodeState, NodeTask, World } from './world.js';

/** What a preparation has come to on a node: `none` also after a reimage, and after a reboot that asks for another. */
export function preparationOn(world: World, node: NodeState, job: JobState): 'none' | 'running' | 'done' | 'failed' {
  const row = rowOf(world, 'preparation', node, job);
  if (row === undefined || row.disk !== node.disk || row.mustRerun) return 'none';
  if (row.state === 'running') return 'running';
  return row.result === 'success' ? 'done' : 'failed';
}

/** PREP-03, PREP-04. */
export function isPrepared(world: World, node: NodeState, job: JobState): boolean {
  return preparationOn(world, node, job) === 'done';
}

/** PREP-05: the node takes no task of the job any more. */
export function isBarred(world: World, node: NodeState, job: JobState): boolean {
  const waits = job.job.jobPreparationTask?.waitForSuccess ?? false;
  return waits && preparationOn(world, node, job) === 'failed';
}

/** PREP-02: once on a node, before the first task of the job there. */
export function beginPreparation(world: World, node: NodeState, job: JobState): void {
  if (preparationOn(world, node, job) !== 'none') return;
  begin(world, rowOf(world, 'preparation', node, job) ?? addRow(world, 'preparation', node, job), 0);
}

/** START-01. */
export function beginStartTask(world: World, node: NodeState): void {
  node.startTask ??= addRow(world, 'start', node, null);
  begin(world, node.startTask, 0);
}

/** PREP-11: on every node that was prepared and ran a task of the job, at once. */
export function beginReleases(world: World, job: JobState): void {
  const preparations = world.nodeTasks.filter((row) => row.kind === 'preparation' && row.job === job);
  for (const row of preparations) {
    if (row.state === 'running')
      stop(world, row); // PREP-17
    else if (job.job.jobReleaseTask !== null && canRelease(world, row)) {
      const release = addRow(world, 'release', row.node, job);
      if (isUp(row.node)) begin(world, release, 0);
    }
  }
}

function canRelease(world: World, { node, job, disk }: NodeTask): boolean {
  const ran = world.runs.some((run) => run.task.job === job && run.node === node);
  return ran && disk === node.disk && node.goneMs === null && !LOST.has(stateOf(node));
}

const LOST: ReadonlySet<string> = new Set([
  ...['preempted', 'unusable', 'unknown', 'starttaskfailed', 'deallocating', 'deallocated'],
]);

function isUp(node: NodeState): boolean {
  return ['idle', 'running', 'offline', 'leavingpool'].includes(stateOf(node));
}

/** A node that rebooted is back: releases that were cut short run again (PREP-14). */
export function resumeReleases(world: World, node: NodeState): void {
  for (const row of world.nodeTasks) {
    if (row.kind === 'release' && row.node === node && row.state === 'running' && row.dueMs === null)
      begin(world, row, 0);
  }
}

/** A node stops: what runs on it besides tasks is cut short. `failed`: nobody knows whether it returns; `lost`: nor its disk. */
export function cutShort(world: World, node: NodeState, how: 'reboot' | 'failed' | 'lost'): void {
  if (how === 'lost') node.disk += 1;
  for (const row of world.nodeTasks.filter((candidate) => candidate.node === node)) {
    if (row.kind === 'preparation') {
      const again = row.job?.job.jobPreparationTask?.rerunOnNodeRebootAfterSuccess ?? true;
      if (row.state === 'running') stop(world, row);
      if (row.result !== 'failure' || !isBarred(world, node, row.job as JobState)) row.mustRerun ||= again;
    } else if (row.state === 'running') {
      row.dueMs = null;
      if (how !== 'reboot' || row.kind === 'start') stop(world, row); // PREP-14: a release is skipped
    }
  }
}

/** The process is gone without an exit; a preparation has to run again (PREP-09). */
function stop(world: World, row: NodeTask): void {
  row.dueMs = null;
  row.state = 'completed';
  row.result = 'failure';
  row.mustRerun = true;
  world.changed = true;
  if (row.kind === 'release' && row.job !== null) world.tell.jobFreed(world, row.job);
}

function begin(world: World, row: NodeTask, retries: number): void {
  const command = commandOf(row);
  // SIM-08: occurrences are counted through everything that befalls the node.
  const key = `${row.kind} ${row.job?.id}`;
  const count = row.node.begun.get(key) ?? 0;
  row.node.begun.set(key, count + 1);
  const { ms, exitCode } = commandAt(row.node.pool, command, count);
  row.startMs = world.now;
  row.state = 'running';
  row.result = null;
  row.exitCode = null;
  row.retries = retries;
  row.mustRerun = false;
  row.disk = row.node.disk;
  row.dueMs = world.now + (command.fault === null ? ms : 0);
  row.dueCode = command.fault === null ? exitCode : null;
  world.changed = true;
}

/** Phase 1: those that exit now, kind by kind. */
export function exitNodeTasks(world: World): void {
  for (const kind of ['preparation', 'release', 'start'] as const) {
    for (const row of world.nodeTasks.filter((candidate) => candidate.kind === kind)) {
      if (row.dueMs === null || row.dueMs > world.now || stateOf(row.node) === 'unknown') continue;
      if (row.dueMs > nodeTaskEndMs(row)) continue; // there was no contact, or its wall clock had stopped it (NODE-13)
      const { dueCode } = row;
      row.dueMs = null;
      row.exitCode = dueCode;
      const again = dueCode !== null && dueCode !== 0 && mayRetry(row);
      if (again) begin(world, row, row.retries + 1);
      else end(world, row, dueCode === 0 ? 'success' : 'failure');
    }
  }
}

/** Phase 2: wall clocks of preparations and releases (PREP-08, PREP-12). */
export function stopNodeTasksAtWallClocks(world: World): void {
  for (const row of world.nodeTasks) {
    if (row.dueMs === null || nodeTaskEndMs(row) > world.now || stateOf(row.node) === 'unknown') continue;
    row.dueMs = null;
    const killed = row.node.pool.pool.os === 'windows' ? -1073741510 : -9; // TASK-14
    row.exitCode = world.scenario.options.killedExitCode ?? killed;
    end(world, row, 'failure');
  }
}

/** When the wall clock of a preparation or release ends. */
export function nodeTaskEndMs(row: NodeTask): number {
  const { kind, job, startMs } = row;
  if (row.dueMs === null || kind === 'start' || job === null) return Number.POSITIVE_INFINITY;
  const tasks = { preparation: job.job.jobPreparationTask, release: job.job.jobReleaseTask };
  return startMs + (tasks[kind]?.maxWallClockTimeMs ?? Number.POSITIVE_INFINITY);
}

function end(world: World, row: NodeTask, result: 'success' | 'failure'): void {
  row.state = 'completed';
  row.result = result;
  row.endMs = world.now;
  world.changed = true;
  const { kind, job, node } = row;
  if (kind === 'start' || job === null) {
    world.tell.startTaskEnded(world, node, result);
    return;
  }
  if (kind === 'release') world.tell.jobFreed(world, job);
  else world.tell.preparationEnded(world, node, job, result);
}

function mayRetry({ kind, job, node, retries }: NodeTask): boolean {
  const most =
    kind === 'start'
      ? (node.pool.pool.startTask?.maxTaskRetryCount ?? 0)
      : kind === 'preparation'
        ? (job?.job.jobPreparationTask?.maxTaskRetryCount ?? 0)
        : 0; // PREP-12: one attempt
  return most === -1 || retries < most;
}

function commandOf({ kind, job, node }: NodeTask): CommandModel {
  const { startTask, nodeModels } = node.pool.pool;
  const command =
    kind === 'start'
      ? (nodeModels.get(node.ordinal)?.startTask ?? startTask?.command)
      : (kind === 'preparation' ? job?.job.jobPreparationTask : job?.job.jobReleaseTask)?.command;
  if (command === undefined) throw new Error(`there is no ${kind} task`);
  return command;
}

function rowOf(world: World, kind: NodeTask['kind'], node: NodeState, job: JobState): NodeTask | undefined {
  return world.nodeTasks.find((row) => row.kind === kind && row.node === node && row.job === job);
}

function addRow(world: World, kind: NodeTask['kind'], node: NodeState, job: JobState | null): NodeTask {
  const nothing = { endMs: null, result: null, exitCode: null, retries: 0, dueMs: null, dueCode: null };
  const row: NodeTask = {
    ...{ kind, node, job, startMs: world.now, state: 'running' as const, disk: node.disk, mustRerun: false },
    ...nothing,
  };
  world.nodeTasks.push(row);
  return row;
}

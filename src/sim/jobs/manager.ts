/** Job managers: their scripts, and their nodes (JM-05, JM-11). */
import { assert } from '../../base/index.js';
import type { Operation } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import type { AccountState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { openNode } from '../node-doors.js';
import { CLOSED } from '../node-table.js';
import type { World } from '../world.js';

/**
 * The manager's process began: its script runs from now on, from its first line, in every attempt. Lines of several
 * managers that are due at one instant come by creation of the managers (SIM-04): their events have the task's row.
 */
export function onManagerStarted(world: World, task: number): void {
  const actions = world.jobOf(task).spec.jobManagerTask?.actions ?? [];
  if (actions.length === 0) return;
  const lines = actions.map(({ atMs, operation }) => ({ atMs: world.nowMs + atMs, operation }));
  world.scripts.set(task, lines);
  for (const { atMs } of lines) world.queue.push(atMs, eventCode(SIM_EVENT.script, task));
}

/** The manager left its node, however its attempt ended: its script ends with it, and the node is open to others. */
export function onManagerReleased(world: World, task: number, node: number): void {
  for (const { atMs } of world.scripts.get(task) ?? []) world.cancel(atMs, eventCode(SIM_EVENT.script, task));
  world.scripts.delete(task);
  openNode(world, node, CLOSED.exclusive);
}

/** What a line of a script asks for, of whom, and for which task: it is taken from the queue. */
export interface ScriptedOperation {
  readonly account: AccountState;
  readonly operation: Operation;
  /** The manager's task. */
  readonly byTask: number;
}

/** The next line of a manager's script that is due now. An empty job id stands for the manager's own job. */
export function takeScriptLine(world: World, task: number): ScriptedOperation {
  const lines = world.scripts.get(task) ?? [];
  const [line] = lines.splice(
    lines.findIndex(({ atMs }) => atMs === world.nowMs),
    1,
  );
  assert(line !== undefined, 'a line that is due has not been taken back');
  const { operation } = line;
  const { id, account } = world.jobOf(task);
  const isOwn = 'jobId' in operation && operation.jobId === '';
  return { account, operation: isOwn ? { ...operation, jobId: id } : operation, byTask: task };
}

/** What follows when a start, preparation or release task ends on a node. */
import { unreachable } from '../../base/index.js';
import type { NodeTaskRow } from '../../recording/index.js';
import { deferNodeTaskUntilContact } from '../contact.js';
import { SIM_EVENT } from '../events.js';
import { cutAttempt, endAttempt } from '../node-tasks.js';
import { onStartTaskEnded } from '../nodes/start-task.js';
import type { World } from '../world.js';
import { progressJob } from './job-ends.js';
import { onPreparationEnded } from './preparation.js';
import { onReleaseEnded } from './release.js';

/** The attempt at hand exited (phase 1). */
export function onNodeTaskExit(world: World, row: number): void {
  if (deferNodeTaskUntilContact(world, row, SIM_EVENT.nodeTaskExit)) return;
  const result = endAttempt(world, row);
  if (result !== null) onEnded(world, row, result);
}

/** Its wall clock expired (phase 2). */
export function onNodeTaskWallClock(world: World, row: number): void {
  if (deferNodeTaskUntilContact(world, row, SIM_EVENT.nodeTaskWallClock)) return;
  onEnded(world, row, cutAttempt(world, row));
}

function onEnded(world: World, row: number, result: 'success' | 'failure'): void {
  const { kind, node } = world.nodeTasks[row] as NodeTaskRow;
  switch (kind) {
    case 'start':
      onStartTaskEnded(world, node, row, result);
      break;
    case 'preparation':
      onPreparationEnded(world, row, result);
      break;
    case 'release':
      progressJob(world, onReleaseEnded(world, row));
      break;
    default:
      unreachable(kind);
  }
}

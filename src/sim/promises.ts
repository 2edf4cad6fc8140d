/** JM-07: a node that is being cleared for a job manager's restart is promised to it, until it comes or goes elsewhere. */
import type { JobState } from './entities.js';
import { openNode } from './node-doors.js';
import { CLOSED } from './node-table.js';
import type { World } from './world.js';

/** The manager needs the node no more, or cannot have it. */
export function breakPromise(world: World, job: JobState): void {
  if (job.promisedNode === -1) return;
  openNode(world, job.promisedNode, CLOSED.promised);
  job.promisedNode = -1;
}

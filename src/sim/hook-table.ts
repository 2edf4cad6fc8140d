/** Who answers the hooks of the core. */
import type { Hooks } from './hooks.js';
import { mayAddTask, onJobAdmitted } from './jobs/admission.js';
import { onTaskCompleted } from './jobs/completion.js';
import { onJobTaskReleased } from './jobs/emptying.js';
import { onManagerReleased, onManagerStarted } from './jobs/manager.js';
import { onNodeBack, onNodeLost } from './jobs/node-loss.js';
import { leavePreparation, mayStart } from './jobs/preparation.js';
import { onNodeEmptied } from './nodes/draining.js';
import { onNodeUpgraded } from './nodes/upgrades.js';
import { beginPool } from './pools/beginning.js';
import { onNodeLeft } from './pools/resizing.js';
import { abandonSteps, beginSteps } from './steps/steps.js';
import type { World } from './world.js';

/** All of them. */
export const HOOKS: Hooks<World> = {
  beginPool,
  onJobAdmitted,
  mayAddTask,
  mayStart,
  leavePreparation,
  onManagerStarted,
  onManagerReleased,
  beginSteps,
  abandonSteps,
  onNodeEmptied,
  onJobTaskReleased,
  onTaskCompleted,
  onNodeLost(world, node, how) {
    if (how === 'gone' || how === 'preempted' || how === 'reimaged') world.steps.contents.wipe(node);
    onNodeLost(world, node, how);
    if (how === 'gone' || how === 'preempted' || how === 'deallocated') onNodeUpgraded(world, node);
  },
  onNodeBack(world, node) {
    onNodeBack(world, node);
    onNodeUpgraded(world, node);
  },
  onNodeLeft,
};

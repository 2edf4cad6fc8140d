/** What is due → who handles it: every kind of event on one screen, in the order of its phases (SIM-02). */
import { unreachable } from '../base/index.js';
import { onTaskAdded, onTasksDue } from './additions.js';
import { onKillEnd, onTaskWallClock } from './endings.js';
import { kindOfCode, rowOfCode } from './engine/event-queue.js';
import type { AccountState, JobState, PoolState } from './entities.js';
import { SIM_EVENTS } from './events.js';
import { onJobConsequence, onJobWallClock } from './jobs/completion.js';
import { onNodeTaskExit, onNodeTaskWallClock } from './jobs/node-tasks.js';
import { onScheduleDue } from './jobs/schedules.js';
import { onRetentionOver } from './nodes/draining.js';
import { onNodeFault, onPreemption } from './nodes/faults.js';
import { onNodeBooted, onNodeReady } from './nodes/lifecycle.js';
import { onNodeGone } from './nodes/removal.js';
import { onNodeReplaced } from './nodes/replacement.js';
import { onNodeReturned } from './nodes/returning.js';
import { onUpgradeResumed } from './nodes/upgrades.js';
import { onAutoscaleEvaluation } from './pools/autoscaling.js';
import { onNodeAllocated, onResizeTimeout } from './pools/resizing.js';
import { onAutoscaleSample } from './pools/sampling.js';
import { onCapacityChange, onSpotSought } from './pools/spot-seeking.js';
import { addDeclaredJob, addDeclaredPool, onAction, onScript } from './service/actions.js';
import { onDispatchEnd, onTaskExit, onTaskLifetime } from './task-handlers.js';
import type { World } from './world.js';

/** Handles one event at the world's instant. */
export function handleEvent(world: World, code: number): void {
  const row = rowOfCode(code);
  world.handling = kindOfCode(code);
  const kind = SIM_EVENTS[world.handling] as (typeof SIM_EVENTS)[number];
  switch (kind) {
    case 'taskExit':
      onTaskExit(world, row);
      break;
    case 'nodeTaskExit':
      onNodeTaskExit(world, row);
      break;
    case 'jobConsequence':
      onJobConsequence(world, row);
      break;
    case 'taskWallClock':
      onTaskWallClock(world, row);
      break;
    case 'nodeTaskWallClock':
      onNodeTaskWallClock(world, row);
      break;
    case 'jobWallClock':
      onJobWallClock(world, world.jobs[row] as JobState);
      break;
    case 'taskLifetime':
      onTaskLifetime(world, row);
      break;
    case 'retention':
      onRetentionOver(world, row);
      break;
    case 'fate':
      onAction(world, row);
      break;
    case 'preemption':
      onPreemption(world, world.pools[row] as PoolState);
      break;
    case 'nodeFault':
      onNodeFault(world, row);
      break;
    case 'capacityChange':
      onCapacityChange(world);
      break;
    case 'upgradeResumed':
      onUpgradeResumed(world, world.pools[row] as PoolState);
      break;
    case 'nodeAllocated':
      onNodeAllocated(world, world.pools[row] as PoolState);
      break;
    case 'nodeBooted':
      onNodeBooted(world, row);
      break;
    case 'nodeReady':
      onNodeReady(world, row);
      break;
    case 'dispatchEnd':
      onDispatchEnd(world, row);
      break;
    case 'killEnd':
      onKillEnd(world, row);
      break;
    case 'nodeReturned':
      onNodeReturned(world, row);
      break;
    case 'nodeGone':
      onNodeGone(world, row);
      break;
    case 'nodeReplaced':
      onNodeReplaced(world, row);
      break;
    case 'spotSought':
      onSpotSought(world, world.accounts[row] as AccountState);
      break;
    case 'resizeTimeout':
      onResizeTimeout(world, world.pools[row] as PoolState);
      break;
    case 'addPool':
      addDeclaredPool(world, world.pools[row] as PoolState);
      break;
    case 'addJob':
      addDeclaredJob(world, world.jobs[row] as JobState);
      break;
    case 'addTask':
      if (world.grows) onTasksDue(world, row);
      else onTaskAdded(world);
      break;
    case 'action':
      onAction(world, row);
      break;
    case 'script':
      onScript(world, row);
      break;
    case 'scheduleDue':
    case 'scheduleOver':
      onScheduleDue(world, row);
      break;
    case 'autoscaleSample':
      onAutoscaleSample(world, world.pools[row] as PoolState);
      break;
    case 'autoscaleEvaluation':
      onAutoscaleEvaluation(world, world.pools[row] as PoolState);
      break;
    default:
      unreachable(kind);
  }
}

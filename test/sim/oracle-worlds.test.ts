/** The random worlds are worth a comparison: the same ones every time, and everything happens in them. */
import { describe, expect, test } from 'vitest';
import { oracle } from '../helpers/oracle/index.js';
import { worldText } from '../helpers/oracle/world-text.js';
import { randomWorld } from '../helpers/worlds.js';

describe('the worlds', () => {
  test('the same seed makes the same world, and another seed another one', () => {
    expect(worldText(randomWorld(7))).toBe(worldText(randomWorld(7)));
    expect(worldText(randomWorld(7))).not.toBe(worldText(randomWorld(8)));
  });

  test('the first 400 show everything that is to be compared', () => {
    const seen = new Set<unknown>();
    for (let seed = 1; seed <= 400; seed++) {
      const outcome = oracle(randomWorld(seed));
      for (const { state, failure } of outcome.tasks.values()) seen.add(`${state} ${failure}`);
      for (const { outcome: end, startMs } of outcome.attempts.values()) {
        seen.add(startMs === null ? `${end} before it began` : end);
      }
      for (const { state, kind } of outcome.nodes.values()) seen.add(`${kind} ${state}`);
      for (const { state, reason } of outcome.jobs.values()) seen.add(`${state} ${reason}`);
      for (const { state, jobCount } of outcome.schedules.values()) seen.add(`${state} schedule of ${jobCount}`);
      for (const { cause, errors } of outcome.resizes.values()) {
        seen.add(cause);
        for (const code of String(errors).split(' ')) seen.add(code);
      }
      for (const [key, { state, result }] of outcome.nodeTasks) seen.add(`${key.split(' ')[0]} ${state} ${result}`);
      for (const { kind, code } of outcome.operations.values()) seen.add(`${kind} ${code}`);
    }
    expect(WANTED.filter((what) => !seen.has(what))).toEqual([]);
  });
});

/** What the worlds must bring about, or a comparison of them says little. */
const WANTED = [
  ...['active ', 'running ', 'completed ', 'completed FailureExitCode', 'completed TaskEnded'],
  ...['completed CommandProgramNotFound', 'completed FileUploadAccessDenied'],
  ...['retry', 'displaced', 'evicted', 'nodeRemoved', 'nodeReimaged'],
  ...['nodeRebooted', 'nodeDeallocated', 'recalled before it began'],
  ...['ResizeStopped', 'stopResizePool null', 'dedicated deallocated', 'spot offline'],
  ...['removeNodes null', 'deletePool null', 'startNode null'],
  ...['nodeSchedulingDisabled', 'jobDisabled', 'poolDeleted', 'osUpgraded', 'nodePreempted'],
  ...['nodeFailed', 'hostRebooted', 'preparationFailed before it began'],
  ...['spot idle', 'dedicated running', 'dedicated offline', 'dedicated starttaskfailed'],
  ...['dedicated deallocated', 'dedicated unknown', 'dedicated unusable'],
  ...['active null', 'disabled null', 'deleted null', 'completed AllTasksComplete', 'completed JMComplete'],
  ...['completed MaxWallClockTimeExpiry', 'completed TaskFailed', 'completed UserTerminate'],
  ...['completed TerminateJobSchedule', 'completed schedule of 1', 'completed schedule of 3', 'deleted schedule of 1'],
  ...['created', 'resize', 'removeNodes', 'deletePool', 'restore'],
  ...['AccountCoreQuotaReached', 'AccountVMSeriesCoreQuotaReached', 'AccountLowPriorityCoreQuotaReached'],
  ...['AllocationTimedout', 'AllocationFailed', 'CommunicationEnabledPoolReachedMaxVMCount'],
  ...['start completed success', 'start completed failure', 'preparation completed success'],
  ...['preparation completed failure', 'release completed success', 'release completed failure'],
  ...['disableJob null', 'enableJob null', 'terminateJob JobCompleted', 'patchJob null', 'addTasks null'],
  ...['addTasks JobCompleted', 'terminateTask null', 'deleteTask null', 'reactivateTask TaskNotCompleted'],
  ...['updateTask null', 'resizePool PoolBeingResized', 'rebootNode null', 'setCapacity null'],
];

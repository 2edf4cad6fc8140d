/** PREP-16: what the preparation and release tasks of a job are doing on each node. */
import { err, ok, type Result } from '../../base/index.js';
import { type FailureInfo, failureInfo, type ServiceError, serviceError, type TaskFailure } from '../../model/index.js';
import { nodeIdAt } from '../naming.js';
import type { NodeTaskRow, PoolRow } from '../recording.js';
import { declaredJob } from '../why/declared.js';
import { instantOf, type Moment, whenIt } from './moment.js';

/** Batch's `JobReleaseTaskExecutionInformation`; of a preparation task there are counters too. */
export interface ReleaseTaskInfo {
  readonly startTime: string;
  readonly endTime?: string;
  readonly state: 'running' | 'completed';
  readonly exitCode?: number;
  readonly failureInfo?: FailureInfo;
  readonly result?: 'success' | 'failure';
}

/** Batch's `JobPreparationTaskExecutionInformation`. */
export interface PreparationTaskInfo extends ReleaseTaskInfo {
  readonly retryCount: number;
  readonly lastRetryTime?: string;
}

/** Batch's `JobPreparationAndReleaseTaskExecutionInformation`, without URLs. */
export interface NodeTaskStatus {
  readonly poolId: string;
  readonly nodeId: string;
  readonly jobPreparationTaskExecutionInfo?: PreparationTaskInfo;
  readonly jobReleaseTaskExecutionInfo?: ReleaseTaskInfo;
}

/**
 * PREP-16: one entry for each node that was ever prepared for the job, with its latest preparation and release, in order
 * of their first; nodes that have left the pool stay. A job without a preparation task has no such list.
 */
export function preparationAndReleaseStatus(moment: Moment, job: number): Result<NodeTaskStatus[], ServiceError> {
  const { recording, scenario, nodeTasks } = moment;
  const latest = new Map<number, { preparation?: number; release?: number }>();
  recording.nodeTasks.forEach(({ kind, node, job: ofJob }, row) => {
    if (ofJob !== job || kind === 'start' || nodeTasks.attempts[row] === 0) return;
    latest.set(node, { ...latest.get(node), [kind]: row });
  });
  const isPrepared = declaredJob(scenario, recording, job)?.jobPreparationTask ?? null;
  if (isPrepared === null && latest.size === 0) return err(serviceError('JobPreparationTaskNotSpecified'));
  return ok([...latest].map(([node, rows]) => statusOf(moment, node, rows)));
}

function statusOf(
  moment: Moment,
  node: number,
  { preparation, release }: { readonly preparation?: number; readonly release?: number },
): NodeTaskStatus {
  const { recording } = moment;
  return {
    poolId: (recording.pools[recording.nodes.pool[node] as number] as PoolRow).id,
    nodeId: nodeIdAt(recording, node),
    ...(preparation === undefined ? {} : { jobPreparationTaskExecutionInfo: preparationInfo(moment, preparation) }),
    ...(release === undefined ? {} : { jobReleaseTaskExecutionInfo: releaseInfo(moment, release) }),
  };
}

function preparationInfo(moment: Moment, row: number): PreparationTaskInfo {
  const { attempts, startMs } = moment.nodeTasks;
  const retryCount = (attempts[row] as number) - 1;
  const lastRetryMs = retryCount > 0 ? (startMs[row] as number) : -1;
  return { ...releaseInfo(moment, row), retryCount, ...whenIt(moment, 'lastRetryTime', lastRetryMs) };
}

/** The recording tells how a run ended once it has; until then it runs. */
function releaseInfo(moment: Moment, row: number): ReleaseTaskInfo {
  const { recording, nodeTasks, scenario } = moment;
  const startTime = instantOf(moment, nodeTasks.startMs[row] as number);
  const endMs = nodeTasks.endMs[row] as number;
  if (endMs < 0) return { startTime, state: 'running' };
  const { failure, result } = recording.nodeTasks[row] as NodeTaskRow;
  const info = failureInfo(failure as TaskFailure, scenario.options.taskEndedCategory);
  const exitCode = nodeTasks.exitCode(row);
  return {
    ...{ startTime, endTime: instantOf(moment, endMs), state: 'completed' },
    ...(exitCode === null ? {} : { exitCode }),
    ...(info === null ? {} : { failureInfo: info }),
    result: result ?? 'failure',
  };
}

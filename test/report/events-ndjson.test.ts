import { expect, test } from 'vitest';
import { ATTEMPT_ENDS, EVENT_KINDS, type EventKind, STOP_CAUSES } from '../../src/recording/index.js';
import { eventLines } from '../../src/report/events-ndjson.js';
import { nodeState, type Story, type Told, tell } from '../helpers/story.js';

const STORY: Omit<Story, 'rows'> = {
  pools: [{ id: 'p' }, { id: 'q' }],
  jobs: [
    {
      id: 'j',
      terminateReason: 'AllTasksComplete',
      poolId: 'q',
      poolIndex: 1,
      addedWith: { priority: 0, poolIndex: 0 },
    },
  ],
  tasks: [{ id: 't' }],
  nodes: [{}],
  resizes: [{ targetDedicatedNodes: 2, errors: [{ code: 'AllocationTimedout', message: 'Late.' }] }],
  subtasks: [{ task: 0, id: 1, node: 0, startMs: 0, endMs: -1, state: 'running', exitCode: null }],
  nodeTasks: [
    {
      kind: 'preparation',
      node: 0,
      job: 0,
      startMs: 0,
      endMs: -1,
      state: 'running',
      result: null,
      exitCode: null,
      failure: '',
      retries: 0,
    },
  ],
  operations: [
    {
      atMs: 0,
      accountIndex: 0,
      kind: 'resizePool',
      target: 'pool p',
      code: 'PoolBeingResized',
      status: 409,
      message: 'It "is".',
      expected: false,
      byTask: 0,
    },
  ],
};

function events(rows: readonly Told[]): Record<string, unknown>[] {
  const recording = { ...tell({ ...STORY, rows }), jobSchedules: [SCHEDULE] };
  const text = [...eventLines(recording, recording.log!)].join('');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const SCHEDULE = { id: 's', accountIndex: 0, state: 'active', createdMs: 0, endMs: -1, jobCount: 0 } as const;
const TASK = { jobId: 'j', poolId: 'p', taskId: 't' };

test.each<[EventKind, number, Record<string, unknown>]>([
  ['poolDeleting', 0, { event: 'PoolDeleteStartEvent', poolId: 'p' }],
  ['poolDeleted', 0, { event: 'PoolDeleteCompleteEvent', poolId: 'p' }],
  ['resizeEnded', 0, { event: 'PoolResizeCompleteEvent', resultCode: 'AllocationTimedout' }],
  [
    'nodeState',
    nodeState('preempted', 'preempted'),
    { event: 'NodeStateEvent', state: 'preempted', cause: 'preempted' },
  ],
  ['nodeState', nodeState('gone', 'autoscale'), { event: 'NodeStateEvent', state: 'gone', cause: 'autoscale' }],
  ['nodeScheduling', 0, { event: 'NodeSchedulingEvent', nodeOrdinal: 0, schedulingState: 'disabled' }],
  ['nodeTaskStarted', 0, { event: 'NodeTaskStartEvent', kind: 'preparation', jobId: 'j', nodeOrdinal: 0 }],
  ['nodeTaskEnded', 2, { event: 'NodeTaskEndEvent', exitCode: 2 }],
  ['jobState', 5, { event: 'JobStateEvent', jobId: 'j', state: 'completed', terminateReason: 'AllTasksComplete' }],
  ['jobState', 255, { event: 'JobStateEvent', state: 'deleted' }],
  ['jobPriority', -7, { event: 'JobPriorityEvent', priority: -7 }],
  ['scheduleState', 1, { event: 'JobScheduleStateEvent', jobScheduleId: 's', state: 'disabled' }],
  ['subtaskStarted', 0, { event: 'SubtaskStartEvent', ...TASK, subtaskId: 1, nodeOrdinal: 0 }],
  ['taskPreparing', 0, { event: 'TaskPrepareEvent', ...TASK, nodeOrdinal: 0 }],
  ['taskSpeed', 525, { event: 'TaskSpeedEvent', ...TASK, speed: 0.525 }],
  ['taskRequeued', ATTEMPT_ENDS.indexOf('nodeRemoved'), { event: 'TaskRequeueEvent', reason: 'nodeRemoved' }],
  [
    'taskStopped',
    STOP_CAUSES.indexOf('jobTerminated'),
    { event: 'TaskFailEvent', failureCode: 'TaskEnded', reason: 'jobTerminated' },
  ],
  ['taskFailed', 3, { event: 'TaskFailEvent', failureCode: 'BlobNotFound' }],
  ['taskReactivated', 1, { event: 'TaskReactivateEvent', runnable: true }],
  ['taskDeleted', 0, { event: 'TaskDeleteEvent', ...TASK }],
])('%s %i is written with names', (kind, detail, wanted) => {
  expect(events([[1.5, kind, 0, detail]])).toMatchObject([{ t: 1.5, ...wanted }]);
});

test('ERR-19 an operation tells who asked, the code and the status', () => {
  expect(events([[2, 'operation', 0]])).toEqual([
    {
      t: 2,
      event: 'OperationEvent',
      operation: 'resizePool',
      target: 'pool p',
      byTask: TASK,
      status: 409,
      code: 'PoolBeingResized',
      message: 'It "is".',
      expected: false,
    },
  ]);
});

test('JOB-21 a job has the pool of the moment, its tasks too', () => {
  const lines = events([
    [0, 'jobAdded', 0],
    [1, 'taskAdded', 0, 1],
    [2, 'jobPool', 0, 1],
    [3, 'taskRunnable', 0],
    [4, 'jobPool', 0, -1],
  ]);
  expect(lines.map((line) => line['poolId'])).toEqual(['p', 'p', 'q', 'q', 'q']);
});

test('an end names the node only if it held slots there', () => {
  const lines = events([
    [0, 'taskStarted', 0, 0],
    [1, 'taskRetried', 0, 1],
    [2, 'taskStopped', 0, 0],
  ]);
  expect(lines.map((line) => line['nodeOrdinal'])).toEqual([0, 0, undefined]);
});

test('no kind of row is without its line', () => {
  for (const kind of EVENT_KINDS) {
    const [line] = events([[0, kind, 0, 0]]);
    expect(line?.['event'], kind).toMatch(/^[A-Z][A-Za-z]+Event$/);
  }
});

import { describe, expect, test } from 'vitest';
import { makeScenario } from '../../src/model/index.js';
import { fateOf, type OperationRow, type Recording, summarize } from '../../src/recording/index.js';
import { summaryText } from '../../src/report/index.js';
import { toyWorld } from '../helpers/recordings.js';
import { nodeState, type Told, tell } from '../helpers/story.js';

const SCENARIO = makeScenario({ accounts: [] });

function summaryOf(recording: Recording) {
  return summarize({ scenario: SCENARIO, recording });
}

/** Two tasks that ran, on a pool of 4 slots and 2 cores. */
function sharing(): Recording {
  const rows: Told[] = [
    [0, 'poolAdded', 0],
    [0, 'nodeState', 0, nodeState('idle')],
    ...[0, 1].flatMap((task): Told[] => [
      [0, 'taskAdded', task, 1],
      [0, 'taskStarted', task, 0],
    ]),
    [100, 'taskFinished', 0, 0],
    [200, 'taskFinished', 1, 0],
  ];
  const tasks = [{ id: 'a' }, { id: 'b' }];
  const recording = tell({ pools: [{ id: 'p', taskSlotsPerNode: 4 }], tasks, nodes: [{}], rows });
  return { ...recording, tasks: { ...recording.tasks, stretchedMs: Float64Array.of(40_000, 110_000) } };
}

describe('shared cores', () => {
  test('the factor is the run time of all tasks over what it would have been alone', () => {
    const { stretch } = summaryOf(sharing());
    expect(stretch).toEqual([{ pool: 'p', slots: 4, cores: 2, tasks: 2, factor: 2 }]);
    expect(summaryText(summaryOf(sharing()))).toContain(
      '  cores     4 slots on 2 cores: tasks ran 2 times longer (pool p)',
    );
  });

  test('without the column, or with nothing stretched, there is no word of it', () => {
    const recording = sharing();
    const still = { ...recording.tasks, stretchedMs: new Float64Array(2) };
    expect(summaryOf({ ...recording, tasks: still }).stretch).toEqual([]);
    expect(summaryOf({ ...recording, tasks: { ...still, stretchedMs: null } }).stretch).toEqual([]);
  });
});

describe('ERR-19 operations', () => {
  const operation = (given: Partial<OperationRow>): OperationRow => {
    const answer = { code: null, status: 202, message: '', expected: true, byTask: -1 };
    return { atMs: 0, accountIndex: 0, kind: 'resizePool', target: 'pool p', ...answer, ...given };
  };
  const refused = { code: 'PoolBeingResized', status: 409, message: 'The specified pool is being resized.' };

  test('refusals are counted by operation and code, and those that nobody expected', () => {
    const operations = [
      operation({}),
      operation({ ...refused, atMs: 60_000 }),
      operation({ ...refused, atMs: 90_000, expected: false }),
      operation({ kind: 'disableJob', code: 'JobNotFound', status: 404, message: 'No.', atMs: 95_000 }),
    ];
    const summary = summaryOf(tell({ rows: [], operations }));
    expect(summary.operations).toEqual({
      total: 4,
      refused: [
        { operation: 'resizePool', ...refused, count: 2, unexpected: 1, first_s: 60 },
        {
          operation: 'disableJob',
          code: 'JobNotFound',
          status: 404,
          message: 'No.',
          count: 1,
          unexpected: 0,
          first_s: 95,
        },
      ],
    });
    const text = summaryText(summary);
    expect(text).toContain('  refused   resizePool: PoolBeingResized (409) 2 times, first at 1m');
    expect(text).toContain('  refused   disableJob: JobNotFound (404) at 1m 35s, as expected');
  });
});

describe('what became of tasks', () => {
  test('TASK-16 failures are counted by code, with names', () => {
    const rows: Told[] = [0, 1, 2].flatMap((task): Told[] => [
      [0, 'taskAdded', task, 1],
      [1, 'taskStarted', task, 0],
    ]);
    const ends: Told[] = [
      [2, 'taskFinished', 0, 1],
      [3, 'taskFailed', 1, 3],
      [4, 'taskFailed', 2, 3],
    ];
    const tasks = ['a', 'b', 'c'].map((id) => ({ id }));
    const summary = summaryOf(tell({ tasks, nodes: [{}], rows: [...rows, ...ends] }));
    expect(summary.failures).toEqual([
      { code: 'FailureExitCode', count: 1, examples: ['j/a'] },
      { code: 'BlobNotFound', count: 2, examples: ['j/b', 'j/c'] },
    ]);
    expect(summaryText(summary)).toContain('  failed    1 FailureExitCode (j/a) · 2 BlobNotFound (j/b, j/c)');
  });

  test('TASK-23 a task that is stopped because it is deleted counts as deleted, one that had completed does not', () => {
    const rows: Told[] = [
      ...[0, 1, 2].map((task): Told => [0, 'taskAdded', task, 1]),
      [1, 'taskStarted', 0, 0],
      [2, 'taskFinished', 0, 0],
      [3, 'taskDeleted', 0],
      [4, 'taskStopped', 1, 8],
      [4, 'taskDeleted', 1],
      [5, 'taskDeleted', 2],
    ];
    const recording = tell({ tasks: ['a', 'b', 'c'].map((id) => ({ id })), nodes: [{}], rows });
    expect([0, 1, 2].map((task) => fateOf(recording, task))).toEqual(['succeeded', 'deleted', 'deleted']);
    expect(summaryOf(recording).tasks).toMatchObject({ total: 3, succeeded: 1, failed: 0, active: 0, deleted: 2 });
  });

  test('NODE-11 preemptions are counted over all nodes', () => {
    const recordings = [1, 2, 3, 4, 5, 6].map((seed) => toyWorld({ seed }));
    for (const { run, nodes } of recordings) {
      const count = nodes.reduce((sum, node) => sum + node.preemptions, 0);
      expect(summarize(run).nodes.preemptions).toBe(count);
    }
    expect(recordings.some(({ nodes }) => nodes.some((node) => node.preemptions > 0))).toBe(true);
  });
});

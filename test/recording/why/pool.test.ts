import { describe, expect, test } from 'vitest';
import { parseMoment } from '../../../src/base/index.js';
import {
  findTask,
  momentText,
  type ResizeRow,
  type WhyAnswer,
  whyPool,
  whyRun,
  whyTask,
  whyText,
} from '../../../src/recording/index.js';
import { nodeState, type Story, type Told, tell } from '../../helpers/story.js';
import { job, latencies, pool, run, tasks } from '../../helpers/world.js';

/** The answer about the only pool at a time in seconds. */
function ask(story: Story, atS: number): WhyAnswer {
  const run = whyRun(tell(story), null);
  if (!run.ok) throw new Error(run.error);
  return whyPool(run.value, 0, atS * 1000);
}

/** A resize from 0 to 100 s, and as many nodes as states are given. */
function world(
  resize: Partial<ResizeRow>,
  states: readonly Parameters<typeof nodeState>[0][],
  rows: readonly Told[] = [],
): Story {
  return {
    nodes: states.map((_, i) => ({ kind: (i % 2) as 0 | 1 })),
    resizes: [{ startMs: 0, endMs: 100_000, ...resize }],
    rows: [
      [0, 'poolAdded', 0],
      [0, 'resizeStarted', 0, 0],
      ...states.map((state, node): Told => [10, 'nodeState', node, nodeState(state)]),
      ...rows,
      [100, 'resizeEnded', 0, 0],
    ],
  };
}

describe('why a pool is short of its target', () => {
  test('RSZ-04 while it resizes, nodes are still being allocated', () => {
    expect(ask(world({ targetDedicatedNodes: 3 }, ['idle']), 50)).toMatchObject({
      state: 'active, resizing',
      now: [{ cause: 'poolAllocating', details: { count: 2, kind: 'dedicated' } }],
    });
  });

  test.each([
    ['AccountCoreQuotaReached', 'poolShortByQuota', 'RSZ-05'],
    ['AccountVMSeriesCoreQuotaReached', 'poolShortByQuota', 'ACC-06'],
    ['AllocationTimedout', 'poolShortByTimeout', 'RSZ-06'],
    ['AllocationFailed', 'poolShortByFailure', 'RSZ-07'],
    ['ResizeStopped', 'poolShortByStop', 'RSZ-10'],
    ['CommunicationEnabledPoolReachedMaxVMCount', 'poolShortByLimit', 'POOL-10'],
  ])('%s: %s (%s)', (code, cause, rule) => {
    const answer = ask(world({ targetDedicatedNodes: 3, errors: [{ code, message: 'So it is.' }] }, ['idle']), 200);
    expect(answer.now).toMatchObject([
      { cause, sinceMs: 100_000, details: { count: 2, kind: 'dedicated', code, message: 'So it is' } },
    ]);
    expect(answer.now[0]?.rules).toContain(rule);
    expect(answer.before).toMatchObject([{ cause: 'poolResized', details: { outcome: `, which ended with ${code}` } }]);
  });

  test('ACC-06 a quota of one kind says nothing of the other', () => {
    const errors = [{ code: 'AccountLowPriorityCoreQuotaReached', message: 'Too small.' }];
    const answer = ask(world({ targetDedicatedNodes: 1, targetLowPriorityNodes: 1, errors }, []), 200);
    expect(answer.now.map((one) => [one.cause, one.details['kind']])).toEqual([
      ['poolShort', 'dedicated'],
      ['poolShortByQuota', 'spot'],
    ]);
  });

  test('START-05, NODE-12, NODE-13 nodes that are there and cannot work are counted', () => {
    const states = ['starttaskfailed', 'preempted', 'unusable', 'preempted', 'starting'] as const;
    const answer = ask(world({ targetDedicatedNodes: 3, targetLowPriorityNodes: 2 }, states), 200);
    expect(answer.now.map((one) => [one.cause, one.details['count']])).toEqual([
      ['poolPreempted', 2],
      ['poolStartTasksFailed', 1],
      ['poolUnusable', 1],
      ['poolBooting', 1],
    ]);
  });

  test('RSZ-14 it still shrinks, or gave up shrinking', () => {
    const errors = [{ code: 'RemoveNodesFailed', message: 'Busy.' }];
    const shrinking = world(
      { targetDedicatedNodes: 0, errors },
      ['leavingpool'],
      [[90, 'nodeState', 0, nodeState('idle', 'resizeTimeout')]],
    );
    expect(ask(shrinking, 50).now).toMatchObject([{ cause: 'poolShrinking', details: { count: 1 } }]);
    expect(ask(shrinking, 200).now).toMatchObject([
      { cause: 'poolDidNotShrink', details: { code: 'RemoveNodesFailed' } },
    ]);
  });

  test('POOL-16 it is being deleted, then gone', () => {
    const story = world(
      {},
      ['idle'],
      [
        [60, 'poolDeleting', 0],
        [70, 'nodeState', 0, nodeState('gone', 'poolDeleted')],
        [80, 'poolDeleted', 0],
      ],
    );
    expect(ask(story, 65).now).toMatchObject([{ cause: 'poolDeleting', details: { count: 1 } }]);
    expect(ask(story, 85)).toMatchObject({ state: 'deleted', now: [{ cause: 'poolGone' }] });
  });

  test('a pool that has all its nodes says so', () => {
    expect(ask(world({ targetDedicatedNodes: 1 }, ['idle']), 200).now).toMatchObject([
      { cause: 'poolMeetsTarget', sentence: 'it has the nodes that it should have: 1 dedicated and 0 spot' },
    ]);
  });
});

describe('answers in words', () => {
  test('state, reasons with rule and moment, what would change them, and what was before', () => {
    const rows: Told[] = [
      [0, 'poolAdded', 0],
      [0, 'jobAdded', 0],
      [0, 'nodeState', 0, nodeState('idle')],
      [10, 'taskAdded', 0, 1],
      [11, 'taskStarted', 0, 0],
      [75.5, 'taskRetried', 0, 1],
    ];
    const run = whyRun(tell({ tasks: [{ id: 't' }], nodes: [{}], rows: [...rows, [76, 'jobState', 0, 2]] }), null);
    if (!run.ok) throw new Error(run.error);
    expect(whyText(whyTask(run.value, 0, 90_000))).toMatchInlineSnapshot(`
      "task j/t at 0:01:30: active
        its job is disabled (JOB-15, SCH-03), since 0:01:15.500
          to change it: enable the job
      before
        0:01:15.500  exited with 1 on node n0: retry 1 of ? (TASK-08)"
    `);
  });

  test.each([0, 59_999, 60_000, 11_400_000, 86_400_001])('a moment of %i ms is read back as it was', (ms) => {
    expect(parseMoment(momentText(ms), 0)).toEqual({ ok: true, value: ms });
  });

  test('ACC-17 names compare without regard to case, and the nearest is suggested', () => {
    const run = whyRun(tell({ jobs: [{ id: 'Frames' }], tasks: [{ id: 'frame-1' }], rows: [] }), null);
    if (!run.ok) throw new Error(run.error);
    expect(findTask(run.value, 'frames/FRAME-1')).toEqual({ ok: true, value: 0 });
    expect(findTask(run.value, 'frames/frame-2')).toEqual({
      ok: false,
      error: { message: 'job Frames has no task frame-2', guess: 'Frames/frame-1' },
    });
    expect(findTask(run.value, 'fames/frame-1')).toMatchObject({
      error: { message: 'there is no job fames', guess: 'Frames' },
    });
    expect(findTask(run.value, 'frame-1')).toMatchObject({
      error: { message: '"frame-1" names no task: write JOB/TASK' },
    });
  });
});

describe('why a pool has the target of its formula', () => {
  const MINUTE = 60_000;
  const scaled = (formula: string, alloc = 0) => {
    const autoScale = { formula, evaluationIntervalMs: 5 * MINUTE };
    const pools = [pool(0, { ready: false, autoScale, timing: latencies({ alloc }) })];
    const clock = { epochMs: 0, untilMs: 20 * MINUTE, tailMs: null };
    return run(pools, [job('j', [tasks('t', [17 * MINUTE])])], { clock });
  };
  const now = (formula: string, atMs: number, alloc?: number) => {
    const asked = whyRun(scaled(formula, alloc), null);
    if (!asked.ok) throw new Error(asked.error);
    return whyPool(asked.value, 0, atMs).now.map(({ cause, sinceMs, sentence }) => ({ cause, sinceMs, sentence }));
  };

  test('ASC-05 the last evaluation is told beside what the pool lacks', () => {
    expect(now('$TargetDedicatedNodes = 2;', 6 * MINUTE, 8 * MINUTE)).toMatchObject([
      { cause: 'poolAllocating' },
      {
        cause: 'poolFollowsFormula',
        sinceMs: 5 * MINUTE,
        sentence: 'the last evaluation of its formula wants 2 dedicated and 0 spot, as before',
      },
    ]);
    expect(now('$TargetDedicatedNodes = 2;', MINUTE)).toMatchObject([
      { cause: 'poolMeetsTarget' },
      { sinceMs: 0, sentence: 'the last evaluation of its formula wants 2 dedicated and 0 spot' },
    ]);
  });

  test('ASC-05 one that failed is told with its reason', () => {
    expect(now('$TargetDedicatedNodes = $PendingTasks;', MINUTE)[1]).toEqual({
      cause: 'poolFormulaFailed',
      sinceMs: 0,
      sentence:
        'the last evaluation of its formula failed, so the targets stay as they were: InsufficientSampleData: ' +
        'Line 1, Col 25: Insufficient data from data set: $PendingTasks wanted 10%, received 0%',
    });
  });

  test('ASC-08 targets that wait until nodes have drained are told as waiting, until they are applied', () => {
    const formula = `$NodeDeallocationOption = taskcompletion;
      $TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : (time() < time("1970-01-01T00:10:00Z") ? 0 : 3);`;
    expect(now(formula, 16 * MINUTE).map(({ cause }) => cause)).toEqual(['poolShrinking', 'poolWaitsToScale']);
    expect(now(formula, 18 * MINUTE).map(({ cause }) => cause)).toEqual(['poolMeetsTarget', 'poolFollowsFormula']);
  });
});

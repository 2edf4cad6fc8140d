import { describe, expect, test } from 'vitest';
import { NODE_STATES } from '../../../src/model/index.js';
import { findNode, NODE_CAUSES, nodeIdAt, type WhyAnswer, whyNode, whyRun } from '../../../src/recording/index.js';
import { nodeState, type Story, type Told, tell } from '../../helpers/story.js';

/** The answer about node n0 at a time in seconds. */
function ask(story: Story, atS: number): WhyAnswer {
  const run = whyRun(tell(story), null);
  if (!run.ok) throw new Error(run.error);
  return whyNode(run.value, 0, atS * 1000);
}

function world(rows: readonly Told[], more: Partial<Story> = {}): Story {
  const added: Told[] = [
    [0, 'poolAdded', 0],
    [0, 'jobAdded', 0],
    [1, 'nodeState', 0, nodeState('creating', 'resize')],
    [5, 'nodeState', 0, nodeState('idle')],
  ];
  return { nodes: [{}], ...more, rows: [...added, ...rows] };
}

describe('why a node is as it is', () => {
  test('NODE-11, NODE-12 it was preempted, and came back', () => {
    const story = world([
      [60, 'nodeState', 0, nodeState('preempted', 'preempted')],
      [90, 'nodeState', 0, nodeState('creating', 'replaced')],
    ]);
    expect(ask(story, 70)).toMatchObject({ state: 'preempted', now: [{ cause: 'nodePreempted', sinceMs: 60_000 }] });
    const back = ask(story, 95);
    expect(back.now).toMatchObject([{ cause: 'nodeBooting', sinceMs: 90_000 }]);
    expect(back.before.map((one) => one.sentence)).toEqual([
      'became creating, since a resize chose it',
      'became preempted, since its VM was taken away',
    ]);
  });

  test('RSZ-12, RSZ-13 it is not removed while it drains, then waits for the latency leave', () => {
    const rows: Told[] = [
      [10, 'taskAdded', 0, 1],
      [10, 'taskStarted', 0, 0],
      [60, 'nodeState', 0, nodeState('leavingpool', 'resize')],
      [80, 'taskFinished', 0, 0],
      [90, 'nodeState', 0, nodeState('gone', 'resize')],
    ];
    const story = world(rows, { tasks: [{ id: 't' }] });
    expect(ask(story, 70).now).toMatchObject([
      {
        cause: 'nodeDrains',
        sinceMs: 60_000,
        sentence: 'it leaves the pool, since a resize chose it and still runs j/t',
      },
    ]);
    expect(ask(story, 85).now).toMatchObject([{ cause: 'nodeLeaves' }]);
    expect(ask(story, 95)).toMatchObject({
      state: 'gone',
      now: [{ cause: 'nodeGoneByResize', rules: ['RSZ-11', 'RSZ-15'] }],
    });
  });

  test('SCH-03, SCH-07 it idles: nothing waits, or what waits does not fit', () => {
    const rows: Told[] = [
      [10, 'taskAdded', 0, 1],
      [10, 'taskStarted', 0, 0],
      [30, 'taskFinished', 0, 0],
      [50, 'taskAdded', 1, 1],
    ];
    const story = world(rows, { tasks: [{ id: 't' }, { id: 'wide', slots: 3 }] });
    expect(ask(story, 40).now).toMatchObject([{ cause: 'nodeIdleNothingWaits', sinceMs: 30_000 }]);
    const [reason] = ask(story, 60).now;
    expect(reason).toMatchObject({ cause: 'nodeIdleNothingFits', details: { count: 1, task: 'j/wide' } });
    expect(reason?.sentence).toContain('it needs 3 slots and a node of pool p has 1');
  });

  test('NODE-02, NODE-04 it is busy, with scheduling disabled', () => {
    const subtask = { task: 0, id: 1, node: 0, startMs: 10_000, endMs: -1, state: 'running', exitCode: null } as const;
    const rows: Told[] = [
      [10, 'taskAdded', 0, 1],
      [10, 'subtaskStarted', 0],
      [20, 'nodeScheduling', 0, 0],
    ];
    const answer = ask(world(rows, { tasks: [{ id: 't' }], subtasks: [subtask] }), 30);
    expect(answer.now).toMatchObject([
      { cause: 'nodeSchedulingDisabled', sinceMs: 20_000 },
      { cause: 'nodeBusy', sentence: '1 of its 1 slots are held by j/t (instance 1)' },
    ]);
  });

  test('START-05 its start task failed, with which exit code', () => {
    const failed = {
      state: 'completed',
      result: 'failure',
      exitCode: 9,
      failure: 'FailureExitCode',
      retries: 0,
    } as const;
    const nodeTasks = [{ kind: 'start', node: 0, job: -1, startMs: 6000, endMs: 8000, ...failed }] as const;
    const rows: Told[] = [
      [8, 'nodeTaskEnded', 0, 9],
      [8, 'nodeState', 0, nodeState('starttaskfailed', 'startTaskFailed')],
    ];
    const [reason] = ask(world(rows, { nodeTasks }), 20).now;
    expect(reason?.sentence).toBe('its start task failed with exit code 9: it takes no tasks and is still charged');
  });

  test.each(NODE_STATES)('a node in state %s has an answer for every cause', (state) => {
    for (const cause of NODE_CAUSES) {
      const { now } = ask(world([[20, 'nodeState', 0, nodeState(state === 'running' ? 'idle' : state, cause)]]), 30);
      expect(now.length, cause).toBeGreaterThan(0);
      for (const { sentence } of now) expect(sentence).not.toMatch(/undefined|\{/);
    }
  });

  test('before it appeared it is absent', () => {
    expect(ask(world([]), 0.5)).toMatchObject({ state: 'absent', now: [{ cause: 'nodeNotThere' }] });
  });
});

describe('nodes by name', () => {
  const recording = tell({ pools: [{ id: 'p' }, { id: 'q' }], nodes: [{}, { pool: 1 }], rows: [] });
  const run = whyRun(recording, null);
  const find = (name: string, pool: string | null) => (run.ok ? findNode(run.value, name, pool) : null);

  test('an ordinal needs its pool where there are several; an id does not', () => {
    expect(find('n1', 'Q')).toEqual({ ok: true, value: 1 });
    expect(find(nodeIdAt(recording, 1).toUpperCase(), null)).toEqual({ ok: true, value: 1 });
    expect(find('n0', null)).toMatchObject({
      error: { message: 'there are several pools: say whose node n0 is, with --pool' },
    });
  });

  test('what is not there is told with what is', () => {
    expect(find('n7', 'p')).toEqual({
      ok: false,
      error: { message: 'pool p has no node n7: its nodes are n0 to n0', guess: 'n0' },
    });
    expect(find('n0', 'pp')).toEqual({ ok: false, error: { message: 'there is no pool pp', guess: 'p' } });
  });
});

import { expect, test } from 'vitest';
import {
  type WhyAnswer,
  type WhyRun,
  whyNode,
  whyPool,
  whyRun,
  whyTask,
  whyText,
} from '../../../src/recording/index.js';
import { type ToyPhase, type ToyWorld, toyWorld } from '../../helpers/recordings.js';

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

function runOf(world: ToyWorld): WhyRun {
  const run = whyRun(world.run.recording, null);
  if (!run.ok) throw new Error(run.error);
  return run.value;
}

/** An answer has a reason, each with its rule, and no gap in its words. */
function expectWhole(answer: WhyAnswer, of: string): void {
  expect(answer.now.length, of).toBeGreaterThan(0);
  for (const { rules, sinceMs } of [...answer.now, ...answer.before]) {
    expect(rules.length, of).toBeGreaterThan(0);
    if (sinceMs !== null && of !== 'absent') expect(sinceMs, of).toBeLessThanOrEqual(answer.atMs);
  }
  expect(whyText(answer), of).not.toMatch(/undefined|NaN|null|[{}]/);
}

const STATES: Readonly<Record<ToyPhase, string>> = {
  absent: 'absent',
  blocked: 'active',
  ready: 'active',
  assigned: 'active',
  preparing: 'preparing',
  running: 'running',
  succeeded: 'completed',
  failed: 'completed',
  deleted: 'deleted',
};

test.each(SEEDS)('world %i: every task has an answer at any moment, in its state of that moment', (seed) => {
  const world = toyWorld({ seed });
  const run = runOf(world);
  world.tasks.forEach((task, row) => {
    for (let ms = row % 7; ms < world.endMs; ms += 13) {
      const answer = whyTask(run, row, ms);
      expect(answer.state).toBe(STATES[task.phases[ms] ?? 'absent']);
      expectWhole(answer, answer.state);
    }
  });
});

test.each(SEEDS)('world %i: every node and every pool has an answer at any moment', (seed) => {
  const world = toyWorld({ seed });
  const run = runOf(world);
  for (let ms = 0; ms < world.endMs; ms += 5) {
    world.nodes.forEach((node, row) => {
      const answer = whyNode(run, row, ms);
      const wasThere = node.states.slice(0, ms + 1).some((state) => state !== null);
      expect(answer.state).toBe(node.states[ms] ?? (wasThere ? 'gone' : 'absent'));
      expectWhole(answer, answer.state);
    });
    world.pools.forEach((_, row) => {
      expectWhole(whyPool(run, row, ms), 'pool');
    });
  }
});

test('a run without its log has no answers, and says so', () => {
  const { recording } = toyWorld({ seed: 1 }).run;
  expect(whyRun({ ...recording, log: null }, null)).toEqual({
    ok: false,
    error: 'the run was recorded without its log',
  });
});

import { describe, expect, test } from 'vitest';
import { TaskMeasures } from '../../src/recording/index.js';
import { type ToyTask, toyWorld } from '../helpers/recordings.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

/** Milliseconds in which a task was in one of these phases. */
function spent(task: ToyTask, ...phases: string[]): number {
  return task.phases.filter((phase) => phases.includes(phase)).length;
}

describe('TaskMeasures agrees with counting milliseconds', () => {
  test.each(SEEDS)('world %i: the wait is every millisecond runnable and not running', (seed) => {
    const world = toyWorld({ seed });
    const measures = new TaskMeasures(world.run.recording);
    world.tasks.forEach((task, row) => {
      const wasRunnable = task.readyMs >= 0 || task.attempts.some((attempt) => attempt.readyMs >= 0);
      expect(measures.waitMs(row)).toBe(wasRunnable ? spent(task, 'ready', 'assigned', 'preparing') : -1);
    });
  });

  test.each(SEEDS)('world %i: last run and lost time sum to all the time it ran', (seed) => {
    const world = toyWorld({ seed });
    const measures = new TaskMeasures(world.run.recording);
    world.tasks.forEach((task, row) => {
      const last = task.attempts.at(-1);
      const counts = (last?.outcome === 'last' || last?.outcome === null) && last.startMs >= 0;
      const runMs = measures.runMs(row);
      expect(runMs >= 0).toBe(counts);
      expect(Math.max(runMs, 0) + measures.lostMs(row)).toBe(spent(task, 'running'));
      expect(measures.earlierAttempts(row)).toBe(task.attempts.filter((a) => a.outcome && a.outcome !== 'last').length);
    });
  });

  test.each(SEEDS)('world %i: start and end are those of the latest attempt, whether it counted or not', (seed) => {
    const world = toyWorld({ seed });
    const measures = new TaskMeasures(world.run.recording);
    world.tasks.forEach((task, row) => {
      const last = task.attempts.findLast((attempt) => attempt.node >= 0);
      expect(measures.latestNode(row)).toBe(last?.node ?? -1);
      expect(measures.lastAttempt(row)).toEqual({ startMs: last?.startMs ?? -1, endMs: last?.endMs ?? -1 });
    });
  });
});

test('the toy worlds hold retries, losses, reactivations, subtasks and attempts that never began', () => {
  const worlds = SEEDS.map((seed) => toyWorld({ seed }));
  const attempts = worlds.flatMap((world) => world.tasks.flatMap((task) => task.attempts));
  const count = (outcome: string, began: boolean) =>
    attempts.filter((a) => a.outcome === outcome && a.startMs >= 0 === began).length;
  expect(count('retry', true)).toBeGreaterThan(10);
  expect(count('displaced', true)).toBeGreaterThan(10);
  expect(count('displaced', false)).toBeGreaterThan(10);
  expect(count('preparationFailed', false)).toBeGreaterThan(0);
  expect(count('nodeFailed', true)).toBeGreaterThan(0);
  expect(count('reactivated', true)).toBeGreaterThan(0);
  expect(count('reactivated', false)).toBeGreaterThan(0);
  expect(worlds.flatMap(({ run }) => run.recording.subtasks).length).toBeGreaterThan(20);
});

test('ACC-15 a task that is not completed waits and runs to the end of its lifetime only', () => {
  const { recording } = toyWorld({ seed: 3 }).run;
  const lifetimeMs = 30;
  const limited = { ...recording, run: { ...recording.run, taskLifetimeMs: lifetimeMs } };
  const [free, bound] = [new TaskMeasures(recording), new TaskMeasures(limited)];
  let shortened = 0;
  for (let task = 0; task < recording.tasks.count; task++) {
    const cutMs = Math.max(0, recording.run.endMs - (recording.tasks.submitMs[task] as number) - lifetimeMs);
    const state = recording.tasks.state[task];
    if (state === 3) expect(bound.waitMs(task)).toBe(free.waitMs(task));
    else if (state === 0 && free.waitMs(task) > cutMs) {
      expect(bound.waitMs(task)).toBe(free.waitMs(task) - cutMs);
      if (cutMs > 0) shortened += 1;
    }
  }
  expect(shortened).toBeGreaterThan(0);
});

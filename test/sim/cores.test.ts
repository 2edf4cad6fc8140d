import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_DEMANDS, type Pool, type Scenario, TASK_FAILURES, type TaskSet } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { at, gantt, job, latencies, logged, pool, run, tasks } from '../helpers/world.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

/** One node with 4 cores and 8 slots. */
const CROWDED: Partial<Pool> = { taskSlotsPerNode: 8 };

/** Tasks that keep so many cores busy. */
function busy(cpu: number | null, runtimes: readonly number[], given: Partial<TaskSet> = {}): TaskSet {
  return tasks('t', runtimes, { demands: { ...NO_DEMANDS, cpu }, ...given });
}

function runOn(given: Partial<Pool>, ...sets: readonly TaskSet[]): Recording {
  return run([pool(1, { ...CROWDED, ...given })], [job('j', sets)]);
}

test('cores: as long as they suffice nobody is slowed down', () => {
  const recording = runOn({}, busy(1, [10, 10, 10, 10]));
  expect(gantt(recording)).toEqual(['j/t1 0-10 n0', 'j/t2 0-10 n0', 'j/t3 0-10 n0', 'j/t4 0-10 n0']);
  expect(logged(recording, 'taskSpeed')).toEqual([]);
  expect(recording.tasks.stretchedMs).toBeNull();
});

test('cores: tasks that want twice as many as there are run half as fast', () => {
  const recording = runOn({}, busy(2, [10, 10, 10, 10]));
  expect(gantt(recording)).toEqual(['j/t1 0-20 n0', 'j/t2 0-20 n0', 'j/t3 0-20 n0', 'j/t4 0-20 n0']);
  expect([...(recording.tasks.stretchedMs ?? [])]).toEqual([10, 10, 10, 10]);
});

test('cores: each share follows who is there, and what is left of the work stretches', () => {
  const recording = runOn({}, busy(4, [10]), tasks('u', [10], { ...busy(4, [10]), arrival: at(4), ids: ids('u') }));
  // t alone 0-4; both at half speed from 4: t has 6 left, ends at 16; u has done 6 by then, its last 4 alone: 20.
  expect(gantt(recording)).toEqual(['j/t1 0-16 n0', 'j/u1 4-20 n0']);
  expect(logged(recording, 'taskSpeed', true)).toEqual(['4 0 500', '4 1 500', '16 1 1000']);
  expect([...(recording.tasks.stretchedMs ?? [])].slice(0, 2)).toEqual([6, 6]);
});

test('cores: a task that wants more than the node has runs slower alone', () => {
  expect(gantt(runOn({}, busy(6, [10])))).toEqual(['j/t1 0-15 n0']);
});

test('cores: ends are rounded up to a millisecond', () => {
  expect(gantt(runOn({}, busy(3, [10, 10])))).toEqual(['j/t1 0-15 n0', 'j/t2 0-15 n0']);
  expect(gantt(runOn({}, busy(3, [11, 11])))).toEqual(['j/t1 0-17 n0', 'j/t2 0-17 n0']); // 16.5
});

test('cores: what declares none counts by its slots', () => {
  // 8 slots on 4 cores: half a core each, so that 2 × 2 slots and 3 cores want 5 of 4: speed 0.8.
  const plain = tasks('p', [8, 8], { requiredSlots: 2 });
  expect(gantt(runOn({}, busy(3, [8]), plain))).toEqual(['j/t1 0-10 n0', 'j/p1 0-10 n0', 'j/p2 0-10 n0']);
});

test('cores: slots alone never over-commit a node, whatever they divide by', () => {
  const recording = runOn({ taskSlotsPerNode: 7 }, busy(0.001, [1]), tasks('p', [10, 10, 10, 10, 10, 10]));
  expect(gantt(recording).slice(1)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5', 'p6'].map((id) => `j/${id} 0-10 n0`));
});

test('cores: a wall clock does not wait for a slow process (TASK-11)', () => {
  const recording = runOn({}, busy(4, [10, 10], { maxWallClockTimeMs: 15 }));
  expect(gantt(recording)).toEqual(['j/t1 0-15 n0', 'j/t2 0-15 n0']);
  expect([...recording.tasks.failure].map((code) => TASK_FAILURES[code])).toEqual(['TaskEnded', 'TaskEnded']);
});

test('cores: a process that is stopped leaves its cores to the others', () => {
  const limited = tasks('u', [10], { ...busy(4, [10]), ids: ids('u'), maxWallClockTimeMs: 6 });
  // Both at half speed until 6, then t alone with 7 left.
  expect(gantt(runOn({}, busy(4, [10]), limited))).toEqual(['j/t1 0-13 n0', 'j/u1 0-6 n0']);
});

test('cores: transfers keep none busy', () => {
  const demands = { ...NO_DEMANDS, cpu: 4, uploadBytes: 1 };
  const recording = runOn(
    { timing: latencies({ upload: 100 }) },
    tasks('t', [10], { demands }),
    tasks('u', [10], { demands, arrival: at(10) }),
  );
  expect(gantt(recording)).toEqual(['j/t1 0-110 n0', 'j/u1 10-120 n0']);
});

describe('against a step by step of one millisecond', () => {
  interface Drawn {
    readonly cpu: number;
    readonly runtime: number;
    readonly arrival: number;
  }

  /** When each ends, if all have a slot at once: a process is there until the whole millisecond in which its work is done. */
  function oracle(drawn: readonly Drawn[], vcpus: number): number[] {
    const left = drawn.map(({ runtime }) => runtime);
    const ends = drawn.map(() => -1);
    for (let nowMs = 0; ends.some((end) => end < 0); nowMs++) {
      const running = drawn.map((_, i) => i).filter((i) => drawn[i]!.arrival <= nowMs && ends[i]! < 0);
      const speed = Math.min(1, vcpus / running.reduce((sum, i) => sum + drawn[i]!.cpu, 0));
      for (const i of running) {
        left[i]! -= speed;
        if (left[i]! < 1e-6) ends[i] = nowMs + 1;
      }
    }
    return ends;
  }

  test('cores: random tasks end when they do when time goes on by milliseconds', () => {
    const task = fc.record({
      cpu: fc.constantFrom(0.5, 1, 1.5, 2, 3, 5),
      runtime: fc.integer({ min: 1, max: 40 }),
      arrival: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(task, { minLength: 1, maxLength: 8 }), (drawn) => {
        const sets = drawn.map(({ cpu, runtime, arrival }, i) =>
          tasks('t', [runtime], { ...busy(cpu, [runtime]), ids: ids(`t${i}`), arrival: at(arrival) }),
        );
        const { tasks: rows, taskNames } = runOn({}, ...sets);
        const ends = new Map(Array.from({ length: rows.count }, (_, row) => [taskNames.id(row), rows.endMs[row]]));
        expect(drawn.map((_, i) => ends.get(`t${i}1`))).toEqual(oracle(drawn, 4));
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

describe('nothing changes for tasks that declare nothing', () => {
  /** What became of each task, by name. */
  function outcomes({ accounts }: Scenario, { tasks: rows, jobs, nodes, taskNames }: Recording): string[] {
    return Array.from({ length: rows.count }, (_, task) => {
      const owner = jobs[rows.job[task] as number] as Recording['jobs'][number];
      const name = `${accounts[owner.accountIndex]?.name}/${owner.id}/${taskNames.id(task)}`;
      const [start, end] = [rows.startMs[task], rows.endMs[task] as number];
      const exitCode = end < 0 ? '-' : rows.exitCode[task]; // means nothing while the task runs
      return `${name} ${rows.state[task]} ${start}-${end} n${nodes.ordinal[rows.node[task] as number]} ${exitCode}`;
    })
      .filter((line) => !line.includes('/unrelated/'))
      .sort();
  }

  /** With a task elsewhere that declares cores, every attempt of the run goes by steps. */
  function withUnrelated(scenario: Scenario): Scenario {
    const unrelated = job('unrelated', [busy(1, [1])], { poolId: 'none-of-this-id' });
    return {
      ...scenario,
      accounts: scenario.accounts.map((account) => ({ ...account, jobs: [...account.jobs, unrelated] })),
    };
  }

  test('cores: random worlds end the same whether their attempts go by steps or not', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const scenario = seed % 2 === 0 ? randomWorld(seed) : chancyWorld(seed);
      const plain = outcomes(scenario, simulate(scenario).recording);
      expect(outcomes(scenario, simulate(withUnrelated(scenario)).recording), `seed ${seed}`).toEqual(plain);
    }
  });
});

function ids(prefix: string): TaskSet['ids'] {
  return { kind: 'pattern', prefix, first: 1, digits: 0, suffix: '' };
}

/** One scenario and one seed have one outcome, however the run is driven and watched. */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/model/index.js';
import { encodeRecording } from '../../src/recording/index.js';
import { Simulation, simulate } from '../../src/sim/index.js';
import { job, pool, run, tasks } from '../helpers/world.js';
import { chancyWorld } from '../helpers/worlds.js';

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

function bytesOf(simulation: Simulation, scenario: Scenario): Buffer {
  return Buffer.concat([...encodeRecording({ scenario, recording: simulation.recording() })]);
}

function atOnce(scenario: Scenario): Buffer {
  const simulation = new Simulation(scenario);
  simulation.run();
  return bytesOf(simulation, scenario);
}

describe('SIM-05 the same recording, byte for byte', () => {
  test('SIM-05 when a scenario runs twice', () => {
    for (const seed of SEEDS) {
      expect(atOnce(chancyWorld(seed)).equals(atOnce(chancyWorld(seed))), `world ${seed}`).toBe(true);
    }
  });

  test.each([1, 2, 7])('SIM-05 when a run is advanced in slices of %i', (slice) => {
    for (const seed of SEEDS) {
      const scenario = chancyWorld(seed);
      const simulation = new Simulation(scenario);
      let handled = 0;
      while (!simulation.advance(slice)) {
        expect(simulation.eventCount - handled).toBeLessThanOrEqual(slice);
        handled = simulation.eventCount;
      }
      expect(bytesOf(simulation, scenario).equals(atOnce(scenario)), `world ${seed}`).toBe(true);
    }
  });

  test('SIM-05 when it is asked for its recording on the way', () => {
    for (const seed of SEEDS) {
      const scenario = chancyWorld(seed);
      const simulation = new Simulation(scenario);
      while (!simulation.advance(3)) expect(simulation.recording().run.complete).toBe(false);
      expect(bytesOf(simulation, scenario).equals(atOnce(scenario)), `world ${seed}`).toBe(true);
    }
  });
});

test('SIM-05 without its log a run has the same digest', () => {
  for (const seed of SEEDS) {
    const { run: full } = simulate(chancyWorld(seed)).recording;
    const { run: summary, log } = simulate(chancyWorld(seed), { record: 'summary' }).recording;
    expect(log).toBe(null);
    expect([summary.digest, summary.eventCount]).toEqual([full.digest, full.eventCount]);
  }
});

test('SIM-05 another seed changes what is drawn, and only that', () => {
  const exponential = { kind: 'exponential', mean: 100, min: null, max: null } as const;
  const drawn = [job('j', [tasks('t', [1, 1, 1], { runtime: [exponential] })])];
  const digest = (seed: number, jobs = drawn) => run([pool(1)], jobs, { seed }).run.digest;
  expect(digest(1)).toBe(digest(1));
  expect(digest(1)).not.toBe(digest(2));
  const given = [job('j', [tasks('t', [5, 6, 7])])];
  expect(digest(1, given)).toBe(digest(2, given));
});

test('SIM-05 a task’s draws do not depend on what else is drawn', () => {
  const exponential = { kind: 'exponential', mean: 100, min: null, max: null } as const;
  const mine = job('mine', [tasks('t', [1, 1], { runtime: [exponential] })]);
  const other = job('other', [tasks('t', [1, 1, 1], { runtime: [exponential] })]);
  const lengths = (jobs: readonly ReturnType<typeof job>[]) => {
    const recording = run([pool(9)], jobs);
    const { tasks: rows } = recording;
    return Array.from({ length: rows.count }, (_, i) => i)
      .filter((i) => recording.jobs[rows.job[i] as number]?.id === 'mine')
      .map((i) => (rows.endMs[i] as number) - (rows.startMs[i] as number));
  };
  expect(lengths([other, mine])).toEqual(lengths([mine]));
});

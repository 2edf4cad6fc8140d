/** Whole runs of the workloads W1, W2 and W3 (bench/floor) at small sizes, through the public classes. */
import * as model from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { Simulation } from '../../src/sim/index.js';
import { type BenchCase, digestOf } from '../case.js';
import { gen } from '../floor/gen.mjs';
import { outcomeOf, workloadScenario } from '../floor/scenario.mjs';

type Record = 'summary' | 'full';

function workload(w: 'W1' | 'W2' | 'W3', record: Record, full: number): BenchCase {
  return {
    name: `simulation/${w} ${record}`,
    unit: 'tasks',
    small: 4_000,
    full,
    prepare(size) {
      const scenario = workloadScenario(model, gen(w, size));
      let recording: Recording | null = null;
      return {
        run() {
          const simulation = new Simulation(scenario, { record });
          simulation.run();
          recording = simulation.recording();
        },
        digest: () =>
          digestOf((digest) => {
            const { makespan, sumWait, chk } = outcomeOf(w, recording as Recording);
            digest.addColumn(Float64Array.of(makespan, sumWait, chk as number), 3);
            digest.addInt((recording as Recording).log?.count ?? -1);
          }),
      };
    },
  };
}

/** With the summary alone, and with the whole log. */
export const SIMULATION_CASES: readonly BenchCase[] = [
  workload('W1', 'summary', 100_000),
  workload('W2', 'summary', 100_000),
  workload('W3', 'summary', 50_000),
  workload('W2', 'full', 100_000),
];

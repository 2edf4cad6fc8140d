/**
 * Pools that follow a formula, evaluated every 5 minutes: a year at full size. The same world with a pool of a fixed size
 * stands beside, so that the difference is what autoscale costs.
 */
import { keyOf } from '../../src/base/index.js';
import {
  constant,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type Pool,
  type Scenario,
  TIMING_NONE,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { type BenchCase, digestOf } from '../case.js';

const EVALUATION_MS = 300_000;

/** As the service's documentation writes it, with a cap. */
const FORMULA = `
  $share = $PendingTasks.GetSamplePercent(180 * TimeInterval_Second);
  $tasks = $share < 70 ? max(0, $PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(180 * TimeInterval_Second));
  $TargetDedicatedNodes = min(20, $tasks);
  $NodeDeallocationOption = taskcompletion;`;

/** Ten tasks an hour, 7 minutes each, on a pool of at most twenty nodes, for so many times 5 minutes. */
function world(evaluations: number, pool: Partial<Pool>): Scenario {
  const untilMs = evaluations * EVALUATION_MS;
  const vmSize = { name: 'Two', family: 'twos', vcpus: 2, memoryGib: null, tempDiskGib: null, gpus: 0 };
  const tasks = makeTasks({
    count: Math.floor(untilMs / 360_000),
    ids: { kind: 'pattern', prefix: 't', first: 1, digits: 0, suffix: '' },
    arrival: { kind: 'every', intervalMs: 360_000, fromMs: 0, untilMs: null, count: null },
    runtime: [constant(420_000)],
  });
  const pools = [makePool({ id: 'p', vmSize, timing: TIMING_NONE, ...pool })];
  const accounts = [makeAccount({ pools, jobs: [makeJob({ id: 'j', poolId: 'p', tasks: [tasks] })] })];
  return makeScenario({ accounts, clock: { epochMs: 0, untilMs, tailMs: null } });
}

function year(name: string, pool: Partial<Pool>): BenchCase {
  return {
    name: `autoscale/${name}`,
    unit: 'evaluations',
    small: 288,
    full: 105_120,
    prepare(size) {
      const scenario = world(size, pool);
      let recording: Recording | null = null;
      return {
        run() {
          recording = simulate(scenario, { record: 'summary' }).recording;
        },
        digest: () =>
          digestOf((digest) => {
            const { run, evaluations, outcomes, samples } = recording as Recording;
            digest.addInt(keyOf(run.digest));
            digest.addColumn(evaluations.outcome, evaluations.count);
            for (const { results } of outcomes) digest.addInt(keyOf(results));
            digest.addColumn(samples.value, samples.count);
          }),
      };
    },
  };
}

/** With and without a formula. */
export const AUTOSCALE_CASES: readonly BenchCase[] = [
  year('formula', { autoScale: { formula: FORMULA, evaluationIntervalMs: EVALUATION_MS } }),
  year('fixed size', { targetDedicatedNodes: 2 }),
];

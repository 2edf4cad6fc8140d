/**
 * A queue as a scenario, through the library's own way in: a pool of one-slot nodes that stands before the start, no
 * latencies, one job whose tasks come as a Poisson process. A task's wait is what the recording says: start less ready.
 */
import {
  DEFAULT_OPTIONS,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type Quantity,
  type Scenario,
  TIMING_NONE,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';

/**
 * Mean service time in milliseconds. The simulator rounds arrivals and run times to whole milliseconds: by half of one
 * at most, up as often as down. Beside a million that is nothing, and little beside the least mean wait that is seen,
 * 982 ms (100 nodes at load 0.8).
 */
export const MEAN_SERVICE_MS = 1_000_000;

/** A queue; its service times have the mean {@link MEAN_SERVICE_MS}. */
export interface Queue {
  readonly nodes: number;
  /** Share of the nodes that is busy in the long run: arrival rate × mean service ÷ nodes. */
  readonly load: number;
  /** How long a task runs, in ms. */
  readonly service: Quantity;
}

/** The first `tasks` arrivals at a queue that starts empty. */
export function queueScenario({ nodes, load, service }: Queue, tasks: number, seed: string): Scenario {
  const vmSize = { name: 'One', family: 'ones', vcpus: 1, memoryGib: null, tempDiskGib: null, gpus: 0 };
  const pool = makePool({ id: 'pool', vmSize, targetDedicatedNodes: nodes, timing: TIMING_NONE, ready: true });
  const ratePerMs = (load * nodes) / MEAN_SERVICE_MS;
  const set = makeTasks({
    count: tasks,
    arrival: { kind: 'poisson', ratePerMs, fromMs: 0, untilMs: null, count: tasks },
    runtime: [service],
  });
  const job = makeJob({ id: 'job', poolId: pool.id, tasks: [set] });
  const account = makeAccount({ dedicatedCoreQuota: nodes, pools: [pool], jobs: [job] });
  // In theory nobody gives up (ACC-15).
  return makeScenario({
    name: 'queue',
    seed,
    accounts: [account],
    options: { ...DEFAULT_OPTIONS, taskLifetimeMs: null },
  });
}

/** Waits of the tasks in order of arrival, in ms. */
export function waitsOf({ tasks }: Pick<Recording, 'tasks'>): Float64Array {
  const waits = new Float64Array(tasks.count);
  for (let task = 0; task < waits.length; task++) {
    waits[task] = (tasks.startMs[task] as number) - (tasks.readyMs[task] as number);
  }
  return waits;
}

/** Runs a queue and gives the waits of its tasks in order of arrival, in ms. */
export function simulateWaits(queue: Queue, tasks: number, seed: string): Float64Array {
  return waitsOf(simulate(queueScenario(queue, tasks, seed), { record: 'summary' }).recording);
}

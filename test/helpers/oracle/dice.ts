/** Choices for random worlds: few distinct values, so that ties are the rule. */
import { namedStream, type UniformSource } from '../../../src/base/index.js';

/** A stream of choices that depends on the seed alone. */
export class Dice {
  readonly #uniforms: UniformSource;

  /** @param seed names the stream */
  constructor(seed: number) {
    this.#uniforms = namedStream(seed, 'world');
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.#uniforms.next() * (high - low + 1));
  }

  /** One of the values. */
  pick<T>(values: readonly T[]): T {
    return values[this.int(0, values.length - 1)] as T;
  }

  /** Whether something of this probability happens. */
  chance(probability: number): boolean {
    return this.#uniforms.next() < probability;
  }

  /** As many values as wanted, each made anew. */
  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

/** What a world may have beyond tasks on nodes. */
export const FEATURES = [
  'twoAccounts',
  'latencies',
  'ready',
  'capacity',
  'allocationFailure',
  'quota',
  'family',
  'userSubscription',
  'interNode',
  'windows',
  'slots',
  'pack',
  'creationtime',
  'missingPool',
  'priorities',
  'maxParallel',
  'preemption',
  'jobArrivals',
  'taskArrivals',
  'dependencies',
  'ranges',
  'columns',
  'retries',
  'wallClock',
  'affinity',
  'dispatchExtra',
  'lifetime',
  'until',
  'tail',
  'readyOrder',
  'killedExitCode',
  'noEviction',
  // what is asked of jobs and tasks while they are there
  'disableJobs',
  'endJobs',
  'deleteJobs',
  'patchJobs',
  'addJobs',
  'addTasks',
  'taskActions',
  'updateTasks',
  'allTasksComplete',
  'jobWallClock',
  'failureActions',
  // what is asked of pools and nodes, and what befalls them
  'resizes',
  'stopResize',
  'removeNodes',
  'addPools',
  'deletePools',
  'scheduling',
  'reboots',
  'reimages',
  'deallocation',
  'startTasks',
  'preemptions',
  'failures',
  'lostContact',
  'hostReboots',
  'osUpgrades',
  'setCapacity',
  // what surrounds a task
  'preparation',
  'release',
  'managers',
  'scripts',
  'schedules',
  'multiInstance',
  'transfers',
  'taskFaults',
  'badNodes',
  'cores',
  'memory',
] as const;
export type Feature = (typeof FEATURES)[number];

/** Swarm testing: each world has its own subset, since features hide each other's faults when all are on. */
export class Swarm {
  readonly #features: ReadonlySet<Feature>;

  /** @param allowed what the world may have at all */
  constructor(dice: Dice, allowed: readonly Feature[] = FEATURES) {
    const share = dice.pick([0.06, 0.12, 0.25, 0.5]);
    const features = new Set(FEATURES.filter((feature) => dice.chance(share) && allowed.includes(feature)));
    this.#features = features;
  }

  /** Whether the world has a feature. */
  has(feature: Feature): boolean {
    return this.#features.has(feature);
  }
}

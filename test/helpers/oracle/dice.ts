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
] as const;
export type Feature = (typeof FEATURES)[number];

/** Swarm testing: each world has its own subset, since features hide each other's faults when all are on. */
export class Swarm {
  readonly #features: ReadonlySet<Feature>;

  constructor(dice: Dice) {
    const share = dice.pick([0.15, 0.3, 0.6]);
    this.#features = new Set(FEATURES.filter(() => dice.chance(share)));
  }

  /** Whether the world has a feature. */
  has(feature: Feature): boolean {
    return this.#features.has(feature);
  }
}

/** `model.options` → the options of the model; what is not given is the default. */
import { DEFAULT_OPTIONS, type ModelOptions } from '../../model/index.js';
import type { GivenOptions } from '../schema/options.js';

/** Every option that a rule names. */
export function readOptions(given: GivenOptions | undefined): ModelOptions {
  if (given === undefined) return DEFAULT_OPTIONS;
  // Of taskLifetime and restoreWindow null says "none"; only an absent option means the default.
  const { taskLifetime, restoreWindow, sampleDelay, preemptibleDiscount, bandwidth, statsDelay, ...same } = given;
  return {
    ...DEFAULT_OPTIONS,
    ...present(same),
    ...(taskLifetime === undefined ? {} : { taskLifetimeMs: taskLifetime }),
    ...(restoreWindow === undefined ? {} : { restoreWindowMs: restoreWindow }),
    ...(sampleDelay === undefined ? {} : { sampleDelayMs: sampleDelay }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The entries that have a value. */
function present<T extends object>(table: T): Present<T> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined)) as Present<T>;
}

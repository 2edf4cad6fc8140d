/** All benchmarks, by suite. */
import type { BenchCase } from './case.js';
import { AUTOSCALE_CASES } from './suites/autoscale.js';
import { EVENT_QUEUE_CASES } from './suites/event-queue.js';
import { FORMULA_CASES } from './suites/formulas.js';
import { IMPORTER_CASES } from './suites/importers.js';
import { NODE_INDEX_CASES } from './suites/node-index.js';
import { OUTPUT_CASES } from './suites/output.js';
import { READY_QUEUE_CASES } from './suites/ready-queue.js';
import { SAMPLING_CASES } from './suites/sampling.js';
import { SIMULATION_CASES } from './suites/simulation.js';

/** In the order in which they are printed. */
export const BENCH_CASES: readonly BenchCase[] = [
  ...EVENT_QUEUE_CASES,
  ...READY_QUEUE_CASES,
  ...NODE_INDEX_CASES,
  ...SAMPLING_CASES,
  ...SIMULATION_CASES,
  ...FORMULA_CASES,
  ...AUTOSCALE_CASES,
  ...IMPORTER_CASES,
  ...OUTPUT_CASES,
];

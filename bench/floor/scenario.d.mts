/** Types of the workloads as scenarios for the suites, which are TypeScript. */
import type * as model from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import type { Outcome } from './expected.mjs';
import type { Workload } from './gen.mjs';

export function workloadScenario(
  library: Pick<
    typeof model,
    | 'AT_ONCE'
    | 'DEFAULT_OPTIONS'
    | 'makeAccount'
    | 'makeJob'
    | 'makePool'
    | 'makeScenario'
    | 'makeTasks'
    | 'TIMING_NONE'
  >,
  workload: Workload,
): model.Scenario;
export function outcomeOf(w: string, recording: Pick<Recording, 'tasks'>): Outcome & { readonly n: number };

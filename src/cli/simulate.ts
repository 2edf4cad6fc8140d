/** One run in slices, so that signals are heard and progress is seen; the outcome does not depend on the slicing. */

import type { Scenario } from '../model/index.js';
import type { Run } from '../recording/index.js';
import { Simulation, type SimulationOptions } from '../sim/index.js';
import { breathe, type Interrupt } from './interrupt.js';
import type { ProgressReporter } from './progress-reporter.js';

/** Events handled between two looks at signals and clock: some ten milliseconds of work. */
const SLICE_EVENTS = 20_000;

/** Runs to the end, or until a signal comes; then the recording is marked incomplete. */
export async function simulateWatched(
  scenario: Scenario,
  options: SimulationOptions,
  interrupt: Interrupt,
  progress: ProgressReporter,
  phase: string,
): Promise<Run> {
  const simulation = new Simulation(scenario, options);
  while (interrupt.code === null && !simulation.advance(SLICE_EVENTS)) {
    progress.tick(() => ({
      phase,
      fraction: doneShare(simulation, scenario.clock.untilMs),
      simulatedMs: simulation.nowMs,
      eventCount: simulation.eventCount,
    }));
    await breathe();
  }
  progress.clear();
  return { scenario, recording: simulation.recording() };
}

/** A run is over when its tasks are done or its clock stops, whichever is nearer. */
function doneShare(simulation: Simulation, untilMs: number | null): number {
  const ofTime = untilMs === null || untilMs === 0 ? 0 : simulation.nowMs / untilMs;
  return Math.max(simulation.completedShare, ofTime);
}

/** Engine against oracle on one world. */
import type { Scenario } from '../../../src/model/index.js';
import type { Run } from '../../../src/recording/index.js';
import { Simulation, simulate } from '../../../src/sim/index.js';
import { randomWorld } from '../worlds.js';
import { brokenRules } from './checks.js';
import { differences } from './compare.js';
import { oracle } from './outcome.js';
import { outcomeOf } from './recorded.js';
import { shrink } from './shrink.js';
import { worldText } from './world-text.js';

/** Whatever is wrong with the engine's run of a world, as text; empty if nothing is. */
export function problemsOf(scenario: Scenario): string[] {
  try {
    const run = simulate(scenario);
    return [...differences(oracle(scenario), outcomeOf(run.recording)), ...unsoundness(run)];
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

/** What can be told without the oracle, of worlds with chance in them as well: broken rules, runs that differ. */
export function unsoundness(run: Run): string[] {
  return [...brokenRules(run), ...otherWays(run.scenario, run.recording.run.digest)];
}

/** SIM-05: the same digest without the log, and when the run is taken event by event. */
function otherWays(scenario: Scenario, digest: string): string[] {
  const stepped = new Simulation(scenario);
  while (!stepped.advance(1)) if (stepped.finished) return ['a finished run says that it goes on'];
  const others = {
    'without its log': simulate(scenario, { record: 'summary' }).recording.run.digest,
    'event by event': stepped.recording().run.digest,
  };
  return Object.entries(others)
    .filter(([, other]) => other !== digest)
    .map(([how, other]) => `run ${how} its digest is ${other}, otherwise ${digest}`);
}

/** A failing world made small, what is wrong with it, and the command that plays it again. */
export function failureText(seed: number): string {
  const kind = kindOf(problemsOf(randomWorld(seed))[0]);
  const world = shrink(randomWorld(seed), (smaller) => problemsOf(smaller).some((problem) => kindOf(problem) === kind));
  const problems = problemsOf(world);
  return [
    `world ${seed} fails; made as small as possible it is`,
    worldText(world),
    ...problems.slice(0, PROBLEMS_SHOWN),
    ...(problems.length > PROBLEMS_SHOWN ? [`and ${problems.length - PROBLEMS_SHOWN} more`] : []),
    `replay: npm run fuzz -- --worlds 1 --seed ${seed}`,
  ].join('\n');
}

/** What a problem is about, whatever it is called: a world that becomes smaller must not change its complaint. */
export function kindOf(problem: string | undefined): string {
  const told = problem?.match(/^(\w+) .*?: (\w+) is/) ?? problem?.match(/^(\w+) .*?: the (oracle|engine) has none/);
  return told?.slice(1).join(' ') ?? 'other';
}

const PROBLEMS_SHOWN = 12;

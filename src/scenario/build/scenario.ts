/** From the checked shape of a file to the model: accounts, clock, options, and what else a run needs. */
import { parseInstant } from '../../base/index.js';
import {
  checkApplicationLimit,
  DEFAULT_EPOCH_MS,
  makeScenario,
  type Scenario,
  TIMING_TYPICAL,
} from '../../model/index.js';
import type { GivenScenario } from '../schema/root.js';
import { treeAt } from '../text/tree.js';
import { readAccounts } from './accounts.js';
import { readRegionCapacity } from './capacity.js';
import type { BuildContext } from './context.js';
import { readSharedFaults } from './faults.js';
import { checkLimits } from './limits.js';
import { readOptions } from './options.js';
import { readPrices } from './prices.js';
import { refuseBy } from './refusals.js';
import { readTiming } from './timing.js';

/** The scenario; good only if the context's problems hold no error. `defaultName` comes from the file's name. */
export function buildScenario(context: BuildContext, given: GivenScenario, defaultName: string): Scenario {
  readClock(context, given);
  const { model } = given;
  const shared = {
    timing: readTiming(context, ['model', 'timing'], model?.timing, TIMING_TYPICAL),
    prices: readPrices(context, given.prices, model?.options?.preemptibleDiscount),
    faults: readSharedFaults(context, ['model'], model),
    bandwidth: model?.bandwidth ?? model?.options?.bandwidth ?? null,
  };
  const accounts = readAccounts(context, given, shared);
  const scenario = makeScenario({
    name: given.name ?? defaultName,
    seed: given.seed ?? 1,
    clock: { epochMs: context.epochMs, untilMs: context.untilMs, tailMs: given.clock?.tail ?? null },
    options: readOptions(model?.options),
    accounts,
    capacity: readRegionCapacity(context, ['model', 'capacity'], model?.capacity, accounts),
    extras: extrasOf(context, given),
  });
  checkApplicationCounts(context, scenario, given);
  if (!context.problems.failed) checkLimits(context, scenario);
  return scenario;
}

/** ACC-14: `maxApplications`. */
function checkApplicationCounts(context: BuildContext, { accounts, options }: Scenario, given: GivenScenario): void {
  for (const [i, { applications }] of accounts.entries()) {
    const path = given.accounts === undefined ? ['account'] : ['accounts', i];
    const refusal = checkApplicationLimit(applications.length - 1, options.maxApplications);
    refuseBy(context, [...path, 'applications'], refusal, 'applicationPackageReferences');
  }
}

/** What the engine does not read. */
function extrasOf(context: BuildContext, given: GivenScenario): Scenario['extras'] {
  const { expect = [], sweep } = given;
  if (sweep !== undefined) {
    const message = 'sweep has no effect on a single run, which takes the values as they stand elsewhere';
    context.warning('BS2206', ['sweep'], message, 'run the scenario once per value: --set path=value');
  }
  return { expect, report: { step: readStep(context, given) }, ...(sweep === undefined ? {} : { sweep }) };
}

/** Step of the report's series in ms; null: chosen by the length of the run. */
function readStep(context: BuildContext, given: GivenScenario): number | null {
  const step = given.report?.step ?? null;
  if (step !== null && step < 1000)
    context.error(
      'BS2005',
      ['report', 'step'],
      'report.step is less than 1s',
      'leave it out for a step that fits the run',
    );
  return step;
}

function readClock(context: BuildContext, given: GivenScenario): void {
  context.epochMs = DEFAULT_EPOCH_MS;
  if (given.clock?.start !== undefined) {
    const start = parseInstant(given.clock.start);
    if (start.ok) context.epochMs = start.value;
    else context.error('BS2005', ['clock', 'start'], `clock.start: ${start.error}`, 'write 2026-01-05T00:00:00Z');
  }
  if (given.clock?.until !== undefined) context.untilMs = context.moment(['clock', 'until'], given.clock.until);
}

/** The rules under `expect`, each with its place. */
export function readExpect(context: BuildContext, given: GivenScenario) {
  return (given.expect ?? []).map((text, i) => {
    const tree = treeAt(context.tree, ['expect', i]);
    return { text, place: tree === null ? null : context.place(['expect', i]) };
  });
}

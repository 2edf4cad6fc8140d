/** Random worlds whose pools follow formulas, among everything else that may happen to them. */
import { type Account, type Action, makeScenario, type Pool, type Scenario } from '../../src/model/index.js';
import { Dice, type Feature } from './oracle/dice.js';
import { randomWorld } from './worlds.js';

const MINUTE = 60_000;

/** Formulas that look at everything there is to be seen. */
const FORMULAS = [
  '$TargetDedicatedNodes = min(4, $PendingTasks.GetSample(1)) + 0 * rand();',
  'a = $PendingTasks.GetSamplePercent(3 * TimeInterval_Minute); $TargetDedicatedNodes = a < 70 ? 1 : min(4, avg($PendingTasks.GetSample(3 * TimeInterval_Minute)));',
  'r = rand(); s = rand(); $TargetDedicatedNodes = r * 4; $TargetLowPriorityNodes = s * 3; $NodeDeallocationOption = taskcompletion;',
  'n = $ActiveTasks.Count(); all = $ActiveTasks.GetSample(1000); run = $RunningTasks.GetSample(1000); $TargetDedicatedNodes = 1 + min(2, max(0, run));',
  'good = $SucceededTasks.GetSample(4); bad = $FailedTasks.GetSample(4); $TargetDedicatedNodes = len(bad) > 0 && max(bad) > 1 ? 0 : 2;',
  'c = $CPUPercent.GetSample(10); u = $UsableNodeCount.GetSample(3); $TargetDedicatedNodes = len(c) == 0 ? 1 : (max(c) > 0.5 ? $TargetDedicatedNodes + 1 : max(1, $TargetDedicatedNodes - 1)); $TargetDedicatedNodes = min(4, $TargetDedicatedNodes);',
  'p = $PreemptedNodeCount.GetSample(5); d = $CurrentDedicatedNodes; l = $CurrentLowPriorityNodes; t = time(); $TargetLowPriorityNodes = min(3, len(p)); $NodeDeallocationOption = retaineddata;',
  'h = $RunningTasks.HistoryBeginTime(); w = avg($RunningTasks.GetSample(TimeInterval_Minute * 4, TimeInterval_Minute, 60)); $TargetDedicatedNodes = w > 0 ? 3 : 0; $NodeDeallocationOption = terminate;',
] as const;

/** A world of a seed, with formulas. `allowed`: what else it may have. */
export function formulaWorld(seed: number, allowed?: readonly Feature[]): Scenario {
  const dice = new Dice(7_000_000 + seed);
  const world = randomWorld(seed, allowed);
  return makeScenario({
    ...world,
    clock: { ...world.clock, untilMs: dice.int(20, 60) * MINUTE, tailMs: null },
    options: {
      ...world.options,
      sampleLoss: dice.pick([0, 0, 0.3]),
      sampleDelayMs: dice.pick([0, 0, 45_000, 60_000]),
    },
    accounts: world.accounts.map((account) => withFormulas(dice, account)),
  });
}

function withFormulas(dice: Dice, account: Account): Account {
  const pools = account.pools.map((pool) => (dice.chance(0.6) ? scaled(dice, pool) : pool));
  const changes = dice.times(dice.int(0, 5), () => changeOf(dice, dice.pick(pools).id));
  return { ...account, pools, actions: [...account.actions, ...changes].sort((a, b) => a.atMs - b.atMs) };
}

function scaled(dice: Dice, pool: Pool): Pool {
  const autoScale = { formula: dice.pick(FORMULAS), evaluationIntervalMs: dice.pick([1, 2, 5]) * MINUTE };
  return { ...pool, ready: false, targetDedicatedNodes: 0, targetLowPriorityNodes: 0, autoScale };
}

function changeOf(dice: Dice, poolId: string): Action {
  const atMs = dice.int(0, 80) * 15_000;
  if (dice.chance(0.3)) return { atMs, operation: { kind: 'disableAutoScale', poolId }, expectError: null };
  const formula = dice.chance(0.7) ? dice.pick(FORMULAS) : null;
  const evaluationIntervalMs = dice.pick([null, 5 * MINUTE, 6 * MINUTE]);
  return { atMs, operation: { kind: 'enableAutoScale', poolId, formula, evaluationIntervalMs }, expectError: null };
}

/** What public formulas have in common, in formulas of our own: each compiles without a problem and comes out. */
import { describe, expect, test } from 'vitest';
import { compileFormula, evaluateFormula } from '../../src/autoscale/index.js';
import { inputsAt, samplesEvery30s } from './helpers/evaluate.js';

const QUARTER_HOUR = Array.from({ length: 30 }, (_, index) => index % 6);

/** A pool that has been watched for 15 minutes: its samples rise from 0 to 5 again and again. */
const watched = inputsAt({
  targetDedicatedNodes: 4,
  currentDedicatedNodes: 4,
  currentLowPriorityNodes: 2,
  taskSlotsPerNode: 2,
  samples: {
    $ActiveTasks: samplesEvery30s(QUARTER_HOUR),
    $RunningTasks: samplesEvery30s(QUARTER_HOUR.map((x) => x * 2)),
    $PendingTasks: samplesEvery30s(QUARTER_HOUR.map((x) => x * 3)),
    $PreemptedNodeCount: samplesEvery30s(QUARTER_HOUR.map(() => 1)),
    $CPUPercent: samplesEvery30s(QUARTER_HOUR.map((x) => 0.6 + x / 20)),
  },
});

/** A pool whose autoscale was switched on this moment. */
const fresh = inputsAt({ targetDedicatedNodes: 4, currentDedicatedNodes: 4 });

type Targets = readonly [number, number] | 'fails';

const IDIOMS: readonly { name: string; formula: string; watched: Targets; fresh: Targets }[] = [
  {
    name: 'a share of samples guards a window, and the last sample stands in for it',
    formula: `// how much is there?
      $known = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 15);
      $work = $known < 70 ? max(0,$ActiveTasks.GetSample(1)) :
        max( $ActiveTasks.GetSample(1), avg($ActiveTasks.GetSample(TimeInterval_Minute * 15)));
      $nodes = $work > 0? $work:max(0, $TargetDedicated/2);
      $TargetDedicated = max(0, min($nodes, 20));
      $NodeDeallocationOption = taskcompletion;`,
    watched: [5, 0],
    fresh: [2, 0],
  },
  {
    name: 'working hours',
    formula: `now = time() + TimeInterval_Hour; open = now.hour >= 8 && now.hour < 18;
      week = now.weekday >= 1 && now.weekday <= 5; $TargetDedicatedNodes = open && week ? 20:10`,
    watched: [20, 0],
    fresh: [20, 0],
  },
  {
    name: 'a start-up period, then a window with a share of its own over two metrics',
    formula: `$TargetDedicatedNodes = 4;
      age = time() - time("Wed, 04 Mar 2026 11:30:00 GMT"); span = TimeInterval_Minute * 10; share = 50;
      $TargetDedicatedNodes = (age > TimeInterval_Minute * 10 ?
        (max($RunningTasks.GetSample(span, share), $ActiveTasks.GetSample(span, share)) == 0 ? 0 : $TargetDedicatedNodes) : 4);`,
    watched: [4, 0],
    fresh: 'fails',
  },
  {
    name: 'load in one line without blanks, old names and windows from minute 0',
    formula:
      'n=($CPUPercent.GetSamplePercent(TimeInterval_Minute*0,TimeInterval_Minute*10)<0.7?5:' +
      '(min($CPUPercent.GetSample(TimeInterval_Minute*0, TimeInterval_Minute*10))>0.5?($CurrentDedicated*1.1):$CurrentDedicated));' +
      '$TargetDedicated=min(100,n);',
    watched: [4, 0],
    fresh: [5, 0],
  },
  {
    name: 'rounding up by adding, dedicated nodes for preempted spot nodes',
    formula: `perNode = 4; $round = perNode - 1; cap = 25;
      $wanted = ($PendingTasks.GetSample(1) + $round) / perNode;
      $TargetDedicatedNodes = min(cap, $PreemptedNodeCount.GetSample(180 * TimeInterval_Second));
      $TargetLowPriorityNodes = max(0, min($wanted, cap - $TargetDedicatedNodes));`,
    watched: [1, 4],
    fresh: 'fails',
  },
  {
    name: 'the last sample by val, switches as numbers, a ternary in parentheses as an operand',
    formula: `last = val($PendingTasks.GetSample(1), 0); mean = avg($PendingTasks.GetSample(600.0 * TimeInterval_Second));
      guess = last < mean ? avg(last, mean) : max(last, mean); slots = $TaskSlotsPerNode; off = 0 == 1;
      need = guess / slots; need = (guess > 0 && need < 1) ? 1 : need; extra = off ? min(last, need) : 0;
      $TargetDedicatedNodes = min(16777216, (need > 0 && need < 1) ? 1 : need) + extra;
      $TargetLowPriorityNodes = max(0, $CurrentDedicatedNodes + $CurrentLowPriorityNodes > 0 ? 1 / 2 : 0);`,
    watched: [7, 0],
    fresh: 'fails',
  },
];

describe.each(IDIOMS)('$name', ({ formula, watched: whenWatched, fresh: whenFresh }) => {
  const compiled = compileFormula(formula);

  test('has no problem', () => {
    expect(compiled.ok ? compiled.value.problems : compiled.error).toEqual([]);
  });

  test.each([
    ['a watched pool', watched, whenWatched],
    ['a fresh pool', fresh, whenFresh],
  ])('comes out for %s', (_, inputs, targets) => {
    const evaluation = compiled.ok ? evaluateFormula(compiled.value, inputs) : null;
    const found = evaluation?.ok ? [evaluation.targetDedicatedNodes, evaluation.targetLowPriorityNodes] : 'fails';
    expect(found, evaluation?.results).toEqual(targets);
  });
});

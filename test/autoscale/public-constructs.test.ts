/**
 * The constructs of formulas in public projects (orchestrators, sample pools, infrastructure as code), in formulas of
 * our own: each is accepted by the service, and what is questionable in it is told. `codes` are what is to be told.
 */
import { describe, expect, test } from 'vitest';
import { diagnoseFormula, explainFormula, printProgram } from '../../src/autoscale/index.js';

const T = '$TargetDedicatedNodes';
const WINDOW = 'TimeInterval_Minute * 10';

const FORMULAS: readonly (readonly [idea: string, formula: string, ...codes: string[]])[] = [
  ['a constant without blanks and semicolon', `${T}=34`],
  ['an alias of the first days', '$TargetDedicated=2;'],
  ['two constants on a line', `${T} = 3; $TargetLowPriorityNodes = 12;`],
  [
    'start with some, then follow a guarded mean',
    `atFirst = 2; atMost = 30;
     share = $PendingTasks.GetSamplePercent(240 * TimeInterval_Second);
     wanted = share < 70 ? atFirst : avg($PendingTasks.GetSample(240 *   TimeInterval_Second));
     ${T}=min(atMost, wanted);
     $NodeDeallocationOption = taskcompletion;`,
  ],
  [
    'the greater of the newest and the mean, halving when idle',
    `// comment; with a semicolon and $names
     $part = $ActiveTasks.GetSamplePercent(${WINDOW});
     $work = $part < 70 ? max(0,$ActiveTasks.GetSample(1)) : max( $ActiveTasks.GetSample(1),avg($ActiveTasks.GetSample(${WINDOW})));
     $vms = $work > 0? $work:max(0, $TargetDedicated/2);
     ${T} = max(0, min($vms, 15));`,
  ],
  [
    'the same with a rounding by hand behind the conditional',
    `$part = $ActiveTasks.GetSamplePercent(${WINDOW});
     $work = $part < 70 ? max(0, $ActiveTasks.GetSample(1)) : avg($ActiveTasks.GetSample(${WINDOW}));
     $vms = $work > 0? $work : max(0, $TargetDedicated/2) + 0.5;
     $TargetDedicated = max(2, min($vms, 9));`,
  ],
  [
    'tasks of several slots, rounded up by adding; a variable named like a function',
    `$part = $PendingTasks.GetSamplePercent(${WINDOW});
     $work = $part < 70 ? max(0,$PendingTasks.GetSample(1)) : max($PendingTasks.GetSample(1), avg($PendingTasks.GetSample(${WINDOW})));
     $perNode = 4; $round = $perNode - 1;
     $vms = $work > 0? (($work + $round)/ $perNode) : max(0, $TargetDedicated/2) + 0.5;
     $TargetDedicated = max(0, min($vms, 10));`,
  ],
  [
    'working hours, in four variables',
    `$now = time(); $open = $now.hour >= 8 && $now.hour < 18; $week = $now.weekday >= 1 && $now.weekday <= 5;
     $both = $open && $week; ${T} = $both ? 20:10;`,
  ],
  [
    'a week end up to day 7',
    `$now = time(); $free = $now.weekday >= 6 && $now.weekday <= 7; ${T} = $free ? 5:10;`,
    'BS3042',
    'BS3042',
  ],
  ['the hour of a call', `h = time().hour; ${T} = h >= 7 && h < 19 ? 5 : 0; $NodeDeallocationOption = taskcompletion;`],
  ['a time zone by an added interval', `t = time() + (-6 * TimeInterval_Hour); ${T} = t.hour < 12 ? 1 : 2;`],
  [
    'load over two windows, the target kept in between',
    `$n = (min($CPUPercent.GetSample(TimeInterval_Minute*10)) > 0.7) ? ($CurrentDedicated * 1.1) : $CurrentDedicated;
     $n = (avg($CPUPercent.GetSample(TimeInterval_Minute*60)) < 0.2) ? ($CurrentDedicated * 0.9) : $n;
     ${T} = min(400, $n)`,
    'BS3034',
    'BS3038',
    'BS3038',
  ],
  [
    'a share taken for a fraction, windows from 0',
    'n=($CPUPercent.GetSamplePercent(TimeInterval_Minute*0,TimeInterval_Minute*10)<0.7?5:' +
      '(min($CPUPercent.GetSample(TimeInterval_Minute*0, TimeInterval_Minute*10))>0.8?($CurrentDedicated*1.1):$CurrentDedicated));' +
      '$TargetDedicated=min(100,n);',
    'BS3034',
    'BS3037',
  ],
  [
    'a life span, and samples of a least share',
    `$NodeDeallocationOption = taskcompletion;
     age = time() - time("Tue, 03 Mar 2026 10:00:00 GMT");
     span = TimeInterval_Second * 90; startup = TimeInterval_Minute * 2; ratio = 10;
     $TargetLowPriorityNodes = (age > startup ? min($PendingTasks.GetSample(span, ratio)) : 4);`,
  ],
  [
    'busy or not, over two metrics',
    `${T} = 4; age = time() - time("2026-03-04T09:00:00Z"); span = TimeInterval_Minute * 60; ratio = 50;
     ${T} = (age > TimeInterval_Minute * 10 ? (max($RunningTasks.GetSample(span, ratio), $ActiveTasks.GetSample(span, ratio)) == 0 ? 0 : ${T}) : 4);`,
  ],
  ['a least share of 0', `w = max($PendingTasks.GetSample(TimeInterval_Minute * 2, 0)); ${T} = min(8, w);`],
  ['a window straight into min', `${T} = min(10, $PendingTasks.GetSample(TimeInterval_Minute * 5));`, 'BS3038'],
  [
    'preempted nodes replaced by dedicated ones',
    `all = 25; ${T} = min(all, $PreemptedNodeCount.GetSample(180 * TimeInterval_Second));
     $TargetLowPriorityNodes = min(all , all - ${T});`,
    'BS3038',
  ],
  [
    'the window in a variable',
    '$w = TimeInterval_Minute * 5;\n$p = max($PendingTasks.GetSample($w));\n$TargetLowPriorityNodes = min(20, $p);\n$TargetDedicatedNodes = 1;',
    'BS3038',
  ],
  [
    'vectors added, before they are a number',
    '$a = $ActiveTasks.GetSample(1);\n$r = $RunningTasks.GetSample(1);\n$sum=$a+$r;\n$TargetDedicated = min($sum, 10);',
    'BS3035',
  ],
  [
    'limits in the other order',
    'lo = 0; hi = 9; p = $PendingTasks.GetSample(1); r = $RunningTasks.GetSample(1); x = p + r;' +
      `target = max(min(hi, x), lo); ${T} = target;`,
    'BS3035',
  ],
  ['a metric as a number', `${T} = max(0, $PendingTasks);`, 'BS3033'],
  [
    'a base of dedicated nodes, the rest spot',
    `$taskSlotsPerNode = 4; $need = ceil($PendingTasks / $taskSlotsPerNode);
     ${T} = min(5, max(3, $need)); $rest = max(0, $need - ${T}); $TargetLowPriorityNodes = min(50, $rest);`,
    'BS3032',
    'BS3033',
  ],
  [
    'slowly down, by two nodes at a time',
    `$want = ceil(max(0, $PendingTasks.GetSample(3)) / 4); $down = max(0, $CurrentDedicatedNodes - 2);
     ${T} = max($want, min($CurrentDedicatedNodes, $down)); ${T} = min(30, max(0, ${T}));`,
  ],
  [
    'half of the dedicated as spot',
    `want = max(1, min(20, $PendingTasks.GetSample(2))); ${T} = want; $TargetLowPriorityNodes = ${T} / 2;`,
    'BS3040',
  ],
  [
    'a half of the tasks each',
    `w = 0.5*max(0,$PendingTasks.GetSample(2)); $TargetDedicated = w; $TargetLowPriorityNodes = w;`,
    'BS3039',
    'BS3039',
  ],
  [
    'a span of half a sample',
    `percentage = 70; span = TimeInterval_Second * 15; $s = $ActiveTasks.GetSamplePercent(span);
     $t = $s < percentage ? max(0,$ActiveTasks.GetSample(1)) : max( $ActiveTasks.GetSample(1), avg($ActiveTasks.GetSample(span)));
     $more = (($t - ${T}*$TaskSlotsPerNode) + 0) * 1 / $TaskSlotsPerNode; ${T} = max(0, min(${T} + $more, 50));`,
    'BS3036',
    'BS3036',
    'BS3039',
    'BS3041',
    'BS3041',
  ],
  [
    'a window whose length is computed, a nested conditional in parentheses',
    `minutes = 7; $s = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * minutes);
     $t = $s < 70 ? max(0, $ActiveTasks.GetSample(1)) : avg($ActiveTasks.GetSample(TimeInterval_Minute * minutes));
     need = ($t < $TaskSlotsPerNode && $t > 0) ? 1 : ($t == 0 ? 0 : ceil($t / $TaskSlotsPerNode)); ${T} = min(270/$TaskSlotsPerNode, need);`,
  ],
  [
    'switches as numbers, rebalancing by what was preempted',
    `rebalance = 1; capDed = 4; capLow = 16; incLow = 2; lost = max(0, $PreemptedNodeCount.GetSample(2));
     req = max(0, $ActiveTasks.GetSample(2)); ded = min(capDed, req); rest = max(0, req - ded);
     again = rebalance ? min(lost, rest) : 0; ded = min(capDed, ded + again);
     low = min($CurrentLowPriorityNodes + incLow, min(capLow, rest)); ${T} = ded; $TargetLowPriorityNodes = low`,
  ],
  [
    'samples by number, the last by val',
    `v = $RunningTasks.GetSample(10); last = len(v) > 0 ? val(v, len(v) - 1) : 0; ${T} = last + std(v) + norm(v) * 0;`,
  ],
  [
    'between two moments',
    `a = time("2026-03-04T08:00:00Z"); v = $CPUPercent.GetSample(a, time(), 20); ${T} = avg(v) > 0.5 ? 2 : 1;`,
  ],
  ['a percentile', `${T} = percentile($PendingTasks.GetSample(${WINDOW}, 50), 95.0);`],
  [
    'stop once it is decided',
    `${T} = 2; $PendingTasks.Count() < 5 ? stop() : 0; ${T} = avg($PendingTasks.GetSample(${WINDOW}));`,
  ],
  ['a lone call, as in tests of clients', '$RunningTasks.GetSample(5);', 'BS3031'],
  ['windows line breaks, tabs, empty statements', `;;a =\t1;\r\n\r\n;${T}\r\n=\r\n a ;;`],
  ['a variable given a value twice, of two types', `x = time(); x = x.minute; ${T} = x > 30 ? 1 : 2;`],
];

describe.each(FORMULAS.map(([idea, formula, ...codes]) => ({ idea, formula, codes })))(
  '$idea',
  ({ formula, codes }) => {
    const { formula: compiled, diagnostics } = diagnoseFormula(formula);

    test('is a formula, and what is questionable in it is told', () => {
      expect(compiled, diagnostics.map(({ message }) => message).join('\n')).not.toBeNull();
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(diagnostics.map(({ code }) => code).sort()).toEqual(codes);
    });

    test('says the same when it is printed, and can be told in words', () => {
      if (compiled === null) throw new Error('no formula');
      const printed = printProgram(compiled.program);
      const again = diagnoseFormula(printed);
      expect(again.formula === null ? null : printProgram(again.formula.program)).toBe(printed);
      expect(explainFormula(compiled).statements).toHaveLength(compiled.program.statements.length);
    });
  },
);

test('there are more than thirty', () => {
  expect(FORMULAS.length).toBeGreaterThan(30);
});

test.each([
  [
    'a method of the samples themselves',
    `${T} = $PendingTasks.GetSample(1 * TimeInterval_Minute, 0).GetAverage();`,
    'BS3012',
  ],
  ['lines instead of semicolons', `a = min(3, 4)\n$NodeDeallocationOption = taskcompletion; ${T} = a;`, 'BS3008'],
  ['a vector as a target', `${T} = $PendingTasks.GetSample(TimeInterval_Minute * 5);`, 'BS3017'],
])('what public formulas get wrong is told: %s', (_, formula, code) => {
  expect(diagnoseFormula(formula).diagnostics.map((one) => one.code)).toContain(code);
});

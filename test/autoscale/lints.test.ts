/**
 * The lints (formula 8): each has a formula that triggers it and a near twin that does not. `at` is the text under the
 * carets, `fixed` what --fix makes of the formula.
 */
import { describe, expect, test } from 'vitest';
import { diagnoseFormula, type LintOptions, refusalOf } from '../../src/autoscale/index.js';
import { LINTS } from '../../src/autoscale/lints/table.js';
import { applyFixes } from '../../src/base/index.js';

interface Case {
  readonly code: string;
  readonly formula: string;
  readonly at: string;
  readonly twin: string;
  readonly fixed?: string;
  readonly options?: Partial<LintOptions>;
}

const T = '$TargetDedicatedNodes';
const W = 'TimeInterval_Minute * 15';
const SHARE = `$p = $PendingTasks.GetSamplePercent(${W});`;
/** Tasks, taken as the documentation takes them. */
const TASKS = `${SHARE} $n = $p < 70 ? max(0, $PendingTasks.GetSample(1)) : avg($PendingTasks.GetSample(${W}));`;

const CASES: readonly Case[] = [
  { code: 'BS3031', formula: 'nodes = 3;', at: 'nodes = 3', twin: `nodes = 3; ${T} = nodes;` },
  {
    code: 'BS3031',
    formula: '$NodeDeallocationOption = requeue;',
    at: '$NodeDeallocationOption = requeue',
    twin: `${T}=1`,
  },
  {
    code: 'BS3031',
    formula: '$TargetDedicatedNode = 3;',
    at: '$TargetDedicatedNode',
    twin: '$TargetDedicated = 3;',
    fixed: `${T} = 3;`,
  },
  {
    code: 'BS3032',
    formula: '$targetDedicatedNodes = 3;',
    at: '$targetDedicatedNodes',
    twin: '$targetNodes = 3;',
    fixed: `${T} = 3;`,
  },
  {
    code: 'BS3032',
    formula: 'TargetLowPriorityNodes = 3; x = TargetLowPriorityNodes + 1;',
    at: 'TargetLowPriorityNodes',
    twin: 'spot = 3; x = spot + 1;',
    fixed: '$TargetLowPriorityNodes = 3; x = $TargetLowPriorityNodes + 1;',
  },
  {
    code: 'BS3032',
    formula: `$pendingTasks = 1; ${T} = $pendingTasks;`,
    at: '$pendingTasks',
    twin: `$pending = 1; ${T} = $pending;`,
  },
  {
    code: 'BS3032',
    formula: `$targetDedicatedNodes = 1; ${T} = $targetDedicatedNodes;`,
    at: '$targetDedicatedNodes',
    twin: `wanted = 1; ${T} = wanted;`,
  },
  { code: 'BS3033', formula: `${T} = $PendingTasks;`, at: '$PendingTasks', twin: `${T} = $CurrentDedicatedNodes;` },
  {
    code: 'BS3033',
    formula: `${T} = max(1, $ActiveTasks);`,
    at: '$ActiveTasks',
    twin: `${T} = max(1, $TaskSlotsPerNode);`,
  },
  {
    code: 'BS3034',
    formula: `x = $CurrentDedicated; ${T} = $CurrentDedicated;`,
    at: '$CurrentDedicated',
    twin: `x = $CurrentDedicatedNodes; ${T} = x;`,
    fixed: `x = $CurrentDedicatedNodes; ${T} = $CurrentDedicatedNodes;`,
  },
  { code: 'BS3034', formula: 'x = $DiskBytes.Count();', at: '$DiskBytes', twin: 'x = $CPUPercent.Count();' },
  {
    code: 'BS3035',
    formula: `n = 1; ${T} = max(0, $PendingTasks.GetSample(n));`,
    at: '$PendingTasks.GetSample(n)',
    twin: `n = 2; ${T} = max(0, $PendingTasks.GetSample(n));`,
  },
  {
    code: 'BS3035',
    formula: `${T} = max(0, $PendingTasks.GetSample(1));`,
    at: '$PendingTasks.GetSample(1)',
    twin: `${TASKS} ${T} = $n;`,
  },
  {
    code: 'BS3036',
    formula: 'p = $ActiveTasks.GetSamplePercent(TimeInterval_Minute);',
    at: '$ActiveTasks.GetSamplePercent(TimeInterval_Minute)',
    twin: 'p = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 2);',
  },
  {
    code: 'BS3036',
    formula: 'w = 20 * TimeInterval_Second; p = $ActiveTasks.GetSamplePercent(w, w * 3);',
    at: '$ActiveTasks.GetSamplePercent(w, w * 3)',
    twin: 'w = 20 * TimeInterval_Second; p = $ActiveTasks.GetSamplePercent(w, w * 4);',
  },
  {
    code: 'BS3037',
    formula: `${T} = $PendingTasks.GetSamplePercent(${W}) < 0.7 ? 1 : 2;`,
    at: '0.7',
    twin: `${T} = $PendingTasks.GetSamplePercent(${W}) < 70 ? 1 : 2;`,
    fixed: `${T} = $PendingTasks.GetSamplePercent(${W}) < 70 ? 1 : 2;`,
  },
  {
    code: 'BS3037',
    formula: `${SHARE} ${T} = 0.07 <= $p ? 1 : 2;`,
    at: '0.07',
    twin: `${SHARE} ${T} = 0 < $p ? 1 : 2;`,
    fixed: `${SHARE} ${T} = 7 <= $p ? 1 : 2;`,
  },
  { code: 'BS3037', formula: `${SHARE} ${T} = $p >= 1 ? 1 : 2;`, at: '1', twin: `q = 1; ${T} = q >= 1 ? 1 : 2;` },
  {
    code: 'BS3037',
    formula: `${T} = avg($CPUPercent.GetSample(${W}, 0.5)) > 0.7 ? 9 : 1;`,
    at: '0.5',
    twin: `${T} = avg($CPUPercent.GetSample(${W}, 50)) > 0.7 ? 9 : 1;`,
    fixed: `${T} = avg($CPUPercent.GetSample(${W}, 50)) > 0.7 ? 9 : 1;`,
  },
  {
    code: 'BS3038',
    formula: `${T} = avg($PendingTasks.GetSample(${W}));`,
    at: `$PendingTasks.GetSample(${W})`,
    twin: `${T} = avg($PendingTasks.GetSample(${W}, 30));`,
  },
  {
    code: 'BS3038',
    formula: `${SHARE} v = $PendingTasks.GetSample(${W}); ${T} = $p < 70 ? 1 : avg(v);`,
    at: `$PendingTasks.GetSample(${W})`,
    twin: `${SHARE} ${T} = $p < 70 ? 1 : avg($PendingTasks.GetSample(${W}));`,
  },
  {
    code: 'BS3038',
    formula: `${SHARE} ${T} = $p > 0 + avg($PendingTasks.GetSample(${W})) ? 1 : 2;`,
    at: `$PendingTasks.GetSample(${W})`,
    twin: `${SHARE} ${T} = $p > 50 && avg($PendingTasks.GetSample(${W})) > 1 ? 1 : 2;`,
  },
  {
    code: 'BS3038',
    formula: `${SHARE} $p < 70 ? 0 : 1; ${T} = avg($PendingTasks.GetSample(${W}));`,
    at: `$PendingTasks.GetSample(${W})`,
    twin: `${SHARE} $p < 70 ? stop() : 1; ${T} = avg($PendingTasks.GetSample(${W}));`,
  },
  {
    code: 'BS3039',
    formula: `${TASKS} ${T} = ($n) / ($TaskSlotsPerNode);`,
    at: '($n) / ($TaskSlotsPerNode)',
    twin: `${TASKS} ${T} = ($n + $TaskSlotsPerNode - 1) / $TaskSlotsPerNode;`,
    fixed: `${TASKS} ${T} = ceil(($n) / ($TaskSlotsPerNode));`,
  },
  {
    code: 'BS3039',
    formula: `${TASKS} k = $n * 0.25; ${T} = min(10, k);`,
    at: '$n * 0.25',
    twin: `${TASKS} k = $n * 4; ${T} = min(10, k);`,
    fixed: `${TASKS} k = $n * 0.25; ${T} = ceil(min(10, k));`,
  },
  {
    code: 'BS3039',
    formula: `${TASKS} ${T} = $n > 0 ? $n / 4 : 0;`,
    at: '$n / 4',
    twin: `${TASKS} ${T} = $n > 0 ? $n / 4 + 0.9 : 0;`,
    fixed: `${TASKS} ${T} = ceil($n > 0 ? $n / 4 : 0);`,
  },
  {
    code: 'BS3039',
    formula: `${TASKS} ${T} = $n / 2;`,
    at: '$n / 2',
    twin: `${TASKS} ${T} = $n > 0 ? $n : max(0, $TargetDedicated / 2);`,
    fixed: `${TASKS} ${T} = ceil($n / 2);`,
  },
  {
    code: 'BS3040',
    formula: `${T} = 5; $TargetLowPriorityNodes = ${T} / 2;`,
    at: `${T} / 2`,
    twin: `total = 5; ${T} = 2; $TargetLowPriorityNodes = total - ${T};`,
  },
  {
    code: 'BS3040',
    formula: `${T} = 5; $TargetLowPriorityNodes = min(3, max(1, 0.5 * ${T}));`,
    at: `min(3, max(1, 0.5 * ${T}))`,
    twin: `${T} = 5; $TargetLowPriorityNodes = min(3, max(1, ${T}));`,
  },
  {
    code: 'BS3041',
    formula:
      'p = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 5, TimeInterval_Minute * 5 + TimeInterval_Second * 29);',
    at: '$ActiveTasks.GetSamplePercent(TimeInterval_Minute * 5, TimeInterval_Minute * 5 + TimeInterval_Second * 29)',
    twin: 'p = $ActiveTasks.GetSamplePercent(TimeInterval_Minute * 5, TimeInterval_Minute * 5 + TimeInterval_Second * 30);',
  },
  {
    code: 'BS3042',
    formula: `d = time().weekday; ${T} = d == 7 ? 0 : 5;`,
    at: '7',
    twin: `d = time().weekday; ${T} = d == 6 ? 0 : 5;`,
    fixed: `d = time().weekday; ${T} = d == 0 ? 0 : 5;`,
  },
  {
    code: 'BS3042',
    formula: `${T} = 6 <= (time() + TimeInterval_Hour).weekday ? 0 : 5;`,
    at: '6 <= (time() + TimeInterval_Hour).weekday',
    twin: `d = (time() + TimeInterval_Hour).weekday; ${T} = d >= 6 || d == 0 ? 0 : 5;`,
    fixed: `${T} = (6 <= (time() + TimeInterval_Hour).weekday || (time() + TimeInterval_Hour).weekday == 0) ? 0 : 5;`,
  },
  {
    code: 'BS3042',
    formula: `d = time().weekday; ${T} = d <= 5 ? 9 : 0;`,
    at: 'd <= 5',
    twin: `d = time().weekday; ${T} = d >= 1 && d <= 5 ? 9 : 0;`,
  },
  {
    code: 'BS3043',
    formula: `${T} = 1; // at least $TargetLowPriorityNodes = 2;`,
    at: '// at least $TargetLowPriorityNodes = 2;',
    twin: `${T} = 1; // at least\n$TargetLowPriorityNodes = 2;`,
  },
  { code: 'BS3043', formula: `${T} = 1 // one ; x = 2\n`, at: '// one ; x = 2', twin: `${T} = 1; // for ever` },
  {
    code: 'BS3044',
    formula: `${T} = 1; stop(); x = 2; y = 3;`,
    at: 'x = 2; y = 3',
    twin: `${T} = 1; x = 2; y = 3; stop();`,
  },
  {
    code: 'BS3044',
    formula: `${T} = 1 == 2 ? (3 + 4) : 5;`,
    at: '3 + 4',
    twin: `spread = 0; ${T} = spread ? (3 + 4) : 5;`,
  },
  {
    code: 'BS3045',
    formula: `${T} = 1; $TargetLowPriorityNodes = 2;`,
    at: '$TargetLowPriorityNodes',
    twin: `${T} = 1; $TargetLowPriorityNodes = 0;`,
    options: { poolKind: 'dedicated' },
  },
  {
    code: 'BS3045',
    formula: `${T} = 1;`,
    at: T,
    twin: `${T} = 1; $TargetLowPriority = 4;`,
    options: { poolKind: 'mixed' },
  },
  {
    code: 'BS3046',
    formula: `${TASKS} ${T} = $n;`,
    at: '$n',
    twin: `${TASKS} ${T} = ceil($n / 4);`,
    options: { taskSlotsPerNode: 4 },
  },
];

function found(formula: string, code: string, options: Partial<LintOptions> = {}) {
  return diagnoseFormula(formula, options).diagnostics.filter((diagnostic) => diagnostic.code === code);
}

describe.each(CASES)('$code in $formula', ({ code, formula, at, twin, fixed, options }) => {
  test('is a warning at its place, with a hint', () => {
    const [first, ...others] = found(formula, code, options);
    expect(others).toEqual([]);
    expect(first?.severity).toBe('warning');
    expect(first?.hint).toMatch(/\w/);
    expect(formula.slice(first?.place?.span.start, first?.place?.span.end)).toBe(at);
  });

  test('its twin has none', () => {
    expect(diagnoseFormula(twin, options).formula).not.toBeNull();
    expect(found(twin, code, options)).toEqual([]);
  });

  test('its fix mends it, and nothing is left to fix', () => {
    const fixes = found(formula, code, options).flatMap(({ fix }) => fix ?? []);
    if (fixed === undefined) expect(fixes).toEqual([]);
    else {
      const { text } = applyFixes(formula, fixes);
      expect(text).toBe(fixed);
      expect(found(text, code, options)).toEqual([]);
    }
  });
});

test('every lint has a case', () => {
  expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(LINTS.map(({ code }) => code).sort());
});

test('the documented formula for pending tasks has nothing questionable', () => {
  expect(diagnoseFormula(`${TASKS} ${T} = min(20, $n); $NodeDeallocationOption = taskcompletion;`).diagnostics).toEqual(
    [],
  );
});

test('what cannot be read keeps the lints of the rest, but not those of the whole', () => {
  const { formula, diagnostics } = diagnoseFormula(
    'x = $CurrentDedicated;\n$TargetDedicatedNodes = (1;\ny = $PendingTasks;',
  );
  expect(formula).toBeNull();
  expect(refusalOf(diagnostics)).toBe('AutoScalingFormulaSyntaxError');
  expect(diagnostics.map(({ code }) => code)).toEqual(['BS3034', 'BS3009', 'BS3033']);
});

test('a formula that is too long has one problem', () => {
  expect(diagnoseFormula(' '.repeat(8193)).diagnostics.map(({ code }) => code)).toEqual(['BS3001']);
});

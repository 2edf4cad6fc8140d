/** One run of a formula (formula 6): targets, option, results, errors, the trace. */
import { describe, expect, test } from 'vitest';
import {
  compileFormula,
  type Evaluation,
  evaluateFormula,
  evaluateText,
  type Formula,
  printExpression,
  valueText,
} from '../../src/autoscale/index.js';
import { inputsAt, samplesEvery30s } from './helpers/evaluate.js';

const TARGETS = '$TargetDedicatedNodes=3;$TargetLowPriorityNodes=1;$NodeDeallocationOption';
const pool = inputsAt({ targetDedicatedNodes: 3, targetLowPriorityNodes: 1 });

function messageOf(evaluation: Evaluation): string | null {
  return evaluation.ok ? null : (evaluation.error.values[0]?.value ?? null);
}

function compiled(text: string): Formula {
  const formula = compileFormula(text);
  if (!formula.ok) throw new Error('the test needs a formula that compiles');
  return formula.value;
}

describe('ASC-06 targets', () => {
  test.each([
    ['2.999', 2, '2.999'],
    ['-0.5', 0, '-0.5'],
    ['-7', 0, '-7'],
    ['0 * -1', 0, '0'],
    ['2147483647', 2_147_483_647, '2147483647'],
  ])('%s is applied as %i and shown as %s', (value, applied, shown) => {
    const evaluation = evaluateText(`$TargetDedicatedNodes = ${value};`, pool);
    expect(evaluation).toMatchObject({ ok: true, targetDedicatedNodes: applied, targetLowPriorityNodes: 1 });
    expect(evaluation.results).toContain(`$TargetDedicatedNodes=${shown};`);
  });

  test.each(['1 / 0', '-1 / 0', '0 / 0', '2147483648', '-1e300'])('%s is no number of nodes', (value) => {
    const evaluation = evaluateText(`x = 1;\n$TargetDedicatedNodes = ${value};`, pool);
    expect(messageOf(evaluation)).toMatch(
      /^Line 2, Col 25: \$TargetDedicatedNodes is \S+, which is no number of nodes$/,
    );
  });

  test('a value that is replaced in time does no harm', () => {
    expect(evaluateText('$TargetDedicated = 1 / 0; $TargetDedicatedNodes = 4;', pool)).toMatchObject({
      ok: true,
      targetDedicatedNodes: 4,
    });
  });

  test('read back, a target has its fraction, and before that the number of the pool', () => {
    const formula = 'a = $TargetDedicatedNodes; $TargetDedicatedNodes = 2.5; b = $TargetDedicatedNodes * 2;';
    expect(evaluateText(formula, pool).results).toContain(';a=3;b=5');
  });

  test('the long name wins, and each name reads what the other was given', () => {
    const long = '$TargetLowPriority = 8; $TargetLowPriorityNodes = 5; $TargetLowPriority = 9; a = $TargetLowPriority;';
    expect(evaluateText(long, pool)).toMatchObject({ targetLowPriorityNodes: 5 });
    expect(evaluateText(long, pool).results).toContain(';a=9');
    const short =
      '$TargetLowPriority = 8; a = $TargetLowPriorityNodes; $TargetDedicatedNodes = 2; b = $TargetDedicated;';
    expect(evaluateText(short, pool).results).toBe(
      '$TargetDedicatedNodes=2;$TargetLowPriorityNodes=8;$NodeDeallocationOption=requeue;a=8;b=2',
    );
  });

  test('the option is requeue unless it is assigned, whatever an earlier run assigned', () => {
    const formula = 'a = $NodeDeallocationOption; o = 1 ? taskcompletion : terminate; $NodeDeallocationOption = o;';
    for (let run = 0; run < 2; run++) {
      expect(evaluateText(formula, pool).results).toBe(`${TARGETS}=taskcompletion;a=requeue;o=taskcompletion`);
    }
  });
});

describe('ASC-05 results', () => {
  test('name values of every type, sorted by name, as written', () => {
    const samples = { $ActiveTasks: samplesEvery30s([1, 2.5]) };
    const formula = `b = 1e21; $z = "te;xt"; $a = $ActiveTasks.GetSample(2); B = time("2016-10-13T19:18:47.8059Z");
      c = -1 * TimeInterval_Hour; _d = requeue; b1 = 0.1 + 0.2; e = 1 / 3; f = 100;`;
    expect(evaluateText(formula, inputsAt({ samples })).results.split(';').slice(3).join(';')).toBe(
      '$a=[1,2.5];$z=te;xt;B=2016-10-13T19:18:47.805Z;_d=requeue;b=1e+21;b1=0.30000000000000004;' +
        'c=-01:00:00;e=0.3333333333333333;f=100',
    );
  });

  test('a failed run shows the pool as it is and drops what it had assigned', () => {
    const evaluation = evaluateText(
      '$TargetDedicatedNodes = 9; x = 1; $NodeDeallocationOption = terminate; y = z;',
      pool,
    );
    expect(evaluation).toMatchObject({ ok: false, results: `${TARGETS}=requeue` });
    expect([...evaluation.variables.keys()]).toEqual(['x']);
  });

  test('stop() ends a run well, also from within an expression, and what follows cannot fail', () => {
    const formula = '$TargetDedicatedNodes = 4; x = 1; y = x > 0 ? stop() : 1; z = nowhere;';
    const evaluation = evaluateText(formula, pool);
    expect(evaluation).toMatchObject({ ok: true, targetDedicatedNodes: 4 });
    expect([...evaluation.variables.keys()]).toEqual(['x']);
  });

  test('an empty formula changes nothing', () => {
    for (const text of ['', ' \n', ';;', '// nothing']) {
      expect(evaluateText(text, pool).results).toBe(`${TARGETS}=requeue`);
    }
  });
});

describe('ASC-05 errors', () => {
  test.each([
    ['a = 1;\n  b = nowhere;', 'Line 2, Col 7: there is no variable nowhere'],
    ['a = 1 + "x";', 'Line 1, Col 7: + does not combine double with string'],
    ['a = 2 * -"x";', 'Line 1, Col 9: - does not take string'],
    ['a = max(1, "x");', 'Line 1, Col 5: max cannot be called with (double, string)'],
    ['a = sin(1);', 'Line 1, Col 5: there is no function sin'],
    ['a = time().years;', 'Line 1, Col 12: a timestamp has no years'],
    ['a = requeue ? 1 : 2;', 'Line 1, Col 5: a condition is a double'],
    ['$ActiveTasks = 1;', 'Line 1, Col 1: $ActiveTasks is a metric of the service'],
    ['$TargetDedicatedNodes = requeue;', 'Line 1, Col 25: $TargetDedicatedNodes takes a double, not an option'],
    ['a = $PendingTasks + 1;', 'Line 1, Col 5: Insufficient data from data set: $PendingTasks'],
  ])('%j says where and what', (formula, message) => {
    const evaluation = evaluateText(formula, pool);
    expect(messageOf(evaluation)?.startsWith(message), messageOf(evaluation) ?? '').toBe(true);
  });

  test('lines are those of the formula, also where it stands in a file', () => {
    const source = { name: 'pool.yaml', text: '\na = nowhere;', firstLine: 40, firstColumn: 9 };
    expect(messageOf(evaluateText(source, pool))).toMatch(/^Line 2, Col 5: /);
  });

  test('a text that does not compile is a failed evaluation', () => {
    const evaluation = evaluateText('a = nowhere;\nb = (1;', pool);
    expect(evaluation).toMatchObject({
      ok: false,
      error: { kind: 'syntax', code: 'AutoScalingFormulaEvaluationError' },
      results: `${TARGETS}=requeue`,
    });
    expect(messageOf(evaluation)).toMatch(/^Line 2, Col 5: this parenthesis is never closed/);
  });
});

test('a bare metric is the number of the pool, its newest sample or a constant, in this order', () => {
  const inputs = inputsAt({
    currentDedicatedNodes: 4,
    currentLowPriorityNodes: 5,
    taskSlotsPerNode: 6,
    samples: { $CurrentDedicatedNodes: samplesEvery30s([99]), $ActiveTasks: samplesEvery30s([1, 7]) },
    constants: { $ActiveTasks: 98, $UsableNodeCount: 8, $TaskSlotsPerNode: 97 },
  });
  const formula =
    'a = $CurrentDedicatedNodes + $CurrentLowPriorityNodes + $TaskSlotsPerNode; b = $ActiveTasks; c = $UsableNodeCount;';
  expect(evaluateText(formula, inputs).results).toContain(';a=15;b=7;c=8');
});

describe('the trace', () => {
  test('tells every value as it arises, the branches taken and the samples seen', () => {
    const formula = compiled(
      'p = $ActiveTasks.GetSample(TimeInterval_Minute); x = len(p) > 1 ? 2 + 3 * 4 - 1 : nowhere;',
    );
    const inputs = inputsAt({ samples: { $ActiveTasks: samplesEvery30s([5, 6, 7]) } });
    const trace: string[] = [];
    evaluateFormula(formula, inputs, {
      value: (expression, value) => trace.push(`${printExpression(expression)} = ${valueText(value)}`),
      samples: (call, use) =>
        trace.push(`${call.method}: ${use.to - use.from} of ${use.expected} from row ${use.from}, ${use.percent}%`),
    });
    expect(trace).toEqual([
      'TimeInterval_Minute = 00:01:00',
      'GetSample: 2 of 2 from row 1, 100%',
      '$ActiveTasks.GetSample(TimeInterval_Minute) = [6,7]',
      'p = [6,7]',
      'len(p) = 2',
      '1 = 1',
      'len(p) > 1 = 1',
      '2 = 2',
      '3 = 3',
      '4 = 4',
      '3 * 4 = 12',
      '2 + 3 * 4 = 14',
      '1 = 1',
      '2 + 3 * 4 - 1 = 13',
      'len(p) > 1 ? 2 + 3 * 4 - 1 : nowhere = 13',
    ]);
  });

  test('does not change the outcome', () => {
    const formula = compiled('$TargetDedicatedNodes = min(4, 2 + 3) / 3;');
    const silent = { value: () => undefined, samples: () => undefined };
    expect(evaluateFormula(formula, pool, silent)).toEqual(evaluateFormula(formula, pool));
  });
});

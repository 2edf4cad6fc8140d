/** What the checker knows: the types of variables from statement to statement, and of expressions with several. */
import { describe, expect, test } from 'vitest';
import { compileFormula, typeSetText } from '../../src/autoscale/index.js';
import { checkedCode } from './helpers/evaluate.js';

/** The types of the last statement's value, `nothing` where none arrives. */
function typesOf(formula: string): string {
  const compiled = compileFormula(formula);
  const last = compiled.ok ? compiled.value.program.statements.at(-1) : undefined;
  if (!compiled.ok || last?.kind !== 'assign') throw new Error('the test needs a formula that ends in an assignment');
  return typeSetText(compiled.value.types.get(last.value) ?? 0);
}

describe('types of expressions', () => {
  test.each([
    ['x = 1;', 'double'],
    ['x = "a";', 'string'],
    ['x = requeue;', 'option'],
    ['x = $NodeDeallocationOption;', 'option'],
    ['x = TimeInterval_Week;', 'timeinterval'],
    ['x = $PendingTasks;', 'double'],
    ['x = $TargetDedicated;', 'double'],
    ['x = $PendingTasks.GetSample(1);', 'doubleVec'],
    ['x = $PendingTasks.GetSamplePercent(TimeInterval_Day);', 'double'],
    ['x = $PendingTasks.GetSamplePeriod();', 'timeinterval'],
    ['x = $PendingTasks.HistoryBeginTime();', 'timestamp'],
    ['x = time().hour;', 'double'],
    ['x = lg(8);', 'double'],
    ['x = lg(8, 9);', 'doubleVec'],
    ['x = lg($PendingTasks.GetSample(1));', 'doubleVec'],
    ['x = stop();', 'nothing'],
  ])('%s', (formula, types) => {
    expect(typesOf(formula)).toBe(types);
  });
});

describe('a conditional has the types of both branches', () => {
  test.each([
    ['x = 1 ? 2 : "a";', 'double or string'],
    ['x = 1 ? stop() : 2;', 'double'],
    ['v = 1 ? 2 : $PendingTasks.GetSample(1); x = v * 2;', 'double or doubleVec'],
    ['v = 1 ? $PendingTasks.GetSample(1) : 2; x = ceil(v);', 'double or doubleVec'],
    ['v = 1 ? $PendingTasks.GetSample(1) : 2; x = max(v, 3);', 'double'],
    ['v = 1 ? time() : TimeInterval_Hour; x = v + TimeInterval_Hour;', 'timestamp or timeinterval'],
    ['b = 1 ? 2 : TimeInterval_Hour; x = $PendingTasks.GetSample(b);', 'doubleVec'],
  ])('%s', (formula, types) => {
    expect(typesOf(formula)).toBe(types);
    expect(checkedCode(formula)).toBe(null);
  });

  test('what fails by the branch taken is a warning, what fails in any case an error', () => {
    const severities = (formula: string) => {
      const compiled = compileFormula(formula);
      return compiled.ok ? compiled.value.problems.map(({ code, severity }) => `${code} ${severity}`) : [];
    };
    expect(severities('x = (1 ? 2 : "a") * 2;')).toEqual(['BS3014 warning']);
    expect(severities('x = (1 ? "b" : "a") * 2;')).toEqual(['BS3014 error']);
    expect(severities('x = avg(1 ? 2 : "a");')).toEqual(['BS3015 warning']);
    expect(severities('x = max(1, 2, 3, 1 ? 2 : "a");')).toEqual(['BS3015 warning']);
    expect(severities('x = max(1, 2, 3, "a");')).toEqual(['BS3015 error']);
    expect(severities('x = (1 ? time() : "a").hour;')).toEqual(['BS3012 warning']);
    expect(severities('x = (1 ? 2 : "a") ? 3 : 4;')).toEqual(['BS3016 warning']);
    expect(severities('$TargetDedicatedNodes = 1 ? 2 : "a";')).toEqual(['BS3017 warning']);
  });
});

describe('variables', () => {
  test('take another type with another value', () => {
    expect(typesOf('x = 1; x = time(); y = x.hour;')).toBe('double');
    expect(checkedCode('x = time(); x = 1; y = x.hour;')).toBe('BS3012');
  });

  test('with and without $ are two, and so are those in capitals', () => {
    expect(checkedCode('x = 1; y = $x;')).toBe('BS3010');
    expect(checkedCode('x = 1; y = X;')).toBe('BS3010');
    expect(checkedCode('$pendingTasks = 1; $requeue = 2; y = $pendingTasks + $requeue;')).toBe(null);
  });

  test('have no value before their statement', () => {
    expect(checkedCode('y = x; x = 1;')).toBe('BS3010');
    expect(checkedCode('x = x;')).toBe('BS3010');
  });

  test('without a value are told once', () => {
    const compiled = compileFormula('a = x; b = x + x; c = max(x, y);');
    expect(compiled.ok && compiled.value.problems.map(({ message }) => message.split(',')[0])).toEqual([
      'there is no variable x',
      'there is no variable y',
    ]);
  });
});

test('a long call is told by the types that occur, not one by one', () => {
  const compiled = compileFormula(`x = max(${'1, '.repeat(1000)}"a");`);
  expect(compiled.ok && compiled.value.problems[0]?.message).toBe(
    'max cannot be called with 1001 arguments of double or string',
  );
});

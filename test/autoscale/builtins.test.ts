/** The functions (formula 3): what each gives, at its edges, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { BUILTINS, signatureText } from '../../src/autoscale/index.js';
import { checkedCode, inputsAt, resultOf, samplesEvery30s } from './helpers/evaluate.js';

const inputs = inputsAt({ samples: { $ActiveTasks: samplesEvery30s([15, 20, 35, 40, 50]) } });
const V = '$ActiveTasks.GetSample(5)';
const EMPTY = '$FailedTasks.GetSample(5)';

describe('values', () => {
  test.each([
    ['avg(1, 2, 6)', '3'],
    [`avg(${V}, 20)`, '30'],
    ['len(1, 2, 3)', '3'],
    [`len(${EMPTY})`, '0'],
    ['lg(8)', '3'],
    ['lg(0.25)', '-2'],
    ['lg(8, 16)', '[3,4]'],
    ['log(1000)', '3'],
    ['log(0.001)', '-3'],
    ['log(1e22)', '22'],
    ['ln(1)', '0'],
    ['ln(0)', '-Infinity'],
    ['ln(-1)', 'NaN'],
    ['lg(0)', '-Infinity'],
    ['log(-5)', 'NaN'],
    [`max(${V})`, '50'],
    [`max(0, ${EMPTY})`, '0'],
    ['min(4, -2.5, 3)', '-2.5'],
    ['norm(3, 4)', '5'],
    [`norm(${EMPTY})`, '0'],
    [`percentile(${V}, 30)`, '20'],
    [`percentile(${V}, 40)`, '20'],
    [`percentile(${V}, 50)`, '35'],
    [`percentile(${V}, 100)`, '50'],
    [`percentile(${V}, 0)`, '15'],
    [`range(${V})`, '35'],
    ['range(7)', '0'],
    ['std(2, 4, 4, 4, 5, 5, 7, 9) > 2.138 && std(2, 4, 4, 4, 5, 5, 7, 9) < 2.139', '1'],
    ['std(7)', '0'],
    [`std(${EMPTY})`, '0'],
    [`sum(${V}, 1)`, '161'],
    [`sum(${EMPTY})`, '0'],
    [`val(${V}, 0)`, '15'],
    [`val(${V}, 4.9)`, '50'],
    ['ceil(2.1)', '3'],
    ['ceil(-2.1)', '-2'],
    ['floor(-2.1)', '-3'],
    [`floor(${V} / 10)`, '[1,2,3,4,5]'],
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['round(0.49999999999999994)', '0'],
    ['round(-1.4)', '-1'],
    [`round(${V} / 10)`, '[2,2,4,4,5]'],
    ['time()', '2026-03-04T12:00:00.000Z'],
    ['time("")', '2026-03-04T12:00:00.000Z'],
  ])('%s is %s', (expression, value) => {
    expect(resultOf(expression, inputs)).toBe(value);
  });
});

describe('what cannot be known before it runs', () => {
  test.each([
    [`avg(${EMPTY})`, 'BS3022'],
    [`max(${EMPTY})`, 'BS3022'],
    [`min(${EMPTY})`, 'BS3022'],
    [`range(${EMPTY})`, 'BS3022'],
    [`percentile(${EMPTY}, 50)`, 'BS3022'],
    [`percentile(${V}, 100.1)`, 'BS3023'],
    [`percentile(${V}, -1)`, 'BS3023'],
    [`percentile(${V}, 0 / 0)`, 'BS3023'],
    [`val(${V}, 5)`, 'BS3023'],
    [`val(${V}, -1)`, 'BS3023'],
    [`val(${EMPTY}, 0)`, 'BS3023'],
    [`val(${V}, 0 / 0)`, 'BS3023'],
  ])('%s fails with %s, and the checker accepts it', (expression, code) => {
    expect(checkedCode(`x = ${expression};`)).toBe(null);
    expect(resultOf(expression, inputs)).toBe(code);
  });
});

describe('calls that no signature takes', () => {
  test.each([
    'avg()',
    'avg("x")',
    'max(1, time())',
    'max(1, 2, 3, 4, requeue)',
    'lg()',
    'ceil(TimeInterval_Hour)',
    'val(1, 0)',
    `val(${V})`,
    `percentile(${V}, ${V})`,
    'rand(1)',
    'time(2026)',
    'time("2026", "2027")',
    'stop(1)',
  ])('%s', (expression) => {
    expect(checkedCode(`x = ${expression};`)).toBe('BS3015');
    expect(resultOf(expression, inputs)).toBe('BS3015');
  });
});

test('functions are known by their exact names, and only before a parenthesis', () => {
  expect(resultOf('Avg(1)')).toBe('BS3011');
  expect(resultOf('abs(1)')).toBe('BS3011');
  expect(checkedCode('max = 3; $round = max + 1; x = max($round, max);')).toBe(null);
});

test('rand() draws from what it is given, once for each call', () => {
  const drawn = [0.25, 0.5, 0.125];
  const random = { next: () => drawn.shift() as number };
  expect(resultOf('rand() + rand() * 10', { ...inputsAt(), random })).toBe('5.25');
  expect(drawn).toEqual([0.125]);
});

test('every function has a line of help and shows how it is called', () => {
  const help = [...BUILTINS.values()].map(({ name, overloads }) => overloads.map((one) => signatureText(name, one)));
  expect(help.flat()).toContain('percentile(doubleVec v, double p) → double');
  expect(help.flat()).toContain('lg(doubleVecList values) → doubleVec');
  expect(help.flat()).toContain('stop()');
  for (const { doc } of BUILTINS.values()) expect(doc).toMatch(/^[a-z].*[^.]$/);
  expect([...BUILTINS.keys()].join(' ')).toBe(
    'avg ceil floor len lg ln log max min norm percentile rand range round std stop sum time val',
  );
});

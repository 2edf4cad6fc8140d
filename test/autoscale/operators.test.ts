/** The table of operators (formula 2.3): every operator with every pair of types, and what they compute. */
import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../src/autoscale/index.js';
import { checkedCode, inputsAt, resultOf, samplesEvery30s } from './helpers/evaluate.js';

/** An expression of each type. */
const OF_TYPE = {
  double: '6',
  doubleVec: '$ActiveTasks.GetSample(2)',
  string: '"b"',
  timestamp: 'time("2026-03-04T11:00Z")',
  timeinterval: 'TimeInterval_Minute',
  option: 'requeue',
};

/** What the specification allows, written down apart from the code; everything else is an error. */
const ALLOWED = `
  double        + - * /            double
  double        *                  timeinterval
  doubleVec     + - * /            double
  doubleVec     + - * /            doubleVec
  timeinterval  * /                double
  timeinterval  + -                timeinterval
  timeinterval  +                  timestamp
  timestamp     +                  timeinterval
  timestamp     -                  timestamp
  double        < <= == >= > !=    double
  string        < <= == >= > !=    string
  timestamp     < <= == >= > !=    timestamp
  timeinterval  < <= == >= > !=    timeinterval
  double        && ||              double`;

const allowed = new Set(
  ALLOWED.trim()
    .split('\n')
    .flatMap((line) => {
      const [left, ...rest] = line.trim().split(/\s+/);
      return rest.slice(0, -1).map((operator) => `${left} ${operator} ${rest.at(-1)}`);
    }),
);

const pairs = Object.keys(OF_TYPE).flatMap((left) =>
  ['+', '-', '*', '/', '<', '<=', '==', '>=', '>', '!=', '&&', '||'].flatMap((operator) =>
    Object.keys(OF_TYPE).map(
      (right) => [left, operator, right] as [keyof typeof OF_TYPE, string, keyof typeof OF_TYPE],
    ),
  ),
);

const inputs = inputsAt({ samples: { $ActiveTasks: samplesEvery30s([1, 2]) } });

test('checker and evaluator accept the pairs of the specification and refuse all others', () => {
  expect(pairs.length).toBe(432);
  for (const [left, operator, right] of pairs) {
    const expression = `${OF_TYPE[left]} ${operator} ${OF_TYPE[right]}`;
    const isAllowed = allowed.has(`${left} ${operator} ${right}`);
    expect(checkedCode(`x = ${expression};`), expression).toBe(isAllowed ? null : 'BS3014');
    // What the left side decides alone never looks at its right side.
    if (left === 'double' && operator === '||') continue;
    expect(resultOf(expression, inputs) === 'BS3014', expression).toBe(!isAllowed);
  }
});

test('the table that help shows has the rows of the specification', () => {
  const rows = OPERATORS.flatMap(({ left, operators, right }) => operators.map((op) => `${left} ${op} ${right}`));
  expect(new Set(rows)).toEqual(allowed);
});

describe('unary operators take doubles, and - intervals too', () => {
  test.each(Object.entries(OF_TYPE))('%s', (type, expression) => {
    expect(checkedCode(`x = -${expression};`)).toBe(['double', 'timeinterval'].includes(type) ? null : 'BS3014');
    expect(checkedCode(`x = !${expression};`)).toBe(type === 'double' ? null : 'BS3014');
    expect(resultOf(`-${expression}`, inputs) === 'BS3014').toBe(!['double', 'timeinterval'].includes(type));
    expect(resultOf(`!${expression}`, inputs) === 'BS3014').toBe(type !== 'double');
  });
});

test.each([
  ['7 / 2', '3.5'],
  ['-7 / 0', '-Infinity'],
  ['0 / 0', 'NaN'],
  ['2 - 3 - 4', '-5'],
  ['--3', '3'],
  ['!0.5', '0'],
  ['!!-3', '1'],
  ['-2 * 3', '-6'],
  ['1 < 2 < 3', '1'],
  ['3 > 2 == 1', '1'],
  ['1 || 0 && 0', '1'],
  ['5 && -0.1', '1'],
  ['0 || 0', '0'],
  ['1 ? 0 ? 1 : 2 : 3', '2'],
  ['0 ? 1 : 0 ? 2 : 3', '3'],
  ['"a" < "b"', '1'],
  ['"a" == "A"', '0'],
  ['0.1 + 0.2', '0.30000000000000004'],
  ['.5 + 1e3 + 2.5E-1', '1000.75'],
  ['TimeInterval_Hour * 1.5', '01:30:00'],
  ['0.5 * TimeInterval_100ns', '00:00:00.0000001'],
  ['TimeInterval_Day / 7', '03:25:42.8571429'],
  ['TimeInterval_Year - 400 * TimeInterval_Day', '-35.00:00:00'],
  ['TimeInterval_Minute + time()', '2026-03-04T12:01:00.000Z'],
  ['time() - time("2026-03-04T11:59:59.9999999Z")', '00:00:00.0000001'],
  ['time() > time("2026-03-04")', '1'],
  ['TimeInterval_Hour == 60 * TimeInterval_Minute', '1'],
])('%s is %s', (expression, value) => {
  expect(resultOf(expression)).toBe(value);
});

test('vectors are combined with each element, or element by element', () => {
  const samples = { $ActiveTasks: samplesEvery30s([1, 2, 4]), $RunningTasks: samplesEvery30s([10, 20, 40]) };
  const inputs = inputsAt({ samples });
  expect(resultOf('$ActiveTasks.GetSample(3) / 2', inputs)).toBe('[0.5,1,2]');
  expect(resultOf('$RunningTasks.GetSample(3) - $ActiveTasks.GetSample(3)', inputs)).toBe('[9,18,36]');
  expect(resultOf('$RunningTasks.GetSample(3) - $ActiveTasks.GetSample(2)', inputs)).toBe('BS3024');
});

test('an operand that is not needed is not evaluated, and so cannot fail', () => {
  const missing = '$ActiveTasks.GetSample(TimeInterval_Hour)';
  expect(resultOf(`0 && max(${missing})`)).toBe('0');
  expect(resultOf(`1 || max(${missing})`)).toBe('1');
  expect(resultOf(`1 ? 5 : max(${missing})`)).toBe('5');
  expect(resultOf(`1 && max(${missing})`)).toBe('BS3021');
});

test.each([
  '1e300 * TimeInterval_Year',
  'TimeInterval_Year / 0',
  '(0 / 0) * TimeInterval_Day',
  'time() + 9000 * TimeInterval_Year',
])('%s is a time out of range', (expression) => {
  expect(resultOf(expression)).toBe('BS3026');
});

/** The smallest words of base: assertions, results and suggestions. */
import { describe, expect, test } from 'vitest';
import { AssertionError, assert, codesOf, err, nearest, ok, type Result, unreachable } from '../../src/base/index.js';

describe('assert', () => {
  test('throws an error of its own kind, so that it is never taken for a problem of the input', () => {
    expect(() => assert(1 > 2, 'one is more than two')).toThrow(AssertionError);
    expect(() => assert(1 > 2, 'one is more than two')).toThrow('one is more than two');
    expect(() => assert(true, 'never')).not.toThrow();
  });

  test('unreachable names the value that was not handled', () => {
    expect(() => unreachable('leavingpool' as never)).toThrow('unreachable: "leavingpool"');
  });
});

test('codes number names by their places in the list, and no other name has one', () => {
  const codes = codesOf(['creating', 'idle', '0']);
  expect([codes.creating, codes.idle, codes['0']]).toEqual([0, 1, 2]);
  expect(Object.keys(codes)).toHaveLength(3);
});

test('a result is told apart by ok alone', () => {
  const half = (n: number): Result<number, string> => (n % 2 === 0 ? ok(n / 2) : err(`${n} is odd`));
  expect(half(4)).toEqual({ ok: true, value: 2 });
  expect(half(5)).toEqual({ ok: false, error: '5 is odd' });
});

describe('nearest', () => {
  const KNOWN = ['targetDedicatedNodes', 'targetLowPriorityNodes', 'taskSlotsPerNode', 'vmSize', 'id'];

  test.each([
    ['targetDedicatdNodes', 'targetDedicatedNodes'],
    ['TARGETDEDICATEDNODES', 'targetDedicatedNodes'],
    ['taskSlotPerNode', 'taskSlotsPerNode'],
    ['vmsize', 'vmSize'],
    ['vmSise', 'vmSize'],
    ['ids', 'id'],
  ])('%s was meant to be %s', (word, meant) => {
    expect(nearest(word, KNOWN)).toBe(meant);
  });

  test.each(['resizeTimeout', 'x', 'priority', '', 'v'.repeat(300)])('%s is near to none', (word) => {
    expect(nearest(word, KNOWN)).toBe(null);
  });

  test('nothing is near where nothing is known', () => {
    expect(nearest('vmSize', [])).toBe(null);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IndexSet } from '../../../src/sim/engine/index-set.js';

function agree(set: IndexSet, model: ReadonlySet<number>, from: number): void {
  const sorted = [...model].sort((a, b) => a - b);
  expect(set.size).toBe(model.size);
  expect(set.first()).toBe(sorted[0] ?? -1);
  expect(set.next(from)).toBe(sorted.find((index) => index >= from) ?? -1);
  expect(set.has(from)).toBe(model.has(from));
}

describe.each([60, 1_100, 33_000, 70_000])('members below %i', (most) => {
  test('it agrees with a plain set after every change, and next with a search from any place', () => {
    const step = fc.record({ index: fc.nat(most), add: fc.boolean(), from: fc.nat(most + 50) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const set = new IndexSet();
        const model = new Set<number>();
        for (const { index, add, from } of steps) {
          if (add) set.add(index);
          else set.remove(index);
          if (add) model.add(index);
          else model.delete(index);
          agree(set, model, from);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

test.each([[[0, 31, 32, 1023, 1024, 2047, 2048]], [[31]], [[1023, 40_000]], [[32_767, 32_768, 65_535, 65_536]]])(
  'next from every place around %j',
  (members) => {
    const set = new IndexSet();
    for (const member of members) set.add(member);
    const last = members[members.length - 1] as number;
    for (let from = 0; from <= last + 70; from++) {
      const expected = members.find((member) => member >= from) ?? -1;
      if (set.next(from) !== expected) expect({ from, next: set.next(from) }).toEqual({ from, next: expected });
    }
    expect(set.next(last)).toBe(last);
    expect(set.next(last + 1)).toBe(-1);
  },
);

test('emptied from below, the least member is always the next', () => {
  const set = new IndexSet();
  for (let i = 0; i < 5000; i += 3) set.add(i);
  for (let i = 0; i < 5000; i += 3) {
    if (set.first() !== i) expect(set.first()).toBe(i);
    set.remove(i);
  }
  expect([set.size, set.first()]).toEqual([0, -1]);
});

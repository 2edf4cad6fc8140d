import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReadyLane } from '../../../src/sim/engine/ready-lane.js';

const ROWS = 40;
const keys = fc.array(fc.nat(5), { minLength: ROWS, maxLength: ROWS });
const steps = fc.array(fc.record({ row: fc.nat(ROWS - 1), does: fc.constantFrom('push', 'shift', 'remove') }), {
  maxLength: 200,
});

describe('SCH-04 rows by (key, row)', () => {
  test('SCH-04, SCH-12 it agrees with a sorted list, whatever comes late or is taken out of the middle', () => {
    fc.assert(
      fc.property(keys, steps, (given, moves) => {
        const key = Float64Array.from(given);
        const lane = new ReadyLane(key);
        let model: number[] = [];
        for (const { row, does } of moves) {
          if (does === 'push' && !model.includes(row)) {
            lane.push(row);
            model.push(row);
            model.sort((a, b) => (key[a] as number) - (key[b] as number) || a - b);
          } else if (does === 'shift' && model.length > 0) {
            expect(lane.shift()).toBe(model.shift());
          } else if (does === 'remove') {
            expect(lane.remove(row)).toBe(model.includes(row));
            model = model.filter((other) => other !== row);
          }
          expect([lane.size, lane.first()]).toEqual([model.length, model[0] ?? -1]);
          expect(lane.rows()).toEqual(model);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('SCH-04 the ring grows and wraps: 1,000 rows through a lane of never more than 70', () => {
    const lane = new ReadyLane(new Float64Array(1000));
    const seen: number[] = [];
    for (let row = 0; row < 1000; row++) {
      lane.push(row);
      if (lane.size === 70) for (let i = 0; i < 33; i++) seen.push(lane.shift());
    }
    while (lane.size > 0) seen.push(lane.shift());
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, row) => row));
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, eventCode, kindOfCode, ROW_BITS, rowOfCode } from '../../../src/sim/engine/event-queue.js';

/** null takes the next event away; a pair schedules one. Few values, so that ties are common. */
const steps = fc.array(
  fc.oneof({ arbitrary: fc.constant(null), weight: 2 }, { arbitrary: fc.tuple(fc.nat(6), fc.nat(9)), weight: 3 }),
  { maxLength: 400 },
);

test('SIM-02, SIM-04 events come by (time, code), however pushes and pops alternate', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const queue = new EventQueue();
      const model: [number, number][] = [];
      for (const step of given) {
        if (step !== null) {
          queue.push(step[0], step[1]);
          model.push(step);
          model.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        } else if (model.length > 0) {
          queue.pop();
          model.shift();
        }
        expect(queue.size).toBe(model.length);
        expect(queue.nextAt).toBe(model[0]?.[0] ?? Number.POSITIVE_INFINITY);
        if (model.length > 0) expect(queue.nextCode).toBe(model[0]?.[1]);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('SIM-02 the queue grows: 5,000 events in any order come out sorted', () => {
  const queue = new EventQueue();
  for (let i = 0; i < 5000; i++) queue.push((i * 7919) % 1009, i);
  const seen: [number, number][] = [];
  while (queue.size > 0) {
    seen.push([queue.nextAt, queue.nextCode]);
    queue.pop();
  }
  expect(seen).toEqual([...seen].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  expect(new Set(seen.map(([, code]) => code)).size).toBe(5000);
});

test('SIM-04 kind and row come back from a code, and an earlier kind sorts first whatever the row', () => {
  const lastRow = 2 ** ROW_BITS - 1;
  expect([kindOfCode(eventCode(31, lastRow)), rowOfCode(eventCode(31, lastRow))]).toEqual([31, lastRow]);
  expect(eventCode(3, lastRow)).toBeLessThan(eventCode(4, 0));
});

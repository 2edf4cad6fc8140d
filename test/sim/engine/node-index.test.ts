import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodeIndex } from '../../../src/sim/engine/node-index.js';

const NODES = 7;
/** The kind of a node never changes: the last two are preemptible. */
const kindOf = (ordinal: number) => (ordinal >= NODES - 2 ? 1 : 0);

/** SCH-08 word by word: free slots by node, 0 for one that takes none. */
function expected(free: readonly number[], slots: number, packed: boolean): number {
  const candidates = free.map((_, ordinal) => ordinal).filter((ordinal) => (free[ordinal] as number) >= slots);
  candidates.sort((a, b) => {
    const byRoom = (free[a] as number) - (free[b] as number);
    return (packed ? byRoom : -byRoom) || kindOf(a) - kindOf(b) || a - b;
  });
  return candidates[0] ?? -1;
}

test.each([
  [1, false],
  [1, true],
  [4, false],
  [4, true],
])(
  'SCH-07, SCH-08, SCH-09 with %i slots a node, packed %s, it chooses as a search of all nodes would',
  (most, packed) => {
    const step = fc.record({ ordinal: fc.nat(NODES - 1), to: fc.nat(most) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const index = new NodeIndex(most, packed);
        const free = Array.from({ length: NODES }, () => 0);
        for (const { ordinal, to } of steps) {
          const from = free[ordinal] as number;
          if (from === to) continue;
          index.update(ordinal * 2 + kindOf(ordinal), from, to);
          free[ordinal] = to;
          expect(index.mostFree).toBe(Math.max(...free));
          for (let slots = 1; slots <= most + 1; slots++) {
            expect(index.choose(slots)).toBe(expected(free, slots, packed));
            expect(index.has(ordinal, slots)).toBe(to >= slots);
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  },
);

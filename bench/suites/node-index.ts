/** Finding a node with room and giving slots back, in a pool that is nearly full. */
import { namedStream } from '../../src/base/index.js';
import { NodeIndex } from '../../src/sim/engine/node-index.js';
import { type BenchCase, digestOf } from '../case.js';

const NODES = 1_000;
const SLOTS_PER_NODE = 8;
/** Tasks that run at a time, of 1 to 4 slots each: about nine tenths of all slots. */
const RUNNING = 2_900;

function placement(fill: 'pack' | 'spread'): BenchCase {
  return {
    name: `node-index/${fill}`,
    unit: 'placements',
    small: 5_000,
    full: 500_000,
    prepare(size) {
      const random = namedStream(1, fill);
      const wanted = Uint8Array.from({ length: 4096 }, () => 1 + Math.floor(random.next() * 4));
      const nodeOf = new Int32Array(RUNNING);
      const slotsOf = new Uint8Array(RUNNING);
      const placed = new Int32Array(size);
      return {
        run() {
          const index = new NodeIndex(SLOTS_PER_NODE, fill === 'pack');
          const free = new Uint8Array(NODES).fill(SLOTS_PER_NODE);
          nodeOf.fill(-1);
          for (let node = 0; node < NODES; node++) index.update(node * 2 + (node & 1), 0, SLOTS_PER_NODE);
          const give = (node: number, slots: number): void => {
            const before = free[node] as number;
            free[node] = before - slots;
            index.update(node * 2 + (node & 1), before, before - slots);
          };
          for (let i = 0; i < size; i++) {
            const at = i % RUNNING;
            const old = nodeOf[at] as number;
            if (old !== -1) give(old, -(slotsOf[at] as number));
            const slots = wanted[i & 4095] as number;
            const node = index.choose(slots);
            if (node !== -1) give(node, slots);
            nodeOf[at] = node;
            slotsOf[at] = slots;
            placed[i] = node;
          }
        },
        digest: () => digestOf((digest) => digest.addColumn(placed, size)),
      };
    },
  };
}

/** Both ways of filling a pool. */
export const NODE_INDEX_CASES: readonly BenchCase[] = [placement('spread'), placement('pack')];

/** The lanes in which tasks wait to be placed: in order of arrival, and with tasks that come back late (retries). */
import { namedStream } from '../../src/base/index.js';
import { ReadyLane } from '../../src/sim/engine/ready-lane.js';
import { type BenchCase, digestOf } from '../case.js';

/** As many wait at any time as a busy pool keeps waiting. */
const WAITING = 1_000;

function throughput(name: string, lateShare: number): BenchCase {
  return {
    name: `ready-queue/${name}`,
    unit: 'tasks',
    small: 3_000,
    full: 500_000,
    prepare(size) {
      const random = namedStream(1, name);
      const isLate = Uint8Array.from({ length: size }, () => (random.next() < lateShare ? 1 : 0));
      const key = new Float64Array(size);
      const order = new Int32Array(size);
      return {
        run() {
          for (let row = 0; row < size; row++) key[row] = isLate[row] === 1 ? row / 2 : row;
          const lane = new ReadyLane(key);
          let taken = 0;
          for (let row = 0; row < size; row++) {
            lane.push(row);
            if (lane.size > WAITING) order[taken++] = lane.shift();
          }
          while (lane.size > 0) order[taken++] = lane.shift();
        },
        digest: () => digestOf((digest) => digest.addColumn(order, size)),
      };
    },
  };
}

/** All in order, and one in twenty late. */
export const READY_QUEUE_CASES: readonly BenchCase[] = [throughput('in order', 0), throughput('5 % late', 0.05)];

/** The event queue under the hold model: take the next event, schedule one later, with so many always pending. */
import { namedStream } from '../../src/base/index.js';
import { EventQueue, eventCode, rowOfCode } from '../../src/sim/engine/event-queue.js';
import { type BenchCase, digestOf } from '../case.js';

/** Holds for each pending event; enough to turn the whole queue over. */
const HOLDS_PER_PENDING = 4;
const KINDS = 5;

function hold(pending: number, full: number): BenchCase {
  return {
    name: `event-queue/hold ${pending} pending`,
    unit: 'holds',
    small: Math.min(2_000, HOLDS_PER_PENDING * pending),
    full,
    prepare(size) {
      const random = namedStream(1, 'hold');
      const delays = Float64Array.from({ length: 4096 }, () => Math.floor(random.next() * 100_000));
      let lastAt = 0;
      let rowSum = 0;
      return {
        run() {
          const queue = new EventQueue();
          for (let row = 0; row < pending; row++) {
            queue.push(delays[row & 4095] as number, eventCode(row % KINDS, row));
          }
          rowSum = 0;
          for (let i = 0; i < size; i++) {
            lastAt = queue.nextAt;
            const code = queue.nextCode;
            queue.pop();
            rowSum = (rowSum + (i & 7) * rowOfCode(code)) | 0;
            queue.push(lastAt + (delays[i & 4095] as number), code);
          }
        },
        digest: () => digestOf((digest) => digest.addColumn(Float64Array.of(lastAt, rowSum), 2)),
      };
    },
  };
}

/** By how full the queue is; a run of the engine keeps about as many events pending as it has nodes. */
export const EVENT_QUEUE_CASES: readonly BenchCase[] = [
  hold(100, 400_000),
  hold(1_000, 400_000),
  hold(100_000, 400_000),
];

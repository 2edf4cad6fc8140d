/** Writing what a run leaves: the recording as bytes, and its largest tables as text. */
import * as model from '../../src/model/index.js';
import { encodeRecording, type Run } from '../../src/recording/index.js';
import { csvChunks, eventLines, taskRows } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { type BenchCase, digestOf } from '../case.js';
import { gen } from '../floor/gen.mjs';
import { workloadScenario } from '../floor/scenario.mjs';

/** A way to write a run, in pieces. */
type Writer = (run: Run) => Iterable<string | Uint8Array>;

function writing(name: string, write: Writer): BenchCase {
  return {
    name: `output/${name}`,
    unit: 'tasks',
    small: 500,
    full: 20_000,
    prepare(size) {
      const run = simulate(workloadScenario(model, gen('W2', size)), { record: 'full' });
      let length = 0;
      return {
        run() {
          length = 0;
          for (const piece of write(run)) length += piece.length;
        },
        digest: () =>
          digestOf((digest) => {
            digest.addInt(length);
            for (const piece of write(run)) {
              if (typeof piece === 'string') digest.addText(piece);
              else digest.addColumn(piece, piece.length);
            }
          }),
      };
    },
  };
}

function eventText({ recording }: Run): Iterable<string> {
  return recording.log === null ? [] : eventLines(recording, recording.log);
}

/** The files that grow with the number of tasks. */
export const OUTPUT_CASES: readonly BenchCase[] = [
  writing('recording.bin', encodeRecording),
  writing('tasks.csv', ({ recording }) => csvChunks('tasks.csv', taskRows(recording))),
  writing('events.ndjson', eventText),
];

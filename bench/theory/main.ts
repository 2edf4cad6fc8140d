/**
 * Compares queues with theory and prints the table; scripts/theory.mjs compiles and starts it.
 * usage: node main.js [PATTERN…] [--small]
 */
import { parseArgs } from 'node:util';
import { MG1_CASES, MMC_CASES, SERVICES, type TheoryCase } from './cases.js';
import { littlesLaw } from './little.js';
import { agrees, type Measurement, measure, REPLICATIONS, WARM_UP_SHARE } from './measure.js';
import { HEADER, littleLines, rowOf, TRANSIENT_HEADER, transientRowOf } from './table.js';

/** Tasks of the run that is held against Little's law; it keeps its whole log. */
const LITTLE_TASKS = { full: 100_000, small: 5_000 };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean', default: false } },
});

const size = options.small ? 'small' : 'full';
const cases = [...MMC_CASES, ...MG1_CASES].filter(({ name }) => positionals.every((word) => name.includes(word)));
if (cases.length === 0) {
  console.error(`no queue is called ${positionals.join(' ')}`);
  process.exitCode = 2;
} else compare(cases);

function compare(chosen: readonly TheoryCase[]): void {
  console.log(
    `mean waits in mean service times; ${REPLICATIONS} replications, first ${100 * WARM_UP_SHARE} % deleted\n`,
  );
  console.log(HEADER);
  const seen: { readonly one: TheoryCase; readonly measured: Measurement }[] = [];
  for (const one of chosen) {
    const measured = measure(one, one.tasks[size]);
    seen.push({ one, measured });
    console.log(rowOf(one, one.tasks[size], measured));
  }

  const slow = seen.filter(({ one }) => one.queue.load === 0.95);
  if (slow.length > 0) console.log(`\nwarm-up: mean wait by task number, over the prediction\n\n${TRANSIENT_HEADER}`);
  for (const { one, measured } of slow) console.log(transientRowOf(one, measured));

  const queue = { nodes: 10, load: 0.8, service: SERVICES.exponential };
  console.log(`\nLittle's law on one run of M/M/10 at 0.80 until it is empty\n`);
  console.log(littleLines(littlesLaw(queue, LITTLE_TASKS[size], 'theory/little')).join('\n'));

  const off = seen.filter(({ one: { predicted }, measured }) => !agrees(measured, predicted));
  console.log(`\n${seen.length - off.length} of ${seen.length} queues agree with theory`);
  if (off.length > 0) process.exitCode = 1;
}

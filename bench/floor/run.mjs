/**
 * How far the library is from a bare loop: W1, W2 and W3 at full size, product and floor in alternation, each in a
 * fresh process, compared by the ratio of the loops' own clocks.
 * usage: npm run bench:floor [-- --json] [--pairs N] [--only W1,W2] [--n TASKS] [--record full]
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differenceFrom, EXPECTED } from './expected.mjs';
import { N } from './gen.mjs';
import { median, spread } from './ratios.mjs';

/** Median ratios: above the first the target is missed, above the second the command fails. */
const MUST = 2.5;
const GATE = MUST * 1.25;
/** A session whose floor differs this much from itself decides nothing. */
const STEADY = [0.9, 1.1];
const MIN_PAIRS = 9;
/** Runs with the whole log, for information. */
const FULL_PAIRS = 3;

const HELP = `usage: npm run bench:floor [-- OPTIONS]
  --pairs N        pairs of runs a workload (default and least for a decision ${MIN_PAIRS})
  --only W1,W3     these workloads alone
  --n TASKS        another number of tasks (default ${JSON.stringify(N)})
  --record full    time runs that keep the whole log (default summary)
  --json           the ratios as JSON on stdout`;

const options = readOptions();
if (options === null) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  process.exitCode = main(options);
}

function main({ workloads, pairs, size, record, json }) {
  const results = {};
  for (const w of workloads) {
    const n = size ?? N[w];
    const problem = verify(w, n);
    if (problem !== null) {
      console.error(`${w}: ${problem}; what differs is not timed`);
      return 1;
    }
    console.error(`${w}: ${n} tasks, outcome agrees to the digit; timing ${pairs} pairs`);
    results[w] = measure(w, n, pairs, record);
  }
  console.log(json ? JSON.stringify(results, null, 2) : table(results, record));
  const decisive = Object.values(results).filter((result) => result.steady);
  return decisive.some((result) => result.ratio.median > GATE) ? 1 : 0;
}

/** Runs both once and compares them with each other and with the figures that are known. */
function verify(w, n) {
  const floor = runFloor(w, n);
  const known = EXPECTED[w][n];
  const wrong = known === undefined ? null : differenceFrom(known, floor);
  if (wrong !== null) return `the floor's ${wrong}`;
  for (const record of ['summary', 'full']) {
    const product = runProduct(w, n, record);
    if (!product.complete || product.n !== n) return `the library handled ${product.n} of ${n} tasks`;
    const isExact = floor.chk <= Number.MAX_SAFE_INTEGER;
    const different = differenceFrom(isExact ? floor : { ...floor, chk: null }, product);
    if (different !== null) return `with record: ${record}, the library's ${different}`;
  }
  return null;
}

function measure(w, n, pairs, record) {
  const same = alternate(
    pairs,
    () => runFloor(w, n),
    () => runFloor(w, n),
  );
  const paired = alternate(
    pairs,
    () => runProduct(w, n, record),
    () => runFloor(w, n),
  );
  const full = alternate(
    FULL_PAIRS,
    () => runProduct(w, n, 'full'),
    () => runFloor(w, n),
  );
  const products = paired.map(([product]) => product);
  const floors = paired.map(([, floor]) => floor);
  const floorMs = (pick) => spread(paired.map(([product, floor]) => pick(product) / floor.simMs));
  const floorAgainstFloor = spread(same.map(([a, b]) => a.simMs / b.simMs));
  return {
    ratio: floorMs((product) => product.simMs),
    construct: floorMs((product) => product.constructMs),
    run: floorMs((product) => product.runMs),
    withRecording: floorMs((product) => product.simMs + product.recordingMs),
    fullLog: spread(full.map(([product, floor]) => product.simMs / floor.simMs)),
    floorAgainstFloor,
    steady: pairs >= MIN_PAIRS && floorAgainstFloor.median >= STEADY[0] && floorAgainstFloor.median <= STEADY[1],
    tasks: n,
    pairs,
    productMs: Math.round(median(products.map((product) => product.simMs))),
    floorMs: Math.round(median(floors.map((floor) => floor.simMs))),
    productPeakMiB: Math.max(...products.map((product) => product.rssMiB)),
    fullLogPeakMiB: Math.max(...full.map(([product]) => product.rssMiB)),
    floorPeakMiB: Math.max(...floors.map((floor) => floor.rssMiB)),
  };
}

/** Pairs of runs; every other pair the second goes first, so that a drift of the machine cancels. */
function alternate(pairs, first, second) {
  return Array.from({ length: pairs }, (_, pair) => {
    if (pair % 2 === 0) return [first(), second()];
    const later = second();
    return [first(), later];
  });
}

function runFloor(w, n) {
  return runProcess('floor-soa.mjs', [w, n]);
}

function runProduct(w, n, record) {
  return runProcess('product.mjs', [w, n, record]);
}

function runProcess(script, args) {
  const path = join(import.meta.dirname, script);
  return JSON.parse(execFileSync(process.execPath, [path, ...args.map(String)], { encoding: 'utf8' }));
}

function table(results, record) {
  const lines = [
    `time of the library over the time of a bare loop on columns (record: ${record}, Node ${process.version})`,
    'inside the ratio: new Simulation(scenario) and run(), that is building the columns and the whole run;',
    'outside: making the workload, and recording() with its digest. A fresh process a run; medians of pairs.',
    '',
    [
      'ratio'.padStart(9),
      'min'.padStart(6),
      'max'.padStart(6),
      'build'.padStart(8),
      'run'.padStart(6),
      '+recording'.padStart(12),
      'full log'.padStart(10),
      'floor/floor'.padStart(13),
      'ms (floor)'.padStart(14),
      'peak MiB (full log, floor)'.padStart(28),
    ].join(''),
  ];
  for (const [w, r] of Object.entries(results)) {
    lines.push(
      [
        w.padEnd(3),
        fixed(r.ratio.median, 6),
        fixed(r.ratio.min, 6),
        fixed(r.ratio.max, 6),
        fixed(r.construct.median, 8),
        fixed(r.run.median, 6),
        fixed(r.withRecording.median, 12),
        fixed(r.fullLog.median, 10),
        fixed(r.floorAgainstFloor.median, 13),
        `${r.productMs} (${r.floorMs})`.padStart(14),
        `${r.productPeakMiB} (${r.fullLogPeakMiB}, ${r.floorPeakMiB})`.padStart(28),
        `   ${verdict(r)}`,
      ].join(''),
    );
  }
  return lines.join('\n');
}

function verdict({ ratio, steady, pairs }) {
  if (pairs < MIN_PAIRS) return `undecided: fewer than ${MIN_PAIRS} pairs`;
  if (!steady) return 'undecided: the machine is not steady, the floor differs from itself';
  return ratio.median <= MUST ? `met: at most ${MUST}` : `missed: above ${MUST}`;
}

function fixed(value, width) {
  return value.toFixed(2).padStart(width);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        pairs: { type: 'string', default: String(MIN_PAIRS) },
        only: { type: 'string', default: 'W1,W2,W3' },
        n: { type: 'string' },
        record: { type: 'string', default: 'summary' },
        json: { type: 'boolean', default: false },
      },
    });
    const workloads = values.only.split(',');
    const pairs = Number(values.pairs);
    const size = values.n === undefined ? null : Number(values.n);
    const isFine =
      workloads.every((w) => Object.hasOwn(EXPECTED, w)) &&
      Number.isInteger(pairs) &&
      pairs >= 1 &&
      (size === null || (Number.isInteger(size) && size >= 1)) &&
      ['summary', 'full'].includes(values.record);
    return isFine ? { workloads, pairs, size, record: values.record, json: values.json } : null;
  } catch {
    return null;
  }
}

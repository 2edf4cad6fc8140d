/**
 * Runs the benchmarks of bench/, each in a process of its own, and compares them with the saved baseline. A slow run
 * is a report and never a failure: the exit code is 0 unless a benchmark cannot run.
 * usage: npm run bench [-- PATTERN] [--small] [--save] [--json]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const BASELINE = join(ROOT, 'bench/baseline.json');
/** The suites are TypeScript and run against the source, compiled here. */
const COMPILED = join(ROOT, 'node_modules/.cache/batchsim-bench');
/** A median that moved by less than this share has not moved. */
const TOLERANCE = 0.15;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const names = compile()
  ? JSON.parse(measure()).filter((name) => positionals.every((word) => name.includes(word)))
  : null;
if (names === null) {
  console.error('the suites do not compile: npm run types says why');
  process.exitCode = 1;
} else if (names.length === 0) {
  console.error(`no benchmark is called ${positionals.join(' ')}`);
  process.exitCode = 2;
} else run(names);

function run(names) {
  const baseline = existsSync(BASELINE) ? JSON.parse(readFileSync(BASELINE, 'utf8')) : { cases: {} };
  const measured = [];
  if (!options.json)
    console.log(
      `${'benchmark'.padEnd(34)} ${'size'.padStart(18)}    least ms   median ms      p99 ms   ns/unit  digest    baseline`,
    );
  for (const name of names) {
    const one = JSON.parse(measure(name, ...(options.small ? ['small'] : [])));
    measured.push(one);
    if (!options.json) console.log(row(one, options.small ? undefined : baseline.cases[name]));
  }
  if (options.json) console.log(JSON.stringify(measured, null, 2));
  else if (!options.small)
    console.log(
      `\nbaseline: ${baseline.machine ?? 'none saved, --save writes it'}; within ${TOLERANCE * 100} % counts as the same`,
    );
  if (options.save) save(baseline, measured);
}

function row(one, before) {
  const nsPerUnit = (one.medianMs * 1e6) / one.size;
  return [
    one.name.padEnd(34),
    `${one.size} ${one.unit}`.padStart(18),
    one.leastMs.toFixed(3).padStart(11),
    one.medianMs.toFixed(3).padStart(11),
    one.p99Ms.toFixed(3).padStart(11),
    nsPerUnit.toFixed(1).padStart(9),
    ` ${one.digest.slice(0, 8)}`,
    ` ${comparison(one, before)}`,
  ].join(' ');
}

function comparison(one, before) {
  if (before === undefined) return '-';
  const change = one.medianMs / before.medianMs - 1;
  const percent = `${change < 0 ? '' : '+'}${(change * 100).toFixed(0)} %`;
  const speed =
    change > TOLERANCE ? `slower (${percent})` : change < -TOLERANCE ? `faster (${percent})` : `same (${percent})`;
  return one.digest === before.digest ? speed : `${speed}, and it computes something else now`;
}

function save(baseline, measured) {
  if (options.small) {
    console.error('the baseline holds full sizes: leave out --small');
    process.exitCode = 2;
    return;
  }
  const cases = { ...baseline.cases };
  for (const { name, size, digest, medianMs, p99Ms } of measured) cases[name] = { size, digest, medianMs, p99Ms };
  const sorted = Object.fromEntries(Object.entries(cases).sort(([a], [b]) => (a < b ? -1 : 1)));
  const machine = `Node ${process.version}, ${process.platform} ${process.arch}`;
  writeFileSync(BASELINE, `${JSON.stringify({ machine, cases: sorted }, rounded, 2)}\n`);
  console.error(`saved ${relative(ROOT, BASELINE)}`);
}

function rounded(_key, value) {
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
}

function measure(...args) {
  return execFileSync(process.execPath, [join(COMPILED, 'bench/measure.js'), ...args], { encoding: 'utf8' });
}

/** Compiles the suites and the source they import; false when that fails. */
function compile() {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(ROOT, 'bench/tsconfig.json')], { stdio: 'inherit' });
  if (status !== 0) return false;
  writeFileSync(join(COMPILED, 'package.json'), '{ "type": "module" }\n');
  mkdirSync(join(COMPILED, 'bench/floor'), { recursive: true });
  for (const file of ['gen.mjs', 'scenario.mjs']) {
    copyFileSync(join(ROOT, 'bench/floor', file), join(COMPILED, 'bench/floor', file));
  }
  return true;
}

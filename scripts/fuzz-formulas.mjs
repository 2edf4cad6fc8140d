/**
 * The properties of the formula language at any size: trees that are printed and parsed, types that are foretold, damaged
 * formulas, lints that are fixed, two evaluators side by side. Each property of test/autoscale tries N formulas.
 * usage: npm run fuzz -- --formulas N [--seed S] [--workers W]   N formulas a property; S is 1 unless given
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = 'test/autoscale/';
const USAGE = 'usage: npm run fuzz -- --formulas N [--seed S] [--workers W]   all whole numbers, N and W at least 1';
/** Twenty times what a formula took in all properties together when this was written, in ms: whoever needs longer hangs. */
const PATIENCE_MS_PER_FORMULA = 100;
/** Starting the test runner on a busy machine, in ms. */
const PATIENCE_MS_AT_LEAST = 120_000;

const { values } = parseArgs({
  options: {
    formulas: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
  strict: false,
});
const [formulas, seed, workers] = [Number(values.formulas), Number(values.seed), Number(values.workers)];

if (![formulas, seed, workers].every(Number.isSafeInteger) || formulas < 1 || seed < 0 || workers < 1) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const begunMs = performance.now();
  const outcome = await runProperties();
  const seconds = ((performance.now() - begunMs) / 1_000).toFixed(1);
  console.log(`${formulas} formulas a property, seed ${seed}, in ${seconds} s: ${outcome}`);
  if (outcome !== 'all passed') {
    console.log(`replay: npm run fuzz -- --formulas ${formulas} --seed ${seed}`);
    process.exitCode = 1;
  }
}

/** Generators and properties are TypeScript among the tests, so the test runner is what runs them. */
function runProperties() {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const files = readdirSync(`${ROOT}${FOLDER}`).filter((name) => name.endsWith('.prop.test.ts'));
  const words = ['run', `--maxWorkers=${workers}`, ...files.map((name) => FOLDER + name)];
  const child = spawn(process.execPath, [vitest, ...words], {
    cwd: ROOT,
    env: { ...process.env, BATCHSIM_WORLDS: String(formulas), BATCHSIM_SEED: String(seed) },
    stdio: 'inherit',
    // A group of its own: a worker that hangs does not hear that the test runner is gone.
    detached: true,
  });
  const endAll = () => process.kill(-child.pid, 'SIGKILL');
  process.once('SIGINT', () => {
    endAll();
    process.exit(130);
  });
  return new Promise((resolve) => {
    const patienceMs = PATIENCE_MS_AT_LEAST + formulas * PATIENCE_MS_PER_FORMULA;
    const watchdog = setTimeout(() => {
      endAll();
      resolve(`not at an end after ${Math.round(patienceMs / 1_000)} s`);
    }, patienceMs);
    child.on('exit', (code) => {
      clearTimeout(watchdog);
      resolve(code === 0 ? 'all passed' : 'something failed');
    });
  });
}

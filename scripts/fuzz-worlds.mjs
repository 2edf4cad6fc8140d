/**
 * Runs random worlds through the engine and the oracle and compares everything.
 * usage: npm run fuzz -- --worlds N [--seed S]   worlds S, S + 1, … S + N - 1; S is 1 unless given
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { worlds: { type: 'string' }, seed: { type: 'string', default: '1' } },
  strict: false,
});
const [worlds, seed] = [Number(values.worlds), Number(values.seed)];

if (!Number.isSafeInteger(worlds) || worlds < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('usage: npm run fuzz -- --worlds N [--seed S]   both whole numbers, N at least 1');
  process.exitCode = 2;
} else {
  // The oracle is TypeScript among the tests, so the test runner is what runs it.
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const run = spawnSync(process.execPath, [vitest, 'run', '--config', 'test/fuzz/vitest.config.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, BATCHSIM_WORLDS: String(worlds), BATCHSIM_SEED: String(seed) },
    stdio: 'inherit',
  });
  if (run.status !== 0) process.exitCode = 1;
}

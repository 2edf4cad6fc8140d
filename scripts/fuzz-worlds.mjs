/**
 * Runs random worlds through the engine and the oracle and compares everything, on as many processors as there are.
 * usage: npm run fuzz -- --worlds N [--seed S] [--workers W]   worlds S, S + 1, … S + N - 1; S is 1 unless given
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Below so many worlds a further process costs more than it saves. */
const LEAST_SHARE = 200;
const USAGE = 'usage: npm run fuzz -- --worlds N [--seed S] [--workers W]   all whole numbers, N and W at least 1';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
  strict: false,
});
const [worlds, seed, workers] = [Number(values.worlds), Number(values.seed), Number(values.workers)];
const isWhole = [worlds, seed, workers].every(Number.isSafeInteger);

if (!isWhole || worlds < 1 || seed < 0 || workers < 1) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = (await fuzz(Math.min(workers, Math.ceil(worlds / LEAST_SHARE)))) ? 0 : 1;
}

/** Whether all worlds passed. */
async function fuzz(count) {
  const folder = mkdtempSync(join(tmpdir(), 'batchsim-fuzz-'));
  const begunMs = performance.now();
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.floor((worlds * i) / count));
  try {
    const shares = await Promise.all(
      bounds.slice(1).map((end, i) => runShare(join(folder, `${i}.json`), seed + bounds[i], end - bounds[i])),
    );
    const seconds = ((performance.now() - begunMs) / 1_000).toFixed(1);
    const failing = shares.flatMap((share) => share.failing);
    console.log(`${worlds} worlds in ${seconds} s: ${worlds - failing.length} passed, ${failing.length} failed`);
    if (failing.length > 0) console.log(`seeds that fail: ${failing.slice(0, 50).join(' ')}`);
    return failing.length === 0;
  } catch (error) {
    console.error(error.message);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The oracle is TypeScript among the tests, so the test runner is what runs it. */
function runShare(file, firstSeed, count) {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'test/fuzz/vitest.config.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...process.env,
      BATCHSIM_WORLDS: String(count),
      BATCHSIM_SEED: String(firstSeed),
      BATCHSIM_RESULT: file,
    },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      try {
        resolve(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        reject(new Error(`worlds ${firstSeed} to ${firstSeed + count - 1} did not come to an end`));
      }
    });
  });
}

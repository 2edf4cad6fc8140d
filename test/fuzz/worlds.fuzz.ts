/** Random worlds by the thousand, engine against oracle; run by `npm run fuzz -- --worlds N --seed S`. */
import { expect, test } from 'vitest';
import { failureText, problemsOf } from '../helpers/oracle/judge.js';
import { randomWorld } from '../helpers/worlds.js';

const WORLDS = Number(process.env['BATCHSIM_WORLDS'] ?? 1_000);
const FIRST_SEED = Number(process.env['BATCHSIM_SEED'] ?? 1);
/** Failing worlds that are made small and shown; further ones are only counted. */
const SHOWN = 3;
/** Wall-clock milliseconds between lines of progress. */
const PROGRESS_MS = 5_000;

test('engine and oracle agree', () => {
  const failing: number[] = [];
  const begunMs = performance.now();
  let toldMs = begunMs;
  for (let done = 0; done < WORLDS; done++) {
    const seed = FIRST_SEED + done;
    if (problemsOf(randomWorld(seed)).length > 0) {
      failing.push(seed);
      if (failing.length <= SHOWN) console.log(`\n${failureText(seed)}\n`);
    }
    if (performance.now() - toldMs < PROGRESS_MS) continue;
    toldMs = performance.now();
    console.error(`${done + 1} of ${WORLDS} worlds, ${failing.length} failed`);
  }
  const seconds = ((performance.now() - begunMs) / 1_000).toFixed(1);
  console.log(`${WORLDS} worlds in ${seconds} s: ${WORLDS - failing.length} passed, ${failing.length} failed`);
  if (failing.length > 0) console.log(`seeds that fail: ${failing.slice(0, 50).join(' ')}`);
  expect(failing.length).toBe(0);
});

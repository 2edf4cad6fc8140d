/** Random worlds by the thousand, engine against oracle; run by `npm run fuzz -- --worlds N --seed S`. */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { simulate } from '../../src/sim/index.js';
import { failureText, kindOf, problemsOf, unsoundness } from '../helpers/oracle/judge.js';
import { worldText } from '../helpers/oracle/world-text.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

const WORLDS = Number(process.env['BATCHSIM_WORLDS'] ?? 1_000);
const FIRST_SEED = Number(process.env['BATCHSIM_SEED'] ?? 1);
/** Failing worlds that are made small and shown, one of each kind; further ones are only counted. */
const SHOWN = Number(process.env['BATCHSIM_SHOWN'] ?? 3);
/** Of every so many worlds one is run with chance in it besides, and judged by the outside checkers alone. */
const CHANCY_EVERY = 10;
/** Where the result is left for who runs several of these at once. */
const RESULT_FILE = process.env['BATCHSIM_RESULT'];
/** Wall-clock milliseconds between lines of progress. */
const PROGRESS_MS = 5_000;

test('engine and oracle agree', () => {
  const failing: number[] = [];
  const kinds = new Map<string, number>();
  const begunMs = performance.now();
  let toldMs = begunMs;
  for (let done = 0; done < WORLDS; done++) {
    const seed = FIRST_SEED + done;
    const [problem] = problemsOf(randomWorld(seed));
    if (problem !== undefined) {
      failing.push(seed);
      const kind = kindOf(problem);
      if (kinds.size < SHOWN && !kinds.has(kind)) console.log(`\n${failureText(seed)}\n`);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    } else if (seed % CHANCY_EVERY === 0 && chancyProblems(seed).length > 0) {
      failing.push(seed);
      if (failing.length <= SHOWN) console.log(`\n${chancyText(seed)}\n`);
    }
    if (performance.now() - toldMs < PROGRESS_MS) continue;
    toldMs = performance.now();
    console.error(`${done + 1} of ${WORLDS} worlds from seed ${FIRST_SEED}, ${failing.length} failed`);
  }
  for (const [kind, count] of kinds) console.log(`${kind}: ${count}`);
  if (RESULT_FILE !== undefined) writeFileSync(RESULT_FILE, JSON.stringify({ worlds: WORLDS, failing }));
  expect(failing.length).toBe(0);
});

/** What is wrong with the world of a seed when chance is put into it. */
function chancyProblems(seed: number): string[] {
  try {
    return unsoundness(simulate(chancyWorld(seed)));
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

function chancyText(seed: number): string {
  const told = chancyProblems(seed).slice(0, 12);
  return [
    `world ${seed} with chance in it fails`,
    worldText(chancyWorld(seed)),
    ...told,
    `replay: npm run fuzz -- --worlds 1 --seed ${seed}`,
  ].join('\n');
}

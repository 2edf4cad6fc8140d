/**
 * The engine and the oracle agree on random small worlds: every task's state, times, node, retries; every node's time
 * by parts; every resize. The environment may ask for more worlds (BATCHSIM_WORLDS) or others (BATCHSIM_SEED).
 */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/sim/index.js';
import { failureText, problemsOf, unsoundness } from '../helpers/oracle/judge.js';
import { worldText } from '../helpers/oracle/world-text.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

const WORLDS = Number(process.env['BATCHSIM_WORLDS'] ?? 300);
const FIRST_SEED = Number(process.env['BATCHSIM_SEED'] ?? 1);
const SEEDS = Array.from({ length: WORLDS }, (_, index) => FIRST_SEED + index);

describe('engine against oracle', () => {
  test(`SIM-02, SCH, DEP, TASK, RSZ, BILL-06: ${WORLDS} random worlds come out the same`, () => {
    for (const seed of SEEDS) if (problemsOf(randomWorld(seed)).length > 0) expect.fail(failureText(seed));
  });

  test(`SIM-05, SCH-10, ACC-06: ${WORLDS} worlds with chance in them keep the rules and repeat to the digest`, () => {
    for (const seed of SEEDS) {
      const problems = unsoundness(simulate(chancyWorld(seed)));
      if (problems.length > 0)
        expect.fail(`chancyWorld(${seed})\n${worldText(chancyWorld(seed))}\n${problems.join('\n')}`);
    }
  });
});

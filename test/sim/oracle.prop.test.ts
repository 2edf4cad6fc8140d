/**
 * The engine and the oracle agree on random small worlds: every task's state, times, node, retries; every node's time
 * by parts; every resize. The environment may ask for more worlds (BATCHSIM_WORLDS) or others (BATCHSIM_SEED).
 */
import { describe, expect, test } from 'vitest';
import { oracle } from '../helpers/oracle/index.js';
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
      const problems = unsoundness(chancyWorld(seed));
      if (problems.length > 0)
        expect.fail(`chancyWorld(${seed})\n${worldText(chancyWorld(seed))}\n${problems.join('\n')}`);
    }
  });
});

describe('the worlds', () => {
  test('the same seed makes the same world, and another seed another one', () => {
    expect(worldText(randomWorld(7))).toBe(worldText(randomWorld(7)));
    expect(worldText(randomWorld(7))).not.toBe(worldText(randomWorld(8)));
  });

  test('the first 300 show everything that is to be compared', () => {
    const seen = new Set<unknown>();
    for (let seed = 1; seed <= 300; seed++) {
      const { tasks, attempts, nodes, resizes } = oracle(randomWorld(seed));
      for (const { state, failure } of tasks.values()) seen.add(`${state} ${failure}`);
      for (const { outcome, startMs } of attempts.values())
        seen.add(startMs === null ? 'stopped in dispatch' : outcome);
      for (const { kind, state } of nodes.values()) seen.add(`${kind} ${state}`);
      for (const { errors } of resizes.values()) for (const code of String(errors).split(' ')) seen.add(code);
    }
    const wanted = ['active ', 'running ', 'completed ', 'completed FailureExitCode', 'completed TaskEnded'];
    wanted.push('retry', 'displaced', 'stopped in dispatch', 'dedicated creating', 'spot idle', 'dedicated running');
    wanted.push('AccountCoreQuotaReached', 'AccountVMSeriesCoreQuotaReached', 'AccountLowPriorityCoreQuotaReached');
    wanted.push('AllocationTimedout', 'AllocationFailed', 'CommunicationEnabledPoolReachedMaxVMCount');
    expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
  });
});

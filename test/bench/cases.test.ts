/** The small size of every benchmark runs here, so that none can rot, and must compute what it did before. */
import { describe, expect, test } from 'vitest';
import { BENCH_CASES } from '../../bench/cases.js';

function smallDigest(name: string, size: number): string {
  const trial = (BENCH_CASES.find((one) => one.name === name) as (typeof BENCH_CASES)[number]).prepare(size);
  trial.run();
  return trial.digest();
}

describe('benchmarks', () => {
  test('have names of their own, by which the baseline knows them', () => {
    const names = BENCH_CASES.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z-]+\/[\w .%-]+$/);
  });

  test.each(BENCH_CASES)('$name computes the same in every run, and something else at another size', (one) => {
    const trial = one.prepare(one.small);
    trial.run();
    const first = trial.digest();
    trial.run();
    expect(trial.digest()).toBe(first);
    expect(smallDigest(one.name, one.small)).toBe(first);
    expect(smallDigest(one.name, one.small - 1)).not.toBe(first);
  });

  test('compute what they did when their digests were last read in review', async () => {
    const lines = BENCH_CASES.map(
      ({ name, small, unit }) => `${name.padEnd(34)} ${`${small} ${unit}`.padEnd(17)} ${smallDigest(name, small)}`,
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/bench-digests.txt');
  });
});

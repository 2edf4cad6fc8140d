import { describe, expect, test } from 'vitest';
import { firstDifference } from '../../src/cli/determinism.js';
import {
  constant,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  TIMING_NONE,
} from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';

const VM_SIZE = { name: 'Standard_D2s_v5', family: null, vcpus: 2, memoryGib: 8, tempDiskGib: null, gpus: null };

function recordingOf(exitCode: number, runtimeMs = 1_000): Recording {
  const pool = makePool({ id: 'p', vmSize: VM_SIZE, targetDedicatedNodes: 1, ready: true, timing: TIMING_NONE });
  const tasks = [makeTasks({ count: 3, runtime: [constant(runtimeMs)], exitCode: [constant(exitCode)] })];
  const job = makeJob({ id: 'j', poolId: 'p', tasks });
  return simulate(makeScenario({ accounts: [makeAccount({ pools: [pool], jobs: [job] })] })).recording;
}

describe('the first difference of two runs', () => {
  test('there is none between two runs of one scenario', () => {
    expect(firstDifference(recordingOf(0), recordingOf(0))).toBeNull();
  });

  test('an event that differs is named with its number and time', () => {
    expect(firstDifference(recordingOf(0), recordingOf(7))).toMatch(
      /^event \d+ differs: taskFinished 0 \(0\) at 1000 ms \(1 s\) in the first run, taskFinished 0 \(7\) at 1000 ms/,
    );
    expect(firstDifference(recordingOf(0), recordingOf(0, 2_000))).toContain('at 1000 ms (1 s) in the first run, ');
  });

  test('a log that ends early is told by its first missing event', () => {
    const whole = recordingOf(0);
    if (whole.log === null) throw new Error('a full recording has a log');
    const short = { ...whole, log: { ...whole.log, count: whole.log.count - 1 } };
    expect(firstDifference(whole, short)).toMatch(/^event \d+ came in the first run only: taskFinished 2/);
    expect(firstDifference(short, whole)).toMatch(/in the second run only/);
  });

  test('a digest that differs alone is told, too', () => {
    const one = recordingOf(0);
    const other = { ...one, run: { ...one.run, digest: 'f'.repeat(32) } };
    expect(firstDifference(one, other)).toContain('the outcomes differ: digest ');
  });
});

import { describe, expect, test } from 'vitest';
import { Uniforms } from '../../src/base/index.js';
import {
  LATENCY_NAMES,
  type Quantity,
  sampleMs,
  TIMING_NONE,
  TYPICAL_ALLOC_PER_NODE,
  TYPICAL_ALLOC_PER_RESIZE,
  TYPICAL_BOOT_LINUX,
  TYPICAL_BOOT_WINDOWS,
  TYPICAL_DISPATCH,
  TYPICAL_LEAVE,
} from '../../src/model/index.js';
import { allocDelays, bootDelays, dispatchLatency } from '../../src/sim/latencies.js';
import { latencies, pool } from '../helpers/world.js';

const uniforms = () => new Uniforms(1);

function medianMs(quantity: Quantity): number {
  const stream = uniforms();
  const draws = Array.from({ length: 2001 }, (_, i) => sampleMs(quantity, stream.seek(i, 0, 1)));
  return draws.sort((a, b) => a - b)[1000] as number;
}

test('SIM-06 the latencies by name', () => {
  expect(LATENCY_NAMES.join(' ')).toBe(
    'alloc create start reboot reimage leave replace recover dispatch kill download upload install',
  );
});

describe('typical', () => {
  test.each([
    ['row 1, per resize', TYPICAL_ALLOC_PER_RESIZE, 285_000],
    ['row 1, per node', TYPICAL_ALLOC_PER_NODE, 15_000],
    ['row 2', TYPICAL_BOOT_LINUX, 75_000],
    ['row 3', TYPICAL_BOOT_WINDOWS, 300_000],
    ['row 12', TYPICAL_LEAVE, 60_000],
    ['row 13', TYPICAL_DISPATCH, 3_000],
  ])('SIM-06 %s has its median', (_row, quantity, expected) => {
    expect(Math.abs(medianMs(quantity) / expected - 1)).toBeLessThan(0.06);
  });

  test('SIM-06 creating and starting are halves of one draw', () => {
    const { createMs, startMs } = bootDelays(
      pool(1, { timing: { base: 'typical', overrides: {} } }),
      5,
      0,
      0,
      uniforms(),
    );
    expect(startMs - createMs).toBeGreaterThanOrEqual(0);
    expect(startMs - createMs).toBeLessThanOrEqual(1);
    expect(createMs).toBeGreaterThan(0);
  });

  test('SIM-01, SIM-06 nodes come in order, in whole milliseconds, at most 70 a minute and their own part', () => {
    const delays = allocDelays(pool(1, { timing: { base: 'typical', overrides: {} } }), 5, 0, 141, uniforms());
    expect(delays.every((ms, i) => Number.isInteger(ms) && (i === 0 || ms >= (delays[i - 1] as number)))).toBe(true);
    expect((delays[140] as number) - (delays[0] as number)).toBeGreaterThanOrEqual(90_000);
  });
});

describe('none', () => {
  const none = pool(1, { timing: TIMING_NONE });

  test('SIM-06 every latency is 0', () => {
    expect([...allocDelays(none, 5, 0, 3, uniforms())]).toEqual([0, 0, 0]);
    expect(bootDelays(none, 5, 0, 0, uniforms())).toEqual({ createMs: 0, startMs: 0 });
    expect(dispatchLatency(none)).toEqual({ kind: 'constant', value: 0 });
  });

  test('SIM-06 a pool’s own latency holds over its profile', () => {
    const own = pool(1, { timing: latencies({ alloc: 7, start: 3 }) });
    expect([...allocDelays(own, 5, 0, 2, uniforms())]).toEqual([7, 7]);
    expect(bootDelays(own, 5, 0, 0, uniforms())).toEqual({ createMs: 0, startMs: 3 });
  });
});

import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type ProgressData, progressBar, progressLine } from '../../src/tui/index.js';

const HALF: ProgressData = {
  phase: 'simulating',
  fraction: 0.5,
  simulatedMs: 6 * 3_600_000,
  elapsedMs: 4_000,
  eventCount: 2_000_000,
};

describe('progress', () => {
  test('a wide line has the bar and every fact', () => {
    expect(progressBar(HALF, 110, true)).toBe(
      '███████████████░░░░░░░░░░░░░░░ simulating 50 % · 6h simulated · ETA 4 s · 5,400× real time · 500,000 events/s',
    );
  });

  test('ASCII draws the same without a single other character', () => {
    const line = progressBar(HALF, 110, false);
    expect(line).toBe(
      '[##############..............] simulating 50 % - 6h simulated - ETA 4 s - 5,400x real time - 500,000 events/s',
    );
    expect(line).toMatch(/^[\x20-\x7e]*$/);
  });

  test.each([20, 30, 40, 60, 80, 100, 200])('at %i columns it fits, and the bar is the last thing to go', (width) => {
    for (const unicode of [true, false]) {
      const line = progressBar(HALF, width, unicode);
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
      if (width >= 30) expect(line).toMatch(unicode ? /█/ : /#/);
    }
  });

  test('without a known end there is no bar and no guess', () => {
    expect(progressBar({ ...HALF, fraction: null }, 80, true)).toBe(
      'simulating · 6h simulated · 5,400× real time · 500,000 events/s',
    );
  });

  test('a bar grows by eighths of a column and never beyond its ends', () => {
    const drawn = [-1, 0, 0.01, 0.5, 0.999, 1, 7].map(
      (fraction) => progressBar({ ...HALF, fraction }, 200, true).split(' ')[0],
    );
    expect(drawn.map((bar) => [...(bar ?? '')].length)).toEqual(drawn.map(() => 30));
    expect(drawn[0]).toBe('░'.repeat(30));
    expect(drawn[2]?.startsWith('▎░')).toBe(true);
    expect(drawn[6]).toBe('█'.repeat(30));
  });

  test('the plain line says the same in words, for logs', () => {
    expect(progressLine(HALF)).toBe('simulating 50 %, 6h simulated, ETA 4 s, 5,400x real time, 500,000 events/s');
  });

  test('a phase that simulates nothing tells its time alone', () => {
    const data = { phase: 'writing tasks.csv', fraction: null, simulatedMs: null, elapsedMs: 2_500, eventCount: null };
    expect(progressLine(data)).toBe('writing tasks.csv, 2.5 s so far');
  });
});

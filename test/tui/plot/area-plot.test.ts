import { describe, expect, test } from 'vitest';
import { areaPlot } from '../../../src/tui/index.js';

const plain = (_: string, text: string) => text;
const AREA = Float64Array.of(0, 1, 4, 8, 8, 6, 2, 0.01, 0, Number.NaN);
const LINE = Float64Array.of(0, 0, 8, 8, 8, 4, 4, 2, 0, Number.NaN);

describe('an area under a line', () => {
  test('fills eighths of a row, and the line turns at its corners', () => {
    expect(areaPlot({ area: AREA, line: LINE, top: 8 }, 4, true, plain)).toEqual([
      '  ╭──╮    ',
      '  │██│    ',
      '  │██╰─╮  ',
      '__╯████╰_ ',
    ]);
  });

  test('without a line shows every value above 0, and none below', () => {
    expect(areaPlot({ area: AREA, line: null, top: 8 }, 2, true, plain)).toEqual(['   ██▄    ', ' ▂████▄▁  ']);
  });

  test('in ASCII uses ASCII only', () => {
    const lines = areaPlot({ area: AREA, line: LINE, top: 8 }, 4, false, plain);
    expect(lines.join('')).toMatch(/^[ -~]*$/);
    expect(lines[0]).toBe('  +--+    ');
  });

  test('paints the line and the area, each run once, and never spaces', () => {
    const painted = areaPlot({ area: AREA, line: LINE, top: 8 }, 4, true, (role, text) => `<${role}:${text}>`);
    expect(painted[1]).toBe('  <line:│><area:██><line:│>    ');
  });
});

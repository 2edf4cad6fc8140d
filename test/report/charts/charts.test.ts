import { describe, expect, test } from 'vitest';
import { highestOf, type Series, seriesFrom } from '../../../src/recording/index.js';
import {
  CHART_FILLS,
  CHART_LINES,
  CHART_STYLE,
  type ChartSpec,
  chart,
  chartPatterns,
  gantt,
  heatmap,
  type Mark,
  missMarks,
  percentileBand,
  pictureFile,
  stackedSteps,
  stepLine,
  straightLine,
} from '../../../src/report/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPEC: ChartSpec = {
  title: 'Nodes of <pool>',
  description: 'Up to 4 nodes & a target of 3.',
  fromMs: 0,
  toMs: HOUR,
  highest: 4,
  unit: 'count',
};
const TARGET = seriesFrom([
  [0, 0],
  [5 * MINUTE, 3],
  [45 * MINUTE, 0],
]);
const RUNNING = seriesFrom([
  [0, 0],
  [10 * MINUTE, 2],
  [40 * MINUTE, 0],
]);
const IDLE = seriesFrom([
  [0, 0],
  [10 * MINUTE, 1],
  [20 * MINUTE, 2],
  [50 * MINUTE, 0],
]);
const COST = seriesFrom([
  [0, 0],
  [10 * MINUTE, 0],
  [50 * MINUTE, 2],
  [HOUR, 2],
]);
const STACK = stackedSteps([
  { series: RUNNING, fill: 'running', text: 'running' },
  { series: IDLE, fill: 'idle', text: 'idle' },
]);

/** The `d` of the last path with a class: the legend, which has one too, comes before. */
function pathOf(svg: string, className: string): string {
  return [...svg.matchAll(new RegExp(`<path class="${className}" d="([^"]*)"`, 'g'))].at(-1)?.[1] ?? '';
}

/** Complains about a tag that is not closed, or closed by another. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  for (const [tag, close, name = '', self] of xml.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (self === '/' || tag.startsWith('<meta')) continue;
    if (close !== '/') open.push(name);
    else if (open.pop() !== name) return [`${tag} closes another`];
  }
  return open;
}

test('a small chart is what its golden shows', async () => {
  const svg = pictureFile({ title: 'A pool', description: 'Small enough to read.' }, [
    [
      {
        spec: { ...SPEC, height: 160, width: 400 },
        marks: [...STACK, stepLine(TARGET, 'target', 'target'), missMarks([30 * MINUTE], 'failed')],
      },
      {
        spec: { ...SPEC, title: 'Cost', height: 120, width: 400, highest: 2, unit: 'usd' },
        marks: [straightLine(COST, 'cost', 'cost so far')],
      },
    ],
  ]);
  expect(unbalanced(svg)).toEqual([]);
  await expect(svg).toMatchFileSnapshot('../../golden/charts/pool.svg');
});

describe('every chart', () => {
  const bars = {
    count: 1,
    row: Int32Array.of(0),
    fromMs: Float64Array.of(0),
    toMs: Float64Array.of(HOUR),
    fill: Uint8Array.of(0),
  };
  const fills = [{ fill: 'running', text: '<b>' }] as const;
  const charts = {
    lines: chart(SPEC, [stepLine(TARGET, 'target', '"<i>"')]),
    stack: chart(SPEC, STACK),
    heatmap: heatmap(SPEC, { meaning: '<full>', rows: ['<script>'], columns: 2, values: Float64Array.of(0, 1) }),
    gantt: gantt(SPEC, { rows: ['<script>&'], ...bars, fills }),
  };

  test.each(Object.entries(charts))(
    '%s: has a name, a description and a role, and what users wrote is text',
    (_, text) => {
      expect(text).toContain('role="img"');
      expect(text).toContain('aria-label="Nodes of &lt;pool&gt;. Up to 4 nodes &amp; a target of 3."');
      expect(text).toContain('<title>Nodes of &lt;pool&gt;</title>');
      expect(text).toContain('<desc>Up to 4 nodes &amp; a target of 3.</desc>');
      expect(text).not.toMatch(/<(script|pool|b|i|full)>/);
      expect(unbalanced(text)).toEqual([]);
    },
  );

  test.each(Object.entries(charts))('%s: uses no class that the style sheet does not know', (_, text) => {
    const known = new Set([...CHART_STYLE.matchAll(/\.([a-z-]+)/g)].map(([, name]) => name));
    for (const [, names = ''] of text.matchAll(/class="([^"]*)"/g)) {
      for (const name of names.split(' ')) expect(known).toContain(name);
    }
  });

  test('has colours in light, in dark and on paper, the same names in each', () => {
    const palettes = [...CHART_STYLE.matchAll(/\.chart\{(--[^}]*)\}|\.chart\{(--.*?);color/g)].map(([all]) =>
      [...all.matchAll(/--([a-z]+):#/g)].map(([, name]) => name),
    );
    expect(palettes).toHaveLength(3);
    expect(palettes[1]).toEqual(palettes[0]);
    expect(palettes[2]).toEqual(palettes[0]);
  });

  test('tells areas apart by pattern, and lines by dash or place, not by colour alone', () => {
    const tiles = CHART_FILLS.map((fill) => new RegExp(`id="chart-${fill}".*?</pattern>`).exec(chartPatterns())?.[0]);
    const hatches = tiles.map((tile) => /<path d="([^"]*)"/.exec(tile ?? '')?.[1] ?? 'plain');
    expect(new Set(hatches).size).toBe(CHART_FILLS.length);
    for (const line of CHART_LINES) expect(CHART_STYLE).toMatch(new RegExp(`\\.${line}[.{]`));
  });
});

describe('a stepped line', () => {
  test('goes level and upright only, to the end of its data', () => {
    const svg = chart({ ...SPEC, endMs: HOUR / 2 }, [stepLine(TARGET, 'target', 't')]);
    // Plot from 66 to 704: 638 units for an hour; 12 to 210 for 4 nodes.
    expect(pathOf(svg, 'line target')).toBe('M66 210H119.17V61.5H385');
  });

  test('of a million points stays small and keeps its peak', () => {
    const count = 1_000_000;
    const series: Series = {
      count,
      atMs: Float64Array.from({ length: count }, (_, i) => (i * HOUR) / count),
      value: Float64Array.from({ length: count }, (_, i) => (i === 555_555 ? 900 : i % 90)),
    };
    const svg = chart({ ...SPEC, highest: highestOf(series) }, [stepLine(series, 'queue', 'q')]);
    expect(svg.length).toBeLessThan(40_000);
    expect(pathOf(svg, 'line queue')).toContain('V31.8V'); // 900 of 1000
  });
});

describe('a stack', () => {
  test('leaves out a layer that is never there, and says so in no legend', () => {
    const empty = seriesFrom([[0, 0]]);
    expect(stackedSteps([{ series: empty, fill: 'failed', text: 'unusable' }])).toEqual([]);
  });

  test('shows the node time of a column: a spike in one of its pixels is as high as its share', () => {
    const pixelMs = HOUR / 638;
    const spike = seriesFrom([
      [0, 0],
      [100 * pixelMs, 4],
      [100.5 * pixelMs, 0],
    ]);
    const svg = chart(SPEC, stackedSteps([{ series: spike, fill: 'running', text: 'r' }]));
    // Half of a column at 4 of 4 nodes: half of the plot's height, 111 being the middle of 12 and 210.
    expect(pathOf(svg, 'fill-running')).toBe('M166 111H167V210H166Z');
  });
});

test('a band has a gap where nothing began', () => {
  const band = {
    atMs: Float64Array.of(1, 2, 3, 4, 5),
    p50: Float64Array.of(1, 1, Number.NaN, 2, 2),
    p95: Float64Array.of(2, 2, Number.NaN, 3, 3),
  };
  const svg = chart({ ...SPEC, toMs: 6 }, [percentileBand(band, 'waits')]);
  expect(pathOf(svg, 'band').match(/M/g)).toHaveLength(2);
  expect(svg).not.toContain('NaN');
});

describe('a heatmap', () => {
  const grid = (values: number[], columns: number) => ({
    meaning: 'used',
    rows: Array.from({ length: values.length / columns }, (_, row) => `n${row}`),
    columns,
    values: Float64Array.from(values),
  });

  test('draws equal neighbours as one, fuller cells higher, and nothing where no node is', () => {
    const svg = heatmap(SPEC, grid([1, 1, 0.5, Number.NaN], 4));
    const heats = [...svg.matchAll(/class="heat" fill-opacity="[^"]*" d="([^"]*)"/g)].map(([, d]) => d);
    expect(heats).toEqual(['M385 28v-7.52h159.5v7.52z', 'M66 28v-15.04h319v15.04z']);
  });

  test('of ten thousand rows shows groups of them by their mean, and says so', () => {
    const busy = Array.from({ length: 10_000 }, (_, row) => (row % 2 === 0 ? 1 : Number.NaN));
    const svg = heatmap(SPEC, grid(busy, 1));
    expect(/viewBox="0 0 720 (\d+)"/.exec(svg)?.[1]).toBe('522');
    expect(svg.includes('used; each row is the mean of 42')).toBe(true);
    expect(svg.match(/<text/g)?.length).toBeLessThan(60);
    expect(svg.match(/h638v/g)).toHaveLength(239);
    expect(svg.match(/fill-opacity="1"/g)).toHaveLength(1);
  });
});

describe('a Gantt chart', () => {
  test('makes one of bars that touch, and keeps what is apart and in other rows apart', () => {
    const second = HOUR / 3600;
    const rows = [
      [0, 0, 600],
      [0, 600, 1200],
      [0, 1800, 2400],
      [1, 0, 600],
    ];
    const svg = gantt(SPEC, {
      rows: ['n0', 'n1'],
      count: rows.length,
      row: Int32Array.from(rows, ([row = 0]) => row),
      fromMs: Float64Array.from(rows, ([, from = 0]) => from * second),
      toMs: Float64Array.from(rows, ([, , to = 0]) => to * second),
      fill: new Uint8Array(rows.length),
      fills: [{ fill: 'running', text: 'work' }],
    });
    expect(pathOf(svg, 'fill-running')).toBe(
      'M66 13.8h212.67v14.4H66zM385 13.8h106.33v14.4H385zM66 31.8h106.33v14.4H66z',
    );
  });

  test('of a million bars stays small', () => {
    const count = 1_000_000;
    const numbers = (valueAt: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => valueAt(i));
    const fromMs = numbers((i) => ((i >> 6) * HOUR) / 16_000);
    const svg = gantt(SPEC, {
      rows: Array.from({ length: 64 }, (_, i) => `n${i}`),
      count,
      row: Int32Array.from({ length: count }, (_, i) => i & 63),
      fromMs,
      toMs: fromMs.map((ms) => ms + 200),
      fill: new Uint8Array(count),
      fills: [{ fill: 'running', text: 'work' }],
    });
    expect(svg.length).toBeLessThan(20_000);
  });
});

test('charts of the same data have the same bytes', () => {
  const marks: readonly Mark[] = [...STACK, stepLine(TARGET, 'target', 'target')];
  expect(chart(SPEC, marks)).toBe(chart(SPEC, marks));
});

/**
 * How charts look: one style sheet and one set of patterns for a whole page. Colours are custom properties with a light
 * and a dark value, and paper is light; what differs by colour differs by pattern, dash or size as well. The hues are
 * Okabe and Ito's, darkened or lightened until they keep 3:1 against the paper.
 */

/** What an area stands for: the parts of node time (BILL-06), and nodes that cost nothing. */
export const CHART_FILLS = ['running', 'idle', 'booting', 'failed', 'free'] as const;
export type ChartFill = (typeof CHART_FILLS)[number];

/** What a line stands for. */
export const CHART_LINES = ['target', 'actual', 'queue', 'running', 'cost', 'wait'] as const;
export type ChartLine = (typeof CHART_LINES)[number];

const LIGHT = `--paper:#fff;--ink:#1b1f24;--soft:#57606a;--grid:#d8dee4;--running:#00805a;--idle:#2f86c9;--booting:#a8790a;--failed:#c2410c;--free:#a8437f;--queue:#6f42c1;--cost:#0a6c74;--heat:#00805a`;
const DARK = `--paper:#0d1117;--ink:#e6edf3;--soft:#9aa4af;--grid:#30363d;--running:#2fbf8f;--idle:#6cb6f5;--booting:#e3b341;--failed:#ff7b4a;--free:#e38ac0;--queue:#b392f0;--cost:#56d4dd;--heat:#2fbf8f`;

const LINES = [
  '.line{fill:none;stroke-width:1.6;stroke-linejoin:round;vector-effect:non-scaling-stroke}',
  '.target{stroke:var(--ink);stroke-dasharray:6 3}',
  '.actual{stroke:var(--idle);stroke-width:2}',
  '.queue{stroke:var(--queue)}',
  'path.running.line{stroke:var(--running);stroke-dasharray:2 2}',
  '.cost{stroke:var(--cost);stroke-width:2}',
  '.wait{stroke:var(--queue)}',
];

const FILLS = CHART_FILLS.map(
  (fill) => `.fill-${fill}{fill:url(#chart-${fill});stroke:var(--${fill});stroke-width:.6}`,
);

/** Text keeps a readable size where the picture is narrow; every second mark then goes. */
const NARROW = '.chart text{font-size:20px}.chart .spare{display:none}';

/** The style sheet. In a page the element around a chart is a container (`chart-box`), so that its own width decides. */
export const CHART_STYLE = [
  `.chart{${LIGHT};color:var(--ink);background:var(--paper);font:12px system-ui,sans-serif;display:block;width:100%;height:auto}`,
  `@media (prefers-color-scheme:dark){.chart{${DARK}}}`,
  '.chart text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}',
  '.chart .strong{fill:var(--ink);font-weight:600}',
  '.grid{stroke:var(--grid);stroke-width:1;shape-rendering:crispEdges}',
  '.axis{stroke:var(--soft);stroke-width:1;shape-rendering:crispEdges}',
  ...LINES,
  ...FILLS,
  '.band{fill:var(--queue);fill-opacity:.25}',
  '.heat{fill:var(--heat)}',
  '.miss{stroke:var(--failed);stroke-width:1.5;fill:none}',
  '.chart-box{container-type:inline-size;margin:0 0 8px}',
  '.chart-box figcaption{font-size:14px}',
  '.chart-box figcaption span{white-space:nowrap;margin-right:10px}',
  '.chart-box figcaption svg{display:inline-block;width:18px;height:12px;vertical-align:-1px}',
  '.chart-box figcaption strong{margin-right:10px}',
  `@container (max-width:560px){${NARROW}}`,
  `@media print{.chart{${LIGHT}}}`,
].join('\n');

/** Rules for a picture that is a file of its own: there its own width is all there is to ask. */
export const CHART_FILE_STYLE = `${CHART_STYLE}\n@media (max-width:560px){${NARROW}}`;

/** Marks of the patterns on a tile of 6 × 6; `running` is plain. */
const HATCHES: Readonly<Record<ChartFill, string>> = {
  running: '',
  idle: 'M1 2h1M4 5h1',
  booting: 'M-1 1L1 -1M-1 7L7 -1M5 7L7 5',
  failed: 'M0 0L6 6M0 6L6 0',
  free: 'M1.5 0V6M4.5 0V6',
};

/** The patterns that areas are filled with; once in a page, or in each file. */
export function chartPatterns(): string {
  const patterns = CHART_FILLS.map((fill) => {
    const tile = `<rect width="6" height="6" style="fill:var(--${fill})"/>`;
    const hatch = HATCHES[fill] === '' ? '' : `<path d="${HATCHES[fill]}" style="fill:none;stroke:var(--paper)"/>`;
    return `<pattern id="chart-${fill}" width="6" height="6" patternUnits="userSpaceOnUse">${tile}${hatch}</pattern>`;
  });
  return `<defs>${patterns.join('')}</defs>`;
}

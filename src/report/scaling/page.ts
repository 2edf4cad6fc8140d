/** A comparison as a file: one SVG, or an HTML page that needs nothing else, in light and dark and on paper. */
import { formatUsd, timeTicks } from '../../base/index.js';
import { lastRowAt, type Series, straightValueAt } from '../../recording/index.js';
import { chart } from '../charts/frame.js';
import { pictureFile } from '../charts/picture.js';
import { CHART_STYLE, chartPatterns } from '../charts/style.js';
import { escapeText } from '../charts/svg.js';
import { type ScalingComparison, type ScalingRun, sharedAxes } from './comparison.js';
import { FIGURE_HEADS, FIGURE_MEANINGS, figureRow } from './figures.js';
import { scalingPanels } from './panels.js';

/** All charts in one picture, a column for each run. `width`: of a column, in pixels; null: the usual. */
export function scalingPicture(comparison: ScalingComparison, width: number | null): string {
  const axes = sharedAxes(comparison);
  const description = comparison.runs.map((run) => `${figureRow(run)[0]}: ${sentenceOf(run)}`).join(' ');
  const columns = comparison.runs.map((run) => scalingPanels(run, axes, width ?? undefined));
  return pictureFile({ title: titleOf(comparison), description }, columns);
}

/** The page: figures first, then the charts in a row for each formula or, where there is room, side by side. */
export function scalingPage(comparison: ScalingComparison, width: number | null): string {
  const axes = sharedAxes(comparison);
  const { scenario, seed, runs } = comparison;
  const panels = runs.map((run) => scalingPanels(run, axes, width ?? undefined));
  const figures = (panels[0] ?? []).map((_, row) => {
    const boxes = panels.map((column) => column[row]).flatMap((panel) => (panel === undefined ? [] : [panel]));
    return `<div class="row">\n${boxes.map(({ spec, marks }) => chart(spec, marks)).join('\n')}\n</div>`;
  });
  const title = escapeText(titleOf(comparison));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${CHART_STYLE}
${PAGE_STYLE}
</style>
</head>
<body class="chart-page">
<svg class="chart" width="0" height="0" aria-hidden="true" style="position:absolute;width:0;height:0">${chartPatterns()}</svg>
<main>
<h1>${title}</h1>
<p>Scenario ${escapeText(scenario)}, seed ${escapeText(String(seed))}. All charts share their axes; time counts from the start of the run.</p>
${figureTable(runs)}
${figures.join('\n')}
${runs.map((run) => details(run, axes.toMs)).join('\n')}
</main>
</body>
</html>
`;
}

const PAGE_STYLE = `:root{color-scheme:light dark}
body{margin:0;background:#fff;color:#1b1f24;font:15px/1.45 system-ui,sans-serif}
main{max-width:1600px;margin:0 auto;padding:16px}
h1{font-size:1.35em;margin:0 0 .3em}
p{margin:.3em 0 1em}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto;margin:0 0 .6em}
th,td{text-align:right;padding:3px 14px 3px 0;border-bottom:1px solid #d8dee4;white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:8px 24px;margin:8px 0;max-width:1600px}
.row>:only-child{max-width:960px}
.small{font-size:.87em;color:#57606a}
details{margin:.6em 0}
pre{overflow-x:auto;padding:10px;border:1px solid #d8dee4}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th,td,pre{border-color:#30363d}.small{color:#9aa4af}}
@media print{body{background:#fff;color:#1b1f24}.row{break-inside:avoid}details{display:none}.small{color:#57606a}}`;

function titleOf({ pool, runs }: ScalingComparison): string {
  return `How pool ${pool} scales${runs.length === 1 ? '' : `, by ${runs.length} formulas`}`;
}

function sentenceOf(run: ScalingRun): string {
  const [, ...cells] = figureRow(run);
  return `${cells.map((cell, i) => `${FIGURE_HEADS[i + 1]} ${cell}`).join(', ')}.`;
}

function figureTable(runs: readonly ScalingRun[]): string {
  const head = FIGURE_HEADS.map((text) => `<th scope="col">${escapeText(text)}</th>`).join('');
  const rows = runs.map((run) => `<tr>${figureRow(run).map(cell).join('')}</tr>`);
  const meaning = escapeText(`${FIGURE_MEANINGS.join('; ')}.`);
  return `<div class="wide" role="region" aria-label="Figures" tabindex="0"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>\n<p class="small">${meaning}</p>`;
}

function cell(text: string, column: number): string {
  return column === 0 ? `<th scope="row">${escapeText(text)}</th>` : `<td>${escapeText(text)}</td>`;
}

/** Moments that the table of a run names, at most. */
const MOST_MOMENTS = 25;

/** What the charts show as a table, for who cannot see them, and the formula that did it. */
function details({ label, formula, series }: ScalingRun, toMs: number): string {
  const value = (one: Series, atMs: number) => String(one.value[Math.max(lastRowAt(one, atMs), 0)]);
  const rows = timeTicks(0, toMs, MOST_MOMENTS)
    .filter(({ atMs }) => atMs <= series.endMs)
    .map(({ atMs, label: time }) => {
      const cost = series.cost === null ? '-' : formatUsd(straightValueAt(series.cost, atMs));
      const cells = [series.target, series.nodes, series.queue, series.running].map((one) => value(one, atMs));
      return `<tr>${[time, ...cells, cost].map(cell).join('')}</tr>`;
    });
  const head = ['time', 'target', 'nodes', 'tasks waiting', 'tasks running', 'cost so far'];
  const heads = head.map((text) => `<th scope="col">${text}</th>`).join('');
  const text = formula === null ? '' : `\n<pre>${escapeText(formula.trimEnd())}</pre>`;
  return `<details><summary>${escapeText(label)}: as a table${formula === null ? '' : ', with the formula'}</summary>${text}
<div class="wide" role="region" aria-label="${escapeText(label)} as a table" tabindex="0"><table><thead><tr>${heads}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></details>`;
}

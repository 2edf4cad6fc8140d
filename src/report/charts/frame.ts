/**
 * A chart: title, axes, legend, and the marks drawn between them. Marks are functions of the frame, so that any of them
 * can share one: nodes by state under a target line, a band of waits behind a queue.
 */
import { scaleLinear } from 'd3-scale';
import { timeTicks } from '../../base/index.js';
import type { Attributes } from './svg.js';
import { element, escapeText, label, number } from './svg.js';
import { type ChartUnit, topOf, valueLabel, valueTicks } from './value-axis.js';

/** What a chart is drawn on. */
export interface ChartSpec {
  /** One line, without a full stop: stands above the chart and names it to screen readers. */
  readonly title: string;
  /** What is to be seen, in a sentence or two with figures, for who does not see the picture. */
  readonly description: string;
  /** In units of the picture, which pages stretch to their own width. */
  readonly width?: number;
  readonly height?: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the data end, if that is before the axis does: charts side by side share the longest. */
  readonly endMs?: number;
  /** The highest value to be shown; the axis ends at a readable one above. */
  readonly highest: number;
  readonly unit: ChartUnit;
}

/** Default width of a chart, in its own units: a column of a report. */
export const CHART_WIDTH = 720;
/** Default height of a chart: a third of its width. */
export const CHART_HEIGHT = 240;

/** Room beside the plot: labels of values at the left, labels of times below. */
export const MARGIN = { left: 66, right: 16, top: 12, bottom: 30 } as const;

/** Room above the plot in a file of its own, for title and legend; a page has them above the picture, where words wrap. */
export const HEAD_HEIGHT = 34;

/** The plot and its scales. */
export interface Frame {
  readonly spec: ChartSpec;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Columns of pixels: data are cut down to so many. */
  readonly columns: number;
  /** The value at the end of the axis. */
  readonly topValue: number;
  /** Where the data end, in ms. */
  readonly endMs: number;
  /** Place of a moment, in units of the picture. */
  readonly x: (atMs: number) => number;
  /** Place of a value. */
  readonly y: (value: number) => number;
}

/** Something drawn in a frame. */
export interface Mark {
  readonly draw: (frame: Frame) => string;
  /** What the legend says of it; null: nothing. */
  readonly legend: LegendEntry | null;
}

/** An entry of the legend: a line, a filled square or a cross, by its class. */
export interface LegendEntry {
  readonly kind: 'line' | 'area' | 'cross';
  readonly className: string;
  readonly text: string;
}

/** The frame of a chart. */
export function frameOf(spec: ChartSpec): Frame {
  const { width = CHART_WIDTH, height = CHART_HEIGHT, fromMs, highest, unit } = spec;
  const toMs = Math.max(spec.toMs, fromMs + 1); // a run that ends at once still has an axis
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom];
  const topValue = topOf(highest, unit);
  const x = scaleLinear([fromMs, toMs], [left, right]);
  const y = scaleLinear([0, topValue], [bottom, top]);
  const endMs = Math.min(spec.endMs ?? toMs, toMs);
  return {
    spec: { ...spec, toMs },
    endMs,
    left,
    right,
    top,
    bottom,
    columns: Math.round(right - left),
    topValue,
    x,
    y,
  };
}

/** A chart as a `figure`, to be placed in a page that has the style sheet and the patterns. */
export function chart(spec: ChartSpec, marks: readonly Mark[]): string {
  const { width = CHART_WIDTH, height = CHART_HEIGHT } = spec;
  return figureOf(spec, legendEntries(marks), width, height, plotInside(spec, marks));
}

/** A chart with title and legend drawn above it, to be placed in a larger picture; {@link HEAD_HEIGHT} higher. */
export function chartWithHead(spec: ChartSpec, marks: readonly Mark[]): string {
  const head = [label(MARGIN.left, 16, spec.title, { class: 'strong' }), legendRow(legendEntries(marks), MARGIN.left)];
  const below = element('g', { transform: `translate(0 ${HEAD_HEIGHT})` }, `\n${plotInside(spec, marks)}\n`);
  return [...head, below].join('\n');
}

function legendEntries(marks: readonly Mark[]): readonly LegendEntry[] {
  return marks.flatMap((mark) => mark.legend ?? []);
}

function plotInside(spec: ChartSpec, marks: readonly Mark[]): string {
  const frame = frameOf(spec);
  return [valueAxis(frame), ...marks.map((mark) => mark.draw(frame)), timeAxis(frame)].join('\n');
}

/** A picture under its title and legend: the caption of a figure. */
export function figureOf(
  about: Pick<ChartSpec, 'title' | 'description'>,
  legend: readonly LegendEntry[],
  width: number,
  height: number,
  inside: string,
): string {
  const entries = legend.map(
    (entry) =>
      `<span><svg class="chart" viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">${sampleOf(entry, 0, 6)}</svg> ${escapeText(entry.text)}</span>`,
  );
  const caption = `<figcaption><strong>${escapeText(about.title)}</strong> ${entries.join(' ')}</figcaption>`;
  return `<figure class="chart-box">${caption}\n${pictureOf(about, width, height, inside)}</figure>`;
}

/** The element around a picture: named and described, in a size that its surroundings may change. */
export function pictureOf(
  { title, description }: Pick<ChartSpec, 'title' | 'description'>,
  width: number,
  height: number,
  inside: string,
  more: Attributes = {},
): string {
  const attributes = {
    ...more,
    class: 'chart',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': `${title}. ${description}`,
  };
  const words = `<title>${escapeText(title)}</title>\n<desc>${escapeText(description)}</desc>`;
  return element('svg', attributes, `\n${words}\n${inside}\n`);
}

function valueAxis({ spec, left, right, topValue, y }: Frame): string {
  return valueTicks(topValue, spec.unit)
    .map((value) => {
      const at = Math.round(y(value));
      const line = element('path', { class: value === 0 ? 'axis' : 'grid', d: `M${left} ${at}H${right}` });
      return line + label(left - 8, at + 4, valueLabel(value, topValue, spec.unit), { 'text-anchor': 'end' });
    })
    .join('\n');
}

/** Units of the picture that the label of a moment needs. */
const TIME_LABEL_WIDTH = 62;

/** The time axis of any chart: marks below the plot, every second one spare where the picture is narrow. */
export function timeAxis({ spec, left, right, bottom, x }: Frame): string {
  const most = Math.max(2, Math.floor((right - left) / TIME_LABEL_WIDTH));
  return timeTicks(spec.fromMs, spec.toMs, most)
    .map(({ atMs, label: text }, i) => {
      const at = Math.round(x(atMs));
      const isLast = right - at < TIME_LABEL_WIDTH / 3;
      const attributes = {
        'text-anchor': isLast ? 'end' : i === 0 ? 'start' : 'middle',
        class: i % 2 === 1 ? 'spare' : null,
      };
      const tick = element('path', { class: 'axis', d: `M${at} ${bottom}v4` });
      return tick + label(isLast ? right : at, bottom + 20, text, attributes);
    })
    .join('\n');
}

/** Width of a letter of the legend, about; and of a sample with its distances. */
const LETTER_WIDTH = 6.4;
const SAMPLE_WIDTH = 34;

/** Samples and words in a row. */
function legendRow(entries: readonly LegendEntry[], left: number): string {
  let x = left;
  return entries
    .map((entry) => {
      const drawn = sampleOf(entry, x, 32) + label(x + 23, 36, entry.text);
      x += SAMPLE_WIDTH + entry.text.length * LETTER_WIDTH;
      return drawn;
    })
    .join('\n');
}

/** How something looks, 18 wide, around a height. */
function sampleOf({ kind, className }: LegendEntry, x: number, y: number): string {
  if (kind === 'area') return element('rect', { class: className, x: x + 0.5, y: y - 5, width: 17, height: 10 });
  const d = kind === 'line' ? `M${number(x)} ${y}h18` : `M${number(x + 6)} ${y - 3}l6 6m0 -6l-6 6`;
  return element('path', { class: kind === 'line' ? `line ${className}` : className, d });
}

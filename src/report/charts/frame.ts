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
  /** The highest value to be shown; the axis ends at a readable one above. */
  readonly highest: number;
  readonly unit: ChartUnit;
}

/** Default size of a chart: as wide as a column of a report, a bit higher than a third of it. */
export const CHART_WIDTH = 720;
export const CHART_HEIGHT = 240;

/** Room beside the plot: labels of values at the left, title and legend above, labels of times below. */
export const MARGIN = { left: 66, right: 16, top: 44, bottom: 30 } as const;

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

/** An entry of the legend: a line or a filled square, by its class. */
export interface LegendEntry {
  readonly kind: 'line' | 'area';
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
  return { spec: { ...spec, toMs }, left, right, top, bottom, columns: Math.round(right - left), topValue, x, y };
}

/** A whole chart as an `svg` element, to be placed in a page that has the style sheet and the patterns. */
export function chart(spec: ChartSpec, marks: readonly Mark[]): string {
  const { width = CHART_WIDTH, height = CHART_HEIGHT } = spec;
  return pictureOf(spec, width, height, chartInside(spec, marks));
}

/** What stands in a chart, to be placed in a larger picture. */
export function chartInside(spec: ChartSpec, marks: readonly Mark[]): string {
  const frame = frameOf(spec);
  const legend = marks.flatMap((mark) => mark.legend ?? []);
  return [
    label(frame.left, 16, spec.title, { class: 'strong' }),
    legendOf(legend, frame.left),
    valueAxis(frame),
    ...marks.map((mark) => mark.draw(frame)),
    timeAxis(frame),
  ].join('\n');
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

/** Samples and words in a row above a plot. */
export function legendOf(entries: readonly LegendEntry[], left: number): string {
  let x = left;
  return entries
    .map(({ kind, className, text }) => {
      const sample =
        kind === 'line'
          ? element('path', { class: `line ${className}`, d: `M${number(x)} 32h18` })
          : element('rect', { class: className, x, y: 27, width: 18, height: 10 });
      const words = label(x + 23, 36, text);
      x += SAMPLE_WIDTH + text.length * LETTER_WIDTH;
      return `<g class="legend">${sample}${words}</g>`;
    })
    .join('\n');
}

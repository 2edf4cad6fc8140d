/** A band between the median and the 95th percentile, such as the waits of tasks by when they began. */
import { area, curveMonotoneX, line } from 'd3-shape';
import type { Band } from '../../recording/index.js';
import type { Mark } from './frame.js';
import { element } from './svg.js';

/** A band, its median as a line. Columns without a value are gaps; one that stands alone is a stroke. */
export function percentileBand({ atMs, p50, p95 }: Band, text: string): Mark {
  return {
    draw: ({ x, y }) => {
      const rows = Array.from(atMs, (_, row) => row);
      const isThere = (row: number) => !Number.isNaN(p50[row]);
      const at = (row: number) => x(atMs[row] as number);
      const between = area<number>()
        .x(at)
        .y0((row) => y(p50[row] as number))
        .y1((row) => y(p95[row] as number))
        .defined(isThere)
        .curve(curveMonotoneX)
        .digits(2);
      const median = line<number>()
        .x(at)
        .y((row) => y(p50[row] as number))
        .defined(isThere)
        .curve(curveMonotoneX)
        .digits(2);
      return [
        element('path', { class: 'band', d: between(rows) ?? '' }),
        element('path', { class: 'line wait', d: median(rows) ?? '', 'stroke-linecap': 'round' }),
      ].join('');
    },
    legend: { kind: 'area', className: 'band', text },
  };
}

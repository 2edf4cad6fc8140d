/** Areas upon each other: nodes by what they do. */
import { columnMeans, type Series } from '../../recording/index.js';
import type { Frame, Mark } from './frame.js';
import type { ChartFill } from './style.js';
import { element, number } from './svg.js';

/** One layer of a stack. */
export interface Layer {
  readonly series: Series;
  readonly fill: ChartFill;
  readonly text: string;
}

/**
 * Stacked steps, the first layer at the bottom. A column of pixels shows the mean over its time, so that an area is node
 * time whatever the scale. Layers that are empty all the time are left out.
 */
export function stackedSteps(layers: readonly Layer[]): readonly Mark[] {
  const lower: Layer[] = [];
  return layers
    .filter(({ series }) => hasArea(series))
    .map((layer) => {
      const below = [...lower];
      lower.push(layer);
      return {
        draw: (frame) => drawLayer(frame, below, layer),
        legend: { kind: 'area', className: `fill-${layer.fill}`, text: layer.text },
      };
    });
}

function hasArea({ count, value }: Series): boolean {
  for (let row = 0; row < count; row++) if ((value[row] as number) > 0) return true;
  return false;
}

function drawLayer(frame: Frame, below: readonly Layer[], layer: Layer): string {
  const floor = sumOf(frame, below);
  const ceiling = sumOf(frame, [layer]).map((value, column) => value + (floor[column] as number));
  let path = '';
  // Only where the layer is there: an area without height would still show as its border.
  for (let from = 0; from < ceiling.length; from++) {
    if (isFlat(floor, ceiling, from)) continue;
    let to = from;
    while (to < ceiling.length && !isFlat(floor, ceiling, to)) to++;
    path += outline(frame, floor, ceiling, from, to);
    from = to;
  }
  return element('path', { class: `fill-${layer.fill}`, d: path });
}

function isFlat(floor: Float64Array, ceiling: Float64Array, column: number): boolean {
  return ceiling[column] === floor[column];
}

function sumOf({ spec, columns, endMs }: Frame, layers: readonly Layer[]): Float64Array {
  const sums = new Float64Array(columns);
  for (const { series } of layers) {
    columnMeans(series, spec.fromMs, spec.toMs, columns, endMs).forEach((mean, column) => {
      sums[column]! += mean;
    });
  }
  return sums;
}

/** Along the ceiling to the right, along the floor back. */
function outline({ left, y }: Frame, floor: Float64Array, ceiling: Float64Array, from: number, to: number): string {
  const at = (values: Float64Array, column: number) => number(y(values[column] as number));
  let path = `M${left + from} ${at(ceiling, from)}`;
  for (let column = from + 1; column < to; column++) {
    if (at(ceiling, column) !== at(ceiling, column - 1)) path += `H${left + column}V${at(ceiling, column)}`;
  }
  path += `H${left + to}V${at(floor, to - 1)}`;
  for (let column = to - 1; column > from; column--) {
    if (at(floor, column - 1) !== at(floor, column)) path += `H${left + column}V${at(floor, column - 1)}`;
  }
  return `${path}H${left + from}Z`;
}

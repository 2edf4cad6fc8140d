/** The three charts of a run: nodes against their target, the queue, the cost so far. */
import { formatCount, formatUsd } from '../../base/index.js';
import { highestOf, momentText, type NodePart, type Series } from '../../recording/index.js';
import { CHART_WIDTH, type Mark } from '../charts/frame.js';
import { missMarks, stepLine, straightLine } from '../charts/lines.js';
import type { Panel } from '../charts/picture.js';
import { stackedSteps } from '../charts/stack.js';
import type { ChartFill } from '../charts/style.js';
import type { ScalingRun, SharedAxes } from './comparison.js';

const NODES_HEIGHT = 240;
const LOW_HEIGHT = 150;

/** What the parts of node time are called; those at work at the bottom. */
const PART_TEXTS: Readonly<Record<NodePart, string>> = {
  running: 'running',
  idle: 'idle',
  booting: 'starting',
  failed: 'unusable',
  free: 'preempted',
};
const PART_ORDER: readonly (NodePart & ChartFill)[] = ['running', 'idle', 'booting', 'failed', 'free'];

/** The charts of one run, from the top down, on axes that all runs share. */
export function scalingPanels(run: ScalingRun, axes: SharedAxes, width: number = CHART_WIDTH): readonly Panel[] {
  const { label, series, figures, missesMs } = run;
  const spec = { width, fromMs: 0, toMs: axes.toMs, endMs: series.endMs };
  const nodes: Panel = {
    spec: {
      ...spec,
      title: `${label}: nodes`,
      description: `${peak(series.nodes, 'nodes')}, wanted ${peak(series.target, 'nodes')}; the targets changed at most ${figures.changesPerHour} times an hour.`,
      height: NODES_HEIGHT,
      highest: axes.nodes,
      unit: 'count',
    },
    marks: [
      ...stackedSteps(PART_ORDER.map((part) => ({ series: series.parts[part], fill: part, text: PART_TEXTS[part] }))),
      stepLine(series.target, 'target', 'target'),
      missMarks(missesMs, 'evaluation failed'),
    ],
  };
  const queue: Panel = {
    spec: {
      ...spec,
      title: `${label}: tasks`,
      description: `Tasks that wait: ${peak(series.queue, 'tasks')}. Tasks that run: ${peak(series.running, 'tasks')}.`,
      height: LOW_HEIGHT,
      highest: axes.queue,
      unit: 'count',
    },
    marks: [stepLine(series.queue, 'queue', 'waiting for a node')],
  };
  return [nodes, queue, costPanel(run, axes, spec)];
}

function costPanel(
  { label, series }: ScalingRun,
  axes: SharedAxes,
  spec: Omit<Panel['spec'], 'title' | 'description' | 'highest' | 'unit'>,
): Panel {
  const marks: Mark[] = series.cost === null ? [] : [straightLine(series.cost, 'cost', 'cost so far')];
  const total = series.cost === null ? null : highestOf(series.cost);
  const description =
    total === null
      ? 'A node without a known price was charged.'
      : `${formatUsd(total)} at the end, ${momentText(series.endMs)}.`;
  return {
    spec: { ...spec, title: `${label}: cost`, description, height: LOW_HEIGHT, highest: axes.cost, unit: 'usd' },
    marks,
  };
}

/** `up to 40 nodes, first at 1:20`. */
function peak(series: Series, noun: string): string {
  const highest = highestOf(series);
  const row = series.value.subarray(0, series.count).indexOf(highest);
  return highest === 0
    ? `no ${noun}`
    : `up to ${formatCount(highest)} ${noun}, first at ${momentText(series.atMs[row] as number)}`;
}

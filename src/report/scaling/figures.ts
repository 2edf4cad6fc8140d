/** The figures of compared runs, as the rows of a table. */
import { formatCount, formatDuration, formatUsd } from '../../base/index.js';
import type { ScalingRun } from './comparison.js';

/** Heads of the columns. */
export const FIGURE_HEADS = ['formula', 'cost', 'p95 wait', 'peak nodes', 'changes/h', 'end'] as const;

/** What each column means, for who has not read the manual. */
export const FIGURE_MEANINGS: readonly string[] = [
  'cost: what the nodes of the pool cost',
  'p95 wait: 95 % of the tasks waited no longer',
  'peak nodes: most nodes at a time',
  'changes/h: changes of the targets in the busiest hour',
  'end: when the last task of the pool ended',
];

/** The row of a run; `-` where there is nothing to tell. */
export function figureRow({ label, figures, complete }: ScalingRun): readonly string[] {
  const { costUsd, p95WaitMs, peakNodes, changesPerHour, endMs, unended } = figures;
  const left = unended === 0 ? '' : ` (${formatCount(unended)} not ended)`;
  return [
    complete ? label : `${label} (stopped)`,
    costUsd === null ? 'no price' : formatUsd(costUsd),
    p95WaitMs === null ? '-' : formatDuration(p95WaitMs),
    formatCount(peakNodes),
    formatCount(changesPerHour),
    `${endMs === 0 ? '-' : formatDuration(endMs)}${left}`,
  ];
}

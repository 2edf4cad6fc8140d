/** The comparison as text. Waits are printed in mean service times, as the literature has them. */
import type { TheoryCase } from './cases.js';
import type { LittlesLaw } from './little.js';
import { agrees, type Measurement, TRANSIENT_ENDS } from './measure.js';
import { MEAN_SERVICE_MS } from './queue.js';

/** The line above the rows. */
export const HEADER = [
  'queue'.padEnd(29),
  'tasks'.padStart(13),
  'predicted'.padStart(10),
  'measured'.padStart(10),
  '99 % interval'.padStart(20),
  'width'.padStart(8),
  '  who waits: predicted, measured',
].join(' ');

/** One queue. The width is half of the interval, as a share of the prediction. */
export function rowOf({ name, predicted }: TheoryCase, tasks: number, measured: Measurement): string {
  const { mean, halfWidth } = measured.wait;
  const isSeen = measured.waited > 0;
  return [
    name.padEnd(29),
    `${measured.counted / 1000}k of ${tasks / 1000}k`.padStart(13),
    inServices(predicted.meanWait).padStart(10),
    inServices(mean).padStart(10),
    (isSeen ? `${inServices(mean - halfWidth)} … ${inServices(mean + halfWidth)}` : 'nobody waited').padStart(20),
    (isSeen ? `±${((100 * halfWidth) / predicted.meanWait).toFixed(1)} %` : '-').padStart(8),
    inPercent(predicted.waitingShare).padStart(11),
    inPercent(measured.waited / measured.counted).padStart(11),
    agrees(measured, predicted) ? '  agrees' : '  DIFFERS',
  ].join(' ');
}

/** The line above the rows of the warm-up. */
export const TRANSIENT_HEADER = `${'tasks up to'.padEnd(29)} ${TRANSIENT_ENDS.map((end) => String(end).padStart(8)).join('')}`;

/** How the mean over the replications rises to its level: each stretch's mean wait over the prediction. */
export function transientRowOf({ name, predicted }: TheoryCase, measured: Measurement): string {
  const ratios = measured.transient.map((wait) => (wait / predicted.meanWait).toFixed(3).padStart(8));
  return `${name.padEnd(29)} ${ratios.join('')}`;
}

/** Both sides of Little's law. */
export function littleLines(law: LittlesLaw): string[] {
  return [
    `tasks in the system   L = ${law.tasksInSystem.toFixed(9)}   λW = ${law.rateTimesStay.toFixed(9)}`,
    `busy nodes            L = ${law.busyNodes.toFixed(9)}   λW = ${law.rateTimesService.toFixed(9)}`,
  ];
}

function inServices(ms: number): string {
  const value = ms / MEAN_SERVICE_MS;
  if (value === 0) return '0';
  return value < 1e-4 ? value.toExponential(1) : value.toPrecision(4);
}

function inPercent(share: number): string {
  if (share === 0) return '0 %';
  return share < 1e-4 ? `${(100 * share).toExponential(1)} %` : `${(100 * share).toFixed(2)} %`;
}

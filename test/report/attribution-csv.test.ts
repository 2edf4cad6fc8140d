import { expect, test } from 'vitest';
import { NODE_USES, type Recording } from '../../src/recording/index.js';
import { attributionRows, COLUMN_DOCS, useColumn } from '../../src/report/index.js';
import { job, pool, run, tasks } from '../helpers/world.js';

const HOUR = 3_600_000;
const PRICE = {
  dedicatedPerHourUsd: 3,
  spotPerHourUsd: null,
  dedicatedSource: null,
  spotSource: null,
  spotAssumed: false,
};

/** Rows as `hour job use=seconds … cost`, uses of no time left out. */
function told(recording: Recording): string[] {
  const names = COLUMN_DOCS['attribution.csv'].columns.map(({ name }) => name);
  return [...attributionRows(recording)].map((row) => {
    const at = (name: string) => row[names.indexOf(name)];
    const uses = NODE_USES.map(({ name }) => useColumn(name)).flatMap((name) => {
      return at(name) === '0' ? [] : [`${name.slice(0, -2)}=${at(name)}`];
    });
    return [`${Number(at('from_s')) / 3600}h`, at('job_id'), ...uses, `$${at('cost')}`].join(' ');
  });
}

test('BILL-06 by hour and job: two jobs side by side on a node of three slots, one of them longer', () => {
  const jobs = [job('a', [tasks('a', [HOUR])]), job('b', [tasks('b', [1.5 * HOUR])])];
  const recording = run([pool(1, { taskSlotsPerNode: 3, price: PRICE })], jobs);
  expect(told(recording)).toEqual([
    '0h a useful=1200 $1',
    '0h b useful=1200 $1',
    '0h (none) free_slots=1200 $1',
    '1h b useful=600 $0.5',
    '1h (none) free_slots=1200 $1',
  ]);
});

test('thirds of a millisecond are rounded so that the hour keeps its sum', () => {
  const recording = run([pool(1, { taskSlotsPerNode: 3 })], [job('a', [tasks('a', [1])]), job('b', [tasks('b', [1])])]);
  expect(told(recording)).toEqual(['0h a useful=0.001 $', '0h b $', '0h (none) $']);
});

test('a run without nodes has no rows', () => {
  expect(told(run([], [job('a', [tasks('a', [HOUR])])]))).toEqual([]);
});

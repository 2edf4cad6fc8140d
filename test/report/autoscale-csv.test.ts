import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Pool } from '../../src/model/index.js';
import type { Run } from '../../src/recording/index.js';
import { type RunContext, runFiles } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { job, pool, tasks, world } from '../helpers/world.js';

const MINUTE = 60_000;
const CONTEXT: RunContext = { tool: { name: 'batchsim', version: '0' }, scenarioHash: '', resolvedYaml: '' };

function runOf(given: Partial<Pool>, record: 'full' | 'summary' = 'full'): Run {
  const clock = { epochMs: 0, untilMs: 16 * MINUTE, tailMs: null };
  const jobs = [job('j', [tasks('t', [12 * MINUTE])])];
  return simulate(world({ pools: [pool(0, { ready: false, ...given })], jobs }, { clock }), { record });
}

function rowsOf(run: Run): Record<string, string>[] | null {
  const file = [...runFiles(run, CONTEXT)].find(({ name }) => name === 'autoscale.csv');
  if (file === undefined) return null;
  const rows = parse([...file.chunks()].join(''), { columns: true }) as Record<string, string>[];
  expect(file.rows).toBe(rows.length);
  return rows;
}

const FORMULA = `
  text = "a;b=c"; $none = 0 * rand();
  waits = time() < time("1970-01-01T00:10:00Z") ? 0 : avg($ActiveTasks.GetSample(20 * TimeInterval_Minute, 99));
  $TargetDedicatedNodes = time() < time("1970-01-01T00:05:00Z") ? 1 : 0;
  $NodeDeallocationOption = taskcompletion;`;

test('ASC-05 autoscale.csv has a row an evaluation: what it wanted, what it changed, why it failed', () => {
  const autoScale = { formula: FORMULA, evaluationIntervalMs: 5 * MINUTE };
  const rows = rowsOf(runOf({ autoScale })) ?? [];
  const told = rows.map((row) =>
    [row['t_s'], row['ok'], row['target_dedicated'], row['dealloc'], row['changed']].join(' '),
  );
  expect(told).toEqual([
    ...['0 yes 1 taskcompletion yes', '300 yes 0 taskcompletion yes', '600 no 0 requeue no', '900 no 0 requeue no'],
  ]);
  // A string that looks like an entry is taken for one; no other value can.
  expect(JSON.parse(rows[1]?.['variables_json'] ?? '')).toEqual({ $none: '0', text: 'a', b: 'c', waits: '0' });
  expect(rows[1]).toMatchObject({ pool: 'p', error: '', sample_pct: '', previous_dedicated: '1', dedicated: '1' });
  // 20 of 40 samples; those of before the start of autoscale are none.
  expect(rows[2]).toMatchObject({ sample_pct: '50', variables_json: '{}', previous_dedicated: '0', target_spot: '0' });
  expect(rows[2]?.['error']).toBe(
    'InsufficientSampleData: Line 3, Col 81: Insufficient data from data set: $ActiveTasks wanted 99%, received 50%',
  );
});

test('autoscale.csv is there without the log too, and not where no pool follows a formula', () => {
  const autoScale = { formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: 5 * MINUTE };
  expect(rowsOf(runOf({ autoScale }, 'summary'))).toHaveLength(4);
  expect(rowsOf(runOf({ targetDedicatedNodes: 1 }))).toBeNull();
});

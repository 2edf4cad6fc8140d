import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { JOB_STATES, NODE_STATES } from '../../src/model/index.js';
import { decodeRecording, type Run, summarize } from '../../src/recording/index.js';
import { COLUMN_DOCS, manifestJson, type RunContext, runFiles, type WrittenRunFile } from '../../src/report/index.js';
import { type ToyWorld, toyWorld } from '../helpers/recordings.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);
const CONTEXT: RunContext = {
  tool: { name: 'batchsim', version: '0.0.0' },
  scenarioHash: 'ab'.repeat(32),
  resolvedYaml: 'version: 1\n',
};

/** Every file as bytes, by name, with its count of rows. */
function written(run: Run): Map<string, { bytes: Buffer; rows: number | null }> {
  const files = new Map<string, { bytes: Buffer; rows: number | null }>();
  for (const file of runFiles(run, CONTEXT)) {
    const bytes = Buffer.concat([...file.chunks()].map((chunk) => Buffer.from(chunk)));
    files.set(file.name, { bytes, rows: file.rows });
  }
  return files;
}

type Row = Record<string, string>;

function table(run: Run, name: string): Row[] {
  return parse(written(run).get(name)?.bytes ?? '', { columns: true });
}

function num(row: Row | undefined, name: string): number {
  return Number(row?.[name]);
}

/** A toy world with a step of so many ms, and prices that make milliseconds worth something. */
function world(seed: number, stepMs = 7): ToyWorld {
  const toy = toyWorld({ seed });
  const { scenario, recording } = toy.run;
  const pools = recording.pools.map((pool) => ({
    ...pool,
    price: { ...pool.price, dedicatedPerHourUsd: 1e6, spotPerHourUsd: 3e5 },
  }));
  const run = { scenario: { ...scenario, extras: { report: { step: stepMs } } }, recording: { ...recording, pools } };
  return { ...toy, pools, run };
}

describe('run folder', () => {
  test('holds every file once, with headers and rows as counted', () => {
    const { run } = world(3);
    const files = written(run);
    expect([...files.keys()].sort()).toEqual([
      'attribution.csv',
      'cost.csv',
      'events.ndjson',
      'job-times.csv',
      'jobs.csv',
      'nodes.csv',
      'recording.bin',
      'scenario.resolved.yaml',
      'summary.json',
      'tasks.csv',
      'utilization.csv',
    ]);
    for (const [name, { bytes, rows }] of files) {
      const lines = bytes.toString().split('\n').length - 1;
      if (name.endsWith('.csv')) {
        expect(bytes.toString().split('\n')[0]).toBe(
          COLUMN_DOCS[name as 'tasks.csv'].columns.map((c) => c.name).join(','),
        );
        expect(rows, name).toBe(table(run, name).length);
      } else expect(rows, name).toBe(name === 'events.ndjson' ? lines : null);
    }
  });

  test('is the same bytes each time', () => {
    const [first, second] = [written(world(5).run), written(world(5).run)];
    for (const [name, { bytes }] of first) expect(second.get(name)?.bytes.equals(bytes), name).toBe(true);
  });

  test('without its log lacks the files that need one', () => {
    const { run } = world(3);
    const names = [...written({ ...run, recording: { ...run.recording, log: null } }).keys()];
    expect(names).not.toContain('utilization.csv');
    expect(names).not.toContain('events.ndjson');
    expect(names).toContain('tasks.csv');
  });

  test('recording.bin reads back as the recording it came from', () => {
    const { run } = world(4);
    const decoded = decodeRecording(written(run).get('recording.bin')?.bytes ?? Buffer.alloc(0));
    expect(decoded.ok && summarize({ ...run, recording: decoded.value })).toEqual(summarize(run));
  });

  test('run.json names tool, seed and digest, and every file with its fingerprint, by name', () => {
    const { run } = world(3);
    const files: WrittenRunFile[] = [...written(run)].map(([name, { bytes, rows }]) => {
      return { name, rows, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    const manifest = JSON.parse(manifestJson(run, CONTEXT, files));
    expect(manifest).toMatchObject({
      schemaVersion: 1,
      tool: CONTEXT.tool,
      seed: 3,
      complete: true,
      scenarioHash: CONTEXT.scenarioHash,
    });
    expect(manifest.files.map((file: WrittenRunFile) => file.name)).toEqual(files.map((file) => file.name).sort());
    expect(manifest.files[0]).toEqual(files.find((file) => file.name === 'attribution.csv'));
  });
});

describe('tasks.csv', () => {
  test.each(SEEDS)('world %i: rows go by job, then addition, and say what happened', (seed) => {
    const toy = world(seed);
    const { recording } = toy.run;
    const rows = table(toy.run, 'tasks.csv');
    const order = toy.tasks.map((_, i) => i).sort((a, b) => toy.tasks[a]!.job - toy.tasks[b]!.job || a - b);
    expect(rows.map((row) => row['task_id'])).toEqual(order.map((task) => recording.taskNames.id(task)));
    rows.forEach((row, i) => {
      const task = toy.tasks[order[i] as number]!;
      const last = task.attempts.findLast((attempt) => attempt.node >= 0);
      expect(row['start_s']).toBe(last && last.startMs >= 0 ? String(last.startMs / 1000) : '');
      expect(row['end_s']).toBe(last && last.endMs >= 0 ? String(last.endMs / 1000) : '');
      expect(row['node_ordinal']).toBe(last ? String(toy.nodes[last.node]!.ordinal) : '');
      const phase = task.phase === 'deleted' ? task.kept : task.phase;
      expect(row['result']).toBe(phase === 'succeeded' ? 'success' : phase === 'failed' ? 'failure' : '');
      if (task.phase === 'deleted') expect(row['state']).toBe('deleted');
      expect(row['failure_code']).toBe(task.failure);
      expect(num(row, 'lost_s') + num(row, 'run_s')).toBeCloseTo(
        task.phases.filter((p) => p === 'running').length / 1000,
        9,
      );
    });
  });

  test.each(SEEDS)("world %i: costs sum to the jobs' costs", (seed) => {
    const { run } = world(seed);
    const sums = new Map<string, number>();
    for (const row of table(run, 'tasks.csv')) {
      sums.set(row['job_id'] as string, (sums.get(row['job_id'] as string) ?? 0) + num(row, 'cost'));
    }
    const { byJob } = summarize(run).cost;
    for (const row of table(run, 'jobs.csv')) {
      const id = row['job_id'] as string;
      expect(sums.get(id) ?? 0).toBeCloseTo(num(row, 'cost'), 7);
      expect(byJob[id]).toBeCloseTo(num(row, 'cost'), 7);
    }
  });
});

describe('slots', () => {
  test.each(SEEDS)('world %i: attempts on the same slot never overlap, and slots exist', async (seed) => {
    const toy = world(seed);
    const { planSlots } = await import('../../src/report/index.js');
    const plan = planSlots(toy.run.recording);
    const taken: { node: number; slot: number; fromMs: number; toMs: number }[] = [];
    const { recording } = toy.run;
    toy.tasks.forEach((task, row) => {
      for (const attempt of task.attempts) {
        if (attempt.node < 0) continue;
        const earlier = attempt.outcome !== 'last' && attempt.outcome !== null;
        const slot = earlier ? plan.ofAttempt[rowOf(recording, row, attempt)] : plan.ofTask[row];
        const toMs = attempt.endMs < 0 ? toy.endMs : attempt.endMs;
        taken.push({ node: attempt.node, slot: slot as number, fromMs: attempt.assignedMs, toMs });
        const { taskSlotsPerNode } = toy.pools[toy.nodes[attempt.node]!.pool]!;
        expect(slot).toBeGreaterThanOrEqual(0);
        expect(slot).toBeLessThan(taskSlotsPerNode);
      }
    });
    for (const [i, a] of taken.entries()) {
      for (const b of taken.slice(i + 1)) {
        if (a.node !== b.node || a.slot !== b.slot) continue;
        expect(a.toMs <= b.fromMs || b.toMs <= a.fromMs).toBe(true);
      }
    }
  });
});

/** The row of an earlier attempt in the recording, found by its times. */
function rowOf(recording: Run['recording'], task: number, attempt: { assignedMs: number; endMs: number }): number {
  const { attempts } = recording;
  for (let i = 0; i < attempts.count; i++) {
    const same = attempts.assignedMs[i] === attempt.assignedMs && attempts.endMs[i] === attempt.endMs;
    if (attempts.task[i] === task && same) return i;
  }
  return -1;
}

describe('nodes.csv', () => {
  test.each(SEEDS)('world %i: rows go by pool and ordinal, their money sums to the total', (seed) => {
    const { run } = world(seed);
    const rows = table(run, 'nodes.csv');
    const keys = rows.map((row) => `${row['pool']} ${String(num(row, 'node_ordinal')).padStart(5, '0')}`);
    expect(keys).toEqual([...keys].sort());
    const total = rows.reduce((sum, row) => sum + num(row, 'cost'), 0);
    expect(total).toBeCloseTo(summarize(run).cost.total as number, 7);
  });
});

describe('utilization.csv', () => {
  test.each(SEEDS)('world %i: each row is the world after its millisecond', (seed) => {
    const toy = world(seed);
    const rows = table(toy.run, 'utilization.csv');
    const times = [...new Set(rows.map((row) => num(row, 't_s')))];
    expect(times.at(-1)).toBe(toy.endMs / 1000);
    expect(times.slice(0, 3)).toEqual([0, 0.007, 0.014]);
    for (const row of rows) {
      const ms = Math.min(Math.round(num(row, 't_s') * 1000), toy.endMs - 1);
      const pool = toy.pools.findIndex((one) => one.id === row['pool']);
      const nodes = toy.nodes.filter((node) => node.pool === pool && node.states[ms]);
      const inState = (...states: string[]) =>
        nodes.filter((node) => states.includes(node.states[ms] as string)).length;
      const leaving = nodes.filter((node) => node.states[ms] === 'leavingpool' && (node.used[ms] ?? 0) > 0).length;
      expect(num(row, 'booting')).toBe(inState('creating', 'starting', 'rebooting'));
      expect(num(row, 'idle')).toBe(inState('idle', 'offline', 'leavingpool') - leaving);
      expect(num(row, 'running')).toBe(inState('running') + leaving);
      expect(num(row, 'failed')).toBe(inState('starttaskfailed', 'unusable'));
      expect(num(row, 'free')).toBe(inState('preempted'));
      expect(num(row, 'dedicated') + num(row, 'spot')).toBe(nodes.length);
      expect(num(row, 'slots_used')).toBe(nodes.reduce((sum, node) => sum + (node.used[ms] ?? 0), 0));
      const tasks = toy.tasks.filter((task) => toy.jobs[ms]?.[task.job]?.pool === pool);
      const running = tasks.filter((task) => ['preparing', 'running'].includes(task.phases[ms] ?? ''));
      expect(num(row, 'tasks_running')).toBe(running.length);
    }
  });
});

describe('cost.csv', () => {
  test.each([1, 7, 1000])('BILL-06 with a step of %i ms totals sum to the summary, to the last digit', (stepMs) => {
    for (const seed of SEEDS) {
      const { run } = world(seed, stepMs);
      const rows = table(run, 'cost.csv');
      const { cost, nodes } = summarize(run);
      const sum = (name: string) => rows.reduce((total, row) => total + num(row, name), 0);
      for (const part of ['total', 'running', 'idle', 'booting', 'failed', 'lost'] as const) {
        expect(sum(part), `${part} of world ${seed}`).toBeCloseTo(cost[part] as number, 6);
      }
      expect(sum('node_s') / 3600).toBeCloseTo(nodes.hours, 5);
      const last = new Map(rows.map((row) => [`${row['pool']}/${row['kind']}`, num(row, 'cumulative')]));
      expect([...last.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(cost.total as number, 8);
      for (const row of rows) {
        const parts = num(row, 'running') + num(row, 'idle') + num(row, 'booting') + num(row, 'failed');
        expect(parts).toBeCloseTo(num(row, 'total'), 9);
      }
      if (rows.length > 0) expect(num(rows.at(-1), 'to_s')).toBe(run.recording.run.endMs / 1000);
    }
  });

  test('BILL-07 without a price there is node time and no money', () => {
    const rows = table(toyWorld({ seed: 2, unpriced: true }).run, 'cost.csv').filter((row) => row['pool'] === 'pool-0');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(num(row, 'node_s')).toBeGreaterThan(0);
      expect([row['rate'], row['total'], row['cumulative']]).toEqual(['', '', '']);
    }
  });
});

describe('events.ndjson', () => {
  test.each(SEEDS)('world %i: every line is an object, and counting them gives what the summary says', (seed) => {
    const { run } = world(seed);
    const lines = (written(run).get('events.ndjson')?.bytes.toString() ?? '').split('\n').slice(0, -1);
    const events = lines.map(
      (line) => JSON.parse(line) as { t: number; event: string; state?: string; reason?: string },
    );
    const count = (name: string) => events.filter((one) => one.event === name).length;
    const { tasks } = summarize(run);
    expect(count('TaskCreateEvent')).toBe(tasks.total);
    expect(count('TaskCompleteEvent')).toBe(tasks.succeeded);
    // A reactivated task has failed before (TASK-24).
    expect(count('TaskFailEvent') - count('TaskReactivateEvent')).toBe(tasks.failed);
    expect(count('TaskRetryEvent')).toBe(tasks.retries);
    const lost = events.filter((one) => ['nodePreempted', 'nodeFailed'].includes(one.reason ?? '')).length;
    expect(count('TaskDisplaceEvent') + lost).toBe(tasks.interruptions);
    expect(events.filter((one) => one.reason === 'jobDisabled').length).toBe(tasks.requeues);
    expect(count('SubtaskStartEvent')).toBe(run.recording.subtasks.length);
    expect(count('OperationEvent')).toBe(run.recording.operations.length);
    expect(count('PoolCreateEvent')).toBe(run.recording.pools.length);
    expect(events.every((one, i) => i === 0 || one.t >= (events[i - 1]?.t ?? 0))).toBe(true);
    const states: readonly string[] = [...NODE_STATES, ...JOB_STATES, 'gone', 'deleted'];
    expect(events.filter((one) => one.state !== undefined && !states.includes(one.state))).toEqual([]);
    expect(lines.filter((line) => /undefined|NaN/.test(line))).toEqual([]);
  });

  test('a task start says job, task, pool and node', () => {
    const { run } = world(3);
    const line = (written(run).get('events.ndjson')?.bytes.toString() ?? '')
      .split('\n')
      .find((one) => one.includes('TaskStartEvent'));
    expect(Object.keys(JSON.parse(line ?? '{}'))).toEqual([
      't',
      'event',
      'jobId',
      'poolId',
      'taskId',
      'nodeOrdinal',
      'nodeId',
      'requiredSlots',
    ]);
  });
});

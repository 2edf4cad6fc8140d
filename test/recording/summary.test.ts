import { describe, expect, test } from 'vitest';
import {
  type CostSummary,
  NO_JOB,
  NODE_USES,
  type Recording,
  type SubtaskRow,
  summarize,
} from '../../src/recording/index.js';
import { type ToyTask, type ToyWorld, toyPart, toyWorld } from '../helpers/recordings.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);
const HOUR_MS = 3_600_000;
/** A toy run lasts milliseconds: prices that make them worth something, so that rounding does not hide an error. */
const DEAR = 1e6;

/** Money and core-hours by going through every millisecond of every node. */
function countedCharges(world: ToyWorld) {
  const usd = new Map<string, number>();
  const add = (key: string, amount: number) => usd.set(key, (usd.get(key) ?? 0) + amount);
  const { subtasks } = world.run.recording;
  for (const [row, node] of world.nodes.entries()) {
    const pool = world.pools[node.pool]!;
    const perMs = (node.kind === 0 ? pool.price.dedicatedPerHourUsd! : pool.price.spotPerHourUsd!) / HOUR_MS;
    for (let ms = 0; ms < world.endMs; ms++) {
      const state = node.states[ms];
      if (!state) continue;
      const part = toyPart(state, node.used[ms] ?? 0);
      if (part === 'free') continue;
      add('total', perMs);
      add(part, perMs);
      add(`pool ${pool.id}`, perMs);
      add(`size ${pool.vmSize.name}`, perMs);
      add(node.kind === 0 ? 'kind dedicated' : 'kind spot', perMs);
      add('coreMs', pool.vmSize.vcpus);
      add('slotMs', pool.taskSlotsPerNode);
      for (const [taskRow, task] of world.tasks.entries()) {
        const attempt = task.attempts[task.holding[ms] ?? -1];
        if (attempt === undefined) continue;
        const others = subtasks.filter((one) => one.task === taskRow && one.node === row && isOpen(one, ms)).length;
        const slots = (attempt.node === row ? task.slots : 0) + others;
        if (slots === 0) continue;
        const share = (perMs * slots) / pool.taskSlotsPerNode;
        add(`job ${world.run.recording.jobs[task.job]!.id}`, share);
        if (attempt.outcome !== 'last' && attempt.outcome !== null) add('lost', share);
        if (task.phases[ms] === 'running' && attempt.node === row) add('busyMs', task.slots);
      }
    }
  }
  return (key: string) => usd.get(key) ?? 0;
}

function isOpen({ startMs, endMs }: SubtaskRow, ms: number): boolean {
  return startMs <= ms && (endMs < 0 || ms < endMs);
}

/** The same world at dear prices. */
function dearWorld(seed: number): ToyWorld {
  const world = toyWorld({ seed });
  const pools = world.pools.map((pool) => ({
    ...pool,
    price: {
      ...pool.price,
      dedicatedPerHourUsd: pool.price.dedicatedPerHourUsd! * DEAR,
      spotPerHourUsd: pool.price.spotPerHourUsd! * DEAR,
    },
  }));
  return { ...world, pools, run: { ...world.run, recording: { ...world.run.recording, pools } } };
}

describe('BILL-06 the summary agrees with counting milliseconds', () => {
  test.each(SEEDS)('world %i', (seed) => {
    const world = dearWorld(seed);
    const { cost, coreHours, utilization } = summarize(world.run);
    const counted = countedCharges(world);
    for (const part of ['total', 'running', 'idle', 'booting', 'failed', 'lost'] as const) {
      expect(cost[part], part).toBeCloseTo(counted(part), 6);
    }
    for (const [pool, usd] of Object.entries(cost.byPool)) expect(usd).toBeCloseTo(counted(`pool ${pool}`), 6);
    for (const [size, usd] of Object.entries(cost.byVmSize)) expect(usd).toBeCloseTo(counted(`size ${size}`), 6);
    for (const [kind, usd] of Object.entries(cost.byKind)) expect(usd).toBeCloseTo(counted(`kind ${kind}`), 6);
    for (const [job, usd] of Object.entries(cost.byJob)) {
      if (job !== NO_JOB) expect(usd).toBeCloseTo(counted(`job ${job}`), 6);
    }
    expect(coreHours.total).toBeCloseTo(counted('coreMs') / HOUR_MS, 6);
    if (utilization !== null) expect(utilization).toBeCloseTo(counted('busyMs') / counted('slotMs'), 5);
  });

  test.each(SEEDS)('world %i: every split sums to the whole', (seed) => {
    const { cost, coreHours, nodes, uses } = summarize(dearWorld(seed).run);
    const sum = (values: (number | null)[]) => values.reduce((a: number, b) => a + (b as number), 0);
    expect(sum([cost.running, cost.idle, cost.booting, cost.failed])).toBeCloseTo(cost.total as number, 8);
    for (const split of [cost.byPool, cost.byVmSize, cost.byKind, cost.byJob]) {
      expect(sum(Object.values(split))).toBeCloseTo(cost.total as number, 8);
    }
    for (const part of ['running', 'idle', 'booting', 'failed'] as const) {
      const usd = NODE_USES.filter((use) => use.part === part).map(({ name }) => uses?.[name].usd ?? null);
      expect(sum(usd), part).toBeCloseTo(cost[part] as number, 8);
    }
    expect(sum(Object.values(uses ?? {}).map(({ node_s }) => node_s)) / 3600).toBeCloseTo(nodes.hours, 5);
    const { running, idle, booting, failed, total } = coreHours;
    expect(sum([running, idle, booting, failed])).toBeCloseTo(total, 10);
    expect(cost.lost as number).toBeLessThanOrEqual((cost.running as number) + 1e-9);
  });
});

describe('BILL-07 an unknown price', () => {
  const unpriced = (seed: number) => summarize(toyWorld({ seed, unpriced: true }).run);

  test('makes every total null, never 0, and says so', () => {
    const summary = unpriced(2);
    const totals: (keyof CostSummary)[] = ['total', 'perTask'];
    for (const key of totals) expect(summary.cost[key]).toBeNull();
    expect(summary.cost.byPool['pool-0']).toBeNull();
    expect(summary.warnings.map((one) => one.code)).toContain('priceMissing');
    expect(summary.warnings.find((one) => one.code === 'priceMissing')?.message).toContain('pool-0 (Standard_D2s_v5)');
  });

  test('leaves pools alone whose price is known', () => {
    const both = SEEDS.map(unpriced).filter((summary) => 'pool-1' in summary.cost.byPool);
    expect(both.length).toBeGreaterThan(5);
    for (const summary of both) expect(summary.cost.byPool['pool-1']).not.toBeNull();
  });

  test('does not matter where nothing is charged', () => {
    const summary = summarize(toyWorld({ seed: 2, unpriced: true, nodes: 0 }).run);
    expect(summary.cost.total).toBe(0);
    expect(summary.warnings).toEqual([]);
  });
});

/** A task that completed and was deleted later still counts as what it was. */
function completedAs(task: ToyTask): string {
  return task.phase === 'deleted' ? task.kept : task.phase;
}

describe('tasks', () => {
  test.each(SEEDS)('world %i: counts, waits and runs are what counting gives', (seed) => {
    const world = toyWorld({ seed });
    const summary = summarize(world.run);
    const inPhase = (...phases: string[]) =>
      world.tasks.filter((task) => phases.includes(task.endMs >= 0 ? completedAs(task) : task.phase)).length;
    const attempts = world.tasks.flatMap((task) => task.attempts);
    expect(summary.tasks).toEqual({
      total: world.tasks.length,
      succeeded: inPhase('succeeded'),
      failed: inPhase('failed'),
      active: inPhase('blocked', 'ready', 'assigned'),
      running: inPhase('preparing', 'running'),
      deleted: world.tasks.filter((task) => task.phase === 'deleted' && task.endMs < 0).length,
      retries: attempts.filter((a) => a.outcome === 'retry').length,
      requeues: attempts.filter((a) => a.outcome === 'jobDisabled').length,
      interruptions: attempts.filter((a) => ['displaced', 'nodePreempted', 'nodeFailed'].includes(a.outcome ?? ''))
        .length,
    });
    const waits = world.tasks
      .filter((t) => t.readyMs >= 0 || t.attempts.some((a) => a.readyMs >= 0))
      .map((t) => t.phases.filter((p) => ['ready', 'assigned', 'preparing'].includes(p)).length);
    expect(summary.wait_s.count).toBe(waits.length);
    expect(summary.wait_s.sum).toBeCloseTo(waits.reduce((a, b) => a + b, 0) / 1000, 9);
    expect(summary.makespan_s).toBe(Math.max(0, ...world.tasks.map((task) => task.endMs)) / 1000);
  });

  test('SIM-10 unfinished tasks stand by cause with at most 20 names each', () => {
    const summary = summarize(toyWorld({ seed: 4, tasks: 200, lengthMs: 800, nodes: 0 }).run);
    expect(summary.unfinished.map((one) => one.cause)).toEqual(['blockedByDependency', 'noEligibleNode']);
    for (const { count, examples } of summary.unfinished) {
      expect(examples).toHaveLength(Math.min(count, 20));
      expect(examples[0]).toMatch(/^job-\d\/./);
    }
    expect(Math.max(...summary.unfinished.map((one) => one.count))).toBeGreaterThan(20);
    expect(summary.unfinished.reduce((sum, one) => sum + one.count, 0)).toBe(summary.tasks.active);
  });
});

test('without a log uses and flows of pools are null, and all else is the same', () => {
  const { run } = toyWorld({ seed: 6 });
  const whole = summarize(run);
  expect(whole.uses).not.toBeNull();
  expect(whole.pools).toHaveLength(run.recording.pools.length);
  const without = summarize({ ...run, recording: { ...run.recording, log: null } });
  expect(without).toEqual({ ...whole, uses: null, pools: null });
});

test('RSZ-05 resizes that a quota cut short are counted by pool and code', () => {
  const world = toyWorld({ seed: 1 });
  const resize = {
    ...world.run.recording.resizes[0]!,
    errors: [{ code: 'AccountCoreQuotaReached', message: 'Too small.' }],
  };
  const timedOut = { ...resize, startMs: 5000, errors: [{ code: 'AllocationTimedout', message: 'Late.' }] };
  const recording: Recording = { ...world.run.recording, resizes: [resize, { ...resize, startMs: 9000 }, timedOut] };
  const summary = summarize({ ...world.run, recording });
  expect(summary.quotasHit).toEqual([
    { pool: 'pool-0', code: 'AccountCoreQuotaReached', message: 'Too small.', resizes: 2, first_s: 0 },
  ]);
  expect(summary.resizeErrors).toEqual([
    { pool: 'pool-0', code: 'AllocationTimedout', message: 'Late.', resizes: 1, first_s: 5 },
  ]);
});

test('ids of jobs and pools carry the account where there are several, and odd ids stay whole', () => {
  const world = toyWorld({ seed: 1 });
  const { recording } = world.run;
  const jobs = recording.jobs.map((job) => ({ ...job, id: '__proto__' }));
  const two = { ...recording, log: null, jobs: jobs.slice(0, 1), accounts: [{ name: 'a' }, { name: 'b' }] };
  const alone = summarize({
    ...world.run,
    recording: {
      ...recording,
      log: null,
      jobs: jobs.slice(0, 1),
      tasks: { ...recording.tasks, count: 0 },
      attempts: { ...recording.attempts, count: 0 },
      subtasks: [],
      unfinished: { ...recording.unfinished, count: 0 },
    },
  });
  expect(Object.keys(alone.cost.byJob)).toEqual(['__proto__', NO_JOB]);
  const both = summarize({
    ...world.run,
    recording: {
      ...two,
      tasks: { ...recording.tasks, count: 0 },
      attempts: { ...recording.attempts, count: 0 },
      subtasks: [],
      unfinished: { ...recording.unfinished, count: 0 },
    },
  });
  expect(Object.keys(both.cost.byPool)[0]).toBe('a/pool-0');
});

test('nodes: the peak counts those there at one time', () => {
  const { run } = toyWorld({ seed: 8, nodes: 6 });
  const { nodes } = run.recording;
  expect(nodes.count).toBe(6);
  const createdMs = Float64Array.of(0, 0, 5, 10, 10, 30);
  const goneMs = Float64Array.of(10, 7, 10, 20, -1, -1);
  const kind = Uint8Array.of(0, 1, 0, 0, 1, 0);
  const summary = summarize({ ...run, recording: { ...run.recording, nodes: { ...nodes, createdMs, goneMs, kind } } });
  expect(summary.nodes).toMatchObject({ total: 6, peak: { total: 3, dedicated: 2, spot: 1 } });
});

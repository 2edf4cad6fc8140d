import { describe, expect, test } from 'vitest';
import {
  INSTANT_COMMAND,
  makeJobPreparation,
  type NodePrice,
  type Operation,
  type Scenario,
  TASK_STATES,
} from '../../src/model/index.js';
import {
  decodeRecording,
  encodeRecording,
  NO_NODE_STATE,
  NODE_USES,
  openRecording,
  Replay,
  type Run,
  summarize,
} from '../../src/recording/index.js';
import { type RunContext, runFiles, useColumn } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { audit } from '../helpers/event-audit.js';
import { each, job, latencies, pool, tasks, world } from '../helpers/world.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

const CONTEXT: RunContext = { tool: { name: 'batchsim', version: '0' }, scenarioHash: '', resolvedYaml: '' };
const PRICE: NodePrice = {
  dedicatedPerHourUsd: 0.7,
  spotPerHourUsd: 0.11,
  dedicatedSource: null,
  spotSource: null,
  spotAssumed: false,
  extraPerHourUsd: 0.06,
};
const RUNS = Array.from({ length: 20 }, (_, i) => [
  { name: `random world ${i}`, run: simulate(priced(randomWorld(i))) },
  { name: `chancy world ${i}`, run: simulate(priced(chancyWorld(i))) },
])
  .flat()
  .concat({ name: 'eventful world', run: simulate(priced(eventfulWorld())) });

/** What operators and fate do to one world of two pools and three jobs. */
function eventfulWorld(): Scenario {
  const node = { poolId: 'p', node: 'n1' };
  const operations: [number, Operation][] = [
    [5, { kind: 'preemptNodes', poolId: 'p', count: 1, nodes: null }],
    [7, { kind: 'rebootNode', ...node, option: 'requeue' }],
    [9, { kind: 'disableJob', jobId: 'a', disableTasks: 'requeue' }],
    [12, { kind: 'patchJob', jobId: 'a', changes: { priority: 7, poolId: 'q' } }],
    [14, { kind: 'enableJob', jobId: 'a' }],
    [15, { kind: 'terminateTask', jobId: 'b', taskId: 'b1' }],
    [16, { kind: 'terminateTask', jobId: 'b', taskId: 'b9' }],
    [17, { kind: 'deleteTask', jobId: 'b', taskId: 'b2' }],
    [18, { kind: 'reactivateTask', jobId: 'b', taskId: 'b1' }],
    [19, { kind: 'reactivateTask', jobId: 'b', taskId: 'b9' }],
    [20, { kind: 'disableNodeScheduling', ...node, option: 'taskcompletion' }],
    [22, { kind: 'enableNodeScheduling', ...node }],
    [24, { kind: 'removeNodes', poolId: 'p', nodes: ['n0'], resizeTimeoutMs: null, nodeDeallocationOption: 'requeue' }],
    [26, { kind: 'terminateJob', jobId: 'c', terminateReason: 'enough', force: false }],
    [28, { kind: 'deleteJob', jobId: 'c', force: false }],
    [60, { kind: 'deletePool', poolId: 'q' }],
  ];
  const jobPreparationTask = makeJobPreparation({
    command: { ...INSTANT_COMMAND, runtime: each(2), exitCode: each(0) },
  });
  const multiInstance = { numberOfInstances: 2, coordination: INSTANT_COMMAND, commonDownloadBytes: 0 };
  return world({
    pools: [
      pool(3, {
        targetLowPriorityNodes: 2,
        enableInterNodeCommunication: true,
        timing: latencies({ dispatch: 1, reboot: 3, leave: 2 }),
      }),
      pool(1, { id: 'q', taskSlotsPerNode: 2, timing: latencies({ leave: 5 }) }),
    ],
    jobs: [
      job('a', [tasks('a', [8, 8, 8, 8], { exitCode: each(1, 0) })], { maxTaskRetryCount: 1, jobPreparationTask }),
      job('b', [tasks('b', [9, 9, 9, 9, 9, 9, 9, 9, 9])], { priority: -1 }),
      job('c', [tasks('c', [6, 6], { multiInstance })], { priority: 1 }),
    ],
    actions: operations.map(([atMs, operation]) => ({ atMs, operation, expectError: null })),
  });
}

function priced(world: Scenario): Scenario {
  const accounts = world.accounts.map((account) => {
    return { ...account, pools: account.pools.map((pool) => ({ ...pool, price: PRICE })) };
  });
  return { ...world, accounts };
}

/** The columns of one file by name, as texts. */
function columns(run: Run, name: string): (column: string) => string[] {
  const file = [...runFiles(run, CONTEXT)].find((one) => one.name === name);
  const [header = '', ...lines] = [...(file?.chunks() ?? [])].join('').trimEnd().split('\n');
  const at = (column: string) => header.split(',').indexOf(column);
  return (column) => lines.filter((line) => line !== '').map((line) => line.split(',')[at(column)] ?? '');
}

function sum(values: readonly string[]): number {
  return values.reduce((total, value) => total + Number(value), 0);
}

describe('what the engine recorded holds together', () => {
  test('the worlds have money, lost attempts and unfinished tasks in them', () => {
    const summaries = RUNS.map(({ run }) => summarize(run));
    expect(summaries.filter((one) => (one.cost.total ?? 0) > 0).length).toBeGreaterThan(10);
    expect(summaries.filter((one) => (one.cost.lost ?? 0) > 0).length).toBeGreaterThan(3);
    expect(summaries.filter((one) => one.unfinished.length > 0).length).toBeGreaterThan(3);
  });

  test('the eventful world has all of it in it: requeues, losses, deletions, subtasks, several pools', () => {
    const { recording } = RUNS.at(-1)!.run;
    const summary = summarize(RUNS.at(-1)!.run);
    expect(summary.operations).toEqual({ total: 16, refused: [] });
    expect(summary.tasks.requeues).toBeGreaterThan(0);
    expect(summary.tasks.interruptions).toBeGreaterThan(0);
    expect(summary.tasks.deleted).toBeGreaterThan(0);
    expect(summary.nodes.preemptions).toBe(1);
    expect(recording.subtasks.length).toBeGreaterThan(0);
    expect(recording.jobs.map((one) => one.state)).toEqual(['active', 'active', 'deleted']);
    expect(recording.pools.map((one) => one.state)).toEqual(['active', 'deleted']);
  });

  test.each(RUNS)('$name: the log, replayed, ends where the tables do', ({ run }) => {
    const { recording } = run;
    const replay = new Replay(recording);
    replay.toTime(Number.POSITIVE_INFINITY);
    for (let task = 0; task < recording.tasks.count; task++) {
      const isDeleted = (recording.tasks.deletedMs?.[task] ?? -1) >= 0;
      expect(replay.state.taskState(task)).toBe(isDeleted ? null : TASK_STATES[recording.tasks.state[task] as number]);
    }
    for (let node = 0; node < recording.nodes.count; node++) {
      const isGone = (recording.nodes.goneMs[node] as number) >= 0;
      expect(replay.state.nodeState[node]).toBe(isGone ? NO_NODE_STATE : recording.nodes.state[node]);
    }
  });

  test.each(RUNS)('$name: node time and money of cost.csv, nodes.csv and the summary are the same', ({ run }) => {
    const { cost, nodes } = summarize(run);
    const byStep = columns(run, 'cost.csv');
    const byNode = columns(run, 'nodes.csv');
    expect(sum(byStep('node_s')) / 3600).toBeCloseTo(nodes.hours, 5);
    if (cost.total === null) return;
    expect(sum(byStep('total'))).toBeCloseTo(cost.total, 7);
    expect(sum(byStep('lost'))).toBeCloseTo(cost.lost as number, 6);
    expect(sum(byNode('cost'))).toBeCloseTo(cost.total, 6);
    expect(sum(columns(run, 'tasks.csv')('cost'))).toBeCloseTo(sum(columns(run, 'jobs.csv')('cost')), 6);
  });

  test.each(RUNS)('$name: attribution.csv sums to nodes.csv part by part, to the millisecond', ({ run }) => {
    const byUse = columns(run, 'attribution.csv');
    const byNode = columns(run, 'nodes.csv');
    const sumMs = (texts: readonly string[]) =>
      texts.reduce((total, text) => total + Math.round(Number(text) * 1000), 0);
    for (const part of ['booting', 'idle', 'running', 'failed'] as const) {
      const uses = NODE_USES.filter((use) => use.part === part).map(({ name }) => useColumn(name));
      const usedMs = uses.map((use) => sumMs(byUse(use))).reduce((a, b) => a + b, 0);
      expect(usedMs, part).toBe(sumMs(byNode(`${part}_s`)));
    }
    expect(byUse('node_s').every((text) => Number(text) >= 0)).toBe(true);
  });

  test.each(RUNS)('$name: attribution.csv sums to the summary by pool, size, kind and job', ({ run }) => {
    const { cost } = summarize(run);
    if (cost.total === null) return;
    const rows = columns(run, 'attribution.csv');
    const costs = rows('cost').map(Number);
    const splits = { pool: cost.byPool, vm_size: cost.byVmSize, kind: cost.byKind, job_id: cost.byJob };
    for (const [column, split] of Object.entries(splits)) {
      const keys = rows(column);
      for (const [key, usd] of Object.entries(split)) {
        const booked = costs.reduce((total, usdOfRow, i) => total + (keys[i] === key ? usdOfRow : 0), 0);
        expect(booked, `${column} ${key}`).toBeCloseTo(usd as number, 6);
      }
    }
    expect(costs.reduce((a, b) => a + b, 0)).toBeCloseTo(cost.total, 6);
    expect(sum(columns(run, 'cost.csv')('extras'))).toBeCloseTo(cost.extras as number, 5);
  });

  test.each(RUNS)('$name: an audit of events.ndjson alone finds the same cost and the same waits', ({ run }) => {
    const { endMs } = run.recording.run;
    const file = [...runFiles(run, CONTEXT)].find((one) => one.name === 'events.ndjson');
    const { chargedMs, waitMs } = audit([...(file?.chunks() ?? [])].join(''), { endMs, stretchMs: endMs + 1 });
    let usd = 0;
    for (const [group, ms] of chargedMs) usd += (ms / 3_600_000) * (group.endsWith('|spot') ? 0.17 : 0.76);
    const { total } = summarize(run).cost;
    if (total !== null) expect(usd).toBeCloseTo(total, 6);
    const rows = columns(run, 'tasks.csv');
    const [jobs, ids, waits] = [rows('job_id'), rows('task_id'), rows('wait_s')];
    const told = ids.flatMap((id, i) =>
      waits[i] === '' ? [] : [[`${jobs[i]}/${id}`, Math.round(Number(waits[i]) * 1000)]],
    );
    expect(Object.fromEntries(waitMs)).toEqual(Object.fromEntries(told));
  });

  test.each(RUNS)('$name: recording.bin brings back the same summary, with and without its log', ({ run }) => {
    const bytes = Buffer.concat([...encodeRecording(run)]);
    const decoded = decodeRecording(bytes);
    expect(decoded.ok && summarize({ ...run, recording: decoded.value })).toEqual(summarize(run));
    const file = openRecording(bytes);
    if (!file.ok) throw new Error(file.error);
    const atMs = Math.floor(run.recording.run.endMs / 2);
    const replay = new Replay(run.recording);
    replay.toTime(atMs);
    expect(file.value.stateAtTime(atMs)).toEqual({ ok: true, value: replay.state });
  });
});

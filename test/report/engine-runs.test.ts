import { describe, expect, test } from 'vitest';
import { NODE_STATES, type NodePrice, type Scenario, TASK_STATES } from '../../src/model/index.js';
import {
  decodeRecording,
  encodeRecording,
  openRecording,
  Replay,
  type Run,
  summarize,
} from '../../src/recording/index.js';
import { type RunContext, runFiles } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

const CONTEXT: RunContext = { tool: { name: 'batchsim', version: '0' }, scenarioHash: '', resolvedYaml: '' };
const PRICE: NodePrice = {
  dedicatedPerHourUsd: 0.7,
  spotPerHourUsd: 0.11,
  dedicatedSource: null,
  spotSource: null,
  spotAssumed: false,
};
const RUNS = Array.from({ length: 20 }, (_, i) => [
  { name: `random world ${i}`, run: simulate(priced(randomWorld(i))) },
  { name: `chancy world ${i}`, run: simulate(priced(chancyWorld(i))) },
]).flat();

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

  test.each(RUNS)('$name: the log, replayed, ends where the tables do', ({ run }) => {
    const { recording } = run;
    const replay = new Replay(recording);
    replay.toTime(Number.POSITIVE_INFINITY);
    for (let task = 0; task < recording.tasks.count; task++) {
      expect(replay.state.taskState(task)).toBe(TASK_STATES[recording.tasks.state[task] as number]);
    }
    for (let node = 0; node < recording.nodes.count; node++) {
      expect(NODE_STATES[replay.state.nodeState[node] as number]).toBe(
        NODE_STATES[recording.nodes.state[node] as number],
      );
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

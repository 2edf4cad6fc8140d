/**
 * Autoscale as recordings tell it: every evaluation can be made again from what is recorded, and every sample is what the
 * log says of its moment. The environment may ask for more worlds (BATCHSIM_WORLDS) or others (BATCHSIM_SEED).
 */
import { expect, test } from 'vitest';
import { compileFormula, evaluateFormula } from '../../src/autoscale/index.js';
import { NODE_STATES } from '../../src/model/index.js';
import {
  CPU_STEPS,
  decodeRecording,
  encodeRecording,
  type FormulaRow,
  JOB_PHASES,
  POOL_PHASES,
  type Recording,
  Replay,
  type Run,
  SAMPLED_METRICS,
  type SampledMetric,
  TASK_PHASES,
  type WorldState,
} from '../../src/recording/index.js';
import { FormulaHistory, type PastEvaluation, Simulation, simulate } from '../../src/sim/index.js';
import { formulaWorld } from '../helpers/formula-worlds.js';
import { FEATURES } from '../helpers/oracle/dice.js';

const WORLDS = Number(process.env['BATCHSIM_WORLDS'] ?? 120);
const FIRST_SEED = Number(process.env['BATCHSIM_SEED'] ?? 1);
const SEEDS = Array.from({ length: WORLDS }, (_, index) => FIRST_SEED + index);
const SAMPLE_MS = 30_000;

test(`ASC-05 ${WORLDS} worlds: from the recording's file every evaluation comes out again as it did`, () => {
  let count = 0;
  for (const seed of SEEDS) {
    const recording = reread(simulate(formulaWorld(seed)));
    recording.pools.forEach((_, pool) => {
      const history = new FormulaHistory(recording, pool);
      const past = [...history.evaluations()].map((one) => {
        expect(again(one), `formulaWorld(${seed})`).toEqual(one.outcome.run);
        return one.atMs;
      });
      count += past.length;
      // Backwards, and between evaluations: the last one is told, and samples are found without what came before.
      for (const atMs of past.reverse()) {
        const one = history.lastEvaluation(atMs) as PastEvaluation;
        expect([one.atMs, again(one)], `formulaWorld(${seed})`).toEqual([atMs, one.outcome.run]);
      }
    });
  }
  expect(count).toBeGreaterThan(10 * WORLDS);
});

test(`ASC-07 ${WORLDS} worlds: each sample is what the log says of its moment`, () => {
  // What these add is counted otherwise than by tasks and slots; it has tests of its own.
  const allowed = FEATURES.filter((feature) => !['multiInstance', 'cores', 'memory'].includes(feature));
  let count = 0;
  for (const seed of SEEDS) {
    const { recording } = simulate(formulaWorld(seed, allowed));
    const replay = new Replay(recording);
    for (const [atMs, pool, seen] of samplesInOrder(recording)) {
      // The log does not tell which jobs were bound to a pool that is gone at the end.
      if (isEventful(recording, atMs) || recording.pools[pool]?.state !== 'active') continue;
      replay.toTime(atMs);
      expect(seen, `formulaWorld(${seed}) at ${atMs}`).toEqual(told(recording, replay.state, pool));
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(20 * WORLDS);
});

test('ASC-07 the recording keeps samples whatever the slices in which a run is advanced, and without its log', () => {
  for (const seed of SEEDS.slice(0, 20)) {
    const { samples } = simulate(formulaWorld(seed)).recording;
    const stepped = new Simulation(formulaWorld(seed), { record: 'summary' });
    while (!stepped.advance(1));
    expect(plain(stepped.recording().samples), `formulaWorld(${seed})`).toEqual(plain(samples));
  }
});

function again({ formula, inputs, outcome }: PastEvaluation) {
  const compiled = compileFormula(formula.formula);
  if (!compiled.ok) throw new Error('a recorded formula compiles');
  const evaluation = evaluateFormula(compiled.value, inputs);
  const { results } = evaluation;
  if (evaluation.ok) return { atMs: outcome.run.atMs, results, error: null };
  const { code, message, values } = evaluation.error;
  return { atMs: outcome.run.atMs, results, error: { code, message, values } };
}

function reread(run: Run): Recording {
  const decoded = decodeRecording(Buffer.concat([...encodeRecording(run)]));
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
}

function plain({ count, number, value }: Recording['samples']): number[][] {
  return Array.from({ length: count }, (_, row) => [number[row] as number, value[row] as number]);
}

/** Every sample of every pool with its values by metric, in order of time; lost ones too. */
function samplesInOrder(recording: Recording): [number, number, Record<SampledMetric, number>][] {
  const { formulas, samples } = recording;
  const found: [number, number, Record<SampledMetric, number>][] = [];
  const stretches = new Map<string, FormulaRow>();
  formulas.forEach((row) => void stretches.set(`${row.poolIndex} ${row.activeMs}`, row));
  for (const { poolIndex, activeMs, sampleCount } of stretches.values()) {
    const first = formulas.findIndex((row) => row.poolIndex === poolIndex && row.activeMs === activeMs);
    const values = Object.fromEntries(SAMPLED_METRICS.map((name) => [name, 0])) as Record<SampledMetric, number>;
    for (let number = 1; number <= sampleCount; number++) {
      for (let row = 0; row < samples.count; row++) {
        if (samples.formula[row] !== first || samples.number[row] !== number) continue;
        values[SAMPLED_METRICS[samples.metric[row] as number] as SampledMetric] = samples.value[row] as number;
      }
      found.push([activeMs + number * SAMPLE_MS, poolIndex, { ...values }]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

/** Whether anything is logged at the moment: then the sample is of before what the scheduler did in it. */
function isEventful({ log }: Recording, atMs: number): boolean {
  return log?.atMs.subarray(0, log.count).includes(atMs) ?? true;
}

/** What a sample of the moment shows, counted from the world as the log leaves it. */
function told(recording: Recording, state: WorldState, pool: number): Record<SampledMetric, number> {
  const { tasks, nodes, pools } = recording;
  const sum = (...phases: (typeof TASK_PHASES)[number][]) => phases.reduce((n, p) => n + state.poolTasksIn(pool, p), 0);
  const isLive = (job: number) =>
    JOB_PHASES[state.jobPhase[job] as number] === 'active' && POOL_PHASES[state.poolPhase[pool] as number] === 'active';
  const rows = Array.from({ length: tasks.count }, (_, task) => task);
  const held = Array.from({ length: nodes.count }, (_, node) => node).filter(
    (node) => nodes.pool[node] === pool && state.nodeState[node] !== 255,
  );
  const phaseOf = (task: number) => TASK_PHASES[state.taskPhase[task] as number];
  const here = (task: number) => nodes.pool[state.taskNode[task] as number] === pool;
  const waiting = rows.filter((task) => {
    const job = tasks.job[task] as number;
    return state.jobPool[job] === pool && isLive(job) && phaseOf(task) === 'ready';
  }).length;
  const active = waiting + rows.filter((task) => phaseOf(task) === 'assigned' && here(task)).length;
  const running = rows.filter(
    (task) => ['preparing', 'running'].includes(phaseOf(task) as string) && here(task),
  ).length;
  const inStates = (...names: string[]) =>
    held.filter((node) => names.includes(NODE_STATES[state.nodeState[node] as number] as string)).length;
  const slotsPerNode = pools[pool]?.taskSlotsPerNode as number;
  const used = (node: number) =>
    rows
      .filter((task) => phaseOf(task) === 'running' && state.taskNode[task] === node)
      .reduce((slots, task) => slots + (tasks.slots[task] as number), 0);
  const load = held.reduce((share, node) => share + Math.min(1, used(node) / slotsPerNode), 0) / held.length;
  return {
    $ActiveTasks: active,
    $RunningTasks: running,
    $PendingTasks: active + running,
    $SucceededTasks: sum('succeeded'),
    $FailedTasks: sum('failed'),
    $TaskSlotsPerNode: slotsPerNode,
    $CurrentDedicatedNodes: held.filter((node) => nodes.kind[node] === 0).length,
    $CurrentLowPriorityNodes: held.filter((node) => nodes.kind[node] === 1).length,
    $PreemptedNodeCount: inStates('preempted'),
    $UsableNodeCount: inStates('idle', 'running'),
    $CPUPercent: held.length === 0 ? -1 : Math.round(load * CPU_STEPS),
  };
}

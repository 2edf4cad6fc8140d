/**
 * What a pool did through a run, as series: its nodes by what they did, what it wanted, its tasks, its cost. One walk
 * over the log serves any number of pools.
 */
import { NODE_KINDS } from '../../model/index.js';
import { costUsd, pricePerHourUsd } from '../costs.js';
import { NODE_PARTS, type NodePart, TASK_PHASE, TASK_PHASES, type TaskPhase } from '../phases.js';
import type { PoolRow, Recording } from '../recording.js';
import { Replay } from '../replay.js';
import type { WorldState } from '../world-state.js';
import { type Series, SeriesBuilder } from './series.js';

/** One pool over a run. Each series holds from a change to the next; `cost` grows evenly between its points. */
export interface PoolSeries {
  /** Row of the pool. */
  readonly pool: number;
  /** End of the run, in ms. */
  readonly endMs: number;
  /** Nodes by BILL-06's parts, and those that cost nothing; their sum is `nodes`. */
  readonly parts: Readonly<Record<NodePart, Series>>;
  /** Nodes that are there, preempted and deallocated ones included. */
  readonly nodes: Series;
  /** Nodes that the pool wants, of both kinds: the targets of its latest resize. */
  readonly target: Series;
  /** Dedicated and spot nodes, there and wanted, one by one. */
  readonly dedicated: Series;
  readonly spot: Series;
  readonly targetDedicated: Series;
  readonly targetSpot: Series;
  /** Tasks of the pool's jobs that are active and runnable: they wait for a node, or are on their way to one. */
  readonly queue: Series;
  /** Tasks that prepare or run. */
  readonly running: Series;
  /** USD charged since the start; null where a node without a known price was charged (BILL-07). */
  readonly cost: Series | null;
}

/** The series of pools, given by row; needs the log. */
export function seriesOfPools(recording: Recording, pools: readonly number[]): readonly PoolSeries[] {
  const { endMs } = recording.run;
  const replay = new Replay(recording);
  const collectors = pools.map((pool) => new Collector(recording, pool));
  while (replay.nextMs <= endMs) {
    const atMs = replay.nextMs;
    replay.toTime(atMs);
    for (const collector of collectors) collector.take(replay.state, atMs);
  }
  return collectors.map((collector) => collector.finish(endMs));
}

/** The series of one pool; needs the log. */
export function seriesOf(recording: Recording, pool: number): PoolSeries {
  return seriesOfPools(recording, [pool])[0] as PoolSeries;
}

const PHASES = TASK_PHASES.length;
const PARTS = NODE_PARTS.length;
const FREE = NODE_PARTS.indexOf('free');
const QUEUED: readonly TaskPhase[] = ['ready', 'assigned'];
const AT_WORK: readonly TaskPhase[] = ['preparing', 'running'];

/** Follows one pool. */
class Collector {
  readonly #recording: Recording;
  readonly #pool: number;
  readonly #pricesUsd: readonly number[];
  readonly #parts = NODE_PARTS.map(() => new SeriesBuilder());
  readonly #kinds = NODE_KINDS.map(() => new SeriesBuilder());
  readonly #targets = NODE_KINDS.map(() => new SeriesBuilder());
  readonly #nodes = new SeriesBuilder();
  readonly #target = new SeriesBuilder();
  readonly #queue = new SeriesBuilder();
  readonly #running = new SeriesBuilder();
  readonly #cost = new SeriesBuilder();
  #ratePerHourUsd = 0;
  #costUsd = 0;
  #costMs = 0;

  constructor(recording: Recording, pool: number) {
    this.#recording = recording;
    this.#pool = pool;
    const { price } = recording.pools[pool] as PoolRow;
    this.#pricesUsd = NODE_KINDS.map((_, kind) => pricePerHourUsd(price, kind) ?? Number.NaN);
  }

  /** Notes the world after everything of a moment. */
  take(state: WorldState, atMs: number): void {
    this.#takeNodes(state, atMs);
    this.#takeTargets(state, atMs);
    this.#queue.hold(atMs, this.#tasksIn(state, QUEUED));
    this.#running.hold(atMs, this.#tasksIn(state, AT_WORK));
  }

  finish(endMs: number): PoolSeries {
    this.#accrue(endMs);
    this.#cost.mark(endMs, this.#costUsd);
    const series = (builders: readonly SeriesBuilder[], row: number) => (builders[row] as SeriesBuilder).series();
    const [dedicated, spot] = [NODE_KINDS.indexOf('dedicated'), NODE_KINDS.indexOf('spot')];
    const parts = Object.fromEntries(NODE_PARTS.map((part, i) => [part, series(this.#parts, i)]));
    return {
      pool: this.#pool,
      endMs,
      parts: parts as Record<NodePart, Series>,
      nodes: this.#nodes.series(),
      target: this.#target.series(),
      dedicated: series(this.#kinds, dedicated),
      spot: series(this.#kinds, spot),
      targetDedicated: series(this.#targets, dedicated),
      targetSpot: series(this.#targets, spot),
      queue: this.#queue.series(),
      running: this.#running.series(),
      cost: Number.isNaN(this.#costUsd) ? null : this.#cost.series(),
    };
  }

  #takeNodes({ nodeCounts }: WorldState, atMs: number): void {
    let [nodes, rate] = [0, 0];
    for (let part = 0; part < PARTS; part++) {
      let inPart = 0;
      for (let kind = 0; kind < NODE_KINDS.length; kind++) {
        const count = nodeCounts[(this.#pool * NODE_KINDS.length + kind) * PARTS + part] as number;
        inPart += count;
        // An unknown price spoils the sum only where there is something to pay.
        if (part !== FREE && count > 0) rate += count * (this.#pricesUsd[kind] as number);
      }
      nodes += inPart;
      this.#parts[part]?.hold(atMs, inPart);
    }
    for (let kind = 0; kind < NODE_KINDS.length; kind++) {
      let ofKind = 0;
      const first = (this.#pool * NODE_KINDS.length + kind) * PARTS;
      for (let part = 0; part < PARTS; part++) ofKind += nodeCounts[first + part] as number;
      this.#kinds[kind]?.hold(atMs, ofKind);
    }
    this.#nodes.hold(atMs, nodes);
    if (rate !== this.#ratePerHourUsd) this.#changeRate(atMs, rate);
  }

  #takeTargets({ poolResize }: WorldState, atMs: number): void {
    const resize = this.#recording.resizes[poolResize[this.#pool] as number];
    const dedicated = resize?.targetDedicatedNodes ?? 0;
    const spot = resize?.targetLowPriorityNodes ?? 0;
    this.#targets[NODE_KINDS.indexOf('dedicated')]?.hold(atMs, dedicated);
    this.#targets[NODE_KINDS.indexOf('spot')]?.hold(atMs, spot);
    this.#target.hold(atMs, dedicated + spot);
  }

  #tasksIn({ poolCounts }: WorldState, phases: readonly TaskPhase[]): number {
    let count = 0;
    for (const phase of phases) count += poolCounts[this.#pool * PHASES + TASK_PHASE[phase]] as number;
    return count;
  }

  #changeRate(atMs: number, ratePerHourUsd: number): void {
    this.#accrue(atMs);
    this.#cost.mark(atMs, this.#costUsd);
    this.#ratePerHourUsd = ratePerHourUsd;
  }

  #accrue(atMs: number): void {
    this.#costUsd += costUsd(atMs - this.#costMs, this.#ratePerHourUsd);
    this.#costMs = atMs;
  }
}

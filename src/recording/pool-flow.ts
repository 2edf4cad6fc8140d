/** How long the queue of each pool was, and how its nodes followed their targets: one walk over the log. */
import { assert } from '../base/index.js';
import { NODE_KINDS } from '../model/index.js';
import { poolNameAt } from './naming.js';
import { NODE_PARTS } from './phases.js';
import { EVENT_KINDS, type EventLog, type Recording } from './recording.js';
import { Replay } from './replay.js';
import { roundTo } from './statistics.js';

const HOUR_MS = 3_600_000;
/** A preempted or deallocated node is none that a target asks for. */
const FREE = NODE_PARTS.indexOf('free');

/** One pool over the whole run. */
export interface PoolFlow {
  readonly pool: string;
  /** Runnable tasks of its jobs that held no slots. */
  readonly queue: {
    /** Over the whole run, 3 decimals. */
    readonly mean: number;
    /** Most that waited for some time together, and since when. */
    readonly peak: number;
    readonly peak_s: number;
  };
  readonly dedicated: TargetGap;
  readonly spot: TargetGap;
}

/** Nodes of one kind against their target, in node-hours of 6 decimals. */
export interface TargetGap {
  readonly targetHours: number;
  /** Nodes that were there, whatever they did. */
  readonly actualHours: number;
  /** Wanted and not there. */
  readonly shortHours: number;
  /** There and not wanted any more. */
  readonly excessHours: number;
}

/** Every pool that was ever added, in order; null: there is no log to tell. */
export function poolFlows(recording: Recording): PoolFlow[] | null {
  if (recording.log === null) return null;
  const walk = new FlowWalk(recording);
  return recording.pools.flatMap(({ state }, pool) => (state === 'absent' ? [] : walk.flow(pool)));
}

const IS_OF_TASK = Uint8Array.from(EVENT_KINDS, (kind) => (kind.startsWith('task') ? 1 : 0));
const [NODE_STATE, RESIZE, JOB_POOL, JOB_STATE] = (['nodeState', 'resizeStarted', 'jobPool', 'jobState'] as const).map(
  (kind) => EVENT_KINDS.indexOf(kind),
);

/** The walk: adds a pool up before each row that may change it. */
class FlowWalk {
  readonly #recording: Recording;
  readonly #log: EventLog;
  readonly #replay: Replay;
  /** Up to when each pool has been added up. */
  readonly #countedMs: Float64Array;
  readonly #queueMs: Float64Array;
  readonly #peak: Int32Array;
  readonly #peakMs: Float64Array;
  /** At `pool × kinds + kind`, in node-ms. */
  readonly #targetMs: Float64Array;
  readonly #actualMs: Float64Array;
  readonly #shortMs: Float64Array;

  constructor(recording: Recording) {
    assert(recording.log !== null, 'a walk goes over a log');
    const pools = recording.pools.length;
    const kinds = pools * NODE_KINDS.length;
    this.#recording = recording;
    this.#log = recording.log;
    this.#replay = new Replay(recording);
    this.#countedMs = new Float64Array(pools);
    this.#queueMs = new Float64Array(pools);
    this.#peak = new Int32Array(pools);
    this.#peakMs = new Float64Array(pools);
    this.#targetMs = new Float64Array(kinds);
    this.#actualMs = new Float64Array(kinds);
    this.#shortMs = new Float64Array(kinds);
    for (let row = 0; row < this.#log.count; row++) this.#step(row);
    for (let pool = 0; pool < pools; pool++) this.#count(pool, recording.run.endMs);
  }

  /** What one pool came to. */
  flow(pool: number): PoolFlow {
    const { endMs } = this.#recording.run;
    const mean = endMs === 0 ? 0 : (this.#queueMs[pool] as number) / endMs;
    return {
      pool: poolNameAt(this.#recording, pool),
      queue: {
        mean: roundTo(mean, 3),
        peak: this.#peak[pool] as number,
        peak_s: (this.#peakMs[pool] as number) / 1000,
      },
      dedicated: this.#gap(pool * NODE_KINDS.length + NODE_KINDS.indexOf('dedicated')),
      spot: this.#gap(pool * NODE_KINDS.length + NODE_KINDS.indexOf('spot')),
    };
  }

  #gap(at: number): TargetGap {
    const [target, actual, short] = [this.#targetMs, this.#actualMs, this.#shortMs].map(
      (sums) => sums[at] as number,
    ) as [number, number, number];
    const hours = (ms: number) => roundTo(ms / HOUR_MS, 6);
    // Each moment has target + excess = actual + short.
    return {
      targetHours: hours(target),
      actualHours: hours(actual),
      shortHours: hours(short),
      excessHours: hours(actual + short - target),
    };
  }

  #step(row: number): void {
    const { state } = this.#replay;
    const kind = this.#log.kind[row] as number;
    const subject = this.#log.subject[row] as number;
    const atMs = this.#log.atMs[row] as number;
    if (IS_OF_TASK[kind] === 1)
      this.#count(state.jobPool[this.#recording.tasks.job[subject] as number] as number, atMs);
    else if (kind === NODE_STATE) this.#count(this.#recording.nodes.pool[subject] as number, atMs);
    else if (kind === RESIZE) this.#count(subject, atMs);
    else if (kind === JOB_POOL || kind === JOB_STATE) {
      this.#count(state.jobPool[subject] as number, atMs);
      if (kind === JOB_POOL) this.#count(this.#log.detail[row] as number, atMs);
    }
    this.#replay.step();
  }

  /** Adds up what a pool was since the last time; what lasted no time is nothing. */
  #count(pool: number, atMs: number): void {
    if (pool < 0) return;
    const fromMs = this.#countedMs[pool] as number;
    const passedMs = atMs - fromMs;
    if (passedMs === 0) return;
    this.#countedMs[pool] = atMs;
    const { state } = this.#replay;
    const waiting = state.poolTasksIn(pool, 'ready');
    this.#queueMs[pool]! += waiting * passedMs;
    if (waiting > (this.#peak[pool] as number)) {
      this.#peak[pool] = waiting;
      this.#peakMs[pool] = fromMs;
    }
    const resize = this.#recording.resizes[state.poolResize[pool] as number];
    for (let kind = 0; kind < NODE_KINDS.length; kind++) {
      const isSpot = NODE_KINDS[kind] === 'spot';
      const target = (isSpot ? resize?.targetLowPriorityNodes : resize?.targetDedicatedNodes) ?? 0;
      const at = pool * NODE_KINDS.length + kind;
      let actual = 0;
      for (let part = 0; part < NODE_PARTS.length; part++) {
        if (part !== FREE) actual += state.nodeCounts[at * NODE_PARTS.length + part] as number;
      }
      this.#targetMs[at]! += target * passedMs;
      this.#actualMs[at]! += actual * passedMs;
      this.#shortMs[at]! += Math.max(0, target - actual) * passedMs;
    }
  }
}

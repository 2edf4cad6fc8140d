/**
 * The judges as matchers for test runners: what `expect.extend` of vitest takes, and of others that read the same form.
 * Whoever asks for what cannot be judged (no such pool, no duration) gets an error, which fails the test.
 */
import { nearest, parseDuration, type Result } from '../../base/index.js';
import { parseAfterLastTask, propertyText, type ScalingProperty } from '../../model/index.js';
import type { Recording, Run } from '../recording.js';
import { judgeScaling } from './judges.js';

/** What a matcher looks at: what `simulate` returns, or its recording alone. */
export type Judged = Run | Recording;

/** Which pool is meant. */
export interface PoolChoice {
  /** Its id; may be left out where there is one pool. */
  readonly pool?: string;
}

/** What a matcher answers; `message` speaks of the case that fails the test. */
export interface MatcherAnswer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers by name. */
export const SCALING_MATCHERS = {
  /** The pool has no node left at some moment, at most so long (`20m`) after the last of its tasks ended. */
  toScaleToZeroWithin(received: Judged, duration: string, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, { kind: 'reachesZeroWithin', withinMs: read(parseAfterLastTask(duration)) });
  },
  /** Neither the targets nor the nodes of the pool, dedicated and spot together, ever exceed this. */
  toNeverExceed(received: Judged, nodes: number, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, { kind: 'neverAbove', nodes });
  },
  /** The formula never asks for fewer nodes than run tasks at that moment. */
  toNeverDropBelowRunning(received: Judged, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, { kind: 'neverBelowRunning' });
  },
  /** No shrink by the formula takes a running task from its node. */
  toNeverInterruptTasks(received: Judged, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, { kind: 'neverInterrupts' });
  },
  /** The formula changes the targets at most so often in any 60 minutes. */
  toChangeAtMostPerHour(received: Judged, changes: number, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, { kind: 'changesPerHour', limit: { operator: '<=', value: changes } });
  },
  /** The 95th percentile of the waits of the pool's tasks is at most so long (`10m`). */
  toKeepP95WaitWithin(received: Judged, duration: string, choice: PoolChoice = {}): MatcherAnswer {
    return answer(received, choice, {
      kind: 'p95Wait',
      limit: { operator: '<=', value: read(parseDuration(duration)) },
    });
  },
} as const;

function answer(received: Judged, choice: PoolChoice, property: ScalingProperty): MatcherAnswer {
  const recording = recordingOf(received);
  const pool = poolOf(recording, choice);
  const { ok, says } = judgeScaling(recording, pool, property);
  const what = `pool ${recording.pools[pool]?.id}: ${propertyText(property)}`;
  return { pass: ok, message: () => `${what} ${ok ? 'holds, and was not to' : 'does not hold'}: ${says}` };
}

function recordingOf(received: Judged): Recording {
  const recording = 'recording' in received ? received.recording : received;
  if (!Array.isArray(recording?.pools)) throw new TypeError('a matcher of batchsim takes what simulate() returns');
  return recording;
}

function poolOf({ pools }: Recording, { pool }: PoolChoice): number {
  const fitting = pools.flatMap(({ id }, row) =>
    pool === undefined || id.toLowerCase() === pool.toLowerCase() ? [row] : [],
  );
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return first;
  const ids = pools.map(({ id }) => id);
  if (pool === undefined)
    throw new TypeError(`say which pool is meant: { pool: '${ids[0] ?? 'id'}' }; the run has ${ids.length}`);
  const near = nearest(pool, ids);
  throw new TypeError(
    `the run has ${fitting.length} pools '${pool}'${near === null ? '' : `; did you mean '${near}'?`}`,
  );
}

function read(duration: Result<number, string>): number {
  if (!duration.ok) throw new TypeError(`${duration.error}; write '20m'`);
  return duration.value;
}

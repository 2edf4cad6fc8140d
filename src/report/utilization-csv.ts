/** `utilization.csv`: nodes, slots and tasks of every pool, step by step. */
import { assert } from '../base/index.js';
import { NODE_KINDS } from '../model/index.js';
import {
  NODE_PARTS,
  type PoolRow,
  poolNameAt,
  type Recording,
  Replay,
  type ResizeRow,
  type WorldState,
} from '../recording/index.js';
import { type CsvRow, seconds } from './csv.js';

/** Rows at 0, at every step and at the end, by pool that was ever added; the world after everything of that moment. */
export function* utilizationRows(recording: Recording, stepMs: number): Generator<CsvRow> {
  assert(stepMs > 0, 'a step takes time');
  const { endMs } = recording.run;
  const replay = new Replay(recording);
  for (let atMs = 0; ; atMs = Math.min(atMs + stepMs, endMs)) {
    replay.toTime(atMs);
    for (const [pool, { state }] of recording.pools.entries()) {
      if (state !== 'absent') yield poolRow(recording, replay.state, pool, atMs);
    }
    if (atMs >= endMs) return;
  }
}

function poolRow(recording: Recording, state: WorldState, pool: number, atMs: number): CsvRow {
  const row = recording.pools[pool] as PoolRow;
  const resize: ResizeRow | undefined = recording.resizes[state.poolResize[pool] as number];
  const inPart = (part: (typeof NODE_PARTS)[number]) =>
    NODE_KINDS.reduce((sum, _, kind) => sum + state.nodesIn(pool, kind, part), 0);
  const ofKind = (kind: number) => NODE_PARTS.reduce((sum, part) => sum + state.nodesIn(pool, kind, part), 0);
  const [booting, idle, running, failed] = [inPart('booting'), inPart('idle'), inPart('running'), inPart('failed')];
  const active = (['blocked', 'ready', 'assigned'] as const).map((phase) => state.poolTasksIn(pool, phase));
  return [
    seconds(atMs),
    poolNameAt(recording, pool),
    resize?.targetDedicatedNodes ?? 0,
    resize?.targetLowPriorityNodes ?? 0,
    ofKind(NODE_KINDS.indexOf('dedicated')),
    ofKind(NODE_KINDS.indexOf('spot')),
    booting,
    idle,
    running,
    failed,
    (booting + idle + running + failed) * row.taskSlotsPerNode,
    state.poolUsedSlots[pool] as number,
    active.reduce((a, b) => a + b, 0),
    state.poolTasksIn(pool, 'preparing') + state.poolTasksIn(pool, 'running'),
    inPart('free'),
    state.poolTasksIn(pool, 'ready'),
  ];
}

/** A look at one moment: the world then, and what the log says of one thing up to then. */
import { EVENT_KINDS, type EventKind, type Recording } from '../recording.js';
import { Replay } from '../replay.js';
import type { WorldState } from '../world-state.js';

/** A row of the log. */
export interface LogRow {
  readonly atMs: number;
  readonly kind: EventKind;
  readonly subject: number;
  readonly detail: number;
  /** Node of a task's row on which it held slots before the row; -1: none. */
  readonly heldNode: number;
}

/** The world after everything up to a moment, and the rows that were asked for. */
export interface Look {
  readonly recording: Recording;
  readonly atMs: number;
  readonly state: WorldState;
  readonly rows: readonly LogRow[];
}

/** Replays the log to a moment, that moment's own changes included; the recording must have its log. */
export function lookAt(
  recording: Recording,
  atMs: number,
  isWanted: (kind: EventKind, subject: number, state: WorldState) => boolean,
): Look {
  const replay = new Replay(recording);
  const { state } = replay;
  const rows: LogRow[] = [];
  const log = recording.log!;
  while (replay.nextMs <= atMs) {
    const row = state.position;
    const kind = EVENT_KINDS[log.kind[row] as number] as EventKind;
    const subject = log.subject[row] as number;
    if (isWanted(kind, subject, state)) {
      const heldNode = kind.startsWith('task') ? (state.taskNode[subject] as number) : -1;
      rows.push({ atMs: log.atMs[row] as number, kind, subject, detail: log.detail[row] as number, heldNode });
    }
    replay.step();
  }
  return { recording, atMs, state, rows };
}

/** The operation that was accepted at an instant, of these kinds, as ` by …`; empty if none was. */
export function operationAt(recording: Recording, atMs: number, kinds: readonly string[]): string {
  const found = recording.operations.findLast(
    (one) => one.atMs === atMs && one.code === null && kinds.includes(one.kind),
  );
  return found === undefined ? '' : ` by ${found.kind} of ${found.target}`;
}

/** Node by its ordinal, as scenarios name it. */
export function nodeNameAt({ nodes }: Recording, node: number): string {
  return node < 0 ? '(none)' : `n${nodes.ordinal[node]}`;
}

/** Names in a sentence: a few, and how many more. */
export function listed(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}

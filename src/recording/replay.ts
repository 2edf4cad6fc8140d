/** Runs the log of a recording over a {@link WorldState}, row by row, from the start or from a snapshot. */
import { assert, unreachable } from '../base/index.js';
import { EVENT_KINDS, type EventKind, type EventLog, type Recording } from './recording.js';
import { TASK_PHASES, type TaskPhase, WorldState } from './world-state.js';

const PHASE = Object.fromEntries(TASK_PHASES.map((phase, i) => [phase, i])) as Record<TaskPhase, number>;

/** Applies one row of a log; rows must come in order. `row` counts within `log`, which may be a piece of the whole. */
export function applyRow(state: WorldState, log: EventLog, row: number): void {
  const subject = log.subject[row] as number;
  const detail = log.detail[row] as number;
  state.position += 1;
  state.atMs = log.atMs[row] as number;
  applyEvent(state, EVENT_KINDS[log.kind[row] as number] as EventKind, subject, detail);
}

function applyEvent(state: WorldState, kind: EventKind, subject: number, detail: number): void {
  switch (kind) {
    case 'taskAdded':
      state.moveTask(subject, detail === 1 ? PHASE.ready : PHASE.blocked, -1);
      break;
    case 'taskRunnable':
      state.moveTask(subject, PHASE.ready, -1);
      break;
    case 'taskAssigned':
      state.moveTask(subject, PHASE.assigned, detail);
      break;
    case 'taskStarted':
      state.moveTask(subject, PHASE.running, detail);
      break;
    case 'taskFinished':
      state.moveTask(subject, detail === 0 ? PHASE.succeeded : PHASE.failed, -1);
      break;
    case 'taskTimedOut':
      state.moveTask(subject, PHASE.failed, -1);
      break;
    case 'taskRetried':
    case 'taskDisplaced':
      state.moveTask(subject, PHASE.ready, -1);
      break;
    case 'taskGivenUp':
      state.moveTask(subject, PHASE.givenUp, -1);
      break;
    case 'nodeState':
      state.moveNode(subject, detail);
      break;
    case 'poolAdded':
      state.poolAdded[subject] = 1;
      break;
    case 'jobAdded':
      state.jobAdded[subject] = 1;
      break;
    case 'resizeStarted':
      state.poolResize[subject] = detail;
      state.poolResizing[subject] = 1;
      break;
    case 'resizeEnded':
      if (state.poolResize[subject] === detail) state.poolResizing[subject] = 0;
      break;
    case 'taskScheduleFail':
      break;
    default:
      unreachable(kind);
  }
}

/** A walk through the log of a whole recording; forward only. */
export class Replay {
  readonly state: WorldState;
  readonly #log: EventLog;

  constructor(recording: Recording) {
    assert(recording.log !== null, 'only a recording with its log can be replayed');
    this.#log = recording.log;
    this.state = new WorldState(recording);
  }

  /** When the next row happens, in ms; Infinity after the last. */
  get nextMs(): number {
    const row = this.state.position;
    return row < this.#log.count ? (this.#log.atMs[row] as number) : Number.POSITIVE_INFINITY;
  }

  /** Applies the next row. */
  step(): void {
    applyRow(this.state, this.#log, this.state.position);
  }

  /** Applies every row up to a moment, that moment's own included. */
  toTime(atMs: number): void {
    while (this.state.position < this.#log.count && this.nextMs <= atMs) this.step();
  }

  /** Applies rows until so many are in. */
  toPosition(position: number): void {
    while (this.state.position < position) this.step();
  }
}

/** The world after `position` rows of a recording's log, from the start; `RecordingFile.stateAt` is the quick way. */
export function stateAt(recording: Recording, position: number): WorldState {
  const replay = new Replay(recording);
  replay.toPosition(position);
  return replay.state;
}

/** Runs the log of a recording over a {@link WorldState}, row by row, from the start or from a snapshot. */
import { assert, unreachable } from '../base/index.js';
import { JOB_SCHEDULE_STATES, JOB_STATES } from '../model/index.js';
import { POOL_PHASES, phaseOfState, TASK_PHASE } from './phases.js';
import { EVENT_KINDS, type EventKind, type EventLog, type Recording } from './recording.js';
import { WorldState } from './world-state.js';

type OtherKind = Exclude<EventKind, `task${string}` | 'operation'>;

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
    case 'taskReactivated':
      state.moveTask(subject, detail === 1 ? TASK_PHASE.ready : TASK_PHASE.blocked, -1);
      break;
    case 'taskAssigned':
      state.moveTask(subject, TASK_PHASE.assigned, detail);
      break;
    case 'taskPreparing':
      state.moveTask(subject, TASK_PHASE.preparing, detail);
      break;
    case 'taskStarted':
      state.moveTask(subject, TASK_PHASE.running, detail);
      break;
    case 'taskFinished':
      state.moveTask(subject, detail === 0 ? TASK_PHASE.succeeded : TASK_PHASE.failed, -1);
      break;
    case 'taskTimedOut':
    case 'taskStopped':
    case 'taskFailed':
      state.moveTask(subject, TASK_PHASE.failed, -1);
      break;
    case 'taskRunnable':
    case 'taskRetried':
    case 'taskDisplaced':
    case 'taskRequeued':
      state.moveTask(subject, TASK_PHASE.ready, -1);
      break;
    case 'taskGivenUp':
      state.moveTask(subject, TASK_PHASE.givenUp, -1);
      break;
    case 'taskDeleted':
      state.moveTask(subject, TASK_PHASE.deleted, -1);
      break;
    case 'taskScheduleFail':
    case 'taskSpeed':
    case 'operation':
      break;
    default:
      applyToOthers(state, kind, subject, detail);
  }
}

/** Rows that speak of anything but a task. */
function applyToOthers(state: WorldState, kind: OtherKind, subject: number, detail: number): void {
  switch (kind) {
    case 'nodeState':
      state.moveNode(subject, detail & 255, detail >> 8);
      break;
    case 'nodeScheduling':
      state.nodeDisabled[subject] = detail === 1 ? 0 : 1;
      break;
    case 'nodeTaskStarted':
    case 'nodeTaskEnded':
      state.nodeTaskRuns[subject] = kind === 'nodeTaskStarted' ? 1 : 0;
      break;
    case 'subtaskStarted':
    case 'subtaskEnded':
      state.holdSubtask(subject, kind === 'subtaskStarted' ? 1 : 0);
      break;
    case 'poolAdded':
      state.poolPhase[subject] = POOL_PHASES.indexOf('active');
      break;
    case 'poolDeleting':
      state.poolPhase[subject] = POOL_PHASES.indexOf('deleting');
      break;
    case 'poolDeleted':
      state.poolPhase[subject] = POOL_PHASES.indexOf('deleted');
      break;
    case 'resizeStarted':
      state.poolResize[subject] = detail;
      state.poolResizing[subject] = 1;
      break;
    case 'resizeEnded':
      if (state.poolResize[subject] === detail) state.poolResizing[subject] = 0;
      break;
    case 'jobAdded':
      state.moveJob(subject, JOB_STATES.indexOf('active'));
      break;
    case 'jobState':
      state.moveJob(subject, detail);
      break;
    case 'jobPriority':
      state.jobPriority[subject] = detail;
      break;
    case 'jobPool':
      state.bindJob(subject, detail);
      break;
    case 'scheduleState':
      state.schedulePhase[subject] = phaseOfState(detail, JOB_SCHEDULE_STATES.length);
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

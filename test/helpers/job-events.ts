/** What happened to jobs, their tasks and the tasks around them, read from the log as lines. */
import {
  type Action,
  JOB_SCHEDULE_STATES,
  JOB_STATES,
  type Operation,
  TASK_FAILURES,
  TASK_STATES,
} from '../../src/model/index.js';
import { ATTEMPT_ENDS, EVENT_KINDS, type EventKind, type Recording, STOP_CAUSES } from '../../src/recording/index.js';
import { nameOf } from './world.js';

/** An action of an account. */
export function act(atMs: number, operation: Operation, expectError: string | null = null): Action {
  return { atMs, operation, expectError };
}

/** Each state that a job entered: `0 active`, `5 terminating`, `7 gone`. */
export function jobMoves(recording: Recording, id: string): string[] {
  const row = recording.jobs.findIndex((job) => job.id === id);
  return rowsOf(recording, ['jobAdded', 'jobState'])
    .filter(({ subject }) => subject === row)
    .map(({ atMs, kind, detail }) => `${atMs} ${kind === 'jobAdded' ? 'active' : (JOB_STATES[detail] ?? 'gone')}`);
}

/** The same for a job schedule. */
export function scheduleMoves(recording: Recording, id: string): string[] {
  const row = recording.jobSchedules.findIndex((schedule) => schedule.id === id);
  return rowsOf(recording, ['scheduleState'])
    .filter(({ subject }) => subject === row)
    .map(({ atMs, detail }) => `${atMs} ${JOB_SCHEDULE_STATES[detail] ?? 'gone'}`);
}

const TASK_WORDS: Partial<Record<EventKind, (recording: Recording, detail: number) => string>> = {
  taskPreparing: (recording, node) => `preparing n${recording.nodes.ordinal[node]}`,
  taskStarted: (recording, node) => `running n${recording.nodes.ordinal[node]}`,
  taskFinished: (_, exitCode) => `exit ${exitCode}`,
  taskRetried: (_, exitCode) => `retry ${exitCode}`,
  taskTimedOut: () => 'timed out',
  taskDisplaced: () => 'displaced',
  taskRequeued: (_, outcome) => `requeued ${ATTEMPT_ENDS[outcome]}`,
  taskStopped: (_, cause) => `stopped ${STOP_CAUSES[cause]}`,
  taskFailed: (_, failure) => `failed ${TASK_FAILURES[failure]}`,
  taskDeleted: () => 'deleted',
  taskReactivated: () => 'reactivated',
};

/** What a task went through: `0 running n0`, `5 requeued jobDisabled`. The last of that name. */
export function taskMoves(recording: Recording, name: string): string[] {
  const rows = Array.from({ length: recording.tasks.count }, (_, task) => task);
  const task = rows.findLast((row) => nameOf(recording, row) === name);
  const kinds = Object.keys(TASK_WORDS) as EventKind[];
  return rowsOf(recording, kinds)
    .filter(({ subject }) => subject === task)
    .map(({ atMs, kind, detail }) => `${atMs} ${TASK_WORDS[kind]?.(recording, detail)}`);
}

/** What the service answered: `5 disableJob job j 202`, `6 enableJob job j JobBeingDeleted`. */
export function answers(recording: Recording): string[] {
  return recording.operations.map(
    ({ atMs, kind, target, code, status }) => `${atMs} ${kind} ${target} ${code ?? status}`,
  );
}

/** Preparation and release tasks: `preparation n0 0-5 success`. */
export function nodeTasks(recording: Recording): string[] {
  return recording.nodeTasks.map(({ kind, node, startMs, endMs, result }) => {
    return `${kind} n${recording.nodes.ordinal[node]} ${startMs}-${endMs < 0 ? '…' : endMs} ${result ?? 'running'}`;
  });
}

/** A task's state, counters and failure at the end: `completed TaskEnded retries 0 requeues 1`. */
export function taskResult(recording: Recording, name: string): string {
  const { tasks } = recording;
  const rows = Array.from({ length: tasks.count }, (_, task) => task);
  const task = rows.findLast((row) => nameOf(recording, row) === name) as number;
  const state = TASK_STATES[tasks.state[task] as number];
  const failure = TASK_FAILURES[tasks.failure[task] as number] || 'success';
  return `${state}${state === 'completed' ? ` ${failure}` : ''} retries ${tasks.retries[task]} requeues ${tasks.requeues?.[task] ?? 0}`;
}

function rowsOf(recording: Recording, kinds: readonly EventKind[]) {
  const { log } = recording;
  const found: { atMs: number; kind: EventKind; subject: number; detail: number }[] = [];
  for (let row = 0; log !== null && row < log.count; row++) {
    const kind = EVENT_KINDS[log.kind[row] as number] as EventKind;
    if (!kinds.includes(kind)) continue;
    const { atMs, subject, detail } = log;
    found.push({
      atMs: atMs[row] as number,
      kind,
      subject: subject[row] as number,
      detail: detail[row] as number,
    });
  }
  return found;
}

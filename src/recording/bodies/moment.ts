/**
 * A run at one of its instants, as the service would have told of it then. One walk through the log makes it; the
 * functions beside it read bodies of Batch's API from it, without what only an HTTP layer knows (URLs, ETags).
 */
import { assert, isoInstant } from '../../base/index.js';
import type { Scenario } from '../../model/index.js';
import { type JobTasks, tasksByJob } from '../job-tasks.js';
import { EVENT_KINDS, type EventKind, type Recording, type Run } from '../recording.js';
import { Replay } from '../replay.js';
import type { WorldState } from '../world-state.js';
import { NodeHistory } from './node-history.js';
import { NodeTaskHistory } from './node-task-history.js';
import { TaskHistory } from './task-history.js';

/** What the service knew at an instant; that instant's own changes are in. */
export interface Moment {
  readonly recording: Recording;
  readonly scenario: Scenario;
  /** Milliseconds from the start of the scenario. */
  readonly atMs: number;
  readonly state: WorldState;
  readonly tasks: TaskHistory;
  readonly nodes: NodeHistory;
  readonly nodeTasks: NodeTaskHistory;
  readonly jobTasks: JobTasks;
}

/** Walks a run that was recorded with its log up to an instant, in ms. An emulator that moves on makes a new one. */
export function momentAt({ recording, scenario }: Run, atMs: number): Moment {
  const { log } = recording;
  assert(log !== null, 'only a recording with its log can be read at an instant');
  const tasks = new TaskHistory(recording);
  const nodes = new NodeHistory(recording);
  const nodeTasks = new NodeTaskHistory(recording);
  const replay = new Replay(recording);
  const { state } = replay;
  while (replay.nextMs <= atMs) {
    const row = state.position;
    const kind = EVENT_KINDS[log.kind[row] as number] as EventKind;
    const subject = log.subject[row] as number;
    const detail = log.detail[row] as number;
    if (kind.startsWith('task')) {
      nodes.noteTask(kind, subject, detail, state);
      tasks.note(kind, subject, detail, replay.nextMs, state);
    } else if (kind === 'subtaskStarted' || kind === 'subtaskEnded') nodes.noteSubtask(kind, subject);
    else if (kind === 'nodeTaskStarted' || kind === 'nodeTaskEnded')
      nodeTasks.note(kind, subject, detail, replay.nextMs);
    replay.step();
  }
  return { recording, scenario, atMs, state, tasks, nodes, nodeTasks, jobTasks: tasksByJob(recording) };
}

/** An instant of the run in ISO 8601, as Batch writes times. */
export function instantOf({ recording }: Pick<Moment, 'recording'>, atMs: number): string {
  return isoInstant(recording.run.epochMs + atMs);
}

/** A field with an instant, left out where the moment has not come (ms below 0). */
export function whenIt<const K extends string>(moment: Moment, name: K, atMs: number): { readonly [P in K]?: string } {
  return atMs < 0 ? {} : ({ [name]: instantOf(moment, atMs) } as { readonly [P in K]?: string });
}

/** The state of job schedules: the only place that writes it (JS-01). */
import {
  idKey,
  JOB_SCHEDULE_MOVES,
  JOB_SCHEDULE_STATES,
  JOB_SCHEDULE_TRIGGERS,
  type JobScheduleTrigger,
} from '../../model/index.js';
import { Transitions } from '../engine/transitions.js';
import { SCHEDULE, type ScheduleState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import type { World } from '../world.js';

const TRANSITIONS = new Transitions('job schedule', JOB_SCHEDULE_STATES, JOB_SCHEDULE_TRIGGERS, JOB_SCHEDULE_MOVES);
/** In the log: the schedule is gone. */
const GONE = 255;

/** The schedule is there and active. It counts against the quota until it is completed or gone (ACC-10). */
export function admitSchedule(world: World, schedule: ScheduleState): void {
  world.schedules.push(schedule);
  schedule.account.schedules.set(idKey(schedule.spec.id), schedule);
  schedule.account.activeCount += 1;
  logState(world, schedule, schedule.state);
}

/** Moves a schedule. */
export function moveSchedule(world: World, schedule: ScheduleState, trigger: JobScheduleTrigger): void {
  schedule.state = TRANSITIONS.next(schedule.state, JOB_SCHEDULE_TRIGGERS.indexOf(trigger));
  logState(world, schedule, schedule.state);
  if (schedule.state !== SCHEDULE.completed) return;
  schedule.endMs = world.nowMs;
  schedule.account.activeCount -= 1;
}

/** A schedule that was being deleted has disappeared (JS-12). */
export function markScheduleGone(world: World, schedule: ScheduleState): void {
  schedule.deletedMs = world.nowMs;
  schedule.account.schedules.delete(idKey(schedule.spec.id));
  if (schedule.endMs < 0) schedule.account.activeCount -= 1;
  logState(world, schedule, GONE);
}

function logState(world: World, schedule: ScheduleState, state: number): void {
  world.log?.add(world.nowMs, LOGGED.scheduleState, schedule.row, state);
}

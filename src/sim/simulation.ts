/** One run: the loop over what is due, and how it ends. */
import type { Scenario } from '../model/index.js';
import type { Recording, Run } from '../recording/index.js';
import { onTaskAdded } from './additions.js';
import { Calendar } from './calendar.js';
import { handleEvent } from './dispatch.js';
import { eventCode, kindOfCode, rowOfCode } from './engine/event-queue.js';
import type { JobState } from './entities.js';
import { SIM_EVENT } from './events.js';
import { HOOKS } from './hook-table.js';
import { hasWallClock, settleJobs } from './jobs/completion.js';
import { startSchedules } from './jobs/schedules.js';
import { takeRecording } from './outcome.js';
import { settlePool } from './placement/pass.js';
import { awaitWindows } from './pools/capacity.js';
import { takeLastSamples, takeSamplesBefore } from './pools/sampling.js';
import { addDeclaredPool, startActions } from './service/actions.js';
import { onTaskExit } from './task-handlers.js';
import { TASK } from './task-table.js';
import { World } from './world.js';

/** How much a run writes down. */
export interface SimulationOptions {
  /** `full` keeps the log of every change; `summary` keeps only the tables. Default `full`. */
  readonly record?: 'full' | 'summary';
}

/** A loop that is entered often is compiled as a whole; one that is entered once has to be replaced while it runs. */
const SLICE = 4096;
const TASK_EXIT = SIM_EVENT.taskExit;
const ADD_TASK = eventCode(SIM_EVENT.addTask, 0);
/** SIM-10: a run with a pool that autoscales goes on so long, in ms, that the way down is seen and paid for. */
const AUTOSCALE_TAIL_MS = 3_600_000;
/** Rounds of one instant (SIM-02); a long chain of tasks that take no time needs one each. */
const MOST_ROUNDS = 1_000_000;

/** A run that can be advanced in slices, watched, and asked for its recording at any moment. */
export class Simulation {
  private readonly world: World;
  private readonly calendar: Calendar;
  private readonly untilMs: number;
  private guardMs = 0;
  /** The instant that settled last. */
  private settledMs = -1;
  /** How many rounds the instant `roundsAtMs` has had besides its first. */
  private rounds = 0;
  private roundsAtMs = -1;
  /** Since when nothing is due that could change the work; -1: something is. */
  private idleSinceMs = -1;
  private handled = 0;
  private ended = false;
  private endMs = 0;

  constructor(scenario: Scenario, options: SimulationOptions = {}) {
    const world = new World(scenario, options.record !== 'summary', HOOKS);
    this.world = world;
    awaitWindows(world, scenario.capacity);
    this.untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
    // A pool that is ready stands before the start: it comes before all that is added at 0.
    for (const pool of world.pools) if (pool.spec.ready) addDeclaredPool(world, pool);
    for (const pool of world.pools) if (!pool.spec.ready) world.queue.push(0, eventCode(SIM_EVENT.addPool, pool.row));
    for (const job of world.jobs) world.queue.push(job.createdMs, eventCode(SIM_EVENT.addJob, job.row));
    startSchedules(world);
    startActions(world);
    this.calendar = new Calendar(world);
  }

  /** Simulated time: whole milliseconds from the start. */
  get nowMs(): number {
    return this.world.nowMs;
  }

  /** Events handled so far. */
  get eventCount(): number {
    return this.handled;
  }

  /** Whether the run has ended (SIM-10). */
  get finished(): boolean {
    return this.ended;
  }

  /** Part of all tasks that are completed, 0 to 1, for a progress bar: counted when asked, linear in tasks. */
  get completedShare(): number {
    const { state, count, declared } = this.world.tasks;
    const all = Math.max(count, declared);
    let completed = 0;
    for (let task = 0; task < count; task++) if (state[task] === TASK.completed) completed += 1;
    return all === 0 ? 1 : completed / all;
  }

  /** Runs to the end. */
  run(): void {
    while (!this.advance(SLICE));
  }

  /** Handles up to so many events; true when the run has ended. */
  advance(maxEvents: number): boolean {
    const left = this.handleUpTo(maxEvents);
    this.handled += maxEvents - left;
    return this.ended;
  }

  /** What the run has left behind so far. */
  recording(): Recording {
    const { world } = this;
    return takeRecording(world, {
      complete: this.ended && world.failure === null,
      ...(world.failure === null ? {} : { failure: world.failure }),
      endMs: this.ended ? this.endMs : world.nowMs,
      eventCount: this.handled,
    });
  }

  /** The loop; returns how many events are left to handle. */
  private handleUpTo(maxEvents: number): number {
    const { world } = this;
    const { queue, tasks, cancellations } = world;
    const { submitMs, declared } = tasks;
    let left = maxEvents;
    while (left > 0) {
      if (cancellations.count > 0 && cancellations.drop(queue)) continue;
      const queueAt = queue.nextAt;
      const taskAt = tasks.count < declared ? (submitMs[tasks.count] as number) : Number.POSITIVE_INFINITY;
      const nextAt = queueAt <= taskAt ? queueAt : taskAt;
      if (nextAt >= this.guardMs) {
        const handled = this.handleAtGuard(queueAt, taskAt);
        if (this.ended) return left;
        left -= handled;
        continue;
      }
      if (nextAt > world.nowMs && (world.touchedCount > 0 || world.hasChecks)) {
        this.settle();
        continue;
      }
      left = this.handleNext(queueAt, taskAt, left);
    }
    return 0;
  }

  /** Handles what is due next in the queue or among the tasks to be added; returns how many events are left to handle. */
  private handleNext(queueAt: number, taskAt: number, left: number): number {
    const { world } = this;
    const { queue } = world;
    if (taskAt < queueAt || (taskAt === queueAt && queue.nextCode > ADD_TASK)) {
      world.nowMs = taskAt;
      return this.addTasks(left);
    }
    world.nowMs = queueAt;
    const code = queue.nextCode;
    queue.pop();
    if (kindOfCode(code) === TASK_EXIT) {
      onTaskExit(world, rowOfCode(code));
      if (world.isCalm) return left - 1;
    } else handleEvent(world, code);
    // What happened may have put something into the calendar that comes before all that was known.
    if (world.grows || world.background.nextAt < this.guardMs || world.sampling.nextMs < this.guardMs) {
      this.calendar.refresh();
      this.setGuard();
    }
    return left - 1;
  }

  /**
   * What is due next lies at or beyond the guard: the calendar may come first, or the run may end. Does one step, which
   * may be a settle, and returns how many events it handled.
   */
  private handleAtGuard(queueAt: number, taskAt: number): number {
    const { world, calendar } = this;
    const nextAt = Math.min(queueAt, taskAt);
    if (world.failure !== null) {
      this.fail();
      return 0;
    }
    calendar.refresh();
    this.setGuard();
    const isInstantOver = nextAt > world.nowMs && calendar.nextAt > world.nowMs;
    if (isInstantOver && (world.touchedCount > 0 || world.hasChecks)) {
      this.settle();
      this.noteWork();
      return 0;
    }
    const dueMs = Math.min(nextAt, calendar.nextAt);
    const isIdle = nextAt === Number.POSITIVE_INFINITY && !this.goesOn(dueMs);
    if (isIdle || dueMs > this.untilMs) {
      this.end(isIdle);
      return 0;
    }
    if (world.sampling.nextMs <= dueMs) {
      takeSamplesBefore(world, dueMs);
      calendar.refresh();
      this.setGuard();
    }
    if (calendar.nextAt <= dueMs && this.calendarComesFirst(queueAt, taskAt)) {
      world.nowMs = calendar.nextAt;
      this.handleBackground(calendar.take());
      return 1;
    }
    this.idleSinceMs = -1;
    return 1 - this.handleNext(queueAt, taskAt, 1);
  }

  /**
   * SIM-10: nothing is due that could change the work. What the calendar holds is no reason to go on, but comes in its
   * turn within the tail, and until the wall clock of a job that has unfinished tasks.
   */
  private goesOn(dueMs: number): boolean {
    const { world } = this;
    if (this.idleSinceMs === -1) this.idleSinceMs = world.nowMs;
    if (dueMs === Number.POSITIVE_INFINITY) return false;
    return dueMs <= Math.max(world.nowMs, this.idleSinceMs + this.tailMs, earliestWallClock(world));
  }

  private handleBackground(code: number): void {
    // The end of a job with unfinished tasks changes the work: what follows it counts from now.
    const endsWork =
      kindOfCode(code) === SIM_EVENT.jobWallClock && (this.world.jobs[rowOfCode(code)] as JobState).open > 0;
    handleEvent(this.world, code);
    if (endsWork) this.idleSinceMs = -1;
    this.noteWork();
    this.calendar.refresh();
    this.setGuard();
  }

  /** Whatever happened may have brought something that could change the work: then the tail counts from the end of that. */
  private noteWork(): void {
    if (this.world.queue.nextAt < Number.POSITIVE_INFINITY) this.idleSinceMs = -1;
  }

  private get tailMs(): number {
    const { world } = this;
    const autoscales = world.pools.some(({ spec }) => spec.autoScale !== null);
    return world.scenario.clock.tailMs ?? (autoscales ? AUTOSCALE_TAIL_MS : 0);
  }

  /** Until then neither the calendar nor samples nor the end of the run need to be thought of. */
  private setGuard(): void {
    const isOver = this.world.failure !== null;
    const { nextMs } = this.world.sampling;
    this.guardMs = isOver ? -1 : Math.min(this.calendar.nextAt, nextMs, this.untilMs, Number.MAX_VALUE);
  }

  /** Adds the tasks that are due now: nothing that this leads to can come before the last of them. */
  private addTasks(most: number): number {
    const { world } = this;
    const { tasks, nowMs } = world;
    const { submitMs, declared } = tasks;
    let left = most;
    do {
      onTaskAdded(world);
      left -= 1;
    } while (left > 0 && tasks.count < declared && submitMs[tasks.count] === nowMs);
    return left;
  }

  /** The order of SIM-02 between the calendar's next event and the others at the same instant. */
  private calendarComesFirst(queueAt: number, taskAt: number): boolean {
    const { nextAt, nextCode } = this.calendar;
    if (nextAt < queueAt && nextAt < taskAt) return true;
    if (nextAt === queueAt && this.world.queue.nextCode < nextCode) return false;
    if (nextAt === taskAt && ADD_TASK < nextCode) return false;
    return nextAt <= queueAt && nextAt <= taskAt;
  }

  /** SIM-02 repeats its phases while they make new work for the instant; work that never ends must not hang the run. */
  private countRound(): void {
    const { world } = this;
    this.rounds = this.roundsAtMs === world.nowMs ? this.rounds + 1 : 1;
    this.roundsAtMs = world.nowMs;
    if (this.rounds <= MOST_ROUNDS) return;
    const hint = 'a task that fails at once and is retried without limit does this';
    this.guardMs = -1;
    world.failure ??= `time stands still: the same instant made new work ${MOST_ROUNDS} times (${hint})`;
  }

  /** Phase 8: completion checks, then one scheduler pass per pool in which something changed, in order of creation (SCH-02). */
  private settle(): void {
    const { world } = this;
    if (world.nowMs === this.settledMs) this.countRound();
    this.settledMs = world.nowMs;
    if (world.hasChecks) {
      settleJobs(world);
      this.calendar.refresh();
      this.setGuard();
      if (world.touchedCount === 0) return;
    }
    if (world.touchedCount === 1) {
      settlePool(world, world.untouchOnly());
    } else {
      for (const pool of world.untouchAll()) settlePool(world, pool);
    }
    const { nextRound, queue, nowMs } = world;
    while (nextRound.length > 0) queue.push(nowMs, nextRound.pop() as number);
  }

  /** ERR-19: an action that nobody expected to be refused was. */
  private fail(): void {
    this.endMs = this.world.nowMs;
    this.ended = true;
  }

  /** SIM-10: nothing is due any more that could change the work, or the horizon is reached. */
  private end(isIdle: boolean): void {
    const { world } = this;
    const last = isIdle ? Math.max(world.nowMs, this.idleSinceMs + this.tailMs) : this.untilMs;
    this.endMs = Math.min(last, this.untilMs);
    this.ended = true;
    takeLastSamples(world, this.endMs);
  }
}

/** JOB-06, SIM-10: the earliest wall clock of a job with unfinished tasks, in ms; -1: there is none. */
function earliestWallClock(world: World): number {
  let earliest = -1;
  for (const job of world.jobs) {
    const { maxWallClockTimeMs } = job.spec;
    if (maxWallClockTimeMs === null || job.open === 0 || !hasWallClock(job)) continue;
    const atMs = job.createdMs + maxWallClockTimeMs;
    if (earliest === -1 || atMs < earliest) earliest = atMs;
  }
  return earliest;
}

/** Runs a scenario to its end. Same scenario, seed and version: the same recording, on any machine. */
export function simulate(scenario: Scenario, options: SimulationOptions = {}): Run {
  const simulation = new Simulation(scenario, options);
  simulation.run();
  return { scenario, recording: simulation.recording() };
}

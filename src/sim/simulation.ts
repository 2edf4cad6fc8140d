/** One run: the loop over what is due, and how it ends. */
import { unreachable } from '../base/index.js';
import type { Scenario } from '../model/index.js';
import type { Recording, Run } from '../recording/index.js';
import { Calendar } from './calendar.js';
import { eventCode, kindOfCode, rowOfCode } from './engine/event-queue.js';
import { SIM_EVENT, SIM_EVENTS } from './events.js';
import { onNodeBooted, onNodeReady } from './handlers/node-handlers.js';
import { onDispatchEnd, onTaskAdded, onTaskExit, onTaskLifetime, onTaskWallClock } from './handlers/task-handlers.js';
import { takeRecording } from './outcome.js';
import { settlePool } from './placement.js';
import type { JobState, PoolState } from './pool-state.js';
import { advanceResize, awaitNextNode, timeOutResize } from './resizing.js';
import { addJob, addPool } from './service.js';
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

/** A run that can be advanced in slices, watched, and asked for its recording at any moment. */
export class Simulation {
  private readonly world: World;
  private readonly calendar: Calendar;
  private readonly untilMs: number;
  private guardMs = 0;
  private handled = 0;
  private ended = false;
  private endMs = 0;

  constructor(scenario: Scenario, options: SimulationOptions = {}) {
    const world = new World(scenario, options.record !== 'summary');
    this.world = world;
    this.untilMs = scenario.clock.untilMs ?? Number.POSITIVE_INFINITY;
    // A pool that is ready stands before the start: it comes before all that is added at 0.
    for (const pool of world.pools) if (pool.spec.ready) addPool(world, pool);
    for (const pool of world.pools) if (!pool.spec.ready) world.queue.push(0, eventCode(SIM_EVENT.addPool, pool.row));
    for (const job of world.jobs) world.queue.push(job.createdMs, eventCode(SIM_EVENT.addJob, job.row));
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
    const { state, capacity } = this.world.tasks;
    let completed = 0;
    for (let task = 0; task < capacity; task++) if (state[task] === TASK.completed) completed += 1;
    return capacity === 0 ? 1 : completed / capacity;
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
      complete: this.ended,
      endMs: this.ended ? this.endMs : world.nowMs,
      eventCount: this.handled,
    });
  }

  /** The loop; returns how many events are left to handle. */
  private handleUpTo(maxEvents: number): number {
    const { world } = this;
    const { queue, tasks, cancellations } = world;
    const { submitMs, capacity } = tasks;
    let left = maxEvents;
    while (left > 0) {
      if (cancellations.count > 0 && cancellations.drop(queue)) continue;
      const queueAt = queue.nextAt;
      const taskAt = tasks.count < capacity ? (submitMs[tasks.count] as number) : Number.POSITIVE_INFINITY;
      const nextAt = queueAt <= taskAt ? queueAt : taskAt;
      if (nextAt >= this.guardMs) {
        const handled = this.handleAtGuard(queueAt, taskAt);
        if (this.ended) return left;
        left -= handled;
        continue;
      }
      if (nextAt > world.nowMs && world.touchedCount > 0) {
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
    if (kindOfCode(code) === TASK_EXIT) onTaskExit(world, rowOfCode(code));
    else this.handle(code);
    return left - 1;
  }

  /**
   * What is due next lies at or beyond the guard: the calendar may come first, or the run may end. Does one step, which
   * may be a settle, and returns how many events it handled.
   */
  private handleAtGuard(queueAt: number, taskAt: number): number {
    const { world, calendar } = this;
    const nextAt = Math.min(queueAt, taskAt);
    calendar.refresh();
    this.setGuard();
    if (nextAt > world.nowMs && calendar.nextAt > world.nowMs && world.touchedCount > 0) {
      this.settle();
      return 0;
    }
    // SIM-10: what the calendar holds is no reason to go on, but comes in its turn while there is one, or at once.
    const goesOn = nextAt < Number.POSITIVE_INFINITY || calendar.nextAt <= world.nowMs;
    const dueMs = goesOn ? Math.min(calendar.nextAt, nextAt) : nextAt;
    if (dueMs === Number.POSITIVE_INFINITY || dueMs > this.untilMs) {
      this.end(nextAt);
      return 0;
    }
    if (calendar.nextAt <= dueMs && this.calendarComesFirst(queueAt, taskAt)) {
      world.nowMs = calendar.nextAt;
      this.handle(calendar.take());
      this.setGuard();
      return 1;
    }
    return 1 - this.handleNext(queueAt, taskAt, 1);
  }

  /** Until then neither the calendar nor the end of the run needs to be thought of. */
  private setGuard(): void {
    this.guardMs = Math.min(this.calendar.nextAt, this.untilMs, Number.MAX_VALUE);
  }

  /** Adds the tasks that are due now: nothing that this leads to can come before the last of them. */
  private addTasks(most: number): number {
    const { world } = this;
    const { tasks, nowMs } = world;
    const { submitMs, capacity } = tasks;
    let left = most;
    do {
      onTaskAdded(world);
      left -= 1;
    } while (left > 0 && tasks.count < capacity && submitMs[tasks.count] === nowMs);
    return left;
  }

  /** The order of SIM-02 between the calendar's next event and the others at the same instant. */
  private calendarComesFirst(queueAt: number, taskAt: number): boolean {
    const { nextAt, nextCode } = this.calendar;
    if (nextAt < queueAt && nextAt < taskAt) return true;
    if (nextAt === queueAt && this.world.queue.nextCode < nextCode) return false;
    return nextAt <= queueAt && nextAt <= taskAt;
  }

  private handle(code: number): void {
    const { world } = this;
    const row = rowOfCode(code);
    const kind = SIM_EVENTS[kindOfCode(code)] as (typeof SIM_EVENTS)[number];
    switch (kind) {
      case 'taskExit':
        onTaskExit(world, row);
        break;
      case 'taskWallClock':
        onTaskWallClock(world, row);
        break;
      case 'taskLifetime':
        onTaskLifetime(world, row);
        break;
      case 'capacityChange':
        for (const pool of world.pools) advanceResize(world, pool);
        break;
      case 'nodeAllocated':
        advanceResize(world, world.pools[row] as PoolState);
        awaitNextNode(world, world.pools[row] as PoolState);
        break;
      case 'nodeBooted':
        onNodeBooted(world, row);
        break;
      case 'nodeReady':
        onNodeReady(world, row);
        break;
      case 'dispatchEnd':
        onDispatchEnd(world, row);
        break;
      case 'resizeTimeout':
        timeOutResize(world, world.pools[row] as PoolState);
        break;
      case 'addPool':
        addPool(world, world.pools[row] as PoolState);
        break;
      case 'addJob':
        addJob(world, world.jobs[row] as JobState);
        break;
      case 'addTask':
        onTaskAdded(world);
        break;
      default:
        unreachable(kind);
    }
  }

  /** Phase 8: one scheduler pass per pool in which something changed, in pool-creation order (SCH-02). */
  private settle(): void {
    const { world } = this;
    if (world.touchedCount === 1) {
      settlePool(world, world.untouchOnly());
    } else {
      for (const pool of world.untouchAll()) settlePool(world, pool);
    }
    const { nextRound, queue, nowMs } = world;
    while (nextRound.length > 0) queue.push(nowMs, nextRound.pop() as number);
  }

  /** SIM-10: nothing is due any more that could change the work, or the horizon is reached. */
  private end(nextAt: number): void {
    const { world } = this;
    const tailMs = world.scenario.clock.tailMs ?? 0;
    const last = nextAt === Number.POSITIVE_INFINITY ? world.nowMs + tailMs : this.untilMs;
    this.endMs = Math.min(last, this.untilMs);
    this.ended = true;
  }
}

/** Runs a scenario to its end. Same scenario, seed and version: the same recording, on any machine. */
export function simulate(scenario: Scenario, options: SimulationOptions = {}): Run {
  const simulation = new Simulation(scenario, options);
  simulation.run();
  return { scenario, recording: simulation.recording() };
}

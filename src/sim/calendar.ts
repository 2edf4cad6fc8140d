/**
 * Events that must not keep a run alive (SIM-10): those of the world's background queue, and ends of tasks' lifetimes,
 * which are known in order from the beginning and need no entry in a queue.
 */
import { eventCode } from './engine/event-queue.js';
import { SIM_EVENT } from './events.js';
import { TASK } from './task-table.js';
import type { World } from './world.js';

/** Both of them, merged. */
export class Calendar {
  private readonly world: World;
  private readonly lifetimeMs: number;
  /** The next task whose lifetime may end; all before it are completed, deleted or given up. */
  private oldest = 0;
  /** When the next event of either kind is due; Infinity: none that is known yet. */
  nextAt = Number.POSITIVE_INFINITY;
  /** Its code, as the queue would order it. */
  nextCode = 0;
  /** Whether it is the end of the oldest task's lifetime, and stands in no queue. */
  private isOldest = false;

  constructor(world: World) {
    this.world = world;
    this.lifetimeMs = world.scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY;
    this.refresh();
  }

  /** Passes over what has become void: lifetimes of tasks that were completed meanwhile, events that were cancelled. */
  refresh(): void {
    const { background, cancellations } = this.world;
    while (cancellations.count > 0 && cancellations.drop(background));
    const lifetimeAt = this.nextLifetimeAt();
    const lifetimeCode = eventCode(SIM_EVENT.taskLifetime, this.oldest);
    this.isOldest =
      lifetimeAt < background.nextAt || (lifetimeAt === background.nextAt && lifetimeCode < background.nextCode);
    this.nextAt = this.isOldest ? lifetimeAt : background.nextAt;
    this.nextCode = this.isOldest ? lifetimeCode : background.nextCode;
  }

  /** Takes the next event away, which {@link refresh} has just found, and returns its code. */
  take(): number {
    const code = this.nextCode;
    if (this.isOldest) this.oldest += 1;
    else this.world.background.pop();
    return code;
  }

  private nextLifetimeAt(): number {
    if (this.lifetimeMs === Number.POSITIVE_INFINITY) return this.lifetimeMs;
    const { tasks, nowMs } = this.world;
    while (this.oldest < tasks.count && this.isOver(this.oldest)) this.oldest += 1;
    // Tasks yet to be added count too: their submission is known, and it comes before the end of their lifetime.
    if (this.oldest >= Math.max(tasks.count, tasks.declared)) return Number.POSITIVE_INFINITY;
    return Math.max(nowMs, (tasks.submitMs[this.oldest] as number) + this.lifetimeMs);
  }

  private isOver(task: number): boolean {
    const { tasks } = this.world;
    return tasks.state[task] === TASK.completed || tasks.isDeleted(task);
  }
}

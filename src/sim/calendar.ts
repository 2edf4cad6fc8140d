/**
 * Events that must not keep a run alive (SIM-10): ends of tasks' lifetimes and changes of capacity. Both are known in
 * order from the beginning, so each is a cursor beside the queue instead of an entry in it.
 */
import { eventCode, kindOfCode } from './engine/event-queue.js';
import { SIM_EVENT } from './events.js';
import { TASK } from './task-table.js';
import type { World } from './world.js';

/** The two cursors. */
export class Calendar {
  private readonly world: World;
  private readonly lifetimeMs: number;
  private readonly capacityAt: readonly number[];
  private nextCapacity = 0;
  /** The next task whose lifetime may end; all before it are completed or given up. */
  private oldest = 0;
  /** When the next event of either kind is due; Infinity: none that is known yet. */
  nextAt = Number.POSITIVE_INFINITY;
  /** Its code, as the queue would order it. */
  nextCode = 0;

  constructor(world: World) {
    this.world = world;
    this.lifetimeMs = world.scenario.options.taskLifetimeMs ?? Number.POSITIVE_INFINITY;
    const changes = new Set<number>();
    for (const pool of world.pools) {
      for (const window of pool.spec.capacity) {
        changes.add(window.fromMs);
        if (window.toMs !== null) changes.add(window.toMs);
      }
    }
    this.capacityAt = [...changes].sort((a, b) => a - b);
    this.refresh();
  }

  /** Passes over what has become void: lifetimes of tasks that were completed meanwhile. */
  refresh(): void {
    const lifetimeAt = this.nextLifetimeAt();
    const capacityAt = this.capacityAt[this.nextCapacity] ?? Number.POSITIVE_INFINITY;
    if (lifetimeAt <= capacityAt) {
      this.nextAt = lifetimeAt;
      this.nextCode = eventCode(SIM_EVENT.taskLifetime, this.oldest);
    } else {
      this.nextAt = capacityAt;
      this.nextCode = eventCode(SIM_EVENT.capacityChange, 0);
    }
  }

  /** Takes the next event away, which {@link refresh} has just found, and returns its code. */
  take(): number {
    const code = this.nextCode;
    if (kindOfCode(code) === SIM_EVENT.taskLifetime) this.oldest += 1;
    else this.nextCapacity += 1;
    this.refresh();
    return code;
  }

  private nextLifetimeAt(): number {
    if (this.lifetimeMs === Number.POSITIVE_INFINITY) return this.lifetimeMs;
    const { tasks, nowMs } = this.world;
    // Tasks yet to be added count too: their submission is known, and it comes before the end of their lifetime.
    while (this.oldest < tasks.count && (tasks.state[this.oldest] as number) === TASK.completed) this.oldest += 1;
    if (this.oldest >= tasks.capacity) return Number.POSITIVE_INFINITY;
    return Math.max(nowMs, (tasks.submitMs[this.oldest] as number) + this.lifetimeMs);
  }
}

/**
 * The scheduler's pass over one pool (SCH): which waiting task goes to which node. A pass runs when the instant settles
 * and something changed (SCH-02). It looks at queues, never at single waiting tasks: the tasks of a job that need the
 * same room wait in one lane, and during a pass room only shrinks, so a lane that cannot place its first task cannot
 * place any (SCH-06).
 */
import { affinityOrdinal } from '../affinity.js';
import { assign } from '../attempts.js';
import type { JobState, PoolState } from '../entities.js';
import { LOGGED } from '../event-log.js';
import { PURPOSE } from '../purposes.js';
import type { Lane, Level, SlotClass } from '../queues.js';
import { TASK, TASK_FLAG } from '../task-table.js';
import { dequeue, onlyIntoLane, setAside, takeBack } from '../waiting.js';
import type { World } from '../world.js';
import { whyNotPlaced } from './barred.js';
import { displaceFor } from './displacement.js';
import { evictForManagers } from './eviction.js';
import { endReservations, isParticular, placeParticular, reserveForGangs } from './particular.js';

/** One pass over a pool: higher priorities first (SCH-04), lower ones with what is left (SCH-06). */
export function settlePool(world: World, pool: PoolState): void {
  if (pool.only !== -1) placeOnly(world, pool);
  const { levels } = pool;
  for (let i = 0; pool.waiting > 0 && i < levels.length && pool.index.mostFree > 0; i++)
    placeLevel(world, pool, levels[i] as Level);
  if (!world.isCalm && pool.waiting > 0) settleByForce(world, pool);
  if (pool.setAside.length > 0) takeBack(pool);
  if (pool.reserved.length > 0) endReservations(world, pool);
  if (world.log !== null) logFailedPlacements(world, pool);
}

/** JM-07, SCH-16: room is made by stopping others. In a function of its own: one that makes a closure pays for it. */
function settleByForce(world: World, pool: PoolState): void {
  evictForManagers(world, pool, () => placeAgain(world, pool));
  if (pool.displaceable) displaceFor(world, pool, (level) => placeLevel(world, pool, level));
}

/** The usual way once more, after a stop has left room: what found none before may find it now. */
function placeAgain(world: World, pool: PoolState): void {
  if (pool.setAside.length > 0) takeBack(pool);
  if (pool.reserved.length > 0) endReservations(world, pool);
  for (const level of pool.levels) placeLevel(world, pool, level);
}

/** The only waiting task: no queue, no turns. */
function placeOnly(world: World, pool: PoolState): void {
  const task = pool.only;
  const slots = world.tasks.slots[task] as number;
  const job = world.jobOf(task);
  if (job.atLimit || slots > pool.index.mostFree || (!world.isCalm && job.barred.size > 0)) {
    onlyIntoLane(world, pool);
    return;
  }
  pool.only = -1;
  pool.waiting = 0;
  (job.level as Level).cursor = job.place;
  assign(world, pool, task, slots, chooseNode(world, pool, task, slots));
}

function placeLevel(world: World, pool: PoolState, level: Level): void {
  const { index } = pool;
  for (;;) {
    const most = index.mostFree;
    const place = most === 0 ? -1 : nextJob(world, pool, level, most);
    if (place === -1) return;
    const job = world.admitted[place] as JobState;
    const lane = firstLane(world, job, most);
    if (!world.isCalm && isParticular(job, lane)) {
      if (placeParticular(world, pool, job, lane)) level.cursor = place;
      else {
        reserveForGangs(world, pool, job, lane);
        setAside(pool, job, lane);
      }
      continue;
    }
    level.cursor = place;
    const task = dequeue(pool, job, lane);
    assign(world, pool, task, lane.slots, chooseNode(world, pool, task, lane.slots));
  }
}

/** SCH-05: the job whose turn it is among those that can place a task, by its place in order of creation; -1 when none can. */
function nextJob(world: World, pool: PoolState, level: Level, most: number): number {
  const { classes } = level;
  if (classes.length === 1) {
    const only = classes[0] as SlotClass;
    if (only.slots > most) return -1;
    if (only.jobs.size <= 1) return only.jobs.first();
  }
  if (pool.spec.jobDefaultOrder === 'creationtime') return leastJob(level, most, 0);
  if (world.scenario.options.jobOrder === 'random') return randomJob(world, pool, level, most);
  const after = leastJob(level, most, level.cursor + 1);
  return after !== -1 ? after : leastJob(level, most, 0);
}

/** The first job at or after `from` with waiting tasks that need at most `most` slots. */
function leastJob(level: Level, most: number, from: number): number {
  const { classes } = level;
  let least = -1;
  for (let i = 0; i < classes.length; i++) {
    const candidate = classes[i] as SlotClass;
    if (candidate.slots > most) break;
    const row = from === 0 ? candidate.jobs.first() : candidate.jobs.next(from);
    if (row !== -1 && (least === -1 || row < least)) least = row;
  }
  return least;
}

/** SCH-05, `jobOrder: random`: each job that can place a task has the same chance. */
function randomJob(world: World, pool: PoolState, level: Level, most: number): number {
  const candidates: number[] = [];
  for (let row = leastJob(level, most, 0); row !== -1; row = leastJob(level, most, row + 1)) candidates.push(row);
  if (candidates.length === 0) return -1;
  const draw = world.uniforms.seek(pool.key, pool.placements++, PURPOSE.jobOrder).next();
  return candidates[Math.floor(draw * candidates.length)] as number;
}

/** SCH-04, JM-01: of the job's lanes that fit, the manager's, else the one whose first task comes first. */
function firstLane(world: World, job: JobState, most: number): Lane {
  const { lanes } = job;
  if (lanes.length === 1) return lanes[0] as Lane;
  const key = world.laneKey;
  let best: Lane | null = null;
  for (const lane of lanes) {
    if (lane.slots > most || lane.queue.size === 0 || lane.isSetAside) continue;
    if (lane.isManager) return lane;
    if (best === null) {
      best = lane;
      continue;
    }
    const task = lane.queue.first();
    const other = best.queue.first();
    const earlier = (key[task] as number) - (key[other] as number);
    if (earlier < 0 || (earlier === 0 && task < other)) best = lane;
  }
  return best as Lane;
}

/** SCH-08, TASK-19: the affinity node if it has room, else by fill type. */
export function chooseNode(world: World, pool: PoolState, task: number, slots: number): number {
  if (!world.isPlain && (world.tasks.flags[task] as number) & TASK_FLAG.scripted) {
    const wanted = affinityOrdinal(world, pool, task);
    if (wanted !== -1 && pool.index.has(wanted, slots)) return wanted;
  }
  return pool.index.choose(slots);
}

/** SCH-13: a runnable task that could not be placed says so once per waiting episode, in the log only. */
function logFailedPlacements(world: World, pool: PoolState): void {
  const { tasks } = world;
  const held = TASK_FLAG.dispatching | TASK_FLAG.givenUp;
  for (const task of pool.newlyWaiting) {
    const waits = (tasks.state[task] as number) === TASK.active && ((tasks.flags[task] as number) & held) === 0;
    const job = world.jobOf(task);
    if (!waits || job.pool !== pool || job.atLimit) continue;
    world.log?.add(world.nowMs, LOGGED.taskScheduleFail, task, whyNotPlaced(world, job, pool));
  }
  pool.newlyWaiting = [];
}

/** Random jobs and tasks (JOB, TASK, DEP). No draw is left to the run: constants, lists and columns only. */
import {
  type Arrival,
  AT_ONCE,
  constant,
  type Job,
  makeJob,
  makeTasks,
  type Quantity,
  type TaskDependencies,
  type TaskSet,
} from '../../../src/model/index.js';
import type { Dice, Swarm } from './dice.js';
import {
  randomDemands,
  randomExitConditions,
  randomManager,
  randomPreparation,
  randomRelease,
} from './random-commands.js';

/** What the jobs of a world have in common. */
export interface JobWorld {
  readonly dice: Dice;
  readonly swarm: Swarm;
  /** The grain of the world's times, in ms. */
  readonly unitMs: number;
  /** Affinity ids to choose from: of nodes that exist, and of others. */
  readonly affinityIds: readonly string[];
}

/** A job with one to three sets of tasks. */
export function randomJob(world: JobWorld, name: string, poolId: string): Job {
  const { dice, swarm, unitMs } = world;
  // Displacement needs jobs of several priorities that come while others run.
  const preemption = swarm.has('preemption');
  const arrival = swarm.has('jobArrivals') || preemption ? randomArrival(world, dice.int(1, 3)) : AT_ONCE;
  const retries = swarm.has('retries') ? dice.pick([0, 1, 2, -1]) : 0;
  const counts = dice.times(dice.int(1, 3), () => dice.int(1, 6));
  const id = arrival.kind === 'at' ? name : `${name}-{n}`;
  const prepared = swarm.has('preparation') && !swarm.has('osUpgrades') && !swarm.has('deallocation');
  return makeJob({
    id,
    poolId,
    arrival,
    priority: swarm.has('priorities') || preemption ? dice.pick([-1000, 0, 0, 5]) : 0,
    maxParallelTasks: swarm.has('maxParallel') ? dice.pick([-1, 1, 2]) : -1,
    allowTaskPreemption: preemption && dice.chance(0.7),
    maxTaskRetryCount: retries,
    maxWallClockTimeMs: swarm.has('jobWallClock') && dice.chance(0.6) ? dice.int(1, 9) * unitMs : null,
    onAllTasksComplete: swarm.has('allTasksComplete') ? dice.pick(['noaction', 'terminatejob']) : 'noaction',
    onTaskFailure: swarm.has('failureActions') ? 'performexitoptionsjobaction' : 'noaction',
    jobPreparationTask: prepared ? randomPreparation(dice, unitMs) : null,
    jobReleaseTask: prepared && swarm.has('release') ? randomRelease(dice, unitMs) : null,
    jobManagerTask: swarm.has('managers') ? randomManager(dice, swarm, unitMs, id.replace('{n}', '1')) : null,
    tasks: counts.map((_, set) => randomTasks(world, counts, set, retries)),
  });
}

function randomTasks(world: JobWorld, counts: readonly number[], set: number, jobRetries: number): TaskSet {
  const { dice, swarm, unitMs } = world;
  const count = counts[set] as number;
  const own = swarm.has('retries') ? dice.pick([null, null, 0, 1, -1]) : null;
  const endless = (own ?? jobRetries) === -1;
  // Whether a process of no time occupies memory is nowhere said.
  const runtimes = swarm.has('memory') ? RUNTIMES.filter((units) => units > 0) : RUNTIMES;
  return makeTasks({
    count,
    ids: idsOf(swarm, set),
    arrival: swarm.has('taskArrivals') ? randomArrival(world, count) : AT_ONCE,
    runtime: dice.chance(0.5)
      ? perAttempt(dice, () => dice.pick(runtimes) * unitMs)
      : Float64Array.from(dice.times(count, () => dice.pick(runtimes) * unitMs)),
    exitCode: swarm.has('retries') ? randomExitCodes(dice, count, endless) : [constant(0)],
    requiredSlots:
      swarm.has('slots') && !swarm.has('multiInstance')
        ? dice.chance(0.5)
          ? dice.pick([1, 1, 2, 3])
          : Uint16Array.from(dice.times(count, () => dice.pick([1, 1, 2, 4])))
        : 1,
    maxTaskRetryCount: own,
    maxWallClockTimeMs: swarm.has('wallClock') ? randomWallClock(dice, count, unitMs) : null,
    affinityId: swarm.has('affinity') ? dice.pick([null, ...world.affinityIds]) : null,
    dispatchExtraMs: swarm.has('dispatchExtra') ? dice.pick([0, unitMs]) : 0,
    dependsOn: randomDependencies(world, counts, set),
    exitConditions: swarm.has('failureActions') && dice.chance(0.7) ? randomExitConditions(dice, true) : null,
    multiInstance: swarm.has('multiInstance') && dice.chance(0.5) ? randomInstances(dice, unitMs, endless) : null,
    demands: randomDemands(dice, swarm, unitMs, endless),
  });
}

/** MI. */
function randomInstances(dice: Dice, unitMs: number, endless: boolean): TaskSet['multiInstance'] {
  const runtime: [Quantity] = [constant(dice.int(0, 2) * unitMs)];
  const exitCode: [Quantity] = [constant(endless ? 0 : dice.pick([0, 0, 0, 4]))];
  const coordination = { runtime, exitCode, downloadBytes: 0, fault: null };
  return { numberOfInstances: dice.int(1, 3), coordination, commonDownloadBytes: 0 };
}

const RUNTIMES = [0, 1, 1, 2, 3, 6];

/**
 * Ids of a set. For ranges they are decimal: the sets pad to different widths, so that `4`, `04` and `004` are three
 * tasks and one member (DEP-06).
 */
function idsOf(swarm: Swarm, set: number): TaskSet['ids'] {
  if (swarm.has('ranges')) return { kind: 'pattern', prefix: '', first: 1, digits: set + 1, suffix: '' };
  if (set === 2) return { kind: 'list', values: ['Ada', 'Bob', 'Cid', 'Dot', 'Eve', 'Fay'] };
  return { kind: 'pattern', prefix: `Set${set}-`, first: 7, digits: 2, suffix: '' };
}

function idAt(swarm: Swarm, set: number, index: number): string {
  const ids = idsOf(swarm, set);
  if (ids.kind === 'list') return ids.values[index] ?? 'none';
  return ids.prefix + String(ids.first + index).padStart(ids.digits, '0');
}

/** Nearly always on earlier tasks; now and then on a later one, on itself, or on one that never comes. */
function randomDependencies(world: JobWorld, counts: readonly number[], set: number): TaskDependencies | null {
  const { dice, swarm } = world;
  const before = counts.slice(0, set).reduce((sum, count) => sum + count, 0);
  const taskIds = dice.times(swarm.has('dependencies') && set > 0 ? dice.pick([0, 0, 1, 2]) : 0, () => {
    if (dice.chance(0.05)) return dice.pick(['ghost', idAt(swarm, dice.int(0, 2), 0)]);
    const earlier = dice.int(0, set - 1);
    const id = idAt(swarm, earlier, dice.int(0, (counts[earlier] as number) - 1));
    return dice.chance(0.5) ? id : id.toUpperCase(); // DEP-11
  });
  const taskIdRanges = dice.times(swarm.has('ranges') && set > 0 ? dice.pick([0, 1, 1, 2]) : 0, () => {
    const most = Math.max(...counts.slice(0, set));
    const start = dice.chance(0.05) ? 0 : dice.int(1, most);
    return { start, end: dice.chance(0.05) ? most + 1 : dice.int(start, most) };
  });
  const columns = swarm.has('columns') && before > 0 ? randomColumns(dice, before, counts[set] as number) : null;
  if (taskIds.length === 0 && taskIdRanges.length === 0 && columns === null) return null;
  return { taskIds, taskIdRanges, columns };
}

function randomColumns(dice: Dice, before: number, count: number): TaskDependencies['columns'] {
  const parents = dice.times(count, (index) =>
    dice.times(dice.pick([0, 1, 1, 2]), () => dice.int(0, dice.chance(0.02) ? before + index : before - 1)),
  );
  const offsets = new Int32Array(count + 1);
  parents.forEach((own, index) => {
    offsets[index + 1] = (offsets[index] as number) + own.length;
  });
  return { offsets, parents: Int32Array.from(parents.flat()) };
}

function randomArrival({ dice, unitMs }: JobWorld, count: number): Arrival {
  const moment = (): number => dice.pick([0, 0, 0, 1, 1, 2, 2, 3, 3, 300]) * unitMs;
  switch (dice.int(0, 2)) {
    case 0:
      return { kind: 'at', atMs: moment() };
    case 1:
      return { kind: 'every', intervalMs: dice.int(1, 2) * unitMs, fromMs: moment(), untilMs: null, count };
    default:
      return { kind: 'trace', atMs: Float64Array.from(dice.times(count, moment)) };
  }
}

/** One or two values; the last one is that of all further attempts. */
function perAttempt(dice: Dice, value: () => number): [Quantity, ...Quantity[]] {
  const first = constant(value());
  return dice.chance(0.5) ? [first] : [first, constant(value())];
}

/** `endless`: retries have no limit, so that the last code must be 0. */
function randomExitCodes(dice: Dice, count: number, endless: boolean): TaskSet['exitCode'] {
  if (endless) return [constant(dice.pick([0, 1])), constant(dice.pick([0, 2])), constant(0)];
  if (dice.chance(0.3)) return Int32Array.from(dice.times(count, () => dice.pick([0, 0, 0, 1])));
  return perAttempt(dice, () => dice.pick([0, 0, 0, 1, -1]));
}

function randomWallClock(dice: Dice, count: number, unitMs: number): TaskSet['maxWallClockTimeMs'] {
  if (dice.chance(0.3)) return null;
  if (dice.chance(0.5)) return dice.int(1, 3) * unitMs;
  return Float64Array.from(dice.times(count, () => dice.pick([-1, unitMs, 2 * unitMs])));
}

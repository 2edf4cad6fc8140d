import { expect, test } from 'vitest';
import { NODE_STATES, TASK_STATES } from '../../src/model/index.js';
import {
  JOB_PHASES,
  NO_NODE_STATE,
  type Recording,
  Replay,
  SCHEDULE_PHASES,
  TASK_PHASES,
} from '../../src/recording/index.js';
import { type ToyWorld, toyWorld } from '../helpers/recordings.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

function slotsUsed(world: ToyWorld, pool: number, ms: number): number {
  return world.nodes.reduce((sum, node) => sum + (node.pool === pool ? (node.used[ms] ?? 0) : 0), 0);
}

test.each(SEEDS)('world %i: after every millisecond tasks, nodes and slots are as they were', (seed) => {
  const world = toyWorld({ seed });
  const replay = new Replay(world.run.recording);
  for (let ms = 0; ms < world.endMs; ms++) {
    replay.toTime(ms);
    const { state } = replay;
    expect([...state.taskPhase].map((phase) => TASK_PHASES[phase])).toEqual(world.tasks.map((task) => task.phases[ms]));
    expect([...state.nodeState].map((s) => (s === NO_NODE_STATE ? null : NODE_STATES[s]))).toEqual(
      world.nodes.map((_, row) => stateOf(world, row, ms)),
    );
    world.pools.forEach((_, pool) => {
      expect(state.poolUsedSlots[pool]).toBe(slotsUsed(world, pool, ms));
    });
  }
});

test.each(SEEDS)('world %i: counters are what counting gives', (seed) => {
  const world = toyWorld({ seed });
  const { recording } = world.run;
  const replay = new Replay(recording);
  for (let ms = 0; ms < world.endMs; ms += 9) {
    replay.toTime(ms);
    recording.jobs.forEach((_, job) => {
      for (const phase of TASK_PHASES) {
        const counted = world.tasks.filter((task) => task.job === job && task.phases[ms] === phase).length;
        expect(replay.state.jobTasksIn(job, phase), `${phase} at ${ms}`).toBe(counted);
      }
    });
    recording.pools.forEach((_, pool) => {
      const counted = world.tasks.filter(
        (t) => recording.jobs[t.job]?.poolIndex === pool && t.phases[ms] === 'running',
      );
      expect(replay.state.poolTasksIn(pool, 'running')).toBe(counted.length);
    });
  }
});

/** The toy keeps a node's states from its first millisecond on. */
function stateOf(world: ToyWorld, row: number, ms: number): string | null {
  return world.nodes[row]?.states[ms] ?? null;
}

test.each(SEEDS)('world %i: jobs have the priority, pool and state of the moment', (seed) => {
  const world = toyWorld({ seed });
  const replay = new Replay(world.run.recording);
  for (let ms = 0; ms < world.endMs; ms += 3) {
    replay.toTime(ms);
    const { jobPriority, jobPool, jobPhase } = replay.state;
    const seen = [...jobPhase].map((phase, job) => {
      return { priority: jobPriority[job], pool: jobPool[job], state: JOB_PHASES[phase] };
    });
    expect(seen).toEqual(world.jobs[ms]);
  }
});

test.each(SEEDS)('world %i: the log, replayed to its end, says what the columns say', (seed) => {
  const { recording } = toyWorld({ seed }).run;
  const { state } = stateAt(recording);
  const { tasks, nodes, subtasks, nodeTasks, jobSchedules } = recording;
  for (let task = 0; task < tasks.count; task++) {
    const isDeleted = (tasks.deletedMs?.[task] ?? -1) >= 0;
    expect(state.taskState(task)).toBe(isDeleted ? null : TASK_STATES[tasks.state[task] as number]);
    if ((state.taskNode[task] as number) >= 0) expect(state.taskNode[task]).toBe(tasks.node[task]);
  }
  for (let node = 0; node < nodes.count; node++) {
    const isGone = (nodes.goneMs[node] as number) >= 0;
    expect(state.nodeState[node]).toBe(isGone ? NO_NODE_STATE : nodes.state[node]);
    if (isGone) expect(state.nodeCause[node]).toBe(nodes.endReason[node]);
  }
  expect([...state.subtaskHolds]).toEqual(subtasks.map((row) => (row.endMs < 0 ? 1 : 0)));
  expect([...state.nodeTaskRuns]).toEqual(nodeTasks.map((row) => (row.state === 'running' ? 1 : 0)));
  expect([...state.schedulePhase].map((phase) => SCHEDULE_PHASES[phase])).toEqual(jobSchedules.map((row) => row.state));
});

/** A replay that has gone through the whole log. */
function stateAt(recording: Recording): Replay {
  const replay = new Replay(recording);
  replay.toTime(Number.POSITIVE_INFINITY);
  return replay;
}

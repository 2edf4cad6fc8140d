import { describe, expect, test } from 'vitest';
import {
  type Action,
  type Job,
  type Operation,
  type ServiceErrorCode,
  serviceError,
  type TaskSet,
} from '../../src/model/index.js';
import { type Recording, WAIT_CAUSES } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { act, taskMoves } from '../helpers/job-events.js';
import { afterTasks, at, each, gantt, job, NO_EXIT_CONDITIONS, pool, tasks, world } from '../helpers/world.js';

/** On four nodes, so that only dependencies keep a task waiting. */
function runOn(sets: readonly TaskSet[], actions: readonly Action[] = [], given: Partial<Job> = {}): Recording {
  const jobs = [job('j', sets, { usesTaskDependencies: true, ...given })];
  return simulate(world({ pools: [pool(4)], jobs, actions })).recording;
}

/** What was said to each task that came alone; the call itself answers 200 (TASK-26). */
function answersOf({ operations }: Recording): string[] {
  return operations.map(({ code }) =>
    code === null ? 'ok' : `${code} ${serviceError(code as ServiceErrorCode).status}`,
  );
}

const named = (ids: readonly string[], runtimes: readonly number[], given: Partial<TaskSet> = {}): TaskSet => ({
  ...tasks('', runtimes, given),
  ids: { kind: 'list', values: ids },
});
const add = (...sets: readonly TaskSet[]): Operation => ({
  kind: 'addTasks',
  jobId: 'j',
  tasks: { ok: true, value: sets },
});
const on = (kind: 'deleteTask' | 'reactivateTask' | 'terminateTask', taskId: string): Operation => ({
  kind,
  jobId: 'j',
  taskId,
});

describe('dependencies', () => {
  test('DEP-01, TASK-26: without usesTaskDependencies a task is refused with 400 TaskDependenciesNotSpecifiedOnJob', () => {
    const set = named(['c'], [1], afterTasks(['p']));
    const recording = runOn([], [act(1, add(set))], { usesTaskDependencies: false });
    expect(answersOf(recording)).toEqual(['TaskDependenciesNotSpecifiedOnJob 400']);
    expect(recording.tasks.count).toBe(0);
  });

  test('DEP-02: all ids and every integer of every range', () => {
    const parents = named(['a', '1', '2', '7', '8'], [5, 6, 7, 8, 30], {});
    const recording = runOn([parents, named(['c'], [1], afterTasks(['a'], [1, 2], [7, 8]))]);
    // Four nodes: 8 starts on n0 at 5 and ends at 35.
    expect(gantt(recording).slice(4)).toEqual(['j/8 5-35 n0', 'j/c 35-36 n0']);
  });

  test('DEP-03, DEP-12: a parent that failed after its retries blocks; reactivated and successful it satisfies', () => {
    const parent = named(['p'], [10], { exitCode: each(1, 1, 0), maxTaskRetryCount: 1 });
    const child = named(['c'], [1], afterTasks(['p']));
    expect(gantt(runOn([parent, child]))).toEqual(['j/p 10-20 n0', 'j/c active']);
    expect(gantt(runOn([parent, child], [act(30, on('reactivateTask', 'p'))]))).toEqual([
      'j/p 30-40 n0',
      'j/c 40-41 n0',
    ]);
  });

  test('DEP-04: a task is not cancelled by a parent that blocks it: it is active and says why', () => {
    const recording = runOn([named(['p'], [10], { exitCode: each(1) }), named(['c'], [1], afterTasks(['p']))]);
    expect(recording.unfinished.count).toBe(1);
    expect(WAIT_CAUSES[recording.unfinished.cause[0] as number]).toBe('blockedByDependency');
  });

  test('DEP-05, DEP-11: a parent may be added later, by an operation and in another case', () => {
    const recording = runOn([named(['c'], [1], afterTasks(['Parent']))], [act(7, add(named(['pARENT'], [5])))]);
    expect(gantt(recording)).toEqual(['j/c 12-13 n0', 'j/pARENT 7-12 n0']);
  });

  test('DEP-06: both ends of a range, and only ids that are decimal integers', () => {
    const parents = named(
      ['3', '4', '5', '6', '4.0', '+4', '4a'].filter((id) => /^[\w-]+$/.test(id)),
      [50, 5, 6, 50, 50],
    );
    expect(gantt(runOn([parents, named(['c'], [1], afterTasks([], [4, 5]))])).at(-1)).toMatch(/^j\/c 6-7 /);
  });

  test('DEP-06: with leading zeros several ids are one member, and the first to satisfy counts', () => {
    const parents = named(['4', '04', '004'], [9, 5, 7], { exitCode: [{ kind: 'constant', value: 0 }] });
    expect(gantt(runOn([parents, named(['c'], [1], afterTasks([], [4, 4]))])).at(-1)).toMatch(/^j\/c 5-6 /);
    const failing = { ...parents, exitCode: Int32Array.of(0, 1, 0) };
    expect(gantt(runOn([failing, named(['c'], [1], afterTasks([], [4, 4]))])).at(-1)).toMatch(/^j\/c 7-8 /);
  });

  test('DEP-07: a member that is missing keeps it waiting until it comes and satisfies', () => {
    const sets = [named(['1', '3'], [5, 5]), named(['c'], [1], afterTasks([], [1, 3]))];
    expect(gantt(runOn(sets)).at(-1)).toBe('j/c active');
    expect(gantt(runOn(sets, [act(20, add(named(['02'], [5])))]))[2]).toBe('j/c 25-26 n0');
  });

  test('DEP-08: ids of 64,000 characters and 1,001 ranges are 400, by operation too', () => {
    const long = Array.from({ length: 1000 }, (_, i) => String(i).padStart(64, 'x'));
    const ranges = Array.from({ length: 1001 }, (_, i): [number, number] => [2 * i, 2 * i]);
    const recording = runOn(
      [],
      [
        act(1, add(named(['a'], [1], afterTasks(long)))),
        act(2, add(named(['b'], [1], afterTasks(long.slice(1))))),
        act(3, add(named(['c'], [1], afterTasks([], ...ranges)))),
        act(4, add(named(['d'], [1], afterTasks([], ...ranges.slice(1))))),
      ],
    );
    expect(answersOf(recording)).toEqual([
      'TaskDependencyListTooLong 400',
      'ok',
      'TaskDependencyRangesTooLong 400',
      'ok',
    ]);
  });

  test('DEP-09: what was satisfied stays so when the parent is deleted, or fails after it was reactivated', () => {
    const satisfied = [named(['p'], [10]), named(['q'], [50]), named(['c'], [1], afterTasks(['p', 'q']))];
    expect(gantt(runOn(satisfied, [act(20, on('deleteTask', 'p'))])).at(-1)).toBe('j/c 50-51 n0');
    // p fails, but its exit satisfies; reactivated, it runs for ever longer than q.
    const exitOptions = { dependencyAction: 'satisfy', jobAction: null } as const;
    const conditions = { ...NO_EXIT_CONDITIONS, exitCodes: [{ code: 1, exitOptions }] };
    const failed = named(['p'], [10], { exitCode: each(1, 2), exitConditions: conditions });
    const again = runOn([failed, ...satisfied.slice(1)], [act(45, on('reactivateTask', 'p'))]);
    expect(taskMoves(again, 'j/p').at(-1)).toBe('55 exit 2');
    expect(gantt(again).at(-1)).toBe('j/c 50-51 n1');
  });

  test('DEP-09: a parent deleted before it satisfied leaves its children waiting for another of its id', () => {
    const sets = [named(['p'], [10]), named(['c'], [1], afterTasks(['p']))];
    expect(gantt(runOn(sets, [act(5, on('deleteTask', 'p'))])).at(-1)).toBe('j/c active');
    const later = runOn(sets, [act(5, on('deleteTask', 'p')), act(20, add(named(['P'], [10])))]);
    expect(gantt(later)[1]).toBe('j/c 30-31 n0');
  });

  test('DEP-10: circles and tasks that wait for themselves are accepted, never run and are named', () => {
    const sets = [
      named(['a'], [1], afterTasks(['b'])),
      named(['b'], [1], afterTasks(['a'])),
      named(['s'], [1], afterTasks(['s'])),
      named(['x'], [1]),
    ];
    const recording = runOn(sets);
    expect(gantt(recording)).toEqual(['j/a active', 'j/b active', 'j/s active', 'j/x 0-1 n0']);
    expect([...recording.unfinished.task.slice(0, recording.unfinished.count)]).toEqual([0, 1, 2]);
  });

  test('DEP-11: a task of the same id in another job satisfies nobody', () => {
    const jobs = [job('j', [named(['c'], [1], afterTasks(['p']))]), job('k', [named(['p'], [1], { arrival: at(3) })])];
    expect(gantt(simulate(world({ pools: [pool(1)], jobs })).recording)).toEqual(['j/c active', 'k/p 3-4 n0']);
  });
});

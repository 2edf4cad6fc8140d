/** Start tasks by the words of their rules, where other tests leave a clause open (START). */
import { describe, expect, test } from 'vitest';
import { INSTANT_COMMAND, type Operation, type StartTask } from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { answers, lifeOf, on, preempt, remove, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';
import { codesOf, loaded } from '../scenario/memory-files.js';

const startTask = (given: Partial<StartTask> = {}, command: Partial<StartTask['command']> = {}): StartTask => ({
  ...{ maxTaskRetryCount: 0, waitForSuccess: true, ...given },
  command: { ...INSTANT_COMMAND, runtime: each(20), ...command },
});
const booting = (start: StartTask, given: Parameters<typeof pool>[1] = {}) =>
  pool(1, { ready: false, startTask: start, ...given });
const act = (kind: 'rebootNode' | 'reimageNode' | 'deallocateNode'): Operation => ({ kind, ...on('n0'), option: null });
const stopAt = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });
const work = () => [job('j', [tasks('t', [10])])];

describe('when it runs', () => {
  test('START-01 on joining, after a reboot, a reimage, deallocation and start, and after a preemption', () => {
    const spot = pool(0, { targetLowPriorityNodes: 1, ready: false, startTask: startTask() });
    const recording = runDeeds(
      [spot],
      [],
      [
        [100, act('rebootNode')],
        [200, act('reimageNode')],
        [300, act('deallocateNode')],
        [350, { kind: 'startNode', ...on('n0') }],
        [400, preempt(1)],
      ],
    );
    const runs = recording.nodeTasks.map(({ kind, startMs, endMs }) => `${kind} ${startMs}-${endMs}`);
    expect(runs).toEqual(['start 0-20', 'start 100-120', 'start 200-220', 'start 350-370', 'start 400-420']);
  });

  test('START-02 its files come first, then its command: a file of 500 bytes at 10 a millisecond takes 50', () => {
    const recording = runDeeds([booting(startTask({}, { downloadBytes: 500 }), { bandwidth: 10 })], work(), []);
    expect(gantt(recording)).toEqual(['j/t1 70-80 n0']);
  });

  test('START-03 waitForSuccess is true unless the body says otherwise', () => {
    const body = (more: string) =>
      loaded(
        `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, startTask: { commandLine: x${more} } }]`,
      ).scenario.accounts[0]?.pools[0]?.startTask?.waitForSuccess;
    expect([body(''), body(', waitForSuccess: false')]).toEqual([true, false]);
  });
});

describe('failure', () => {
  test('START-04 without a count it is tried once; -1 goes on until it succeeds', () => {
    const failsThrice = { exitCode: each(1, 1, 1, 0) };
    const once = runDeeds([booting(startTask({}, failsThrice))], [], []);
    expect(lifeOf(once, 0).at(-1)).toBe('20 starttaskfailed startTaskFailed');
    const endless = runDeeds([booting(startTask({ maxTaskRetryCount: -1 }, failsThrice))], [], []);
    expect(lifeOf(endless, 0).at(-1)).toBe('80 idle');
    expect(endless.nodeTasks[0]?.retries).toBe(3);
  });

  test.each(['BlobNotFound', 'CommandProgramNotFound'] as const)(
    'START-04 %s is a preparation error: the start task has failed, whatever its retries',
    (fault) => {
      const recording = runDeeds([booting(startTask({ maxTaskRetryCount: 5 }, { fault }))], work(), []);
      expect(lifeOf(recording, 0).at(-1)).toMatch(/ starttaskfailed /);
      expect(recording.nodeTasks[0]).toMatchObject({ result: 'failure', failure: fault, retries: 0, exitCode: null });
      expect(gantt(recording)).toEqual(['j/t1 active']);
    },
  );

  test('START-05 the node counts in the size of the pool: no other is made for it, and it is charged as failed', () => {
    const late = job('k', [tasks('u', [1])], { arrival: { kind: 'at', atMs: 100 } }); // the run lasts until it comes
    const recording = runDeeds([booting(startTask({}, { exitCode: each(1) }))], [late], []);
    expect(recording.nodes.count).toBe(1);
    expect([recording.nodes.bootingMs[0], recording.nodes.failedMs[0]]).toEqual([20, 80]);
    expect(recording.resizes).toHaveLength(1);
  });

  test('START-06 a failure beside running tasks leaves node and tasks alone', () => {
    const beside = startTask({ waitForSuccess: false }, { exitCode: each(9) });
    const recording = runDeeds([booting(beside)], [job('j', [tasks('t', [50, 5])])], []);
    expect(gantt(recording)).toEqual(['j/t1 0-50 n0', 'j/t2 50-55 n0']);
    expect(recording.nodeTasks[0]).toMatchObject({ state: 'completed', result: 'failure', exitCode: 9 });
  });

  test('START-07 while a retry runs: running, begun anew, and the end of the attempt before', () => {
    const retried = startTask({ maxTaskRetryCount: 2 }, { exitCode: each(4, 0) });
    const [row] = runDeeds([booting(retried)], [], [], stopAt(30)).nodeTasks;
    expect(row).toMatchObject({ state: 'running', startMs: 20, endMs: 20, result: null, retries: 1 });
    const [done] = runDeeds([booting(retried)], [], []).nodeTasks;
    expect(done).toMatchObject({
      state: 'completed',
      startMs: 20,
      endMs: 40,
      result: 'success',
      exitCode: 0,
      retries: 1,
    });
    const [failed] = runDeeds([booting(startTask({}, { exitCode: each(4) }))], [], []).nodeTasks;
    expect(failed).toMatchObject({ state: 'completed', result: 'failure', exitCode: 4, failure: 'FailureExitCode' });
  });

  test('START-09 a reboot runs it again, a removal gets rid of the node', () => {
    const failsOnce = () => booting(startTask({}, { exitCode: each(1, 0) }));
    expect(gantt(runDeeds([failsOnce()], work(), [[50, act('rebootNode')]]))).toEqual(['j/t1 70-80 n0']);
    const removed = runDeeds([failsOnce()], [], [[50, remove(['n0'])]]);
    expect(answers(removed)).toEqual(['ok']);
    expect(lifeOf(removed, 0).slice(3)).toEqual([
      '20 starttaskfailed startTaskFailed',
      '50 leavingpool removeNodes',
      '50 gone removeNodes',
    ]);
  });
});

describe('what it is not', () => {
  const body = (more: string) =>
    `pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, startTask: { commandLine: x, ${more} }, model: { timing: none, startTask: { runtime: 20d } } }]`;

  test('START-08 it may run for days and has no constraints; it occupies no slot', () => {
    expect(simulate(loaded(body('waitForSuccess: true')).scenario).recording.nodes.readyMs[0]).toBe(20 * 86_400_000);
    expect(codesOf(body('constraints: { maxWallClockTime: 1m }'))).toHaveLength(1);
    const beside = booting(startTask({ waitForSuccess: false }), { timing: latencies({}) });
    expect(gantt(runDeeds([beside], work(), []))).toEqual(['j/t1 0-10 n0']);
  });

  test.each(['userIdentity: { autoUser: { scope: pool, elevationLevel: admin } }', 'userIdentity: { username: ada }'])(
    'START-10 %s is accepted and has no effect',
    (user) => {
      const digest = (more: string) => simulate(loaded(body(more)).scenario).recording.run.digest;
      expect(digest(user)).toBe(digest('waitForSuccess: true'));
    },
  );
});

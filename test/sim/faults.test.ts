/** Nodes that fail, are lost sight of and recover (NODE-13 to NODE-15, NODE-22, POOL-13, POOL-21, NET-01, rows 4, 28, 29). */
import { describe, expect, test } from 'vitest';
import { constant, NO_FAULTS, type Operation, type PoolFaults, TIMING_TYPICAL } from '../../src/model/index.js';
import { answers, lifeOf, on, resize, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, pool, run, tasks } from '../helpers/world.js';

const growing = (count: number, given: Parameters<typeof pool>[1] = {}) => pool(count, { ready: false, ...given });
const until = (untilMs: number) => ({ clock: { epochMs: 0, untilMs, tailMs: null } });
const faults = (given: Partial<PoolFaults>) => ({ faults: { ...NO_FAULTS, ...given } });
const work = (...runtimes: number[]) => [job('j', [tasks('t', runtimes)])];
const fail = (error: string | null, recovers: boolean | null = null): Operation => ({
  ...{ kind: 'failNode', ...on('n0'), error, recovers },
});
const lose = (node = 'n0'): Operation => ({ kind: 'loseContact', ...on(node) });
const recover = (node = 'n0'): Operation => ({ kind: 'recoverNode', ...on(node) });

describe('unusable nodes', () => {
  const timing = latencies({ recover: 40, reboot: 10 });

  test('NODE-13, NODE-14 without an error the service reboots it after `recover`; tasks go elsewhere as interrupted', () => {
    const recording = runDeeds([pool(2, { timing })], work(100), [[10, fail(null)]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['10 unusable hostFailure', '50 rebooting recovered', '60 starting', '60 idle'],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 10-110 n1']);
    expect([recording.tasks.requeues?.[0] ?? 0, recording.tasks.interruptions?.[0]]).toEqual([0, 1]);
    expect(recording.nodes.failedMs[0]).toBe(40);
  });

  test('NODE-14, NODE-15 with an error it stays unusable until somebody reboots it', () => {
    const recording = runDeeds([pool(1, { timing })], work(100), [
      [10, fail('DiskFull')],
      [500, { kind: 'rebootNode', ...on('n0'), option: null }],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 510-610 n0']);
    expect(lifeOf(recording, 0)[3]).toBe('10 unusable DiskFull');
  });

  test('NODE-22 a scenario may say otherwise of both', () => {
    expect(lifeOf(runDeeds([pool(1, { timing })], [], [[10, fail(null, false)]]), 0)).toHaveLength(4);
    expect(lifeOf(runDeeds([pool(1, { timing })], [], [[10, fail('DiskFull', true)]]), 0).at(-1)).toBe('60 idle');
  });

  test('row 29: with typical timing the service takes 15 to 45 minutes', () => {
    const recording = runDeeds([pool(1, { timing: TIMING_TYPICAL })], work(100), [[1000, fail(null)]]);
    const [at = 0] = (lifeOf(recording, 0)[4] ?? '').split(' ').map(Number);
    expect(lifeOf(recording, 0)[4]).toContain('rebooting recovered');
    expect(at).toBeGreaterThanOrEqual(901_000);
    expect(at).toBeLessThanOrEqual(2_701_000);
  });

  test('NODE-13 a node can be lost once; one on its way out is nobody’s business', () => {
    const recording = runDeeds([pool(1)], work(100), [
      [1, fail('DiskFull')],
      [2, fail('DiskFull')],
      [3, lose()],
      [4, recover()],
      [5, recover()],
    ]);
    const wrong = 'OperationInvalidForCurrentState';
    expect(answers(recording)).toEqual(['ok', wrong, wrong, 'ok', wrong]);
  });

  test('NODE-13, RSZ-13 a failure takes the place of whatever the node waited for', () => {
    const recording = runDeeds([pool(1, { timing })], work(100), [
      [10, { kind: 'rebootNode', ...on('n0'), option: 'taskcompletion' }],
      [20, fail(null)],
    ]);
    expect(
      lifeOf(recording, 0)
        .slice(3)
        .map((line) => line.split(' ')[1]),
    ).toEqual([...['unusable', 'rebooting', 'starting', 'idle']]);
  });
});

describe('contact', () => {
  test('NODE-13 in unknown tasks stay running; an exit is heard of when contact is back', () => {
    const recording = runDeeds([pool(1)], work(50), [
      [10, lose()],
      [80, recover()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 0-80 n0']);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 unknown contactLost', '80 idle recovered']);
    expect(recording.nodes.failedMs[0]).toBe(70);
  });

  test('NODE-13 a task that outlasts the silence ends when it ends', () => {
    const recording = runDeeds([pool(1)], work(100), [
      [10, lose()],
      [80, recover()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 0-100 n0']);
    expect(recording.nodes.runningMs[0]).toBe(30);
  });

  test('NODE-13 a node in unknown takes no tasks', () => {
    const recording = runDeeds([pool(1, { taskSlotsPerNode: 2 })], work(100, 30), [
      [0, lose()],
      [20, recover()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 20-120 n0', 'j/t2 20-50 n0']);
  });

  test('NODE-13 if it becomes unusable after all, what nobody heard of did not happen', () => {
    const recording = runDeeds([pool(2)], work(50), [
      [10, lose()],
      [80, fail('DiskFull')],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 80-130 n1']);
    expect(recording.tasks.interruptions?.[0]).toBe(1);
  });

  test('NODE-13, TASK-11 a wall clock that expires meanwhile is heard of later, too', () => {
    const recording = runDeeds(
      [pool(1)],
      [job('j', [tasks('t', [100], { maxWallClockTimeMs: 50 })])],
      [
        [10, lose()],
        [80, recover()],
      ],
    );
    expect(gantt(recording)).toEqual(['j/t1 0-80 n0']);
    expect(recording.tasks.failure[0]).not.toBe(0);
  });

  test('NODE-13, SCH-11 a task on its way to the node arrives when contact is back', () => {
    const recording = runDeeds([pool(1, { timing: latencies({ dispatch: 30 }) })], work(50), [
      [10, lose()],
      [80, recover()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 80-130 n0']);
  });

  test('NODE-13, TASK-22 a task that was stopped meanwhile is not told of again', () => {
    const recording = runDeeds([pool(1)], work(50, 7), [
      [10, lose()],
      [60, { kind: 'terminateTask', jobId: 'j', taskId: 't1' }],
      [80, recover()],
    ]);
    expect(gantt(recording)).toEqual(['j/t1 0-60 n0', 'j/t2 80-87 n0']);
  });
});

describe('host and system', () => {
  const timing = latencies({ reboot: 30, reimage: 50 });

  test('NODE-22, NODE-21 a host reboot interrupts the tasks of dedicated nodes as well', () => {
    const recording = runDeeds([pool(1, { timing })], work(100), [[10, { kind: 'hostReboot', ...on('n0') }]]);
    expect(lifeOf(recording, 0).slice(3)).toEqual(['10 rebooting hostReboot', '40 starting', '40 idle']);
    expect(gantt(recording)).toEqual(['j/t1 40-140 n0']);
    expect([recording.tasks.requeues?.[0] ?? 0, recording.tasks.interruptions?.[0]]).toEqual([0, 1]);
  });

  test('POOL-21, POOL-05 an upgrade takes all nodes down at once and requeues their tasks', () => {
    const recording = runDeeds([pool(2, { timing })], work(100, 100), [
      [10, { kind: 'upgradeOs', poolId: 'p', nodes: null }],
    ]);
    expect([0, 1].map((node) => lifeOf(recording, node)[3])).toEqual(Array(2).fill('10 upgradingos osUpgrade'));
    expect(gantt(recording)).toEqual(['j/t1 60-160 n0', 'j/t2 60-160 n1']);
    expect(recording.tasks.requeues?.slice(0, 2)).toEqual(Uint32Array.of(1, 1));
  });
});

describe('by rate', () => {
  test('NODE-22 faults.unusable: contact is lost so long after each time that the node became ready', () => {
    const nodes = pool(1, { ...faults({ unusable: constant(30) }), timing: latencies({ recover: 10, reboot: 5 }) });
    const recording = run([nodes], work(25, 25));
    expect(gantt(recording)).toEqual(['j/t1 0-25 n0', 'j/t2 45-70 n0']);
    expect(lifeOf(recording, 0)[3]).toBe('30 unusable contactLost');
  });

  test('NODE-22, NODE-14 it may have an error then, and stay unusable or come back in spite of it', () => {
    const life = (given: Partial<PoolFaults>) => {
      const broken = faults({ unusable: constant(30), unusableError: 'DiskFull', ...given });
      return lifeOf(run([pool(1, { ...broken, timing: latencies({ recover: 10 }) })], work(50), until(100)), 0);
    };
    expect(life({ unusableRecovers: false }).slice(3)).toEqual(['30 unusable DiskFull']);
    expect(life({ unusableRecovers: true }).slice(3, 5)).toEqual(['30 unusable DiskFull', '40 rebooting recovered']);
  });

  test('NODE-22 faults.hostReboot: so long after each time that the node became ready its host reboots', () => {
    const nodes = pool(1, { ...faults({ hostReboot: constant(30) }), timing: latencies({ reboot: 5 }) });
    const recording = run([nodes], work(20, 20, 20));
    // t2 is interrupted at 30 and waits for the reboot; t3 is at 65.
    expect(gantt(recording)).toEqual(['j/t1 0-20 n0', 'j/t2 35-55 n0', 'j/t3 70-90 n0']);
    expect(lifeOf(recording, 0).filter((line) => line.includes('rebooting'))).toEqual([
      ...['30 rebooting hostReboot', '65 rebooting hostReboot'],
    ]);
    expect(Array.from(recording.tasks.interruptions?.slice(0, 3) ?? [])).toEqual([0, 1, 1]);
  });

  test('NODE-22, NODE-13 faults.lostContact: the node is silent for a while, again and again; its tasks run on', () => {
    const nodes = pool(1, faults({ lostContact: { after: constant(30), lasts: constant(10) } }));
    const recording = run([nodes], work(35, 35));
    // t1 exits at 35, which is heard of at 40; t2 runs through the silence of 70 to 80.
    expect(gantt(recording)).toEqual(['j/t1 0-40 n0', 'j/t2 40-80 n0']);
    expect(lifeOf(recording, 0).slice(3)).toEqual([
      ...['30 unknown contactLost', '40 idle recovered', '70 unknown contactLost', '80 idle recovered'],
    ]);
    expect(recording.tasks.interruptions?.[0] ?? 0).toBe(0);
  });

  test('NODE-22 a silence without a length lasts as long as the service takes to recover a node', () => {
    const nodes = pool(1, {
      ...faults({ lostContact: { after: constant(30), lasts: null } }),
      timing: latencies({ recover: 25 }),
    });
    expect(lifeOf(run([nodes], work(31)), 0)[4]).toBe('55 idle recovered');
  });

  test('NODE-22, NODE-13 a node that is silent may become unusable, or its host reboot; then it boots', () => {
    const silent = { lostContact: { after: constant(30), lasts: constant(100) } };
    const life = (given: Partial<PoolFaults>) =>
      lifeOf(
        run([pool(1, { ...faults({ ...silent, ...given }), timing: latencies({ reboot: 5 }) })], work(45), until(100)),
        0,
      );
    expect(life({ hostReboot: constant(40) })[4]).toBe('40 rebooting hostReboot');
    expect(life({ unusable: constant(40) })[4]).toBe('40 unusable contactLost');
  });

  test('NODE-22 rates draw by node and boot: other nodes of the pool shift nothing', () => {
    const exponential = { kind: 'exponential', mean: 500, min: null, max: null } as const;
    const struck = (count: number) => {
      const nodes = pool(count, { ...faults({ hostReboot: exponential }), timing: latencies({ reboot: 5 }) });
      const recording = run([nodes], work(2000), until(2000));
      return lifeOf(recording, 0).filter((line) => line.includes('hostReboot'));
    };
    expect(struck(1).length).toBeGreaterThan(0);
    expect(struck(3)).toEqual(struck(1));
  });

  test('NODE-22, SIM-10 they keep no run alive', () => {
    const all = { hostReboot: constant(30), lostContact: { after: constant(20), lasts: constant(10) } };
    expect(run([pool(2, faults(all))], work(10)).run.endMs).toBe(10);
  });

  test('row 28 a share of nodes is unusable at its first boot and recovers', () => {
    const nodes = growing(400, { ...faults({ unusableAtStart: 0.1 }), timing: latencies({ recover: 50 }) });
    const recording = run([nodes], [], {});
    const struck = Array.from({ length: 225 }, (_, node) => lifeOf(recording, node)).filter((life) => life.length > 3);
    expect(recording.nodes.count).toBe(225);
    expect(struck.length).toBeGreaterThan(8);
    expect(struck.length).toBeLessThan(40);
    expect(struck[0]?.slice(2)).toEqual(['0 unusable contactLost', '50 rebooting recovered', '50 starting', '50 idle']);
  });

  test('row 4 a share of nodes boots so many times more slowly', () => {
    const nodes = growing(200, {
      ...faults({ slow: { share: 0.25, factor: 4 } }),
      timing: latencies({ create: 5, start: 10 }),
    });
    const recording = run([nodes], []);
    const ready = Array.from(recording.nodes.readyMs.slice(0, 200));
    expect(new Set(ready)).toEqual(new Set([15, 60]));
    const slow = ready.filter((ms) => ms === 60).length;
    expect(slow).toBeGreaterThan(30);
    expect(slow).toBeLessThan(70);
  });
});

describe('what is wrong from the beginning', () => {
  test('POOL-13 a mount that fails makes every node unusable, with its error', () => {
    const recording = run([growing(2, faults({ mountFailure: true }))], work(5));
    expect(lifeOf(recording, 1)[2]).toBe('0 unusable MountConfigurationError');
    expect(gantt(recording)).toEqual(['j/t1 active']);
  });

  test('NET-01 blocked ports make nodes unusable, and nothing brings them back', () => {
    const recording = run([growing(1, faults({ portsBlocked: true }))], work(5));
    expect(lifeOf(recording, 0).slice(2)).toEqual(['0 unusable portsBlocked']);
  });

  test('NET-01 a subnet without addresses cuts the pool with AllocationFailed', () => {
    const recording = runDeeds(
      [growing(5, { subnetAddresses: 3 })],
      [],
      [
        [10, resize(2)],
        [20, resize(4)],
      ],
    );
    expect(recording.resizes.map(({ reservedDedicated }) => reservedDedicated)).toEqual([3, 0, 1]);
    expect(recording.resizes.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      ['AllocationFailed'],
      [],
      ['AllocationFailed'],
    ]);
  });
});

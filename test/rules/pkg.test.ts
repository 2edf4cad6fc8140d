/** Application packages by the words of their rules, where other tests leave a clause open (PKG). */
import { describe, expect, test } from 'vitest';
import {
  type Application,
  INSTANT_COMMAND,
  NO_DEMANDS,
  NO_FAULTS,
  type Operation,
  type PackageReference,
  type Pool,
  TASK_FAILURES,
} from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { answers, lifeOf, on, preempt, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';
import { loaded } from '../scenario/memory-files.js';

const TOOL: PackageReference = { applicationId: 'tool', version: '1.0' };
const account = (...versions: string[]) => ({
  applications: [{ id: 'tool', defaultVersion: null, versions }] as readonly Application[],
});
const withTool = (given: Partial<Pool> = {}) =>
  pool(1, { ready: false, applicationPackages: [TOOL], timing: latencies({ install: 7 }), ...given });
const using = (...packages: readonly PackageReference[]) =>
  tasks('t', [10], { demands: { ...NO_DEMANDS, applicationPackages: packages } });
const failure = (recording: ReturnType<typeof runDeeds>, task = 0) =>
  TASK_FAILURES[recording.tasks.failure[task] as number];
const patch = (applicationPackages: readonly PackageReference[]): Operation => ({
  ...{ kind: 'patchPool', poolId: 'p', changes: { applicationPackages } },
});

describe('applications', () => {
  const addApplication = (applicationId: string): Operation => ({ kind: 'addApplication', applicationId });
  const addPackage = (version: string): Operation => ({
    kind: 'addApplicationPackage',
    applicationId: 'tool',
    version,
  });

  test('PKG-01 ids and versions have 64 characters at most; a version may hold dots', () => {
    const long = 'x'.repeat(64);
    const recording = runDeeds(
      [],
      [],
      [
        ...[addApplication(long), addApplication(`${long}x`), addApplication('a.b'), addApplication('a_b-1')],
        ...[addApplication('tool'), addPackage(long), addPackage(`${long}x`), addPackage('1.0.2'), addPackage('1 0')],
      ].map((operation, i) => [i, operation] as const),
    );
    const bad = 'InvalidPropertyValue';
    expect(answers(recording)).toEqual(['ok', bad, bad, 'ok', 'ok', 'ok', bad, 'ok', bad]);
  });

  test('PKG-07 when the default version is deleted, what leaves the version open is served no more', () => {
    const open: PackageReference = { applicationId: 'tool', version: null };
    const recording = runDeeds(
      [pool(1)],
      [],
      [
        [1, addApplication('tool')],
        [2, addPackage('1.0')],
        [3, { kind: 'patchApplication', applicationId: 'tool', defaultVersion: '1.0', allowUpdates: null }],
        [4, patch([open])],
        [5, { kind: 'deleteApplicationPackage', applicationId: 'tool', version: '1.0' }],
        [6, addPackage('1.0')],
        [7, patch([open])],
        [8, patch([TOOL])],
      ],
    );
    expect(answers(recording)).toEqual([...Array(6).fill('ok'), 'InvalidApplicationPackageReferences', 'ok']);
  });
});

describe('packages of a pool', () => {
  test('PKG-02 installed on joining, rebooting, reimaging and returning, before the start task', () => {
    const startTask = { maxTaskRetryCount: 0, waitForSuccess: true, command: { ...INSTANT_COMMAND, runtime: each(3) } };
    const spot = withTool({ targetDedicatedNodes: 0, targetLowPriorityNodes: 1, startTask });
    const recording = runDeeds(
      [spot],
      [],
      [
        [100, { kind: 'rebootNode', ...on('n0'), option: null }],
        [200, { kind: 'reimageNode', ...on('n0'), option: null }],
        [300, preempt(1)],
      ],
      { account: account('1.0') },
    );
    const begun = recording.nodeTasks.map(({ startMs }) => startMs);
    expect(begun).toEqual([7, 107, 207, 307]);
    expect(lifeOf(recording, 0).filter((line) => line.endsWith(' idle'))).toEqual([
      '10 idle',
      '110 idle',
      '210 idle',
      '310 idle',
    ]);
  });

  test('PKG-04 an unknown application, version or default is refused with 409', () => {
    const refused = (reference: PackageReference) => {
      const added: Operation = {
        kind: 'addPool',
        pool: { ok: true, value: withTool({ id: 'q', applicationPackages: [reference] }) },
      };
      return runDeeds(
        [pool(1)],
        [],
        [
          [1, added],
          [2, patch([reference])],
        ],
        { account: account('1.0') },
      ).operations.map(({ status, code }) => `${status} ${code}`);
    };
    const twice = Array(2).fill('409 InvalidApplicationPackageReferences');
    expect(refused({ applicationId: 'other', version: '1.0' })).toEqual(twice);
    expect(refused({ applicationId: 'tool', version: '2.0' })).toEqual(twice);
    expect(refused({ applicationId: 'tool', version: null })).toEqual(twice);
    expect(refused({ applicationId: 'TOOL', version: '1.0' })).toEqual(['201 null', '200 null']);
  });

  test('PKG-05 a failing install: no task, no recovery by the service, and a removal or reboot is up to the user', () => {
    const broken = withTool({
      faults: { ...NO_FAULTS, packageFailure: 1 },
      timing: latencies({ install: 7, recover: 50 }),
    });
    const recording = runDeeds([broken], [job('j', [tasks('t', [1])])], [], { account: account('1.0') });
    expect(lifeOf(recording, 0).slice(2)).toEqual(['7 unusable ApplicationPackageError']);
    expect(gantt(recording)).toEqual(['j/t1 active']);
  });

  test('PKG-06 a changed list reaches a new node and one that is reimaged, and no other', () => {
    const both = [TOOL, { applicationId: 'tool', version: '2.0' }];
    const nodes = withTool({ targetDedicatedNodes: 2 });
    const recording = runDeeds(
      [nodes],
      [],
      [
        [50, patch(both)],
        [100, { kind: 'reimageNode', ...on('n0'), option: null }],
        [
          200,
          {
            kind: 'resizePool',
            poolId: 'p',
            targetDedicatedNodes: 3,
            targetLowPriorityNodes: null,
            resizeTimeoutMs: null,
            nodeDeallocationOption: null,
          },
        ],
      ],
      { account: account('1.0', '2.0') },
    );
    const ready = [0, 1, 2].map((node) => lifeOf(recording, node).filter((line) => line.endsWith(' idle')));
    expect(ready).toEqual([['7 idle', '114 idle'], ['7 idle'], ['214 idle']]);
  });
});

describe('packages of a task', () => {
  test('PKG-02, PKG-03 installed while the task runs, on the node that runs it alone', () => {
    const nodes = pool(2, { timing: latencies({ install: 7 }) });
    const recording = runDeeds([nodes], [job('j', [using(TOOL), tasks('u', [10])])], [], { account: account('1.0') });
    expect(gantt(recording)).toEqual(['j/t1 0-17 n0', 'j/u1 0-10 n1']);
  });

  test('PKG-02 what the pool has installed is used again, another version is not', () => {
    const other: PackageReference = { applicationId: 'tool', version: '2.0' };
    const recording = runDeeds([withTool()], [job('j', [using(TOOL, other)])], [], { account: account('1.0', '2.0') });
    expect(gantt(recording)).toEqual(['j/t1 7-24 n0']);
  });

  test('PKG-02, PKG-06 it stays on the node through a reboot, and goes with a reimage or the VM', () => {
    const deeds: readonly (readonly [Operation, string])[] = [
      [{ kind: 'rebootNode', ...on('n0'), option: null }, 'b/t1 100-110 n0'],
      [{ kind: 'reimageNode', ...on('n0'), option: null }, 'b/t1 100-117 n0'],
      [preempt(1), 'b/t1 100-117 n0'],
    ];
    for (const [deed, expected] of deeds) {
      const nodes = pool(0, { targetLowPriorityNodes: 1, timing: latencies({ install: 7 }) });
      const jobs = [job('a', [using(TOOL)]), job('b', [using(TOOL)], { arrival: { kind: 'at', atMs: 100 } })];
      expect(gantt(runDeeds([nodes], jobs, [[50, deed]], { account: account('1.0') }))[1]).toBe(expected);
    }
  });

  test('PKG-04 a task with an unknown reference is accepted and fails when it runs', () => {
    const unknown: PackageReference = { applicationId: 'tool', version: '9' };
    const recording = runDeeds([pool(1)], [job('j', [using(unknown)])], [], { account: account('1.0') });
    expect(failure(recording)).toBe('ApplicationPackageError');
    expect(recording.tasks.retries[0]).toBe(0);
  });
});

test.each(['linux', 'windows'] as const)(
  'PKG-09, PKG-10 on %s the install takes its time, of the pool and of a task',
  (os) => {
    const other: PackageReference = { applicationId: 'tool', version: '2.0' };
    const recording = runDeeds([withTool({ os })], [job('j', [using(other)])], [], { account: account('1.0', '2.0') });
    expect(gantt(recording)).toEqual(['j/t1 7-24 n0']);
  },
);

test('PKG-01 a declared application that does not allow updates refuses to replace a version', () => {
  const text = `account: { applications: [{ id: tool, versions: ["1"], allowUpdates: false }] }
pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]
actions: [{ at: +1s, addApplicationPackage: { applicationId: tool, version: "1" } }]`;
  const { recording } = simulate(loaded(text).scenario);
  expect(recording.operations.map(({ code }) => code)).toEqual(['OperationInvalidForCurrentState']);
});

/** Application packages of pools on their nodes (PKG-02, PKG-05, PKG-06). */
import { expect, test } from 'vitest';
import { INSTANT_COMMAND, NO_FAULTS } from '../../src/model/index.js';
import { answers, lifeOf, on, runDeeds } from '../helpers/fleet.js';
import { each, gantt, job, latencies, pool, tasks } from '../helpers/world.js';

const applications = [{ id: 'blender', defaultVersion: '4.2', versions: ['4.2'] }];
const account = { applications };
const blender = { applicationId: 'blender', version: null };
const reboot = { kind: 'rebootNode', ...on('n0'), option: null } as const;

test('PKG-02 packages are installed one by one before the start task, while the node is starting', () => {
  const timing = latencies({ start: 5, install: 10 });
  const startTask = { maxTaskRetryCount: 0, waitForSuccess: true, command: { ...INSTANT_COMMAND, runtime: each(3) } };
  const applicationPackages = [blender, { applicationId: 'Blender', version: '4.2' }];
  const nodes = pool(1, { ready: false, timing, startTask, applicationPackages });
  const recording = runDeeds([nodes], [job('j', [tasks('t', [7])])], [], { account });
  expect(lifeOf(recording, 0)).toEqual(['0 creating', '0 starting', '25 waitingforstarttask', '28 idle']);
  expect(gantt(recording)).toEqual(['j/t1 28-35 n0']);
});

test('PKG-05 an install that fails makes the node unusable without recovery; a reboot tries again', () => {
  const faults = { ...NO_FAULTS, packageFailure: 1 };
  const nodes = pool(1, { ready: false, faults, applicationPackages: [blender], timing: latencies({ reboot: 10 }) });
  const recording = runDeeds([nodes], [], [[50, reboot]], { account });
  expect(lifeOf(recording, 0).slice(2)).toEqual([
    ...['0 unusable ApplicationPackageError', '50 rebooting rebootNode', '60 starting'],
    '60 unusable ApplicationPackageError',
  ]);
});

test('PKG-06, POOL-15 a changed list holds for a node from its next reboot on', () => {
  const nodes = pool(1, { ready: false, applicationPackages: [blender], timing: latencies({ install: 10 }) });
  const recording = runDeeds(
    [nodes],
    [],
    [
      [20, { kind: 'patchPool', poolId: 'p', changes: { applicationPackages: [] } }],
      [30, reboot],
    ],
    { account },
  );
  expect(lifeOf(recording, 0).filter((line) => line.endsWith(' idle'))).toEqual(['10 idle', '30 idle']);
});

test('PKG-04 a change to a package that is not there is refused', () => {
  const changes = { applicationPackages: [{ applicationId: 'maya', version: null }] };
  const recording = runDeeds([pool(1)], [], [[1, { kind: 'patchPool', poolId: 'p', changes }]], { account });
  expect(answers(recording)).toEqual(['InvalidApplicationPackageReferences']);
});

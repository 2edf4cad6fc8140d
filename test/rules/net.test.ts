/** Network and certificates by the words of their rules, where other tests leave a clause open (NET). */
import { expect, test } from 'vitest';
import { NO_FAULTS, nodeAddress, type Operation } from '../../src/model/index.js';
import { answers, lifeOf, on, resize, resizesOf, runDeeds } from '../helpers/fleet.js';
import { gantt, job, latencies, pool, tasks } from '../helpers/world.js';

test('NET-01 a subnet of five addresses: dedicated nodes take them first, a later resize what is left', () => {
  const nodes = pool(2, { ready: false, targetLowPriorityNodes: 4, subnetAddresses: 5 });
  const recording = runDeeds(
    [nodes],
    [],
    [
      [10, resize(3, 2)],
      [20, resize(4, 2)],
    ],
  );
  expect(resizesOf(recording)).toEqual([
    ...['0-0 created +2+3-0 AllocationFailed', '10-10 resize +1+0-1', '20-20 resize +0+0-0 AllocationFailed'],
  ]);
});

test('NET-01 with blocked ports every node is unusable, charged, and not recovered', () => {
  const nodes = pool(2, {
    ready: false,
    faults: { ...NO_FAULTS, portsBlocked: true },
    timing: latencies({ recover: 5 }),
  });
  const recording = runDeeds(
    [nodes],
    [job('j', [tasks('t', [1])])],
    [[50, { kind: 'rebootNode', ...on('n0'), option: null }]],
  );
  expect(lifeOf(recording, 1).slice(2)).toEqual(['0 unusable portsBlocked']);
  expect(lifeOf(recording, 0).at(-1)).toBe('50 unusable portsBlocked');
  expect([recording.nodes.failedMs[1], gantt(recording)[0]]).toEqual([50, 'j/t1 active']);
});

test('NET-02 addresses count up from 10.0.0.4 and no two ordinals share one', () => {
  expect([0, 1, 251, 252, 508].map(nodeAddress)).toEqual([
    '10.0.0.4',
    '10.0.0.5',
    '10.0.0.255',
    '10.0.1.0',
    '10.0.2.0',
  ]);
  expect(new Set(Array.from({ length: 5000 }, (_, ordinal) => nodeAddress(ordinal))).size).toBe(5000);
});

test('NET-03 added, referred to by a pool, refused while referred to, freed by an update of the pool', () => {
  const certificate = (kind: 'addCertificate' | 'deleteCertificate' | 'cancelCertificateDelete'): Operation => ({
    ...{ kind, thumbprint: 'ab12' },
  });
  const referring: Operation = { kind: 'patchPool', poolId: 'p', changes: { certificates: ['AB12'] } };
  const recording = runDeeds(
    [pool(1)],
    [],
    [
      [1, referring],
      [2, certificate('addCertificate')],
      [3, certificate('addCertificate')],
      [4, referring],
      [5, certificate('deleteCertificate')],
      [6, certificate('cancelCertificateDelete')],
      [7, { kind: 'updatePoolProperties', poolId: 'p', changes: {} }],
      [8, certificate('deleteCertificate')],
      [9, certificate('deleteCertificate')],
    ],
  );
  const [first, ...others] = answers(recording);
  expect(first).toBe('InvalidCertificateReferences');
  expect(others).toEqual(['ok', 'CertificateExists', 'ok', 'ok', 'ok', 'ok', 'ok', 'CertificateNotFound']);
});

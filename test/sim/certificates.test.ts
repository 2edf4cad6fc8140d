import { expect, test } from 'vitest';
import type { Account, Operation } from '../../src/model/index.js';
import { simulate } from '../../src/sim/index.js';
import { pool, world } from '../helpers/world.js';

/** What the service answers to operations one after the other: code, or status. */
function answers(operations: readonly Operation[], account: Partial<Account> = {}): string[] {
  const actions = operations.map((operation, i) => ({ atMs: i, operation, expectError: null }));
  return simulate(world({ actions, ...account })).recording.operations.map(
    ({ code, status }) => code ?? String(status),
  );
}

const add = { kind: 'addCertificate', thumbprint: 'AB12' } as const;
const remove = { kind: 'deleteCertificate', thumbprint: 'ab12' } as const;
const cancel = { kind: 'cancelCertificateDelete', thumbprint: 'Ab12' } as const;
const withCertificate: Operation = {
  kind: 'addPool',
  pool: { ok: true, value: pool(0, { certificates: ['ab12'] }) },
};

test('NET-03 a certificate is added, deleted and gone; thumbprints are numbers, whose case does not count', () => {
  expect(answers([add, add, remove, remove, cancel])).toEqual([
    '201',
    'CertificateExists',
    '202',
    'CertificateNotFound',
    'CertificateNotFound',
  ]);
});

test('NET-03 a certificate that a pool refers to fails to be deleted, until that is taken back', () => {
  expect(answers([withCertificate, cancel, remove, remove, cancel, cancel], { certificates: ['AB12'] })).toEqual([
    '201',
    'CertificateStateActive',
    '202',
    '202',
    '204',
    'CertificateStateActive',
  ]);
});

test('NET-03 a pool refers only to certificates that the account has', () => {
  expect(answers([withCertificate, add, withCertificate])).toEqual(['InvalidCertificateReferences', '201', '201']);
});

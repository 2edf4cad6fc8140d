import { expect, test } from 'vitest';
import { checkCertificateReferences, thumbprintKey } from '../../src/model/index.js';

test('NET-03 thumbprints are the same in any case', () => {
  expect(thumbprintKey('ABCDEF01')).toBe(thumbprintKey('abcdef01'));
  expect(thumbprintKey('ABCDEF01')).not.toBe(thumbprintKey('abcdef02'));
});

test('NET-03 a pool refers only to certificates that are there', () => {
  expect(checkCertificateReferences(['AB', 'CD'], ['cd', 'ab'])).toBeNull();
  expect(checkCertificateReferences(['AB'], ['ab', 'ef'])).toMatchObject({
    code: 'InvalidCertificateReferences',
    status: 409,
    values: [{ key: 'Thumbprint', value: 'ef' }],
  });
});

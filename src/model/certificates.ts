/** Certificates of an account: states, moves and names (NET-03). */
import { type ServiceError, serviceError } from './service-errors.js';

/** NET-03. */
export const CERTIFICATE_STATES = ['active', 'deleting', 'deletefailed'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** What moves a certificate. fail: a pool or node still uses it. */
export const CERTIFICATE_TRIGGERS = ['delete', 'fail', 'cancelDelete'] as const;
export type CertificateTrigger = (typeof CERTIFICATE_TRIGGERS)[number];

/** Every legal move of a certificate; a missing entry is illegal. A deleting one disappears unless something uses it. */
export const CERTIFICATE_MOVES: Readonly<
  Record<CertificateState, Partial<Record<CertificateTrigger, CertificateState>>>
> = {
  active: { delete: 'deleting' },
  deleting: { fail: 'deletefailed' },
  deletefailed: { delete: 'deleting', cancelDelete: 'active' },
};

/** Thumbprints are hexadecimal numbers, so that case does not count. */
export function thumbprintKey(thumbprint: string): string {
  return thumbprint.toLowerCase();
}

/** NET-03: a pool refers only to certificates that the account has; the sources print no code for it but this. */
export function checkCertificateReferences(
  known: readonly string[],
  references: readonly string[],
): ServiceError | null {
  const keys = new Set(known.map(thumbprintKey));
  const unknown = references.find((thumbprint) => !keys.has(thumbprintKey(thumbprint)));
  return unknown === undefined ? null : serviceError('InvalidCertificateReferences', { Thumbprint: unknown });
}

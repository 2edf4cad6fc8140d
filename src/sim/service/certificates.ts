/** Certificates of an account (NET-03): a state each, moved by the table of the model. */
import { err, ok } from '../../base/index.js';
import {
  CERTIFICATE_MOVES,
  CERTIFICATE_STATES,
  CERTIFICATE_TRIGGERS,
  type CertificateState,
  type CertificateTrigger,
  missingProperty,
  SUCCESS_STATUS,
  serviceError,
  thumbprintKey,
} from '../../model/index.js';
import { Transitions } from '../engine/transitions.js';
import type { AccountState } from '../entities.js';
import type { World } from '../world.js';
import type { Answered } from './answer.js';

const TRANSITIONS = new Transitions('certificate', CERTIFICATE_STATES, CERTIFICATE_TRIGGERS, CERTIFICATE_MOVES);

/** A certificate, by its thumbprint in either case. */
interface OnCertificate {
  readonly thumbprint: string;
}

/** Adds a certificate. */
export function addCertificate(_world: World, { certificates }: AccountState, { thumbprint }: OnCertificate): Answered {
  if (thumbprint === '') return err(missingProperty('thumbprint'));
  const key = thumbprintKey(thumbprint);
  const state = certificates.get(key);
  if (state === 'deleting') return err(serviceError('CertificateBeingDeleted'));
  if (state !== undefined) return err(serviceError('CertificateExists'));
  certificates.set(key, 'active');
  return ok({ status: SUCCESS_STATUS.addCertificate });
}

/** Begins to delete it: it disappears at once, unless a pool refers to it. */
export function deleteCertificate(_world: World, account: AccountState, { thumbprint }: OnCertificate): Answered {
  const key = thumbprintKey(thumbprint);
  const state = account.certificates.get(key);
  if (state === undefined) return err(serviceError('CertificateNotFound'));
  const deleting = move(state, 'delete');
  const isUsed = [...account.pools.values()].some(({ spec }) =>
    spec.certificates.some((t) => thumbprintKey(t) === key),
  );
  if (isUsed) account.certificates.set(key, move(deleting, 'fail'));
  else account.certificates.delete(key);
  return ok({ status: SUCCESS_STATUS.deleteCertificate });
}

/** Takes back a delete that has failed. */
export function cancelCertificateDelete(
  _world: World,
  { certificates }: AccountState,
  { thumbprint }: OnCertificate,
): Answered {
  const key = thumbprintKey(thumbprint);
  const state = certificates.get(key);
  if (state === undefined) return err(serviceError('CertificateNotFound'));
  if (state === 'active') return err(serviceError('CertificateStateActive'));
  certificates.set(key, move(state, 'cancelDelete'));
  return ok({ status: SUCCESS_STATUS.cancelCertificateDelete });
}

function move(state: CertificateState, trigger: CertificateTrigger): CertificateState {
  const next = TRANSITIONS.next(CERTIFICATE_STATES.indexOf(state), CERTIFICATE_TRIGGERS.indexOf(trigger));
  return CERTIFICATE_STATES[next] as CertificateState;
}

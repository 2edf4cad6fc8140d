/** What fate does to pools (NODE-22): the faults of a pool over those of the scenario. */
import { type LostContact, NO_FAULTS, type PoolFaults, type Preemption, type Quantity } from '../../model/index.js';
import type { GivenPoolFaults, GivenSharedFaults } from '../schema/faults.js';
import { type LooseQuantity, settled } from '../schema/quantity.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { readEvictions } from './eviction-trace.js';
import { readValues } from './value-files.js';

/** Faults that may stand on the scenario or on a pool; what is not given is inherited. */
export function readSharedFaults(
  context: BuildContext,
  path: Path,
  given: GivenSharedFaults | undefined,
  inherited: PoolFaults = NO_FAULTS,
): PoolFaults {
  if (given === undefined) return inherited;
  const { preemption, unusable, hostReboot, lostContact, unusableAtStart, slow } = given;
  const at = (key: string) => [...path, key];
  return {
    ...inherited,
    ...(preemption === undefined ? {} : { preemption: readPreemption(context, at('preemption'), preemption) }),
    ...(unusable === undefined ? {} : readUnusable(context, at('unusable'), unusable)),
    ...(hostReboot === undefined ? {} : { hostReboot: readUntilThen(context, at('hostReboot'), hostReboot) }),
    ...(lostContact === undefined ? {} : { lostContact: readLostContact(context, at('lostContact'), lostContact) }),
    unusableAtStart: unusableAtStart ?? inherited.unusableAtStart,
    slow: slow === undefined ? inherited.slow : slow,
  };
}

/** All faults of a pool. */
export function readPoolFaults(
  context: BuildContext,
  path: Path,
  given: GivenPoolFaults | undefined,
  inherited: PoolFaults,
): PoolFaults {
  if (given === undefined) return inherited;
  return {
    ...readSharedFaults(context, path, given, inherited),
    packageFailure: given.packageFailure ?? inherited.packageFailure,
    mountFailure: given.mountFailure ?? inherited.mountFailure,
    portsBlocked: given.portsBlocked ?? inherited.portsBlocked,
  };
}

/** NODE-11, rows 23 and 24. */
function readPreemption(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenSharedFaults['preemption']>,
): Preemption | null {
  const { rate, share, within } = given;
  const trace = 'trace' in given ? given.trace : undefined;
  if ((rate === undefined) === (trace === undefined)) {
    const message = `${context.name(path)} has ${rate === undefined ? 'neither rate nor trace' : 'rate and trace'}`;
    context.error('BS2013', path, message, 'write preemption: { rate: 3%/h, share: 50% }, or { trace: { file: … } }');
    return null;
  }
  if (trace !== undefined) return readEvictions(context, [...path, 'trace'], trace.file);
  if (share === 0) context.error('BS2005', [...path, 'share'], `${context.name(path)}: an event takes no node at all`);
  if (rate === 0 || rate === undefined) return null;
  return { kind: 'rate', ratePerMs: rate, share, spreadMs: within };
}

/** NODE-13, NODE-14. */
function readUnusable(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenSharedFaults['unusable']>,
): Pick<PoolFaults, 'unusable' | 'unusableError' | 'unusableRecovers'> {
  const unusable = readUntilThen(context, path, given.after);
  const error = given.error ?? null;
  return { unusable, unusableError: error, unusableRecovers: given.recovers ?? error === null };
}

function readLostContact(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenSharedFaults['lostContact']>,
): LostContact | null {
  const after = readUntilThen(context, path, given.after);
  if (after === null) return null;
  return { after, lasts: given.for === undefined ? null : readUntilThen(context, [...path, 'for'], given.for) };
}

/** null: it never happens. */
function readUntilThen(context: BuildContext, path: Path, given: LooseQuantity | null): Quantity | null {
  if (given === null) return null;
  return settled([given], (file) => readValues(context, path, file, 'ms'))[0] ?? null;
}

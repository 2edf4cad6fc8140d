/** Small parts of bodies → the model's: names with values, packages, constraints, and how commands behave. */
import {
  type CommandModel,
  checkMetadata,
  checkRetention,
  checkRetryCount,
  checkWallClock,
  constant,
  type NameValue,
  type PackageReference,
  type PreProcessingFault,
  type QuantityPerOccurrence,
  type TaskConstraints,
} from '../../model/index.js';
import type { GivenCommandModel } from '../schema/command.js';
import type { GivenConstraints, GivenNameValues, GivenPackages } from '../schema/common.js';
import { type LooseQuantities, settled } from '../schema/quantity.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';
import { readValues } from './value-files.js';

/** From here on a maxWallClockTime is Batch's way of writing "none". */
const NO_LIMIT_MS = 900_000_000_000_000;

/** Names and values; a value that is not given is empty. */
export function readNameValues(given: GivenNameValues): readonly NameValue[] {
  return (given ?? []).map(({ name, value = '' }) => ({ name, value }));
}

/** POOL-11. */
export function readMetadata(context: BuildContext, path: Path, given: GivenNameValues): readonly NameValue[] {
  const metadata = readNameValues(given);
  const unnamed = metadata.findIndex(({ name }) => name === '');
  refuseBy(context, [...path, unnamed, 'name'], checkMetadata(metadata));
  return metadata;
}

/** PKG-02. */
export function readPackages(given: GivenPackages): readonly PackageReference[] {
  return (given ?? []).map(({ applicationId, version = null }) => ({ applicationId, version }));
}

/** Quantities with their files read; without any, 0. */
export function readQuantities(
  context: BuildContext,
  path: Path,
  loose: LooseQuantities | undefined,
  unit: 'ms' | 'number',
): QuantityPerOccurrence {
  if (loose === undefined) return [constant(0)];
  return settled(loose, (file) => readValues(context, path, file, unit));
}

/** What a command does when it runs (SIM-08). */
export function readCommand(context: BuildContext, path: Path, given: GivenCommandModel | undefined): CommandModel {
  return {
    runtime: readQuantities(context, [...path, 'runtime'], given?.runtime, 'ms'),
    exitCode: readQuantities(context, [...path, 'exitCode'], given?.exitCode, 'number'),
    downloadBytes: given?.download ?? 0,
    fault: preProcessingFault(given),
  };
}

/** Files are fetched before the program is looked for. */
export function preProcessingFault(
  given: Pick<GivenCommandModel, 'missingFile' | 'programNotFound'> | undefined,
): PreProcessingFault | null {
  if (given?.missingFile === true) return 'BlobNotFound';
  return given?.programNotFound === true ? 'CommandProgramNotFound' : null;
}

/** TASK-12: constraints without a count mean 0, no constraints at all mean those of the job (null). */
export function readConstraints(
  context: BuildContext,
  path: Path,
  given: GivenConstraints | undefined,
): TaskConstraints {
  if (given === undefined) return { maxTaskRetryCount: null, maxWallClockTimeMs: null, retentionTimeMs: null };
  const { retentionTime = null } = given;
  refuseBy(context, [...path, 'retentionTime'], checkRetention(retentionTime));
  return {
    maxTaskRetryCount: readRetries(context, [...path, 'maxTaskRetryCount'], given.maxTaskRetryCount),
    maxWallClockTimeMs: readWallClock(context, [...path, 'maxWallClockTime'], given.maxWallClockTime),
    retentionTimeMs: retentionTime,
  };
}

/** TASK-07; default 0. */
export function readRetries(context: BuildContext, path: Path, given: number | undefined): number {
  refuseBy(context, path, checkRetryCount(given));
  return given ?? 0;
}

/** TASK-11, JOB-06: null is no limit. */
export function readWallClock(context: BuildContext, path: Path, ms: number | undefined): number | null {
  refuseBy(context, path, checkWallClock(ms));
  return ms === undefined || ms >= NO_LIMIT_MS ? null : ms;
}

/** Whether Batch means "no limit" by it. */
export function isNoLimit(ms: number): boolean {
  return ms >= NO_LIMIT_MS;
}

/** The ordinal that names a node in a table, `n3` or `3`; null after a problem. */
export function readOrdinal(context: BuildContext, path: Path, name: string): number | null {
  const digits = /^n?(\d{1,7})$/i.exec(name)?.[1];
  if (digits !== undefined) return Number(digits);
  context.keyError('BS2005', path, name, `"${name}" is not the ordinal of a node`, 'write n0 for the first node');
  return null;
}

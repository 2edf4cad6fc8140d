/** What a command does when it runs, as a scenario declares it (SIM-08): shared by tasks and the tasks around them. */
import { constant, type QuantityPerOccurrence } from './quantity.js';
import type { ResourceFile } from './resource-file.js';

/** Why a command may fail before it runs (SIM-08, TASK-16); each never exits by itself and has no exit code. */
export type PreProcessingFault = 'BlobNotFound' | 'CommandProgramNotFound' | 'ApplicationPackageError';

/** How start, preparation, release and coordination commands behave. Lists have one value per attempt. */
export interface CommandModel {
  /** How long the process runs, in ms. */
  readonly runtime: QuantityPerOccurrence;
  readonly exitCode: QuantityPerOccurrence;
  /** Bytes of resource files that are fetched before it runs. */
  readonly downloadBytes: number;
  /** Which files these are (FILE-04, FILE-13); absent: not told. */
  readonly resourceFiles?: readonly ResourceFile[];
  /** A fault that ends every attempt before the process runs; null: none. */
  readonly fault: PreProcessingFault | null;
}

/** A command that runs no time, exits with 0 and needs nothing. */
export const INSTANT_COMMAND: CommandModel = {
  runtime: [constant(0)],
  exitCode: [constant(0)],
  downloadBytes: 0,
  fault: null,
};

/** A version of an application that a pool or task wants on the node (PKG-01); version null: the default one. */
export interface PackageReference {
  readonly applicationId: string;
  readonly version: string | null;
}

/** A name and its value: environment settings, metadata. */
export interface NameValue {
  readonly name: string;
  readonly value: string;
}

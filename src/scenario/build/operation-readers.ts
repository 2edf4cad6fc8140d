/** How operations are read: one function for each kind, in tables by what they are about. */
import type { Operation, Pool } from '../../model/index.js';
import type { GivenOperations } from '../schema/action.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import type { Surroundings } from './surroundings.js';

/** Where an operation stands and what it is read with. */
export interface Reading {
  readonly context: BuildContext;
  /** Of the operation's body. */
  readonly path: Path;
  readonly around: Surroundings;
  /** When it happens, in ms from the start; null: more than once, by a job manager. */
  readonly atMs: number | null;
  /** On which the job of the job manager runs whose script it is in; null: not known, or no script. */
  readonly pool: Pool | null;
}

/** A function for each of some operations. */
export type Readers<K extends Operation['kind']> = {
  readonly [Kind in K]: (reading: Reading, given: NonNullable<GivenOperations[Kind]>) => Operation;
};

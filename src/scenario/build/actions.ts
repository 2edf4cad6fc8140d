/** `actions` of an account, and the scripts of job managers → the model's operations with their times. */
import { assert } from '../../base/index.js';
import type { Action, JobManager, Operation } from '../../model/index.js';
import { type GivenAction, type GivenOperations, type GivenScriptLine, OPERATION_NAMES } from '../schema/action.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { JOB_READERS } from './job-operations.js';
import type { Readers, Reading } from './operation-readers.js';
import { ACCOUNT_READERS, FATE_READERS } from './other-operations.js';
import { POOL_READERS } from './pool-operations.js';
import type { Surroundings } from './surroundings.js';

const READERS: Readers<Operation['kind']> = {
  ...POOL_READERS,
  ...JOB_READERS,
  ...ACCOUNT_READERS,
  ...FATE_READERS,
};

/** The lines of an account's `actions`, in their order. */
export function readActions(
  context: BuildContext,
  path: Path,
  given: readonly GivenAction[],
  around: Surroundings,
): readonly Action[] {
  return given.map((line, i) => {
    const where = [...path, i];
    const atMs = context.moment([...where, 'at'], line.at);
    const operation = readOperation(line, { context, path: where, around, atMs, pool: null });
    return context.placed({ atMs, operation, expectError: line.expectError ?? null }, where);
  });
}

/** What a job manager does (JM-11); where it names no job, `OWN_JOB` stands for its own. */
export function readScript(context: BuildContext): Surroundings['readScript'] {
  return (path, lines, pool, around): JobManager['actions'] =>
    (lines as readonly GivenScriptLine[]).map((line, i) => {
      const operation = readOperation(line, { context, path: [...path, i], around, atMs: null, pool });
      return { atMs: line.at, operation };
    });
}

/** The operation of a line. */
function readOperation(line: GivenOperations, reading: Reading): Operation {
  const kind = OPERATION_NAMES.find((name) => line[name] !== undefined);
  assert(kind !== undefined, 'the schema lets no line pass without an operation');
  return readAs(kind, line, { ...reading, path: [...reading.path, kind] });
}

function readAs<K extends Operation['kind']>(kind: K, line: GivenOperations, reading: Reading): Operation {
  return READERS[kind](reading, line[kind] as NonNullable<GivenOperations[K]>);
}

/** What must be true whatever the input: a failure here is a bug of batchsim, never the user's fault. */

/** A broken invariant. Nobody catches it but the command line, which prints the seed and "this is a bug". */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws an {@link AssertionError} unless `condition` holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Ends a `switch` over a union: it compiles only while every member is handled. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}

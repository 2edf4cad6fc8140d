/** The value or the reason why there is none; what can fail by its user's hand returns this and never throws. */
export type Result<T, E> = Ok<T> | Err<E>;

/** Success. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** Failure. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** Wraps a value as success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps a reason as failure. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

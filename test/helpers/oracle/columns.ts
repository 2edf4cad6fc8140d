/** Reading the columns of a recording. */

/** A value that must be there. */
export function at<T>(column: ArrayLike<T>, row: number): T {
  if (row < 0 || row >= column.length) throw new Error(`row ${row} is beyond a column of ${column.length}`);
  return column[row] as T;
}

/** A time in ms; null where the moment never came. */
export function moment(column: ArrayLike<number>, row: number): number | null {
  const ms = at(column, row);
  return ms === -1 ? null : ms;
}

/** When the attempt of a row was given its node: at its start where the dispatch took no time. */
export function placedMs(
  columns: { readonly assignedMs: Float64Array | null; readonly startMs: Float64Array },
  row: number,
): number {
  const assignedMs = columns.assignedMs === null ? -1 : at(columns.assignedMs, row);
  return assignedMs === -1 ? at(columns.startMs, row) : assignedMs;
}

/** Growing typed columns by doubling. */

/** The typed arrays that columns are made of. */
export type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The column itself if it has room for `count` rows, else a copy at least twice as long. */
export function withRoom<T extends Column>(column: T, count: number): T {
  if (count <= column.length) return column;
  const Kind = column.constructor as new (length: number) => T;
  const grown = new Kind(Math.max(count, column.length * 2));
  grown.set(column);
  return grown;
}

/** How the tables of the cases write moments, names, counts and lines. */
import { accountedName, type PoolRow, type Recording } from '../../src/index.js';

/** One for each row. */
export function rows<T>(count: number, toLine: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => toLine(row));
}

/** Columns; `-` stands for nothing, counts that are 0 (undefined) are left out. */
export function line(...columns: readonly (string | number | null | undefined)[]): string {
  return columns
    .filter((column) => column !== undefined)
    .map((column) => (column === null || column === '' ? '-' : String(column)))
    .join(' ');
}

/** `name=count`; undefined (no column) for 0. */
export function counted(name: string, count: number | undefined): string | undefined {
  return count === undefined || count === 0 ? undefined : `${name}=${count}`;
}

/** Seconds, or `-` for a moment that never came. */
export function at(ms: number | undefined): string {
  return ms === undefined || ms < 0 ? '-' : `${ms / 1000}s`;
}

/** `n0`; with its pool where there are several. */
export function nodeName(recording: Recording, node: number): string {
  if (node < 0) return '-';
  const { nodes, pools } = recording;
  const ordinal = `n${nodes.ordinal[node]}`;
  return pools.length === 1 ? ordinal : `${poolName(recording, nodes.pool[node] as number)}/${ordinal}`;
}

/** An auto pool's id is its prefix and something made up (AUTO-04). */
export function poolName(recording: Recording, row: number): string {
  const pool = recording.pools[row] as PoolRow;
  const id = pool.isAutoPool ? `${pool.id.split('_')[0]}_*` : pool.id;
  return accountedName(recording, pool.accountIndex, id);
}

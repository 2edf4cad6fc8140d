/** Names of rows as a reader sees them. */
import { NODE_KINDS, nodeId } from '../model/index.js';
import type { JobRow, PoolRow, Recording } from './recording.js';

/** An id that is unique within its account: alone where there is one account, else `account/id` (ACC-01). */
export function accountedName(recording: Recording, accountIndex: number, id: string): string {
  return recording.accounts.length === 1 ? id : `${recording.accounts[accountIndex]?.name}/${id}`;
}

/** A pool's id, with its account where there are several. */
export function poolNameAt(recording: Recording, pool: number): string {
  const row = recording.pools[pool] as PoolRow;
  return accountedName(recording, row.accountIndex, row.id);
}

/** A job's id, with its account where there are several. */
export function jobNameAt(recording: Recording, job: number): string {
  const row = recording.jobs[job] as JobRow;
  return accountedName(recording, row.accountIndex, row.id);
}

/** The pool that a job names, with its account where there are several; it need not exist. */
export function jobPoolName(recording: Recording, job: number): string {
  const row = recording.jobs[job] as JobRow;
  return accountedName(recording, row.accountIndex, row.poolId);
}

/** NODE-16: a node's id, the same in every run of the same scenario and seed. */
export function nodeIdAt(recording: Recording, node: number): string {
  const { nodes, run } = recording;
  const pool = recording.pools[nodes.pool[node] as number] as PoolRow;
  const account = recording.accounts[pool.accountIndex]?.name ?? '';
  const kind = NODE_KINDS[nodes.kind[node] as number] ?? 'dedicated';
  return nodeId(run.seed, account, pool.id, nodes.ordinal[node] as number, kind);
}

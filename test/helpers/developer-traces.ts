/** Recorded workloads and their reference figures: the developers' full set where it is there, else the committed two. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { TraceFormat } from '../../src/scenario/traces/index.js';

/** One node count of a list schedule; per-node figures by ordinal. */
export interface ListSchedule {
  readonly nodes: number;
  readonly makespan_s: number;
  readonly total_ready_wait_s: number;
  readonly busy_s_by_node: readonly number[];
  readonly tasks_by_node: readonly number[];
}

/** One slot count of a first-come-first-served queue of single-slot tasks. */
export interface FcfsSchedule {
  readonly slots: number;
  readonly makespan_s: number;
  readonly total_wait_s: number;
  readonly mean_wait_s: number;
  readonly max_wait_s: number;
}

/** What is known of one trace; formats leave out what they have no use for. */
export interface TraceFigures {
  readonly sha256: string;
  readonly tasks?: number;
  readonly jobs_kept?: number;
  readonly jobs_dropped?: number;
  readonly edges?: number;
  readonly roots?: number;
  readonly leaves?: number;
  readonly total_runtime_s: number;
  readonly total_core_seconds?: number;
  readonly min_runtime_s: number;
  readonly max_runtime_s: number;
  readonly mean_runtime_s: number;
  readonly critical_path_s?: number;
  readonly longest_chain_s?: number;
  readonly end_with_unlimited_nodes_s?: number;
  readonly tasks_by_level?: readonly number[];
  readonly depth_levels?: number;
  readonly max_width_by_level?: number;
  readonly parent_child_mismatches?: number;
  readonly runtimes_rounded_to_ms?: number;
  readonly zero_runtime_tasks?: number;
  readonly submit_span_s?: number;
  readonly jobs_by_processors?: Readonly<Record<string, number>>;
  readonly list_schedule?: readonly ListSchedule[];
  readonly fcfs_single_slot?: readonly FcfsSchedule[];
}

/** A trace with its figures. */
export interface ReferenceTrace {
  readonly name: string;
  readonly path: string;
  readonly format: TraceFormat;
  readonly figures: TraceFigures;
}

const FULL_SET = fileURLToPath(new URL('../../../shared/data/traces/', import.meta.url));
const COMMITTED = fileURLToPath(new URL('../../scenarios/traces/', import.meta.url));
const COMMITTED_FIGURES = fileURLToPath(new URL('../golden/traces.json', import.meta.url));

/** Whether the full set lies beside the project. */
export const hasFullSet = existsSync(`${FULL_SET}expected.json`);

/** All traces of the full set, or the two that the project carries. */
export function referenceTraces(): readonly ReferenceTrace[] {
  const file = hasFullSet ? `${FULL_SET}expected.json` : COMMITTED_FIGURES;
  const { traces } = JSON.parse(readFileSync(file, 'utf8')) as { traces: Record<string, TraceFigures> };
  return Object.entries(traces).map(([key, figures]) => {
    const name = key.split('/').at(-1) as string;
    const path = hasFullSet ? `${FULL_SET}${key}` : `${COMMITTED}${name}`;
    return { name, path, format: formatOf(key), figures };
  });
}

/** The two traces that the project carries. */
export function committedTraces(): readonly { readonly path: string; readonly sha256: string }[] {
  const { traces } = JSON.parse(readFileSync(COMMITTED_FIGURES, 'utf8')) as { traces: Record<string, TraceFigures> };
  return Object.entries(traces).map(([key, { sha256 }]) => ({ path: `${COMMITTED}${key.split('/').at(-1)}`, sha256 }));
}

function formatOf(key: string): TraceFormat {
  const folder = key.split('/')[0] as string;
  return folder === 'surf' ? 'opendc' : (folder as TraceFormat);
}

/** A file's text, unpacked, in pieces of a size that cuts lines and numbers. */
export function chunksOf(path: string, size = 10_007): readonly string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return piecesOf(text, size);
}

/** A text in pieces. */
export function piecesOf(text: string, size: number): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

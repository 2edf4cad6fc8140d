/**
 * The run folder as a list of files, each made piece by piece when it is written, so that memory stays flat. Writing,
 * hashing and renaming belong to whoever owns a disk; the manifest is made last, from what was written.
 */
import {
  type Charges,
  chargesOf,
  encodeRecording,
  indexAttempts,
  type Recording,
  type Run,
  type Summary,
  summarize,
} from '../recording/index.js';
import { attributionRows } from './attribution-csv.js';
import { autoscaleRows } from './autoscale-csv.js';
import type { CsvName } from './columns.js';
import { costRows } from './cost-csv.js';
import { type CsvRow, csvChunks } from './csv.js';
import { eventLines } from './events-ndjson.js';
import { jobTimesRows } from './job-times-csv.js';
import { jobRows } from './jobs-csv.js';
import { nodeRows } from './nodes-csv.js';
import { stepMsOf } from './step.js';
import { taskRows } from './tasks-csv.js';
import { utilizationRows } from './utilization-csv.js';

/** Keys of `run.json` are only added while this stays the same. */
export const MANIFEST_SCHEMA_VERSION = 1;

/** What a run folder says beside the run itself. */
export interface RunContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** SHA-256 of the resolved scenario, in hex. */
  readonly scenarioHash: string;
  /** The text of `scenario.resolved.yaml`. */
  readonly resolvedYaml: string;
  /** The summary, if it was made already. */
  readonly summary?: Summary;
  /** What became of the scenario's `expect` rules, for `summary.json`. */
  readonly expect?: readonly unknown[];
}

/** One file in the making. */
export interface RunFile {
  readonly name: string;
  /** Data rows or lines that `chunks` has handed out, so ask when it is through; null for a file without rows. */
  readonly rows: number | null;
  /** The whole content from the start, made while it is asked for. Call it once. */
  chunks(): Iterable<string | Uint8Array>;
}

/** A file that was written, for the manifest. */
export interface WrittenRunFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly rows: number | null;
}

/**
 * Every file of the run folder but `run.json`. A run that was recorded without its log has no `utilization.csv`,
 * `cost.csv`, `attribution.csv` and `events.ndjson`; one in which no pool follows a formula has no `autoscale.csv`.
 */
export function* runFiles(run: Run, context: RunContext): Generator<RunFile> {
  const { recording } = run;
  const charges = chargesOf(recording, indexAttempts(recording));
  const stepMs = stepMsOf(run.scenario, recording.run.endMs);
  yield whole('scenario.resolved.yaml', () => [context.resolvedYaml]);
  yield whole('summary.json', () => [summaryJson(context.summary ?? summarize(run), context.expect)]);
  yield* tables(recording, charges);
  if (recording.evaluations.count > 0) yield csv('autoscale.csv', () => autoscaleRows(recording));
  if (recording.log !== null) {
    const { log } = recording;
    yield csv('utilization.csv', () => utilizationRows(recording, stepMs));
    yield csv('cost.csv', () => costRows(recording, stepMs));
    yield csv('attribution.csv', () => attributionRows(recording));
    yield { name: 'events.ndjson', rows: log.count, chunks: () => eventLines(recording, log) };
  }
  yield whole('recording.bin', () => encodeRecording(run));
}

/** The text of `run.json`: what made the folder, and a fingerprint of each file in it. */
export function manifestJson(run: Run, context: RunContext, files: readonly WrittenRunFile[]): string {
  const { recording } = run;
  const manifest = {
    schemaVersion: MANIFEST_SCHEMA_VERSION,
    tool: context.tool,
    name: recording.run.name,
    seed: recording.run.seed,
    scenarioHash: context.scenarioHash,
    digest: recording.run.digest,
    complete: recording.run.complete,
    epochMs: recording.run.epochMs,
    end_s: recording.run.endMs / 1000,
    files: [...files]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, bytes, sha256, rows }) => ({ name, bytes, sha256, rows })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The text of `summary.json`. */
export function summaryJson(summary: Summary, expect: readonly unknown[] = []): string {
  return `${JSON.stringify({ ...summary, expect }, null, 2)}\n`;
}

function* tables(recording: Recording, charges: Charges): Generator<RunFile> {
  yield csv('tasks.csv', () => taskRows(recording));
  yield csv('nodes.csv', () => nodeRows(recording, charges));
  yield csv('jobs.csv', () => jobRows(recording, charges));
  yield csv('job-times.csv', () => jobTimesRows(recording));
}

function whole(name: string, chunks: () => Iterable<string | Uint8Array>): RunFile {
  return { name, rows: null, chunks };
}

function csv(name: CsvName, rows: () => Iterable<CsvRow>): RunFile {
  let count = 0;
  function* counted(): Generator<CsvRow> {
    for (const row of rows()) {
      count += 1;
      yield row;
    }
  }
  return {
    name,
    get rows() {
      return count;
    },
    chunks: () => csvChunks(name, counted()),
  };
}

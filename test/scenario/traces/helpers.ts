/** Short ways to read a small trace in a test. */
import { renderDiagnostic } from '../../../src/base/index.js';
import {
  type ImportedTrace,
  type ImportOptions,
  importTrace,
  readTrace,
  type TraceFormat,
  type TraceSource,
  type TraceTable,
} from '../../../src/scenario/traces/index.js';

/** The table of a text that can be read. */
export function table(format: TraceFormat | null, text: string, more: Partial<TraceSource> = {}): TraceTable {
  const result = readTrace({ name: `trace.${format ?? 'csv'}`, format, chunks: [text], ...more });
  if (!result.ok) throw new Error(result.error.map(renderDiagnostic).join('\n'));
  return result.value;
}

/** The problems of a text that cannot, as people see them. */
export function refusal(format: TraceFormat | null, text: string, more: Partial<TraceSource> = {}): string {
  const result = readTrace({ name: 'trace', format, chunks: [text], ...more });
  if (result.ok) throw new Error(`${result.value.count} tasks were read`);
  return result.error.map(renderDiagnostic).join('\n');
}

/** Reasons and counts of skipped rows. */
export function dropped(trace: TraceTable): Readonly<Record<string, number>> {
  return Object.fromEntries(trace.notes.droppedByReason);
}

/** Parents of each task, by id. */
export function parents(trace: TraceTable): readonly (readonly string[])[] {
  return trace.ids.map((_, i) => {
    if (trace.dependencies === null) return [];
    const { offsets, parents: rows } = trace.dependencies;
    return Array.from(rows.subarray(offsets[i], offsets[i + 1]), (row) => trace.ids[row] as string);
  });
}

/** An import with the defaults for what a test does not care about. */
export function imported(format: TraceFormat, text: string, more: Partial<ImportOptions> = {}): ImportedTrace {
  const result = importTrace({
    source: { name: `logs/My log.${format}`, format, chunks: [text] },
    nodes: null,
    vmSize: 'Standard_D2s_v5',
    cores: 2,
    slots: 1,
    timing: 'none',
    taskOrder: 'creation',
    ...more,
  });
  if (!result.ok) throw new Error(result.error.map(renderDiagnostic).join('\n'));
  return result.value;
}

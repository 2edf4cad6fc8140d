/** The formats of recorded workloads, and how one is told from a file's name and first line. */

/** What `--from` and `format:` take. */
export const TRACE_FORMATS = ['swf', 'wfformat', 'wtf', 'opendc', 'csv', 'ndjson'] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** Whether a word names a format. */
export function isTraceFormat(word: string): word is TraceFormat {
  return (TRACE_FORMATS as readonly string[]).includes(word);
}

/**
 * The format of a file by its name; for CSV by the names in its header. Null when neither tells.
 * @param name file name, also with `.gz` at its end
 * @param start the first characters of the (unpacked) text, as far as its first line end or a few thousand characters
 */
export function guessTraceFormat(name: string, start: string): TraceFormat | null {
  const lower = name.toLowerCase().replace(/\.gz$/, '');
  if (lower.endsWith('.swf')) return 'swf';
  if (lower.endsWith('.ndjson') || lower.endsWith('.jsonl')) return 'ndjson';
  if (lower.endsWith('.json')) return 'wfformat';
  if (lower.endsWith('.csv') || lower.endsWith('.tsv')) return guessTable(start);
  return null;
}

function guessTable(start: string): TraceFormat {
  const header = (start.split(/\r?\n/, 1)[0] as string).toLowerCase();
  const names = new Set(
    header.split(/[,;\t]/).map((name) =>
      name
        .replace(/^\ufeff/, '')
        .replace(/"/g, '')
        .trim(),
    ),
  );
  if (names.has('ts_submit')) return 'wtf';
  if (names.has('submission_time') && names.has('duration')) return 'opendc';
  return 'csv';
}

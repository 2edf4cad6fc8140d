/**
 * Standard Workload Format of the Parallel Workloads Archive: comment lines start with `;`, every other line is a job
 * of 18 fields between blanks, -1 where a figure is unknown. Further fields, which some logs append, are not used.
 */
import { forEachLine, type LinesEnd } from './lines.js';
import { MAX_PROCESSORS, parseDecimal, parseMs, wasRounded } from './numbers.js';
import type { TableBuilder } from './table-builder.js';
import { emptyRow } from './trace-row.js';

/** Positions of the fields that become something, from 0. */
const JOB = 0;
const SUBMIT = 1;
const RUN_TIME = 3;
const ALLOCATED = 4;
const MEMORY_KIB_PER_PROCESSOR = 6;
const REQUESTED = 7;

/** The archive's definition has so many; a shorter line was cut. */
const FIELD_COUNT = 18;

/** Names of the 18 fields; those not read are named in the report where a log fills them. */
const FIELD_NAMES = [
  'job',
  'submit',
  'wait',
  'run time',
  'processors allocated',
  'average CPU time',
  'memory used',
  'processors requested',
  'time requested',
  'memory requested',
  'status',
  'user',
  'group',
  'executable',
  'queue',
  'partition',
  'preceding job',
  'think time',
] as const;
const UNUSED = [2, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];

/** Reads a log into the builder. */
export function readSwf(chunks: Iterable<string>, builder: TableBuilder): LinesEnd {
  const row = emptyRow();
  const filled = new Uint8Array(FIELD_COUNT);
  let unixStartMs = 0;
  const end = forEachLine(chunks, (text, line) => {
    const record = text.trim();
    if (record === '') return true;
    if (record.startsWith(';')) {
      unixStartMs ||= unixStart(record);
      return true;
    }
    if (builder.isFull) return false;
    const fields = record.split(/\s+/);
    if (fields.length < FIELD_COUNT) {
      builder.drop(line, 'malformed', `${fields.length} fields instead of ${FIELD_COUNT}`, text);
      return true;
    }
    const submitMs = parseMs(fields[SUBMIT] as string, 1000);
    const runtimeMs = parseMs(fields[RUN_TIME] as string, 1000);
    const processors = processorsOf(fields);
    if (Number.isNaN(submitMs)) builder.drop(line, 'bad-value', `submit time ${fields[SUBMIT]}`, text);
    else if (Number.isNaN(runtimeMs)) builder.drop(line, 'bad-value', `run time ${fields[RUN_TIME]}`, text);
    else if (Number.isNaN(processors)) builder.drop(line, 'bad-value', `processors ${fields[ALLOCATED]}`, text);
    else if (submitMs < 0) builder.drop(line, 'no-submit-time', `submit time ${fields[SUBMIT]}`, text);
    else if (runtimeMs < 0) builder.drop(line, 'no-runtime', `run time ${fields[RUN_TIME]}`, text);
    else if (processors <= 0) builder.drop(line, 'no-processors', 'neither allocated nor requested', text);
    else if (processors > MAX_PROCESSORS) builder.drop(line, 'out-of-range', `${processors} processors`, text);
    else {
      row.id = fields[JOB] as string;
      row.submitMs = submitMs + unixStartMs;
      row.runtimeMs = runtimeMs;
      row.processors = Math.ceil(processors);
      row.memoryBytes = memoryOf(fields, row.processors);
      row.roundedCount = wasRounded(fields[RUN_TIME] as string, 1000, runtimeMs) ? 1 : 0;
      if (wasRounded(fields[SUBMIT] as string, 1000, submitMs)) row.roundedCount += 1;
      for (const field of UNUSED) if (fields[field] !== '-1') filled[field] = 1;
      builder.add(row, line, text);
    }
    return true;
  });
  for (const field of UNUSED) if (filled[field] === 1) builder.ignoredFields.add(FIELD_NAMES[field] as string);
  return end;
}

/** Field 5, or field 8 where that is not positive; NaN where the one that counts is no number. */
function processorsOf(fields: readonly string[]): number {
  const allocated = parseDecimal(fields[ALLOCATED] as string);
  return allocated > 0 || Number.isNaN(allocated) ? allocated : parseDecimal(fields[REQUESTED] as string);
}

function memoryOf(fields: readonly string[], processors: number): number {
  const perProcessor = parseDecimal(fields[MEMORY_KIB_PER_PROCESSOR] as string);
  const bytes = Math.round(perProcessor * 1024 * processors);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : -1;
}

/** Unix time at which the log's submit times are 0, from the header, in ms; 0 where a line does not say. */
function unixStart(comment: string): number {
  const match = /^;+\s*UnixStartTime:\s*(\d{1,11})\s*$/.exec(comment);
  return match === null ? 0 : Number(match[1]) * 1000;
}

/** `scenario.yaml` of an imported trace: short enough to be read, with the trace's figures as comments. */
import { formatCount, formatDuration, isoInstant } from '../../base/index.js';
import type { ImportOptions } from './import-options.js';
import type { ImportReport } from './import-report.js';
import type { TraceTable } from './trace-table.js';

/** The text; every value a user may want to change stands on a line of its own. */
export function scenarioText(table: TraceTable, report: ImportReport, options: ImportOptions): string {
  const { pool } = report;
  const lines = [
    `# ${oneLine(baseName(table.name))}, imported from ${table.format}: ${formatCount(report.tasks)} tasks, ${formatCount(report.edges)} dependencies.`,
    `# Run times ${formatDuration(report.total_runtime_s * 1000)} in all, critical path ${formatDuration(report.critical_path_s * 1000)}, submissions over ${formatDuration(report.submit_span_s * 1000)}.`,
    ...(report.dropped.total > 0
      ? [`# ${formatCount(report.dropped.total)} rows of the file describe no task and were skipped.`]
      : []),
    'version: 1',
    `name: ${nameOf(table.name)}`,
    ...clockLines(table.originMs),
    'account:',
    '  name: imported',
    '  # Just enough for the pool below: raise both together.',
    `  dedicatedCoreQuota: ${pool.nodes * pool.cores}`,
    '  lowPriorityCoreQuota: 0',
    '  poolQuota: 1',
    '  activeJobAndJobScheduleQuota: 1',
    'model:',
    `  timing: ${options.timing}`,
    '  options:',
    `    taskOrder: ${options.taskOrder}`,
    '    taskLifetime: none # a recorded queue may be longer than the 180 days that Batch keeps a task',
    'pools:',
    '  - id: pool',
    `    vmSize: ${pool.vmSize} # ${pool.cores} cores`,
    `    targetDedicatedNodes: ${pool.nodes}`,
    `    taskSlotsPerNode: ${pool.taskSlotsPerNode}`,
    '    model: { ready: true } # all nodes stand, idle, from the start',
    'jobs:',
    '  - id: trace',
    '    poolInfo: { poolId: pool }',
    ...(report.edges > 0 ? ['    usesTaskDependencies: true'] : []),
    '    tasks: { trace: ./tasks.ndjson }',
  ];
  return `${lines.join('\n')}\n`;
}

/** A file's stem in the characters of ids, so that it also names the run's folder. */
function nameOf(file: string): string {
  const stem = baseName(file)
    .replace(/\.gz$/i, '')
    .replace(/\.[A-Za-z]+$/, '');
  const name = stem.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  // Quoted, since a stem such as 2022 or no would not be read as a text.
  return JSON.stringify(name.slice(0, 64) || 'trace');
}

/** Without folders: the same trace imported from elsewhere gives the same text. */
function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? '';
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a comment must end where the line does
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}

const YEAR_1980_MS = 315_532_800_000;
const YEAR_2100_MS = 4_102_444_800_000;

/** Where submissions are Unix times, the scenario starts at the first: days and nights stay where they were. */
function clockLines(originMs: number | null): string[] {
  if (originMs === null || originMs < YEAR_1980_MS || originMs > YEAR_2100_MS) return [];
  return [`clock: { start: ${isoInstant(originMs)} } # the first submission`];
}

/** What an import tells people: the figures of the trace, what was left out and why, what was made of it. Pure. */
import { formatCount, formatDuration } from '../base/index.js';
import type { ImportReport } from '../scenario/traces/index.js';

/** Levels, widths and dropped rows beyond so many are summed up. */
const LIST_MAX = 8;

/** The block that `import` prints. */
export function importText(report: ImportReport, folder: string, unicode: boolean): string {
  const { pool, dropped, ids } = report;
  const between = unicode ? ' · ' : ' - ';
  const lines = [
    `${report.name}${between}${report.format}`,
    line('tasks', [
      `${formatCount(report.tasks)}`,
      `${formatCount(report.edges)} dependencies`,
      `${formatCount(report.roots)} without any`,
    ]),
    line('run time', [
      `${seconds(report.total_runtime_s)} in all`,
      `mean ${seconds(report.mean_runtime_s)}`,
      `longest ${seconds(report.max_runtime_s)}`,
      ...(report.zero_runtime_tasks > 0 ? [`${formatCount(report.zero_runtime_tasks)} take no time`] : []),
    ]),
    line('path', [
      `critical path ${seconds(report.critical_path_s)}`,
      `${counted(report.depth_levels, 'level')}: ${numbers(report.tasks_by_level)}`,
    ]),
    line('submitted', [`over ${seconds(report.submit_span_s)}`]),
    line(
      'processors',
      report.tasks_by_processors.slice(0, LIST_MAX).map((row) => `${row.processors}: ${formatCount(row.tasks)}`),
    ),
  ];
  if (ids.mapped > 0) lines.push(line('ids', [`${formatCount(ids.mapped)} replaced; the originals are display names`]));
  lines.push(line('left out', [dropped.total === 0 ? 'nothing' : counted(dropped.total, 'row')]));
  for (const [reason, count] of Object.entries(dropped.byReason)) {
    lines.push(`              ${formatCount(count ?? 0).padStart(7)}  ${reason}`);
  }
  for (const row of dropped.rows.slice(0, LIST_MAX))
    lines.push(`              line ${row.line}: ${row.reason} (${row.detail})`);
  if (dropped.rows.length > LIST_MAX) {
    lines.push(`              and ${formatCount(dropped.total - LIST_MAX)} more; --json lists them`);
  }
  lines.push(
    line('pool', [
      `${counted(pool.nodes, 'node')} of ${pool.vmSize}`,
      counted(pool.cores, 'core'),
      `${counted(pool.taskSlotsPerNode, 'slot')} each`,
    ]),
    line('files', [`${folder}/  scenario.yaml, tasks.ndjson`]),
  );
  return lines.join('\n');

  function line(name: string, parts: readonly string[]): string {
    return `  ${name.padEnd(10)}  ${parts.join(between)}`;
  }
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function seconds(value: number): string {
  return formatDuration(value * 1000);
}

function numbers(values: readonly number[]): string {
  const shown = values.slice(0, LIST_MAX).map(formatCount).join(', ');
  return values.length > LIST_MAX ? `${shown}, ...` : shown;
}

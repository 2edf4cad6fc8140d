/**
 * A trace as a scenario of its own: one job, one pool that stands from the start, quotas that hold it. Two texts come
 * out, `scenario.yaml` and the task table beside it in the plain NDJSON columns, so that what runs can be read and
 * edited; the caller writes them.
 */
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import type { GraphShape } from './graph.js';
import type { ImportOptions } from './import-options.js';
import { type ImportReport, type PoolReport, shapeOfTable, traceFigures } from './import-report.js';
import { problem, warning } from './problems.js';
import { readTrace } from './read-trace.js';
import { scenarioText } from './scenario-text.js';
import { taskTable } from './task-lines.js';
import { slotCounts, type TraceSlots } from './task-set.js';
import type { TraceTable } from './trace-table.js';

/** A trace imported. */
export interface ImportedTrace {
  readonly scenarioYaml: string;
  /** The lines of {@link TASK_TABLE_FILE}, in pieces; may be asked for again. */
  tasksNdjson(): Iterable<string>;
  readonly report: ImportReport;
  readonly warnings: readonly Diagnostic[];
}

/** ACC-13: a node has no more task slots than this. */
const MAX_SLOTS_PER_NODE = 256;
/** The largest pool that is made without being asked for. */
const MAX_DEFAULT_NODES = 1000;
const MAX_NODES = 1_000_000;

/** Reads a trace and writes the scenario that replays it. */
export function importTrace(options: ImportOptions): Result<ImportedTrace, readonly Diagnostic[]> {
  const refused = checkOptions(options);
  if (refused.length > 0) return err(refused);
  const read = readTrace(options.source);
  if (!read.ok) return read;
  const table = read.value;
  const shape = shapeOfTable(table);
  const pool = makePool(table, shape, options);
  const report: ImportReport = { ...traceFigures(table, shape), pool };
  return ok({
    scenarioYaml: scenarioText(table, report, options),
    tasksNdjson: () => taskTable(table, slotCounts(table, slotsOf(options))),
    report,
    warnings: [...table.warnings, ...importWarnings(report)],
  });
}

function slotsOf({ slots }: ImportOptions): TraceSlots {
  if (slots === null) return 'column';
  return slots === 1 ? 'one' : 'processors';
}

function checkOptions({ nodes, cores, source }: ImportOptions): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const refuse = (message: string) => problems.push(problem('badOption', message, null, null));
  const whole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (nodes !== null && !whole(nodes, MAX_NODES))
    refuse(`--nodes is ${nodes}; expected a whole number from 1 to ${MAX_NODES}`);
  if (!whole(cores, 100_000)) refuse(`a VM size of ${cores} cores cannot be used`);
  const { head = null, timeScale = 1 } = source;
  if (head !== null && !whole(head, Number.MAX_SAFE_INTEGER))
    refuse(`--head is ${head}; expected a whole number from 1`);
  if (!(timeScale > 0 && timeScale <= 1e6))
    refuse(`--scale is ${timeScale}; expected a factor above 0, at most 1000000`);
  return problems;
}

function makePool(table: TraceTable, shape: GraphShape, options: ImportOptions): PoolReport {
  const { vmSize, cores } = options;
  const counts = slotCounts(table, slotsOf(options));
  const taskSlotsPerNode = counts === null ? 1 : Math.min(cores, MAX_SLOTS_PER_NODE);
  const never = rowsAbove(counts, taskSlotsPerNode);
  const examples = never.slice(0, 20).map((row) => ({ id: table.ids[row] as string, slots: counts?.[row] ?? 1 }));
  const nodes = options.nodes ?? defaultNodeCount(table, shape, counts, taskSlotsPerNode);
  return { nodes, vmSize, cores, taskSlotsPerNode, never_run: { tasks: never.length, examples } };
}

function rowsAbove(counts: Int32Array | null, most: number): number[] {
  const rows: number[] = [];
  counts?.forEach((count, row) => {
    if (count > most) rows.push(row);
  });
  return rows;
}

/**
 * Nodes enough for the trace's average load with a quarter to spare: all slot time over the time the trace takes when
 * nothing waits. At least 1, at most 1,000.
 */
export function defaultNodeCount(
  table: TraceTable,
  shape: GraphShape,
  slots: Int32Array | null,
  taskSlotsPerNode: number,
): number {
  let slotMs = 0;
  for (let i = 0; i < table.count; i++) {
    const count = slots?.[i] ?? 1;
    if (count <= taskSlotsPerNode) slotMs += (table.runtimeMs[i] as number) * count;
  }
  const averageSlots = shape.unlimitedMakespanMs === 0 ? 0 : slotMs / shape.unlimitedMakespanMs;
  return Math.max(1, Math.min(MAX_DEFAULT_NODES, Math.ceil((1.25 * averageSlots) / taskSlotsPerNode)));
}

function importWarnings(report: ImportReport): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  const { never_run: never, taskSlotsPerNode } = report.pool;
  if (never.tasks > 0) {
    const first = never.examples.slice(0, 3).map(({ id, slots }) => `${id} (${slots})`);
    const message = `${never.tasks} tasks need more than the ${taskSlotsPerNode} slots of a node and can never run: ${first.join(', ')}`;
    warnings.push(warning('neverRun', message, null, 'choose a VM size with more cores, or --slots 1'));
  }
  if (report.cycle.blocked > 0) {
    const ids = report.cycle.ids;
    const message = `${report.cycle.blocked} tasks can never run, since dependencies form a cycle: ${[...ids, ids[0]].join(' -> ')}`;
    warnings.push(warning('cycle', message, null, null));
  }
  if (report.ids.mapped > 0) {
    const message = `${report.ids.mapped} ids replaced (ACC-17), ${report.ids.collisions} of them because they were taken; originals are display names`;
    warnings.push({ ...warning('mapped', message, null, null), severity: 'note' });
  }
  return warnings;
}

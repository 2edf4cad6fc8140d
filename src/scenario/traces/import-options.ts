/** What an import may be told. */
import type { TraceSource } from './read-trace.js';

/** The table's file name, as `scenario.yaml` refers to it. */
export const TASK_TABLE_FILE = 'tasks.ndjson';

/** What to make of a trace. */
export interface ImportOptions {
  readonly source: TraceSource;
  /** Size of the pool; null: enough for the average load. */
  readonly nodes: number | null;
  /** Such as `Standard_D2s_v5`, as the catalogue spells it. */
  readonly vmSize: string;
  /** vCPUs of that size. */
  readonly cores: number;
  /**
   * `processors`: a task takes a slot for each processor it used, a node has one for each core. 1: one and one.
   * Null: the trace's own `slots` column on nodes with a slot for each core, one and one without such a column.
   */
  readonly slots: 'processors' | 1 | null;
  readonly timing: 'none' | 'typical';
  /** SCH-04. */
  readonly taskOrder: 'creation' | 'ready';
}

/** What `import` takes where nothing else is said. */
export const IMPORT_DEFAULTS = {
  nodes: null,
  vmSize: 'Standard_D2s_v5',
  slots: null,
  timing: 'none',
  taskOrder: 'creation',
} as const satisfies Partial<ImportOptions>;

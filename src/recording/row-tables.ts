/** Tables of a recording that are lists of objects, and how a file keeps their fields. */
import type { FormulaRow, OutcomeRow } from './autoscale-rows.js';
import type { NodeTaskRow, OperationRow, SubtaskRow } from './recording.js';

/** How a field is kept. `…?`: may be null. */
export type FieldKind = 'number' | 'number?' | 'text' | 'text?' | 'flag';

/** The tables and their fields, in the order of the file. */
export const ROW_TABLES = {
  nodeTasks: {
    kind: 'text',
    node: 'number',
    job: 'number',
    startMs: 'number',
    endMs: 'number',
    state: 'text',
    result: 'text?',
    exitCode: 'number?',
    failure: 'text',
    retries: 'number',
  } satisfies Record<keyof NodeTaskRow, FieldKind>,
  subtasks: {
    task: 'number',
    id: 'number',
    node: 'number',
    startMs: 'number',
    endMs: 'number',
    state: 'text',
    exitCode: 'number?',
  } satisfies Record<keyof SubtaskRow, FieldKind>,
  operations: {
    atMs: 'number',
    accountIndex: 'number',
    kind: 'text',
    target: 'text',
    code: 'text?',
    status: 'number',
    message: 'text',
    expected: 'flag',
    byTask: 'number',
  } satisfies Record<keyof OperationRow, FieldKind>,
  formulas: {
    poolIndex: 'number',
    startMs: 'number',
    endMs: 'number',
    formula: 'text',
    evaluationIntervalMs: 'number',
    activeMs: 'number',
    sampleCount: 'number',
    sampleDelayMs: 'number',
    sampleLoss: 'number',
  } satisfies Record<keyof FormulaRow, FieldKind>,
  outcomes: {
    results: 'text',
    code: 'text?',
    message: 'text',
    detail: 'text',
  } satisfies Record<keyof OutcomeRow, FieldKind>,
} as const;
export type RowTableName = keyof typeof ROW_TABLES;

/** Names of the tables. */
export const ROW_TABLE_NAMES = Object.keys(ROW_TABLES) as RowTableName[];

/** `autoscale.csv`: every evaluation of a pool's formula (ASC-05). */
import { evaluationAt, poolNameAt, type Recording, resultVariables } from '../recording/index.js';
import { type CsvRow, seconds } from './csv.js';

/** Rows by time, then in the order in which the pools were evaluated. */
export function* autoscaleRows(recording: Recording): Generator<CsvRow> {
  for (let row = 0; row < recording.evaluations.count; row++) yield evaluationRow(recording, row);
}

const CHANGED = { none: 'no', resized: 'yes', postponed: 'later' } as const;

function evaluationRow(recording: Recording, row: number): CsvRow {
  const evaluation = evaluationAt(recording, row);
  const { run, formula, samplePercent } = evaluation;
  const { error } = run;
  return [
    seconds(run.atMs),
    poolNameAt(recording, formula.poolIndex),
    error === null ? 'yes' : 'no',
    error === null ? '' : `${error.code}: ${error.values[0]?.value ?? error.message}`,
    evaluation.wantedDedicatedNodes,
    evaluation.wantedLowPriorityNodes,
    evaluation.option,
    CHANGED[evaluation.effect],
    samplePercent ?? '',
    JSON.stringify(resultVariables(run.results)),
    evaluation.targetDedicatedNodes,
    evaluation.targetLowPriorityNodes,
    evaluation.currentDedicatedNodes,
    evaluation.currentLowPriorityNodes,
  ];
}

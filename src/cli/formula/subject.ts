/** What `eval` and `repl` work on: a formula, and the inputs of a state file or of a recorded run. */
import type { FormulaInputs } from '../../autoscale/index.js';
import { type Diagnostic, err, fileSource, ok, parseMoment, type Result, type Source } from '../../base/index.js';
import { findPool, momentText, poolNameAt, type Recording } from '../../recording/index.js';
import { FormulaHistory, type FormulaMoment } from '../../sim/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import { openRun } from '../open-run.js';
import { inputsAt, readStateFile } from './read-state.js';

/** The options that say what a formula sees. */
export type SubjectOption = 'state' | 'formulaRun' | 'formulaPool' | 'stateAt';
/** As they were given; null: not. */
export type SubjectOptions = Readonly<Record<SubjectOption, string | null>>;

/** A formula and what it is to see. */
export interface Subject {
  /** null: none was named, and there is none in a run. */
  readonly source: Source | null;
  readonly inputs: FormulaInputs;
  /** Where the inputs come from, for people; null: a state. */
  readonly origin: string | null;
}

/**
 * The formula that was named, or the one that the pool of a run followed. With a formula of one's own the inputs are those
 * of the very moment; without one, those of the service's last evaluation up to then (ASC-05).
 * @param named the formula of one's own; null: none
 */
export function readSubject(
  named: Source | null,
  options: SubjectOptions,
  env: Readonly<Record<string, string | undefined>>,
): Result<Subject, readonly Diagnostic[]> {
  if (options.formulaRun !== null) {
    const subject = recordedSubject(named, options.formulaRun, options, env);
    return subject.ok ? subject : err([subject.error]);
  }
  if (options.formulaPool !== null) {
    return err([cliError(CLI_CODES.badArguments, '--pool names a pool of a run: give the run with --run DIR')]);
  }
  const state = readStateFile(options.state);
  if (!state.ok) return state;
  const inputs = inputsAt(state.value, options.stateAt);
  return inputs.ok ? ok({ source: named, inputs: inputs.value, origin: null }) : err([inputs.error]);
}

function recordedSubject(
  named: Source | null,
  folder: string,
  { state, formulaPool, stateAt }: SubjectOptions,
  env: Readonly<Record<string, string | undefined>>,
): Result<Subject, Diagnostic> {
  if (state !== null) return err(cliError(CLI_CODES.badArguments, 'give either --state or --run, not both'));
  const opened = openRun(folder, env);
  if (!opened.ok) return opened;
  const { recording } = opened.value;
  const pool = whichPool(recording, formulaPool);
  if (!pool.ok) return pool;
  const at = momentOf(recording, stateAt);
  if (!at.ok) return at;
  const history = new FormulaHistory(recording, pool.value);
  const found = named === null ? history.lastEvaluation(at.value) : history.moment(at.value);
  if (found === null) return err(notAutoscaled(recording, pool.value, at.value));
  return ok(subjectOf(named, found, poolNameAt(recording, pool.value)));
}

function subjectOf(named: Source | null, { atMs, formula, inputs }: FormulaMoment, pool: string): Subject {
  const source = named ?? fileSource(`formula of ${pool}`, formula.formula);
  const what = named === null ? 'the evaluation' : 'what an evaluation would see';
  return { source, inputs, origin: `${what} of ${pool} at ${momentText(atMs)}` };
}

/** The named pool; of a run with one pool that has a formula, that. */
function whichPool(recording: Recording, name: string | null): Result<number, Diagnostic> {
  if (name !== null) {
    const found = findPool({ recording }, name);
    if (found.ok) return found;
    const { message, guess } = found.error;
    return err(cliError(CLI_CODES.notInRun, message, guess === null ? null : `did you mean ${guess}?`));
  }
  const scaled = [...new Set(recording.formulas.map(({ poolIndex }) => poolIndex))];
  if (scaled.length === 1) return ok(scaled[0] as number);
  const names = scaled.map((pool) => poolNameAt(recording, pool)).join(', ');
  return err(
    scaled.length === 0
      ? cliError(CLI_CODES.notInRun, 'no pool of the run has an autoscale formula')
      : cliError(CLI_CODES.badArguments, 'several pools of the run have formulas', `say which with --pool: ${names}`),
  );
}

function momentOf({ run }: Recording, text: string | null): Result<number, Diagnostic> {
  if (text === null) return ok(run.endMs);
  const at = parseMoment(text, run.epochMs);
  if (!at.ok) return err(cliError(CLI_CODES.badOptionValue, `--at: ${at.error}`, 'write 3:10, +2h or an ISO time'));
  if (at.value <= run.endMs) return at;
  return err(cliError(CLI_CODES.badOptionValue, `--at: the run ended at ${momentText(run.endMs)}, before ${text}`));
}

function notAutoscaled(recording: Recording, pool: number, atMs: number): Diagnostic {
  const first = recording.formulas.find(({ poolIndex }) => poolIndex === pool);
  const hint =
    first === undefined ? 'the pool never had a formula' : `its first formula came at ${momentText(first.startMs)}`;
  return cliError(
    CLI_CODES.notInRun,
    `pool ${poolNameAt(recording, pool)} was not scaled by a formula at ${momentText(atMs)}`,
    hint,
  );
}

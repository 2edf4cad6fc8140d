/** `--state` and `--at` → the inputs of an evaluation. */
import type { FormulaInputs } from '../../autoscale/index.js';
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { type GivenState, readState, readStateMoment, startMsOf, stateInputs } from '../../scenario/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import { STDIN_NAME } from '../load.js';
import { readNamedText } from '../read-text.js';

/** Reads the state in `path`, or on standard input for `-`; null: an empty pool without samples. */
export function readStateFile(path: string | null): Result<GivenState, readonly Diagnostic[]> {
  if (path === null) return ok({});
  const text = readNamedText(path);
  if (!text.ok) return err([cliError(CLI_CODES.cannotRead, text.error)]);
  return readState(path === '-' ? STDIN_NAME : path, text.value);
}

/** What a formula sees of the state, at a moment of its own or at that of the state. */
export function inputsAt(given: GivenState, at: string | null): Result<FormulaInputs, Diagnostic> {
  const moment = at === null ? null : readStateMoment(at, startMsOf(given));
  if (moment === null || moment.ok) return ok(stateInputs(given, at));
  return err(cliError(CLI_CODES.badOptionValue, `--at: ${moment.error}`, 'write 30s, 3:10 or an ISO time'));
}

/** A formula named on the command line → its text, with the name that diagnostics show. */
import { type Diagnostic, err, fileSource, ok, type Result, type Source } from '../../../base/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import { STDIN_NAME } from '../../load.js';
import { readNamedText } from '../../read-text.js';

/** Reads the formula in `path`, or standard input for `-`. The text is the file's own, line breaks included. */
export function readFormulaSource(path: string): Result<Source, Diagnostic> {
  const text = readNamedText(path);
  if (!text.ok) return err(cliError(CLI_CODES.cannotRead, text.error));
  return ok(fileSource(path === '-' ? STDIN_NAME : path, text.value.replace(/^\ufeff/, '')));
}

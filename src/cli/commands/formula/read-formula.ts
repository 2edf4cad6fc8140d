/** A formula named on the command line → its text, with the name that diagnostics show. */
import { type Diagnostic, err, fileSource, ok, type Result, type Source } from '../../../base/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { STDIN_NAME } from '../../load.js';
import { readNamedText } from '../../read-text.js';

/** Reads the formula in `path`, or standard input for `-`. The text is the file's own, line breaks included. */
export function readFormulaSource(path: string): Result<Source, Diagnostic> {
  const text = readNamedText(path);
  if (!text.ok) return err(cliError(CLI_CODES.cannotRead, text.error));
  return ok(fileSource(path === '-' ? STDIN_NAME : path, text.value.replace(/^\ufeff/, '')));
}

/** How a command ends that could not read what it was to work on: bad usage, or files that are wrong. */
export function exitFor(problems: readonly Diagnostic[]): ExitCode {
  if (problems.some(({ code }) => code === CLI_CODES.cannotRead.code)) return EXIT.failure;
  return problems.every(({ code }) => code.startsWith('BS10')) ? EXIT.usage : EXIT.invalid;
}

/** By its name: what scenarios are written in is no formula. */
export function isScenario(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file);
}

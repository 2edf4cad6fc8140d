/** A formula named on the command line → its text, with the name that diagnostics show. */
import { readFileSync } from 'node:fs';
import { type Diagnostic, err, fileSource, ok, type Result, type Source } from '../../../base/index.js';
import { ioSentence, nodeFiles } from '../../../host/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import { STDIN_NAME } from '../../load.js';

/** Reads the formula in `path`, or standard input for `-`. The text is the file's own, line breaks included. */
export function readFormulaSource(path: string): Result<Source, Diagnostic> {
  const text = path === '-' ? readStandardInput() : nodeFiles().readText(path);
  if (!text.ok) return err(cliError(CLI_CODES.cannotRead, text.error));
  return ok(fileSource(path === '-' ? STDIN_NAME : path, text.value.replace(/^\ufeff/, '')));
}

/** By its name: what scenarios are written in is no formula. */
export function isScenario(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file);
}

function readStandardInput(): Result<string, string> {
  try {
    return ok(readFileSync(0, 'utf8'));
  } catch (error) {
    return err(ioSentence(error, 'the standard input'));
  }
}

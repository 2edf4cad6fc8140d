/** A text named on the command line: a file, or standard input for `-`. */
import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '../base/index.js';
import { ioSentence, nodeFiles } from '../host/index.js';

/** Reads it whole; the error is a sentence. */
export function readNamedText(path: string): Result<string, string> {
  if (path !== '-') return nodeFiles().readText(path);
  try {
    return ok(readFileSync(0, 'utf8'));
  } catch (error) {
    return err(ioSentence(error, 'the standard input'));
  }
}

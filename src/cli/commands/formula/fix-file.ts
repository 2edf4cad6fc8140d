/** `formula check --fix`: fixes go into the files in which the formulas stand, until there is nothing left to fix. */
import { chmodSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { applyFixes, type Diagnostic, err, ok, type Result, type Source } from '../../../base/index.js';
import { ioSentence, writeWhole } from '../../../host/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import { type CheckOptions, checkFile } from './check-file.js';

/** What became of one argument. */
export interface FixedFile {
  /** The diagnostics whose fixes were put in, as they were before. */
  readonly done: readonly Diagnostic[];
  /** Files that could not be written. */
  readonly problems: readonly Diagnostic[];
}

/** Fixes can uncover each other; one that goes on longer than this is going in circles. */
const MOST_ROUNDS = 20;

/** Fixes a formula, or the formulas of a scenario, in place. */
export function fixFile(file: string, options: CheckOptions): FixedFile {
  const done: Diagnostic[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const mendable = checkFile(file, options).diagnostics.filter(({ fix }) => fix !== undefined);
    if (mendable.length === 0) break;
    for (const name of new Set(mendable.map(sourceName))) {
      const fixed = fixSource(mendable.filter((one) => sourceName(one) === name));
      if (!fixed.ok) return { done, problems: [fixed.error] };
      done.push(...fixed.value);
    }
  }
  return { done, problems: [] };
}

function sourceName({ place }: Diagnostic): string {
  return place?.source.name ?? '';
}

/** Puts the fixes into the file of the diagnostics, all of which are about it. */
function fixSource(diagnostics: readonly Diagnostic[]): Result<readonly Diagnostic[], Diagnostic> {
  const source = diagnostics[0]?.place?.source;
  if (source === undefined) return ok([]);
  const { text, done } = applyFixes(
    source.text,
    diagnostics.flatMap(({ fix }) => fix ?? []),
  );
  const written = rewrite(source, text);
  return written.ok ? ok(diagnostics.filter(({ fix }) => fix !== undefined && done.includes(fix))) : written;
}

/** Replaces the text of a file by another; its byte order mark and its rights stay, and a link stays a link. */
function rewrite({ name, text }: Source, replacement: string): Result<null, Diagnostic> {
  try {
    const path = realpathSync(name);
    const bytes = readFileSync(path);
    const mark = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? '\ufeff' : '';
    if (!bytes.equals(Buffer.from(mark + text))) return err(notPlain(name));
    const { mode } = statSync(path);
    const written = writeWhole(path, [mark + replacement]);
    if (!written.ok) return err(cliError(CLI_CODES.cannotWrite, written.error));
    chmodSync(path, mode);
    return ok(null);
  } catch (error) {
    return err(cliError(CLI_CODES.cannotWrite, ioSentence(error, name)));
  }
}

/** Packed files, and such that are not UTF-8, would come out as something else. */
function notPlain(name: string): Diagnostic {
  return cliError(CLI_CODES.cannotWrite, `${name} is not a plain UTF-8 file and is left as it is`, 'mend it by hand');
}

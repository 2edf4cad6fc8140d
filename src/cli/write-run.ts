/** The run folder from `report`'s list of files: which are wanted, written one by one, the manifest last. */
import { err, ok, type Result } from '../base/index.js';
import { type FolderProblem, ioSentence, isSystemError, MANIFEST_NAME, RunFolder } from '../host/index.js';
import type { Run } from '../recording/index.js';
import { manifestJson, type RunContext, runFiles, type WrittenRunFile } from '../report/index.js';
import type { ProgressReporter } from './progress-reporter.js';

/** Which groups of files are wanted; what neither names is always written. */
export type RunFormat = 'csv' | 'json';

/** What the folder came to. */
export interface WrittenRun {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes a run to `path`.
 * @param onBegun is told how to remove what is there so far, for the case that the process must end at once
 */
export async function writeRun(
  path: string,
  run: Run,
  context: RunContext,
  formats: readonly RunFormat[],
  progress: ProgressReporter,
  onBegun: (discard: () => void) => void,
): Promise<Result<WrittenRun, FolderProblem>> {
  const created = RunFolder.create(path);
  if (!created.ok) return created;
  const folder = created.value;
  onBegun(() => folder.discard());
  const written: WrittenRunFile[] = [];
  try {
    for (const file of runFiles(run, context)) {
      if (!isWanted(file.name, formats)) continue;
      const { bytes, sha256 } = await folder.write(file.name, watched(file.chunks(), file.name, progress));
      written.push({ name: file.name, bytes, sha256, rows: file.rows });
    }
    const manifest = await folder.write(MANIFEST_NAME, [manifestJson(run, context, written)]);
    const done = folder.commit();
    if (!done.ok) folder.discard();
    const bytes = written.reduce((sum, file) => sum + file.bytes, manifest.bytes);
    return done.ok ? ok({ files: written.length + 1, bytes }) : done;
  } catch (error) {
    folder.discard();
    if (!isSystemError(error)) throw error;
    return err({ kind: 'io', message: ioSentence(error, path) });
  } finally {
    progress.clear();
  }
}

function isWanted(name: string, formats: readonly RunFormat[]): boolean {
  if (name.endsWith('.csv')) return formats.includes('csv');
  return name !== 'events.ndjson' || formats.includes('json');
}

function* watched(
  chunks: Iterable<string | Uint8Array>,
  name: string,
  progress: ProgressReporter,
): Generator<string | Uint8Array> {
  for (const chunk of chunks) {
    progress.tick(() => ({ phase: `writing ${name}`, fraction: null, simulatedMs: null, eventCount: null }));
    yield chunk;
  }
}

/** A run folder named on the command line → its recording, and the scenario that it came from. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, err, ok, type Result } from '../base/index.js';
import { ioSentence, MANIFEST_NAME, nodeFiles } from '../host/index.js';
import type { Scenario } from '../model/index.js';
import { decodeRecording, type Recording } from '../recording/index.js';
import { loadScenario } from '../scenario/index.js';
import { CLI_CODES, cliError } from './codes.js';

/** A run that was read. */
export interface OpenedRun {
  readonly recording: Recording;
  /** null: its text could not be read any more, for instance because a trace it names has moved. */
  readonly scenario: Scenario | null;
}

/** Reads `recording.bin` and `scenario.resolved.yaml` of a run folder. */
export function openRun(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Result<OpenedRun, Diagnostic> {
  if (!existsSync(join(folder, MANIFEST_NAME))) {
    const hint = 'batchsim run prints where it writes its files';
    return err(cliError(CLI_CODES.notARun, `${folder} is no run folder: it holds no ${MANIFEST_NAME}`, hint));
  }
  const path = join(folder, 'recording.bin');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return err(cliError(CLI_CODES.cannotRead, ioSentence(error, path)));
  }
  const recording = decodeRecording(bytes);
  if (!recording.ok) return err(cliError(CLI_CODES.cannotRead, `${path}: ${recording.error}`));
  const loaded = loadScenario(join(folder, 'scenario.resolved.yaml'), { files: nodeFiles(), env });
  return ok({ recording: recording.value, scenario: loaded.ok ? loaded.value.scenario : null });
}

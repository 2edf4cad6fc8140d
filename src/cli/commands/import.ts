/** `import`: a recorded workload → a folder with scenario.yaml and its task table. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { nodeFiles, writeWhole } from '../../host/index.js';
import { findVmSize, suggestVmSize } from '../../model/index.js';
import { IMPORT_DEFAULTS, type ImportedTrace, importTrace, TASK_TABLE_FILE } from '../../scenario/traces/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Call, Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { importText } from '../import-text.js';

type ImportCall = Call<
  'from' | 'nodes' | 'vmSize' | 'slots' | 'scale' | 'head' | 'timing' | 'taskOrder' | 'map' | 'importOut'
>;

/** Name of the scenario in the folder. */
export const SCENARIO_FILE = 'scenario.yaml';

/** Reads the trace, writes the folder, tells what was left out. */
export const importCommand: Handler<keyof ImportCall['options']> = async (call) => {
  const { args, options, context } = call;
  const { output } = context;
  const file = args[0] as string;
  const folder = options.importOut ?? traceStem(file);
  const refused = refusal(folder);
  if (refused !== null) {
    output.problems([refused]);
    return EXIT.usage;
  }
  const vmSize = readVmSize(options.vmSize ?? IMPORT_DEFAULTS.vmSize);
  if (!vmSize.ok) {
    output.problems([vmSize.error]);
    return EXIT.usage;
  }
  const chunks = nodeFiles().readChunks(file);
  if (!chunks.ok) {
    output.problems([cliError(CLI_CODES.cannotRead, chunks.error, 'relative paths count from the current folder')]);
    return EXIT.invalid;
  }
  const imported = importTrace({
    source: {
      name: file,
      format: options.from,
      chunks: chunks.value,
      map: options.map,
      head: options.head,
      timeScale: options.scale ?? 1,
    },
    nodes: options.nodes,
    vmSize: vmSize.value.name,
    cores: vmSize.value.vcpus,
    slots: options.slots === '1' ? 1 : options.slots,
    timing: options.timing ?? IMPORT_DEFAULTS.timing,
    taskOrder: options.taskOrder ?? IMPORT_DEFAULTS.taskOrder,
  });
  if (!imported.ok) {
    output.problems(imported.error);
    return EXIT.invalid;
  }
  output.problems(imported.value.warnings);
  const written = writeImport(folder, imported.value);
  if (!written.ok) {
    output.problems([cliError(CLI_CODES.cannotWrite, written.error)]);
    return EXIT.failure;
  }
  if (options.json) output.json(imported.value.report);
  else output.result(importText(imported.value.report, folder, context.terminal.unicode));
  output.note(`next: batchsim run ${join(folder, SCENARIO_FILE)}`);
  return EXIT.ok;
};

/** Writes both files, the scenario last: without it the folder runs nothing. The error is a sentence. */
export function writeImport(folder: string, imported: ImportedTrace): Result<void, string> {
  const table = writeWhole(join(folder, TASK_TABLE_FILE), imported.tasksNdjson());
  if (!table.ok) return table;
  const scenario = writeWhole(join(folder, SCENARIO_FILE), [imported.scenarioYaml]);
  return scenario.ok ? ok(undefined) : scenario;
}

/** Folder name for a trace: its file name without endings. */
function traceStem(file: string): string {
  return (
    basename(file)
      .replace(/\.gz$/i, '')
      .replace(/\.[A-Za-z]+$/, '') || 'trace'
  );
}

/** An older import may be replaced; a scenario that somebody wrote may not. */
function refusal(folder: string): Diagnostic | null {
  const path = join(folder, SCENARIO_FILE);
  if (!existsSync(path)) return null;
  const head = readFileSync(path, 'utf8').slice(0, 4096).split('\n', 1)[0] ?? '';
  if (/^# .*, imported from /.test(head)) return null;
  return cliError(
    CLI_CODES.fileExists,
    `${path} is already there and was not made by import`,
    'name another folder with -o',
  );
}

/** The VM size that was asked for, as the catalogue spells it. */
function readVmSize(name: string): Result<NonNullable<ReturnType<typeof findVmSize>>, Diagnostic> {
  const size = findVmSize(name);
  if (size !== null) return ok(size);
  const guess = suggestVmSize(name);
  const message = `--vm-size cannot be ${JSON.stringify(name)}; there is no such size`;
  return err(cliError(CLI_CODES.badOptionValue, message, guess === null ? null : `did you mean ${guess}?`));
}

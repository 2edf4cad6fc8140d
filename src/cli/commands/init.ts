/** `init`: a folder with a scenario to start from, the schema beside it and the editor told about it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, err, ok, type Result } from '../../base/index.js';
import { writeWhole } from '../../host/index.js';
import { findVmSize } from '../../model/index.js';
import { scenarioJsonSchema } from '../../scenario/index.js';
import { IMPORT_DEFAULTS, importTrace, TASK_TABLE_FILE } from '../../scenario/traces/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { sampleTrace } from '../sample-trace.js';
import { TEMPLATES, type TemplateName, templateFiles } from '../templates.js';

/** Where a scenario's first line looks for the schema. */
const SCHEMA_FILE = '.batchsim/scenario.schema.json';
/** Tells the editor of the schema; one that is there already has its owner's settings and stays. */
const EDITOR_FILE = '.vscode/settings.json';
const SCHEMA_LINE = `# yaml-language-server: $schema=./${SCHEMA_FILE}\n`;

/** Makes the files of a template, or lists the templates. */
export const init: Handler<'template' | 'list'> = async ({ context, args, options }) => {
  const { output } = context;
  if (options.list) {
    const rows = Object.entries(TEMPLATES);
    if (options.json) output.json({ schemaVersion: 1, templates: rows.map(([name, summary]) => ({ name, summary })) });
    else output.result(rows.map(([name, summary]) => `${name.padEnd(12)}  ${summary}`).join('\n'));
    output.note('next: batchsim init demo --template NAME');
    return EXIT.ok;
  }
  const template = options.template ?? 'batch-burst';
  const folder = args[0] ?? template;
  const files = filesOf(template);
  if (!files.ok) {
    output.problems(files.error);
    return EXIT.failure;
  }
  const taken = [...files.value.keys()].filter((name) => !isHelper(name) && existsSync(join(folder, name)));
  if (taken.length > 0) {
    const message = `${taken.map((name) => join(folder, name)).join(', ')} ${taken.length === 1 ? 'is' : 'are'} already there`;
    output.problems([cliError(CLI_CODES.fileExists, message, 'name another folder')]);
    return EXIT.usage;
  }
  const made = [...files.value].filter(([name]) => name !== EDITOR_FILE || !existsSync(join(folder, name)));
  for (const [name, text] of made) {
    const written = writeWhole(join(folder, name), [text]);
    if (written.ok) continue;
    output.problems([cliError(CLI_CODES.cannotWrite, written.error)]);
    return EXIT.failure;
  }
  const paths = made.map(([name]) => join(folder, name));
  if (options.json) output.json({ schemaVersion: 1, template, files: paths });
  else output.result(paths.join('\n'));
  output.note(`next: batchsim run ${join(folder, 'scenario.yaml')}`);
  return EXIT.ok;
};

/** Files that may be there already: the schema is ours to renew, the editor's settings are left alone. */
function isHelper(name: string): boolean {
  return name === SCHEMA_FILE || name === EDITOR_FILE;
}

/** Every file that a template makes, by its path in the folder. */
function filesOf(template: TemplateName): Result<ReadonlyMap<string, string>, readonly Diagnostic[]> {
  const files = template === 'trace' ? importedSample() : ok(templateFiles(template));
  if (!files.ok) return files;
  return ok(
    new Map([
      ...files.value,
      [SCHEMA_FILE, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`],
      [
        '.vscode/settings.json',
        `${JSON.stringify({ 'yaml.schemas': { [`./${SCHEMA_FILE}`]: 'scenario.yaml' } }, null, 2)}\n`,
      ],
    ]),
  );
}

const SAMPLE_NOTE = `#
# A recorded workload. tasks.ndjson was made from sample.swf, a made-up log, as you would import your own:
#
#   batchsim import sample.swf --slots processors --vm-size Standard_D8s_v5 --nodes 4 --timing typical -o imported
#
# Too few nodes, or too many? Look at wait and slots in the summary of
#
#   batchsim run scenario.yaml --set pools.pool.targetDedicatedNodes=8 --set account.dedicatedCoreQuota=64
#
`;

/** The sample log and what `import --slots processors` makes of it. */
function importedSample(): Result<ReadonlyMap<string, string>, readonly Diagnostic[]> {
  const text = sampleTrace();
  const size = findVmSize('Standard_D8s_v5');
  if (size === null) return err([cliError(CLI_CODES.importProblem, 'the catalogue of VM sizes lacks Standard_D8s_v5')]);
  const imported = importTrace({
    source: { name: 'sample.swf', format: 'swf', chunks: [text] },
    nodes: 4,
    vmSize: size.name,
    cores: size.vcpus,
    slots: 'processors',
    timing: 'typical',
    taskOrder: IMPORT_DEFAULTS.taskOrder,
  });
  if (!imported.ok) return imported;
  return ok(
    new Map([
      ['sample.swf', text],
      [TASK_TABLE_FILE, [...imported.value.tasksNdjson()].join('')],
      ['scenario.yaml', `${SCHEMA_LINE}${SAMPLE_NOTE}${imported.value.scenarioYaml}`],
    ]),
  );
}

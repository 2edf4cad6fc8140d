/** `schema`: the formats as JSON Schema, for editors and for readers of summaries. */
import { ok, type Result } from '../../base/index.js';
import { writeWhole } from '../../host/index.js';
import { formulaTestJsonSchema, scenarioJsonSchema } from '../../scenario/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { summaryJsonSchema } from '../summary-schema.js';

const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  scenario: scenarioJsonSchema,
  'formula-test': formulaTestJsonSchema,
  summary: summaryJsonSchema,
};

/** Prints a schema, or writes it to a file. */
export const schema: Handler<'schemaOut'> = async ({ context, args, options }) => {
  const { output } = context;
  const kind = args[0] ?? 'scenario';
  const make = SCHEMAS[kind];
  if (make === undefined) {
    output.problems([
      cliError(
        CLI_CODES.badArguments,
        `there is no schema of ${JSON.stringify(kind)}; expected ${Object.keys(SCHEMAS).join(', ')}`,
      ),
    ]);
    return EXIT.usage;
  }
  const text = `${JSON.stringify(make(), null, 2)}\n`;
  if (options.schemaOut === null) {
    output.result(text);
    return EXIT.ok;
  }
  const written: Result<unknown, string> =
    options.schemaOut === '-' ? ok(output.result(text)) : writeWhole(options.schemaOut, [text]);
  if (!written.ok) {
    output.problems([cliError(CLI_CODES.cannotWrite, written.error)]);
    return EXIT.failure;
  }
  output.note(`next: link it in the first line of a scenario:\n  # yaml-language-server: $schema=${options.schemaOut}`);
  return EXIT.ok;
};

/** `formula vectors`: runs a file of evaluation vectors (formula 0), and tells each that comes out otherwise. */
import { type Difference, judgeVector, type Vector } from '../../../autoscale/index.js';
import { readVectors } from '../../../scenario/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Handler } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { STDIN_NAME } from '../../load.js';
import { readNamedText } from '../../read-text.js';

/** Exits 4 if any vector differs, 2 for a file that cannot be read, 3 for one that holds no vectors. */
export const vectors: Handler<never> = async ({ context: { output }, args, options }) => {
  const path = args[0] as string;
  const text = readNamedText(path);
  if (!text.ok) {
    output.problems([cliError(CLI_CODES.cannotRead, text.error)]);
    return EXIT.usage;
  }
  const file = readVectors(path === '-' ? STDIN_NAME : path, text.value);
  if (!file.ok) {
    output.problems(file.error);
    return EXIT.invalid;
  }
  output.problems(file.value.warnings);
  const judged = file.value.vectors.map((vector) => ({ vector, differences: judgeVector(vector) }));
  const failed = judged.filter(({ differences }) => differences.length > 0);
  const passed = judged.length - failed.length;
  if (options.json) {
    const differing = failed.map(({ vector: { id, title }, differences }) => ({ id, title, differences }));
    output.json({ schemaVersion: 1, passed, failed: failed.length, differing });
  } else {
    for (const { vector, differences } of failed) output.result(differenceLine(vector, differences));
    output.result(`${passed} passed, ${failed.length} failed`);
  }
  return failed.length === 0 ? EXIT.ok : EXIT.expectation;
};

/** `AS-012 logical not: targetDedicated: expected 5, got 6`. */
function differenceLine({ id, title }: Vector, differences: readonly Difference[]): string {
  const texts = differences.map(({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`);
  return `${id}${title === '' ? '' : ` ${title}`}: ${texts.join('; ')}`.replaceAll(/\s+/g, ' ');
}

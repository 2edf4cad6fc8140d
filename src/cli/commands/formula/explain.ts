/** `formula explain`: a formula in plain words. The words are `autoscale`'s; here they are laid out. */
import { compileFormula, explainFormula, type FormulaStory } from '../../../autoscale/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Handler } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { wrap } from '../../help.js';
import { isScenario, readFormulaSource } from './read-formula.js';

/** Exits 3 for what is no formula, 2 for a scenario, 1 for what cannot be read. */
export const explainCommand: Handler<never> = async ({ context, args, options }) => {
  const { output } = context;
  const [file = '-'] = args;
  if (isScenario(file)) {
    const hint = `batchsim formula check ${file} looks at every formula of it`;
    output.problems([cliError(CLI_CODES.badArguments, `${file} is a scenario, and explain tells one formula`, hint)]);
    return EXIT.usage;
  }
  const source = readFormulaSource(file);
  if (!source.ok) {
    output.problems([source.error]);
    return source.error.code === CLI_CODES.cannotRead.code ? EXIT.failure : EXIT.invalid;
  }
  const formula = compileFormula(source.value);
  if (!formula.ok) {
    output.problems(formula.error);
    output.note(`next: batchsim formula check ${file}`);
    return EXIT.invalid;
  }
  output.problems(formula.value.problems);
  const story = explainFormula(formula.value);
  if (options.json) output.json({ schemaVersion: 1, file: source.value.name, ...story });
  else output.result(storyText(story));
  output.note(`next: batchsim formula check ${file}`);
  return EXIT.ok;
};

/** Room for text, in characters. */
const WIDTH = 96;

function storyText({ summary, statements }: FormulaStory): string {
  const gutter = String(statements.at(-1)?.line ?? 0).length;
  const blank = ' '.repeat(gutter);
  const paragraphs = statements.map(({ line, statement, story }) => [
    `${String(line).padStart(gutter)}  ${statement}`,
    ...wrap(story, WIDTH).map((text) => `${blank}  ${text}`),
  ]);
  return [wrap(summary, WIDTH + gutter + 2), ...paragraphs].map((lines) => lines.join('\n')).join('\n\n');
}

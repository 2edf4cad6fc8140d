/** `explain`: the longer story of a code, from the tables that the diagnostics themselves use. */
import { nearest } from '../../base/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { wrap } from '../help.js';
import { allStories } from '../stories.js';

/** Tells one story, or lists all codes. */
export const explain: Handler<never> = async ({ context, args, options }) => {
  const stories = allStories();
  const [code] = args;
  if (code === undefined) {
    if (options.json) context.output.json({ schemaVersion: 1, codes: stories });
    else context.output.result(stories.map((story) => `${story.code}  ${story.title}`).join('\n'));
    context.output.note('next: batchsim explain CODE');
    return EXIT.ok;
  }
  const found = stories.find((story) => story.code === code.toUpperCase());
  if (found === undefined) {
    const guess = nearest(
      code.toUpperCase(),
      stories.map((story) => story.code),
    );
    const hint = guess === null ? 'batchsim explain lists all codes' : `did you mean ${guess}?`;
    context.output.problems([cliError(CLI_CODES.unknownCode, `there is no code ${JSON.stringify(code)}`, hint)]);
    return EXIT.usage;
  }
  if (options.json) context.output.json({ schemaVersion: 1, ...found });
  else {
    const paragraphs = [`${found.code}: ${found.title}`, found.story, `What to do: ${found.fix}`];
    context.output.result(paragraphs.map((text) => wrap(text, 80).join('\n')).join('\n\n'));
  }
  return EXIT.ok;
};

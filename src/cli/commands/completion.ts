/** `completion`: a script that completes commands, options and their values in a shell. */
import { nearest } from '../../base/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import { COMPLETION_SCRIPTS, type Shell } from '../completion/index.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';

/** Prints the script of one shell. */
export const completion: Handler<never> = async ({ context, args }) => {
  const shells = Object.keys(COMPLETION_SCRIPTS) as Shell[];
  const wanted = (args[0] ?? '').toLowerCase();
  const shell = wanted === 'powershell' ? 'pwsh' : shells.find((name) => name === wanted);
  if (shell === undefined) {
    const guess = nearest(wanted, shells);
    const hint = guess === null ? null : `did you mean ${guess}?`;
    context.output.problems([
      cliError(
        CLI_CODES.badArguments,
        `there is no completion for ${JSON.stringify(args[0] ?? '')}; expected ${shells.join(', ')}`,
        hint,
      ),
    ]);
    return EXIT.usage;
  }
  context.output.result(COMPLETION_SCRIPTS[shell]());
  return EXIT.ok;
};

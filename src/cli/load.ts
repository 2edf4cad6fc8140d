/** A scenario file named on the command line → a checked scenario, with the overrides that were typed. */
import { readFileSync } from 'node:fs';
import { type Diagnostic, err, type Result } from '../base/index.js';
import { ioSentence, nodeFiles } from '../host/index.js';
import { type LoadedScenario, type LoadOptions, loadScenario, loadScenarioText } from '../scenario/index.js';
import { CLI_CODES, cliError } from './codes.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { OptionValues } from './options.js';

/** How standard input is named in diagnostics. */
export const STDIN_NAME = '<stdin>';

/** Loads `path`, or standard input for `-`, with `--seed`, `--set`, `--var` and `--until`. */
export function loadFile(
  path: string,
  overrides: OptionValues<'seed' | 'set' | 'var' | 'until'>,
  env: Readonly<Record<string, string | undefined>>,
): Result<LoadedScenario, readonly Diagnostic[]> {
  const options: LoadOptions = {
    files: nodeFiles(),
    env,
    vars: Object.fromEntries(overrides.var),
    sets: overrides.set,
    ...(overrides.seed === null ? {} : { seed: overrides.seed }),
    ...(overrides.until === null ? {} : { until: overrides.until }),
  };
  if (path !== '-') return loadScenario(path, options);
  try {
    return loadScenarioText(STDIN_NAME, readFileSync(0, 'utf8'), options);
  } catch (error) {
    return err([cliError(CLI_CODES.cannotRead, ioSentence(error, 'the standard input'))]);
  }
}

/** Exit code for what could not be loaded: 2 if nothing but flags is to blame, else 3 (also for warnings that `--strict` refuses). */
export function refusalCode(problems: readonly Diagnostic[]): ExitCode {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const isFlag = ({ place }: Diagnostic) => place?.source.name.startsWith('--') ?? false;
  return errors.length > 0 && errors.every(isFlag) ? EXIT.usage : EXIT.invalid;
}

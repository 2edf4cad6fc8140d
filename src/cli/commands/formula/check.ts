/** `formula check`: every problem of formulas with its place. Diagnostics are the result here. */
import { type Diagnostic, diagnosticsAs, placeText } from '../../../base/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Call, Handler } from '../../context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { wrap } from '../../help.js';
import { paintDiagnostic } from '../../paint.js';
import { storyOf, titleOf } from '../../stories.js';
import { counted, tallyOf, tallyText } from '../../tally.js';
import { type CheckedFile, type CheckOptions, checkFile } from './check-file.js';
import { type FixedFile, fixFile } from './fix-file.js';

type Options = 'strict' | 'poolKind' | 'validateFormat' | 'explainCodes' | 'set' | 'var' | 'fix';

/** Exits 3 on an error, or on a warning under --strict; 1 if a file could not be read or written. */
export const check: Handler<Options> = async (call) => {
  const { args, options, context } = call;
  if (options.fix && args.includes('-')) {
    context.output.problems([cliError(CLI_CODES.badArguments, '--fix needs a file, and - is none', 'name the file')]);
    return EXIT.usage;
  }
  const reading: CheckOptions = { env: context.env, sets: options.set, vars: options.var, poolKind: options.poolKind };
  const fixed = options.fix ? args.map((file) => fixFile(file, reading)) : [];
  const checked = args.map((file) => checkFile(file, reading));
  const diagnostics = [...fixed.flatMap(({ problems }) => problems), ...checked.flatMap((one) => one.diagnostics)];
  const { errors, warnings } = tallyOf(diagnostics);
  const valid = errors === 0 && !(options.strict && warnings > 0);
  report(call, { checked, fixed, diagnostics, valid });
  return valid ? EXIT.ok : exitCodeOf(diagnostics);
};

interface Outcome {
  readonly checked: readonly CheckedFile[];
  readonly fixed: readonly FixedFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly valid: boolean;
}

function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const failures: readonly string[] = [CLI_CODES.cannotRead.code, CLI_CODES.cannotWrite.code];
  return diagnostics.some(({ code }) => failures.includes(code)) ? EXIT.failure : EXIT.invalid;
}

function report(call: Call<Options>, outcome: Outcome): void {
  const { options, context } = call;
  const format = options.validateFormat ?? (options.json ? 'json' : 'text');
  if (format === 'text') printText(call, outcome);
  else if (format === 'json') context.output.json(documentOf(outcome, options.explainCodes));
  else {
    const text = diagnosticsAs(format, outcome.diagnostics, titleOf);
    if (text !== '') context.output.result(text);
  }
}

function printText({ context, options, args }: Call<Options>, { checked, fixed, diagnostics }: Outcome): void {
  const { output, terminal } = context;
  const done = fixed.flatMap((one) => one.done);
  for (const one of done) output.result(`${placeText(one) ?? ''}: fixed ${one.code}: ${one.fix?.title ?? ''}`);
  for (const diagnostic of diagnostics) {
    output.result(paintDiagnostic(diagnosticsAs('text', [diagnostic]), terminal.stdoutColor));
  }
  if (options.explainCodes) {
    const stories = codesOf(diagnostics).flatMap((code) => storyOf(code) ?? []);
    for (const { code, title, story, fix } of stories) {
      output.result(
        `\n${[`${code}: ${title}`, story, `What to do: ${fix}`].flatMap((text) => wrap(text, 80)).join('\n')}`,
      );
    }
    if (stories.length > 0) output.result('');
  }
  const formulas = checked.reduce((sum, one) => sum + one.formulas, 0);
  const tally = `${counted(formulas, 'formula')}: ${tallyText(tallyOf(diagnostics))}`;
  output.result(done.length === 0 ? tally : `${tally}, ${done.length} fixed`);
  const mendable = diagnostics.filter(({ fix }) => fix !== undefined).length;
  const [first] = diagnostics;
  if (mendable > 0 && !args.includes('-')) output.note(`next: batchsim formula check ${args.join(' ')} --fix`);
  else if (first !== undefined) output.note(`next: batchsim explain ${first.code}`);
}

function documentOf({ checked, fixed, diagnostics, valid }: Outcome, isExplained: boolean): object {
  const codes = isExplained ? { explanations: codesOf(diagnostics).flatMap((code) => storyOf(code) ?? []) } : {};
  return {
    ...JSON.parse(diagnosticsAs('json', diagnostics)),
    valid,
    ...tallyOf(diagnostics),
    files: checked.map(({ file, formulas }) => ({ file, formulas })),
    fixed: JSON.parse(
      diagnosticsAs(
        'json',
        fixed.flatMap(({ done }) => done),
      ),
    ).diagnostics,
    ...codes,
  };
}

function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

/** `formula check`: every problem of formulas with its place. Diagnostics are the result here. */
import { compileFormula } from '../../../autoscale/index.js';
import { type Diagnostic, diagnosticsAs, formatCount } from '../../../base/index.js';
import type { Handler } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import { paintDiagnostic } from '../../paint.js';
import { titleOf } from '../../stories.js';
import { readFormulaSource } from './read-formula.js';

/** Exits 3 on an error, or on a warning under --strict. */
export const check: Handler<'strict' | 'validateFormat'> = async ({ context, args, options }) => {
  const { output, terminal } = context;
  const diagnostics = args.flatMap(problemsOf);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const valid = errors === 0 && !(options.strict && warnings > 0);
  const format = options.validateFormat ?? (options.json ? 'json' : 'text');
  if (format === 'text') {
    for (const diagnostic of diagnostics) {
      output.result(paintDiagnostic(diagnosticsAs('text', [diagnostic]), terminal.stdoutColor));
    }
    output.result(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}`);
  } else if (format === 'json') {
    output.json({ ...JSON.parse(diagnosticsAs('json', diagnostics)), valid, errors, warnings });
  } else {
    const text = diagnosticsAs(format, diagnostics, titleOf);
    if (text !== '') output.result(text);
  }
  return valid ? EXIT.ok : EXIT.invalid;
};

function problemsOf(path: string): readonly Diagnostic[] {
  const source = readFormulaSource(path);
  if (!source.ok) return [source.error];
  const formula = compileFormula(source.value);
  return formula.ok ? formula.value.problems : formula.error;
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

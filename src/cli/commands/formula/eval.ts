/** `formula eval`: what a formula comes to on a state, and with `--trace` how it got there. */
import { compileFormula, type Formula, type FormulaInputs, traceFormula } from '../../../autoscale/index.js';
import { type Diagnostic, err, type Result } from '../../../base/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Call, Context, Handler } from '../../context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { outcomeText } from '../../formula/outcome-text.js';
import { readSubject, type Subject, type SubjectOption } from '../../formula/subject.js';
import { evaluationDocument } from '../../formula/trace-document.js';
import { traceText } from '../../formula/trace-text.js';
import { exitFor, readFormulaSource } from './read-formula.js';

type EvalCall = Call<SubjectOption | 'trace'>;

/** Exits 3 for a formula that does not compile, or whose evaluation fails; 2 for what cannot be read, or is not in the run. */
export const evaluate: Handler<keyof EvalCall['options']> = async (call) => {
  const { output } = call.context;
  const subject = subjectOf(call);
  if (!subject.ok) {
    output.problems(subject.error);
    return exitFor(subject.error);
  }
  const { source, inputs, origin } = subject.value;
  if (source === null) {
    output.problems([cliError(CLI_CODES.badArguments, 'no formula was named', 'name a file, or a run with --run DIR')]);
    return EXIT.usage;
  }
  const formula = compileFormula(source);
  if (!formula.ok) {
    output.problems(formula.error);
    return EXIT.invalid;
  }
  if (origin !== null) output.note(origin);
  return showEvaluation(call.context, formula.value, inputs, call.options);
};

function subjectOf({ context, args, options }: EvalCall): Result<Subject, readonly Diagnostic[]> {
  const path = args[0] ?? null;
  if (path === '-' && options.state === '-') {
    return err([cliError(CLI_CODES.badArguments, 'the formula and the state cannot both be the standard input')]);
  }
  const source = path === null ? null : readFormulaSource(path);
  if (source !== null && !source.ok) return err([source.error]);
  return readSubject(source?.value ?? null, options, context.env);
}

/** Evaluates and prints; any inputs will do, those of a recorded pool as well. */
function showEvaluation(
  { output }: Context,
  formula: Formula,
  inputs: FormulaInputs,
  { json, trace: withTrace }: { readonly json: boolean; readonly trace: boolean },
): ExitCode {
  const trace = traceFormula(formula, inputs);
  const { evaluation } = trace;
  if (json) {
    output.json(evaluationDocument(trace, formula.source, inputs.nowMs, withTrace));
  } else {
    if (withTrace) output.result(`${traceText(trace.statements)}\n\n`);
    output.result(outcomeText(evaluation, inputs));
  }
  if (evaluation.ok) return EXIT.ok;
  output.problems([evaluation.error.diagnostic]);
  return EXIT.invalid;
}

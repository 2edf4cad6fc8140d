/** `formula eval`: what a formula comes to on a state, and with `--trace` how it got there. */
import { compileFormula, type Formula, type FormulaInputs, traceFormula } from '../../../autoscale/index.js';
import { type Diagnostic, err, ok, type Result } from '../../../base/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Call, Context, Handler } from '../../context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { outcomeText } from '../../formula/outcome-text.js';
import { inputsAt, readStateFile } from '../../formula/read-state.js';
import { evaluationDocument } from '../../formula/trace-document.js';
import { traceText } from '../../formula/trace-text.js';
import { readFormulaSource } from './read-formula.js';

type EvalCall = Call<'state' | 'stateAt' | 'trace'>;

/** A formula and what it is to see, wherever both come from. */
interface Subject {
  readonly formula: Formula;
  readonly inputs: FormulaInputs;
}

/** Exits 3 for a formula that does not compile, or whose evaluation fails; 2 for a file that cannot be read. */
export const evaluate: Handler<keyof EvalCall['options']> = async (call) => {
  const { output } = call.context;
  const subject = subjectOf(call);
  if (subject.ok) return showEvaluation(call.context, subject.value, call.options);
  output.problems(subject.error);
  return subject.error.every(({ code }) => code.startsWith('BS10')) ? EXIT.usage : EXIT.invalid;
};

function subjectOf({ args, options }: EvalCall): Result<Subject, readonly Diagnostic[]> {
  const path = args[0] as string;
  if (path === '-' && options.state === '-') {
    return err([cliError(CLI_CODES.badArguments, 'the formula and the state cannot both be the standard input')]);
  }
  const source = readFormulaSource(path);
  if (!source.ok) return err([source.error]);
  const state = readStateFile(options.state);
  if (!state.ok) return state;
  const inputs = inputsAt(state.value, options.stateAt);
  if (!inputs.ok) return err([inputs.error]);
  const formula = compileFormula(source.value);
  return formula.ok ? ok({ formula: formula.value, inputs: inputs.value }) : formula;
}

/** Evaluates and prints; any inputs will do, those of a recorded pool as well. */
function showEvaluation(
  { output }: Context,
  { formula, inputs }: Subject,
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

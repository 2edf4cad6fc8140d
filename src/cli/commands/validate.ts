/** `validate`: every problem of a scenario with its place, then what it would run. Diagnostics are the result here. */
import { type Diagnostic, diagnosticsAs, formatCount } from '../../base/index.js';
import { readExpectations } from '../../recording/index.js';
import { type Preflight, preflight } from '../../scenario/index.js';
import type { Call, Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { loadFile, refusalCode } from '../load.js';
import { paintDiagnostic } from '../paint.js';
import { titleOf } from '../stories.js';
import { tallyOf, tallyText } from '../tally.js';

type ValidateCall = Call<'strict' | 'validateFormat' | 'seed' | 'set' | 'var' | 'until'>;

/** What one file came to. */
interface Checked {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** null where the file could not be loaded. */
  readonly plan: Preflight | null;
}

/** Exits 3 on an error, or on a warning under --strict; 2 if only flags are to blame. */
export const validate: Handler<keyof ValidateCall['options']> = async (call) => {
  const { context, args, options } = call;
  const { output } = context;
  const checked = args.map((file) => check(file, call));
  const diagnostics = checked.flatMap((one) => one.diagnostics);
  const { errors, warnings } = tallyOf(diagnostics);
  const valid = errors === 0 && !(options.strict && warnings > 0);

  const format = options.validateFormat ?? (options.json ? 'json' : 'text');
  if (format === 'text') {
    printText(call, checked);
    output.result(tallyText({ errors, warnings }));
    if (valid) output.note(`next: batchsim run ${args[0]}`);
    else if (diagnostics[0] !== undefined) output.note(`next: batchsim explain ${diagnostics[0].code}`);
  } else if (format === 'json') {
    const files = checked.map(({ file, plan }) => ({ file, plan: plan === null ? null : planFacts(plan) }));
    output.json({ ...JSON.parse(diagnosticsAs('json', diagnostics)), valid, errors, warnings, files });
  } else {
    const text = diagnosticsAs(format, diagnostics, titleOf);
    if (text !== '') output.result(text);
  }
  return valid ? EXIT.ok : refusalCode(diagnostics);
};

function check(file: string, { context, options }: ValidateCall): Checked {
  const loaded = loadFile(file, options, context.env);
  if (!loaded.ok) return { file, diagnostics: loaded.error, plan: null };
  const { scenario, warnings, expect, places } = loaded.value;
  const rules = readExpectations(expect);
  const plan = preflight(scenario, places);
  return { file, diagnostics: [...warnings, ...(rules.ok ? [] : rules.error), ...plan.diagnostics], plan };
}

function printText({ context }: ValidateCall, checked: readonly Checked[]): void {
  const { output, terminal } = context;
  for (const { file, diagnostics, plan } of checked) {
    for (const diagnostic of diagnostics) {
      output.result(paintDiagnostic(diagnosticsAs('text', [diagnostic]), terminal.stdoutColor));
    }
    if (plan === null) continue;
    output.result(`${file}: ${plan.summary}`);
    for (const need of plan.cores) if (need.neededCores > 0) output.result(`  ${needText(need)}`);
  }
}

/** Such as `contoso: 80 of 100 dedicated cores`. */
function needText({ account, of, neededCores, quotaCores }: Preflight['cores'][number]): string {
  const kind = of === 'dedicated' ? 'dedicated cores' : of === 'lowPriority' ? 'spot cores' : `cores of ${of}`;
  const needed = formatCount(neededCores);
  return `${account}: ${quotaCores === null ? `${needed} ${kind}, no quota binds` : `${needed} of ${formatCount(quotaCores)} ${kind}`}`;
}

/** A plan without its diagnostics, which are listed with all others. */
function planFacts({ diagnostics: _, ...facts }: Preflight): Omit<Preflight, 'diagnostics'> {
  return facts;
}

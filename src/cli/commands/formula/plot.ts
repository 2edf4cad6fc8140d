/** `formula plot`: how a pool scales by its formula, or by several, drawn on the terminal or into a file. */
import { writeWhole } from '../../../host/index.js';
import { type ScalingComparison, scalingDocument, scalingPage, scalingPicture } from '../../../report/index.js';
import { CLI_CODES, cliError } from '../../codes.js';
import type { Call, Handler } from '../../context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { prepareTrials, runTrials, type Trials } from '../../formula/plot/simulate-formulas.js';
import { plotText } from '../../formula/plot/terminal-text.js';
import { Interrupt } from '../../interrupt.js';
import { loadFile, refusalCode } from '../../load.js';

type PlotCall = Call<'plotPool' | 'plotOwn' | 'plotOut' | 'plotWidth' | 'ascii' | 'seed' | 'set' | 'var' | 'until'>;

/** Exits 3 for a scenario or formula that does not hold, 130 or 143 if a signal stopped it; what ran until then is drawn. */
export const plot: Handler<keyof PlotCall['options']> = async (call) => {
  const { options, context } = call;
  if (options.plotOut !== null && drawingOf(options.plotOut) === null) {
    const message = `--out cannot be ${JSON.stringify(options.plotOut)}; expected a name that ends in .svg or .html`;
    context.output.problems([cliError(CLI_CODES.badOptionValue, message)]);
    return EXIT.usage;
  }
  const trials = prepare(call);
  if (typeof trials === 'number') return trials;
  const interrupt = new Interrupt(
    () => context.output.note('stopping; what there is will be drawn (once more to quit at once)'),
    () => {},
  );
  try {
    const comparison = await runTrials(trials, context, interrupt);
    const shown = comparison.runs.length === 0 ? EXIT.ok : show(call, comparison);
    return interrupt.code ?? shown;
  } finally {
    interrupt.release();
  }
};

function prepare({ context, args, options }: PlotCall): Trials | ExitCode {
  const { output } = context;
  const [path = '', ...formulas] = args;
  if ([path, ...formulas].filter((word) => word === '-').length > 1) {
    output.problems([cliError(CLI_CODES.badArguments, 'only one of the files can be the standard input')]);
    return EXIT.usage;
  }
  const loaded = loadFile(path, options, context.env);
  if (!loaded.ok) {
    output.problems(loaded.error);
    return refusalCode(loaded.error);
  }
  output.problems(loaded.value.warnings);
  context.subject.seed = loaded.value.scenario.seed;
  const trials = prepareTrials(loaded.value.scenario, formulas, options.plotPool, options.plotOwn);
  if (trials.ok) {
    output.problems(trials.value.warnings);
    return trials.value;
  }
  output.problems(trials.error);
  const codes = trials.error.map(({ code }) => code);
  if (codes.includes(CLI_CODES.badOptionValue.code)) return EXIT.usage;
  return codes.includes(CLI_CODES.cannotRead.code) ? EXIT.failure : EXIT.invalid;
}

/** Writes the file that is wanted, and prints the document, or the plots where neither is. */
function show({ context, args, options }: PlotCall, comparison: ScalingComparison): ExitCode {
  const { output, terminal } = context;
  const { plotOut, plotWidth } = options;
  const draw = plotOut === null ? null : drawingOf(plotOut);
  if (plotOut !== null && draw !== null) {
    const written = writeWhole(plotOut, [draw(comparison, plotWidth)]);
    if (!written.ok) {
      output.problems([cliError(CLI_CODES.cannotWrite, written.error, 'name another file with -o')]);
      return EXIT.failure;
    }
  }
  if (options.json) output.json(scalingDocument(comparison));
  else if (plotOut !== null) output.result(plotOut);
  else {
    const { resultWidth, stdoutColor, unicode } = terminal;
    const width = plotWidth ?? Math.min(resultWidth, WIDEST);
    output.result(plotText(comparison, { width, unicode: unicode && !options.ascii, color: stdoutColor }));
    output.note(`next: batchsim formula plot ${args.join(' ')} --out plot.html`);
  }
  return EXIT.ok;
}

/** Wider plots tell no more, in columns. */
const WIDEST = 160;

function drawingOf(path: string): typeof scalingPage | null {
  if (/\.svg$/i.test(path)) return scalingPicture;
  return /\.html?$/i.test(path) ? scalingPage : null;
}

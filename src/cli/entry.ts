/** The program: reads argv, calls the command, turns what happened into the exit code. */
import { AssertionError, type Diagnostic, renderDiagnostic } from '../base/index.js';
import { ioSentence, isSystemError } from '../host/index.js';
import { CLI_CODES, cliError } from './codes.js';
import { type CommandName, commandSpec } from './commands.js';
import type { Context, Handler } from './context.js';
import { HANDLERS } from './dispatch.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { readOptions } from './option-values.js';
import { GLOBAL_OPTIONS, type OptionName, optionSpec } from './options.js';
import { Output } from './output.js';
import { parseArgv, type Request } from './program.js';
import { DEFAULT_WIDTH, decideTerminal } from './terminal.js';
import { readVersion } from './version.js';

/** Does what the words after `batchsim` ask for. Never throws; prints what went wrong. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const version = readVersion();
  const width = Math.min(process.stdout.columns ?? DEFAULT_WIDTH, 110);
  const request = parseArgv(argv, version, width);
  if (!request.ok) return refuse([request.error]);
  switch (request.value.kind) {
    case 'text':
      return printText(request.value.text);
    case 'nothing':
      process.stderr.write(request.value.text);
      return EXIT.usage;
    case 'command':
      return runCommand(request.value, version);
  }
}

async function runCommand(request: Request & { kind: 'command' }, version: string): Promise<ExitCode> {
  const names: readonly OptionName[] = [...commandSpec(request.name).options, ...GLOBAL_OPTIONS];
  const options = readOptions(names, request.typed, process.env);
  if (!options.ok) return refuse(options.error);
  const { color, glyphs, quiet, verbose, cwd } = options.value;
  if (cwd !== null) {
    try {
      process.chdir(cwd);
    } catch (error) {
      return refuse([cliError(CLI_CODES.badOptionValue, `--${optionSpec('cwd').flag}: ${ioSentence(error, cwd)}`)]);
    }
  }
  const terminal = decideTerminal({ color, glyphs, quiet }, process.env, facts(process.stdout), facts(process.stderr));
  const output = new Output(process.stdout, process.stderr, terminal, quiet);
  const context: Context = { output, terminal, env: process.env, version, subject: { seed: null } };
  let code: ExitCode;
  try {
    // The table of handlers is typed by command; here, where the name is a variable, the types meet.
    const handler = (await HANDLERS[request.name satisfies CommandName]()) as Handler<OptionName>;
    code = await handler({ context, args: request.args, options: options.value });
  } catch (error) {
    code = explainCrash(error, context, verbose);
  }
  const broken = await output.finish();
  if (broken === null) return code;
  output.problems([brokenOutput(broken)]);
  return code === EXIT.ok ? EXIT.failure : code;
}

function explainCrash(error: unknown, { output, subject, version }: Context, verbose: boolean): ExitCode {
  if (isSystemError(error)) {
    output.problems([cliError(CLI_CODES.cannotWrite, ioSentence(error, error.path ?? 'a file'))]);
  } else {
    const what =
      error instanceof Error
        ? `${error instanceof AssertionError ? '' : `${error.name}: `}${error.message}`
        : String(error);
    const seed = subject.seed === null ? '' : `, seed ${subject.seed}`;
    output.problems([
      cliError(
        CLI_CODES.bug,
        `this is a bug in batchsim ${version}, not in your files: ${what}${seed}`,
        verbose
          ? 'please report it with the text below and the scenario'
          : 'run again with --verbose and report what it prints, with the scenario',
      ),
    ]);
  }
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return EXIT.failure;
}

function brokenOutput(error: Error): Diagnostic {
  const closed = isSystemError(error) && error.code === 'EPIPE';
  return closed
    ? cliError(CLI_CODES.closedPipe, 'the reader of the output went away before all of it was written')
    : cliError(CLI_CODES.closedPipe, ioSentence(error, 'the standard output'));
}

async function printText(text: string): Promise<ExitCode> {
  const terminal = decideTerminal(
    { color: 'never', glyphs: 'ascii', quiet: true },
    process.env,
    facts(process.stdout),
    facts(process.stderr),
  );
  const output = new Output(process.stdout, process.stderr, terminal, false);
  output.result(text);
  const broken = await output.finish();
  if (broken === null) return EXIT.ok;
  output.problems([brokenOutput(broken)]);
  return EXIT.failure;
}

function refuse(problems: readonly Diagnostic[]): ExitCode {
  for (const problem of problems) process.stderr.write(`${renderDiagnostic(problem)}\n`);
  return EXIT.usage;
}

function facts(stream: NodeJS.WriteStream): { readonly isTTY: boolean; readonly columns: number | undefined } {
  return { isTTY: stream.isTTY === true, columns: stream.columns };
}

/** argv → which command, with which words: commander, made from the tables. It decides nothing and prints nothing. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { type Diagnostic, err, ok, type Result } from '../base/index.js';
import { CLI_CODES, type CodeStory, cliError } from './codes.js';
import { COMMAND_GROUPS, COMMAND_NAMES, type CommandName, commandSpec, groupOf, lastWord } from './commands.js';
import { commandHelp, groupHelp, programHelp } from './help.js';
import type { Typed } from './option-values.js';
import { GLOBAL_OPTIONS, type OptionSpec, optionSpec } from './options.js';

/** What argv asks for. */
export type Request =
  | {
      readonly kind: 'command';
      readonly name: CommandName;
      readonly args: readonly string[];
      readonly typed: (spec: OptionSpec) => Typed;
    }
  /** Help or version: text for standard output. */
  | { readonly kind: 'text'; readonly text: string }
  /** No command at all. */
  | { readonly kind: 'nothing'; readonly text: string };

/** Reads the words after `node main.js`. */
export function parseArgv(argv: readonly string[], version: string, width: number): Result<Request, Diagnostic> {
  let request: Request = { kind: 'nothing', text: programHelp(width) };
  let printed = '';
  let refused = '';
  const program = new Command('batchsim');
  prepare(program, () => programHelp(width));
  program.version(version, '-V, --version');
  program.helpCommand('help [command]');
  for (const name of GLOBAL_OPTIONS) program.addOption(commanderOption(optionSpec(name)));
  const groups = new Map<string | null, Command>([[null, program]]);
  for (const group of Object.keys(COMMAND_GROUPS)) {
    const command = program.command(group);
    prepare(command, () => groupHelp(group, width));
    groups.set(group, command);
  }
  for (const name of COMMAND_NAMES) {
    const spec = commandSpec(name);
    const command = (groups.get(groupOf(name)) as Command).command(lastWord(name));
    prepare(command, () => commandHelp(name, width));
    for (const argument of spec.arguments) {
      const form = `${argument.name}${argument.variadic ? '...' : ''}`;
      command.addArgument(new Argument(argument.required ? `<${form}>` : `[${form}]`));
    }
    for (const option of spec.options) command.addOption(commanderOption(optionSpec(option)));
    command.action(() => {
      request = { kind: 'command', name, args: command.args, typed: (option) => typedWords(command, option) };
    });
  }
  try {
    if (argv.length > 0) program.parse(argv, { from: 'user' });
    return ok(request);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return ok({ kind: 'text', text: printed });
    if (error.code === 'commander.help') return ok({ kind: 'nothing', text: printed + refused });
    return err(usageError(error));
  }

  function prepare(command: Command, help: () => string): void {
    command.exitOverride();
    command.allowExcessArguments(false);
    command.showSuggestionAfterError(true);
    command.configureHelp({ formatHelp: help });
    command.configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: (text) => {
        refused += text;
      },
      outputError: () => {},
    });
    command.helpOption('-h, --help');
  }
}

/** An option for commander: it only gathers words; reading them is ours, so that variables are read alike. */
function commanderOption(spec: OptionSpec): Option {
  const short = spec.short === null ? '' : `-${spec.short}, `;
  const option = new Option(`${short}--${spec.flag}${spec.argument === null ? '' : ` <${spec.argument}>`}`, spec.doc);
  if (spec.kind !== 'flag') option.argParser((word: string, before: string[] | undefined) => [...(before ?? []), word]);
  return option;
}

function typedWords(command: Command, spec: OptionSpec): Typed {
  const key = commanderOption(spec).attributeName();
  const value: unknown = command.optsWithGlobals()[key];
  if (Array.isArray(value)) return value as string[];
  return spec.kind === 'flag' && value === !spec.flag.startsWith('no-') ? true : undefined;
}

const CODES: Readonly<Record<string, CodeStory>> = {
  'commander.unknownCommand': CLI_CODES.unknownCommand,
  'commander.unknownOption': CLI_CODES.unknownOption,
};

/** Commander's message and its suggestion, in our form. */
function usageError(error: CommanderError): Diagnostic {
  const [first = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const guess = /Did you mean (?:one of )?(.*)\?/.exec(suggestion)?.[1];
  const hint = guess === undefined ? 'batchsim --help lists what there is' : `did you mean ${guess}?`;
  return cliError(CODES[error.code] ?? CLI_CODES.badArguments, first.replaceAll("'", '"'), hint);
}

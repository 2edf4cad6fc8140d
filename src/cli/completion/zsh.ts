/** Completion for zsh: its own _arguments, so that descriptions, files and repeats come for free. */
import type { CommandName } from '../commands.js';
import type { OptionSpec } from '../options.js';
import { argumentOf, commandWords, optionsOf, shortDoc } from './words.js';

/** The script; it works from a folder of $fpath and when sourced. */
export function zshScript(): string {
  const commands = commandWords();
  return `#compdef batchsim
# batchsim completion for zsh
_batchsim() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C '(-h --help)'{-h,--help}'[show help]' '(-V --version)'{-V,--version}'[show the version]' '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands
      commands=(
${commands.map(({ name, summary }) => `        ${quote(`${name}:${summary}`)}`).join('\n')}
      )
      _describe -t commands command commands ;;
    rest)
      case $line[1] in
${commands.map(({ name }) => `        ${name}) _arguments ${argumentsOf(name).join(' ')} ;;`).join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "_batchsim" ]; then _batchsim "$@"; else compdef _batchsim batchsim; fi
`;
}

function argumentsOf(name: CommandName): string[] {
  const specs = optionsOf(name).flatMap(optionForms);
  const argument = argumentOf(name);
  if (argument === null) return specs;
  const place = name === 'validate' ? '*' : '1';
  return [...specs, quote(`${place}:${argument.name}:${action(argument.choices, argument.completes)}`)];
}

function optionForms(spec: OptionSpec): string[] {
  const value = spec.argument === null ? '' : `:${spec.argument}:${action(spec.choices, spec.completes)}`;
  const repeat = spec.kind === 'texts' || spec.kind === 'pairs' ? '*' : '';
  const forms = [`--${spec.flag}`, ...(spec.short === null ? [] : [`-${spec.short}`])];
  return forms.map((form) => quote(`${repeat}${form}[${shortDoc(spec).replaceAll(/[[\]:]/g, ' ')}]${value}`));
}

function action(choices: readonly string[] | null, completes: 'file' | 'folder' | null): string {
  if (choices !== null) return `(${choices.join(' ')})`;
  if (completes === 'folder') return '_files -/';
  return completes === 'file' ? '_files' : ' ';
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

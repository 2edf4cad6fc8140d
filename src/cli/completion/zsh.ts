/** Completion for zsh: its own _arguments, so that descriptions, files and repeats come for free. */
import { type CommandName, commandsOf, lastWord } from '../commands.js';
import type { OptionSpec } from '../options.js';
import { argumentOf, firstWords, groupWords, optionsOf, shortDoc, type Word } from './words.js';

/** The script; it works from a folder of $fpath and when sourced. */
export function zshScript(): string {
  const groups = groupWords();
  const single = firstWords().filter(({ word }) => !groups.some(({ group }) => group === word));
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
${described(firstWords(), 8)}
      )
      _describe -t commands command commands ;;
    rest)
      case $line[1] in
${single.map(({ word }) => `        ${word}) _arguments ${argumentsOf(word as CommandName).join(' ')} ;;`).join('\n')}
${groups.map(({ group, words }) => groupCase(group, words)).join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "_batchsim" ]; then _batchsim "$@"; else compdef _batchsim batchsim; fi
`;
}

function described(words: readonly Word[], indent: number): string {
  return words.map(({ word, summary }) => `${' '.repeat(indent)}${quote(`${word}:${summary}`)}`).join('\n');
}

/** What follows a group: one of its commands, then what that takes. */
function groupCase(group: string, words: readonly Word[]): string {
  const cases = commandsOf(group).map(
    (name) => `              ${lastWord(name)}) _arguments ${argumentsOf(name).join(' ')} ;;`,
  );
  return `        ${group})
          _arguments -C '(-h --help)'{-h,--help}'[show help]' '1: :->word' '*:: :->words'
          case $state in
            word)
              local -a words_of_group
              words_of_group=(
${described(words, 16)}
              )
              _describe -t commands command words_of_group ;;
            words)
              case $line[1] in
${cases.join('\n')}
              esac ;;
          esac ;;`;
}

function argumentsOf(name: CommandName): string[] {
  const specs = optionsOf(name).flatMap(optionForms);
  const argument = argumentOf(name);
  if (argument === null) return specs;
  const place = argument.variadic ? '*' : '1';
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

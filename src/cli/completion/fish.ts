/** Completion for fish: one declaration a word, with its description. */
import { type CommandName, groupOf, lastWord } from '../commands.js';
import { argumentOf, commandWords, firstWords, groupWords, optionsOf, shortDoc } from './words.js';

/** The script. */
export function fishScript(): string {
  const commands = commandWords();
  const lines = [
    '# batchsim completion for fish',
    'complete -c batchsim -f',
    'complete -c batchsim -n __fish_use_subcommand -s h -l help -d "show help"',
    'complete -c batchsim -n __fish_use_subcommand -s V -l version -d "show the version"',
  ];
  for (const { word, summary } of firstWords()) {
    lines.push(`complete -c batchsim -n __fish_use_subcommand -a ${word} -d ${quote(summary)}`);
  }
  for (const { group, words } of groupWords()) {
    const isOpen = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${words.map(({ word }) => word).join(' ')}`;
    for (const { word, summary } of words) {
      lines.push(`complete -c batchsim -n "${isOpen}" -a ${word} -d ${quote(summary)}`);
    }
  }
  for (const { name } of commands) lines.push(...commandLines(name));
  return `${lines.join('\n')}\n`;
}

function commandLines(name: CommandName): string[] {
  const when = `complete -c batchsim -n "${condition(name)}"`;
  const lines = optionsOf(name).map((spec) => {
    const short = spec.short === null ? '' : ` -s ${spec.short}`;
    const value = spec.argument === null ? '' : ` -r${values(spec.choices, spec.completes)}`;
    return `${when}${short} -l ${spec.flag}${value} -d ${quote(shortDoc(spec))}`;
  });
  const argument = argumentOf(name);
  if (argument !== null) {
    const offered = values(argument.choices, argument.completes);
    if (offered !== '') lines.push(`${when}${offered}`);
  }
  return lines;
}

/** That this command was typed; a word alone may also be one of a group's, as in `formula explain`. */
function condition(name: CommandName): string {
  const seen = (word: string) => `__fish_seen_subcommand_from ${word}`;
  const group = groupOf(name);
  if (group !== null) return `${seen(group)}; and ${seen(lastWord(name))}`;
  const groups = groupWords().filter(({ words }) => words.some(({ word }) => word === name));
  return [seen(name), ...groups.map((other) => `not ${seen(other.group)}`)].join('; and ');
}

function values(choices: readonly string[] | null, completes: 'file' | 'folder' | null): string {
  if (choices !== null) return ` -a ${quote(choices.join(' '))}`;
  if (completes === 'folder') return ' -a "(__fish_complete_directories)"';
  return completes === 'file' ? ' -F' : '';
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

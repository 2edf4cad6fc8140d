/** Completion for fish: one declaration a word, with its description. */
import type { CommandName } from '../commands.js';
import { argumentOf, commandWords, optionsOf, shortDoc } from './words.js';

/** The script. */
export function fishScript(): string {
  const commands = commandWords();
  const lines = [
    '# batchsim completion for fish',
    'complete -c batchsim -f',
    'complete -c batchsim -n __fish_use_subcommand -s h -l help -d "show help"',
    'complete -c batchsim -n __fish_use_subcommand -s V -l version -d "show the version"',
  ];
  for (const { name, summary } of commands) {
    lines.push(`complete -c batchsim -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`);
  }
  for (const { name } of commands) lines.push(...commandLines(name));
  return `${lines.join('\n')}\n`;
}

function commandLines(name: CommandName): string[] {
  const when = `complete -c batchsim -n "__fish_seen_subcommand_from ${name}"`;
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

function values(choices: readonly string[] | null, completes: 'file' | 'folder' | null): string {
  if (choices !== null) return ` -a ${quote(choices.join(' '))}`;
  if (completes === 'folder') return ' -a "(__fish_complete_directories)"';
  return completes === 'file' ? ' -F' : '';
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

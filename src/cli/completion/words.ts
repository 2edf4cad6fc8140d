/** What there is to complete, read off the tables of commands and options once for all shells. */
import {
  type ArgumentSpec,
  COMMAND_GROUPS,
  COMMAND_NAMES,
  type CommandName,
  commandSpec,
  commandsOf,
  groupOf,
  lastWord,
} from '../commands.js';
import { GLOBAL_OPTIONS, type OptionSpec, optionSpec } from '../options.js';

/** Options of a command, its own and the global ones. */
export function optionsOf(name: CommandName): readonly OptionSpec[] {
  return [...commandSpec(name).options, ...GLOBAL_OPTIONS].map(optionSpec);
}

/** Commands with their summaries. */
export function commandWords(): readonly { readonly name: CommandName; readonly summary: string }[] {
  return COMMAND_NAMES.map((name) => ({ name, summary: commandSpec(name).summary }));
}

/** A word that can be typed next, with its line of help. */
export interface Word {
  readonly word: string;
  readonly summary: string;
}

/** What can be typed first: commands of one word, and groups. */
export function firstWords(): readonly Word[] {
  const words = COMMAND_NAMES.map((name) => ({ word: groupOf(name) ?? name, name }));
  return words
    .filter(({ word }, index) => words.findIndex((other) => other.word === word) === index)
    .map(({ word, name }) => ({ word, summary: COMMAND_GROUPS[word] ?? commandSpec(name).summary }));
}

/** The groups, each with what can be typed after it. */
export function groupWords(): readonly { readonly group: string; readonly words: readonly Word[] }[] {
  return Object.keys(COMMAND_GROUPS).map((group) => ({
    group,
    words: commandsOf(group).map((name) => ({ word: lastWord(name), summary: commandSpec(name).summary })),
  }));
}

/** The first argument of a command; every command takes one kind at most. */
export function argumentOf(name: CommandName): ArgumentSpec | null {
  return commandSpec(name).arguments[0] ?? null;
}

/** Help's text of an option up to its first semicolon: short enough for a menu. */
export function shortDoc(spec: OptionSpec): string {
  return (spec.doc.split(';')[0] ?? '').replaceAll(/\s*\(.*$/g, '');
}

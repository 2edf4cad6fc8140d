/** Help texts from the tables: examples first, then usage, then options by group with default, unit and variable. */
import {
  COMMAND_GROUPS,
  COMMAND_NAMES,
  type CommandName,
  type CommandSpec,
  commandSpec,
  commandsOf,
} from './commands.js';
import { GLOBAL_OPTIONS, type OptionName, type OptionSpec, optionSpec } from './options.js';

/** Help of the program as a whole. */
export function programHelp(width: number): string {
  const widest = Math.max(...COMMAND_NAMES.map((name) => name.length));
  return [
    'batchsim: a local simulator of Azure Batch for testing and capacity planning',
    '',
    'Examples',
    '  $ batchsim init demo                     make a scenario to start from',
    '  $ batchsim run demo/scenario.yaml        simulate it',
    '  $ batchsim import log.swf.gz -o night    turn a recorded workload into a scenario',
    '',
    'Usage',
    '  batchsim COMMAND [options]',
    '',
    'Commands',
    ...COMMAND_NAMES.flatMap((name) => item(name, commandSpec(name).summary, widest, width)),
    '',
    ...optionGroups(GLOBAL_OPTIONS, width, ['-h, --help', '-V, --version']),
    'Exit codes',
    ...item('0', 'done', 7, width),
    ...item('1', 'internal or I/O failure', 7, width),
    ...item('2', 'bad usage', 7, width),
    ...item('3', 'invalid scenario, formula or trace', 7, width),
    ...item('4', 'an expect rule failed, or onActionError: fail stopped the run', 7, width),
    ...item('130/143', 'stopped by a signal; partial results are written', 7, width),
    '',
    'batchsim COMMAND --help tells more about a command.',
    '',
  ].join('\n');
}

/** Help of a group: what its commands are. */
export function groupHelp(group: string, width: number): string {
  const names = commandsOf(group);
  const widest = Math.max(...names.map((name) => name.length));
  return [
    `batchsim ${group}: ${COMMAND_GROUPS[group]}`,
    '',
    'Usage',
    `  batchsim ${group} COMMAND [options]`,
    '',
    'Commands',
    ...names.flatMap((name) => item(name, commandSpec(name).summary, widest, width)),
    '',
    `batchsim ${group} COMMAND --help tells more about a command.`,
    '',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp(name: CommandName, width: number): string {
  const spec = commandSpec(name);
  const lines = [`batchsim ${name}: ${spec.summary}`, '', 'Examples'];
  for (const example of spec.examples) lines.push(`  $ ${example.line}`, `      ${example.what}`);
  lines.push('', 'Usage', `  ${usage(name, spec)}`, '');
  if (spec.arguments.length > 0) {
    const widest = Math.max(...spec.arguments.map((argument) => argument.name.length));
    lines.push('Arguments');
    for (const argument of spec.arguments)
      lines.push(...item(argument.name.toUpperCase(), argument.doc, widest, width));
    lines.push('');
  }
  lines.push(...optionGroups(spec.options, width, []));
  lines.push(...optionGroups(GLOBAL_OPTIONS, width, ['-h, --help']));
  for (const note of spec.notes) lines.push(...wrap(note, width), '');
  return lines.join('\n');
}

/** Such as `batchsim run FILE [options]`. */
export function usage(name: CommandName, spec: CommandSpec): string {
  const words = spec.arguments.map((argument) => {
    const word = `${argument.name.toUpperCase()}${argument.variadic ? '...' : ''}`;
    return argument.required ? word : `[${word}]`;
  });
  return ['batchsim', name, ...words, '[options]'].join(' ');
}

function optionGroups(names: readonly OptionName[], width: number, builtIn: readonly string[]): string[] {
  const specs = names.map(optionSpec);
  const widest = Math.min(
    30,
    Math.max(0, ...specs.map((spec) => optionHead(spec).length), ...builtIn.map((head) => head.length)),
  );
  const lines: string[] = [];
  for (const group of new Set(specs.map((spec) => spec.group))) {
    lines.push(group);
    for (const spec of specs)
      if (spec.group === group) lines.push(...item(optionHead(spec), optionDoc(spec), widest, width));
    if (group === 'Global options')
      for (const head of builtIn) lines.push(...item(head, BUILT_IN_DOCS[head] ?? '', widest, width));
    lines.push('');
  }
  return lines;
}

const BUILT_IN_DOCS: Readonly<Record<string, string>> = {
  '-h, --help': 'show this help',
  '-V, --version': 'show the version',
};

function optionHead(spec: OptionSpec): string {
  return `${spec.short === null ? '    ' : `-${spec.short}, `}--${spec.flag}${spec.argument === null ? '' : ` ${spec.argument}`}`;
}

function optionDoc(spec: OptionSpec): string {
  const facts: string[] = [];
  if (spec.choices !== null) facts.push(spec.choices.join('|'));
  if (spec.unit !== null) facts.push(spec.unit);
  if (spec.default !== null) facts.push(`default: ${spec.default}`);
  if (spec.env !== null) facts.push(spec.env);
  return facts.length === 0 ? spec.doc : `${spec.doc} [${facts.join('; ')}]`;
}

/** A name and its text in two columns; a name that is too wide stands on a line of its own. */
function item(name: string, text: string, column: number, width: number): string[] {
  const indent = ' '.repeat(column + 4);
  const [first = '', ...rest] = wrap(text, Math.max(24, width - indent.length));
  const tail = rest.map((line) => indent + line);
  if (name.length > column) return [`  ${name}`, indent + first, ...tail];
  return [`  ${name.padEnd(column)}  ${first}`, ...tail];
}

/** Breaks between words; a word longer than a line stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

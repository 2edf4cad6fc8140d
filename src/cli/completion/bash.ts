/** Completion for bash 3.2 and later (that of macOS included): plain words, no descriptions. */
import { argumentOf, commandWords, firstWords, groupWords, optionsOf } from './words.js';

/** The script. */
export function bashScript(): string {
  const names = commandWords().map((command) => command.name);
  const first = firstWords().map(({ word }) => word);
  const groups = groupWords().map(({ group, words }) => ({ group, words: words.map(({ word }) => word) }));
  return `# batchsim completion for bash; load it with: source <(batchsim completion bash)
_batchsim() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
${groups.map(({ group }) => `      " ${group}") command="$word" ;;`).join('\n')}
      ${names.map((name) => `"${name.includes(' ') ? '' : ' '}${name}"`).join('|')}) command="\${command:+$command }$word"; break ;;
    esac
  done
  case "$command $previous" in
${names.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${[...first, 'help', '--help', '--version'].join(' ')}" -- "$current")) ;;
${groups.map(({ group, words }) => `    ${group}) COMPREPLY=($(compgen -W "${[...words, '--help'].join(' ')}" -- "$current")) ;;`).join('\n')}
${names.map(wordCase).join('\n')}
  esac
}
complete -o filenames -F _batchsim batchsim
`;
}

function valueCases(name: ReturnType<typeof commandWords>[number]['name']): string[] {
  const lines: string[] = [];
  for (const spec of optionsOf(name)) {
    if (spec.argument === null) continue;
    const forms = [`"${name} --${spec.flag}"`, ...(spec.short === null ? [] : [`"${name} -${spec.short}"`])].join('|');
    lines.push(`    ${forms}) COMPREPLY=(${reply(spec.choices, spec.completes)}); return ;;`);
  }
  return lines;
}

function wordCase(name: ReturnType<typeof commandWords>[number]['name']): string {
  const words = [...optionsOf(name).map((spec) => `--${spec.flag}`), '--help'].join(' ');
  const argument = argumentOf(name);
  const other = argument === null ? '' : reply(argument.choices, argument.completes);
  return `    "${name}") if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "${words}" -- "$current")); else COMPREPLY=(${other}); fi ;;`;
}

function reply(choices: readonly string[] | null, completes: 'file' | 'folder' | null): string {
  if (choices !== null) return `$(compgen -W "${choices.join(' ')}" -- "$current")`;
  if (completes === 'folder') return '$(compgen -d -- "$current")';
  return completes === 'file' ? '$(compgen -f -- "$current")' : '';
}

/** Completion for PowerShell 5.1 and later: a native argument completer over one table. */
import { argumentOf, commandWords, firstWords, groupWords, optionsOf, shortDoc, type Word } from './words.js';

/** The script. */
export function pwshScript(): string {
  const commands = commandWords();
  return `# batchsim completion for PowerShell
Register-ArgumentCompleter -Native -CommandName batchsim -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${rows(firstWords(), 4)}
  }
  $groups = @{
${groupWords()
  .map(({ group, words }) => `    ${quote(group)} = [ordered]@{\n${rows(words, 6)}\n    }`)
  .join('\n')}
  }
  $options = @{
${commands
  .map(
    ({ name }) =>
      `    ${quote(name)} = [ordered]@{ ${optionsOf(name)
        .map((spec) => `${quote(`--${spec.flag}`)} = ${quote(shortDoc(spec))}`)
        .join('; ')} }`,
  )
  .join('\n')}
  }
  $values = @{
${commands.flatMap(({ name }) => valueRows(name)).join('\n')}
  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  $command = $words | Select-Object -Skip 1 | Where-Object { $commands.Contains($_) } | Select-Object -First 1
  $group = if ($command -and $groups.ContainsKey($command)) { $groups[$command] } else { $null }
  if ($group) {
    $second = $words | Select-Object -Skip 1 | Where-Object { $group.Contains($_) } | Select-Object -First 1
    if ($second) { $command = "$command $second"; $group = $null }
  }
  $found = if (-not $command) { $commands }
    elseif ($group) { $group }
    elseif ($values.ContainsKey("$command $($words[-1])")) { $values["$command $($words[-1])"] }
    elseif ($wordToComplete -like '-*') { $options[$command] }
    elseif ($values.ContainsKey($command)) { $values[$command] }
    else { $null }
  if ($null -eq $found) { return }
  $pairs = if ($found -is [System.Collections.IDictionary]) { $found.GetEnumerator() | ForEach-Object { , @($_.Key, $_.Value) } } else { $found | ForEach-Object { , @($_, $_) } }
  foreach ($pair in $pairs) {
    if ($pair[0] -like "$wordToComplete*") {
      [System.Management.Automation.CompletionResult]::new($pair[0], $pair[0], 'ParameterValue', $pair[1])
    }
  }
}
`;
}

function rows(words: readonly Word[], indent: number): string {
  return words.map(({ word, summary }) => `${' '.repeat(indent)}${quote(word)} = ${quote(summary)}`).join('\n');
}

/** Values of options and arguments; what is not listed is left to PowerShell, which completes files. */
function valueRows(name: ReturnType<typeof commandWords>[number]['name']): string[] {
  const rows: string[] = [];
  for (const spec of optionsOf(name)) {
    if (spec.choices !== null) rows.push(`    ${quote(`${name} --${spec.flag}`)} = ${list(spec.choices)}`);
  }
  const choices = argumentOf(name)?.choices ?? null;
  if (choices !== null) rows.push(`    ${quote(name)} = ${list(choices)}`);
  return rows;
}

function list(words: readonly string[]): string {
  return `@(${words.map(quote).join(', ')})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

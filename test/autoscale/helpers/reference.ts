/** The reference page of the language, from the tables that checker and evaluator read. */
import {
  BUILTINS,
  FORMULA_CODES,
  INTERVAL_CONSTANTS,
  METHODS,
  OPERATORS,
  SERVICE_VARIABLES,
  type ServiceVariable,
  signatureText,
  TIMESTAMP_MEMBERS,
} from '../../../src/autoscale/index.js';

/** The page as Markdown. */
export function referencePage(): string {
  return [
    '# Reference of autoscale formulas',
    'Made from the tables in `src/autoscale`; `npm run golden` writes it anew. [formula.md](formula.md) is the page to read.',
    '## Variables of the service',
    table(['name', 'what it is', 'use'], [...SERVICE_VARIABLES.values()].map(variableRow)),
    '## Functions',
    'A `doubleVecList` is any mix of doubles and vectors. Names are case-sensitive.',
    table(['call', 'what it is'], [...BUILTINS.values()].map(callRow)),
    '## Methods of metrics',
    'A bound is an interval (so long ago) or a timestamp. Of two bounds either may come first.',
    table(['call', 'what it is'], [...METHODS.values()].map(callRow)),
    '## Operators',
    'What is not listed is an error of the evaluation. Besides: `-` before a double or an interval, `!` before a double, and `? :`.',
    table(
      ['left', 'operators', 'right', 'result'],
      OPERATORS.map(({ left, operators, right, result }) => [left, code(operators.join(' ')), right, result]),
    ),
    'From loosest to tightest: `? :` · `||` · `&&` · `== !=` · `< <= > >=` · `+ -` · `* /` · `- !` before a value · `.`',
    '## Times',
    `Intervals: ${[...INTERVAL_CONSTANTS.keys()].map(code).join(', ')}; a year has 365 days.`,
    `Members of a timestamp: ${[...TIMESTAMP_MEMBERS.keys()].map(code).join(', ')}; all in UTC, Monday is 1 and Sunday 0.`,
    '## Diagnostics',
    'BS300n: the service refuses the formula · BS301n: it fails whenever it runs · BS302n: it fails on what it finds when it runs ·',
    'BS303n, BS304n: legal, and rarely meant.',
    ...FORMULA_CODES.map(({ code: name, title, story, fix, refusal }) => {
      const answer = refusal === null ? '' : ` Batch answers 400 \`${refusal}\`.`;
      return `**${name}** ${title}. ${plain(story)}${answer} *${plain(fix)}*`;
    }),
    '',
  ]
    .join('\n\n')
    .replace('when it runs ·\n\nBS303n', 'when it runs ·\nBS303n')
    .trimEnd()
    .concat('\n');
}

function variableRow(variable: ServiceVariable): readonly string[] {
  const { name, doc } = variable;
  if (variable.kind !== 'metric') return [code(name), doc, 'assign and read'];
  const uses = { current: 'ask for samples', retired: 'retired: no samples any more', old: 'old name' };
  const use =
    variable.status === 'current' && variable.present !== null ? 'a number, or ask for samples' : uses[variable.status];
  return [code(name), doc, use];
}

function callRow({
  name,
  doc,
  overloads,
}: {
  name: string;
  doc: string;
  overloads: readonly Parameters<typeof signatureText>[1][];
}) {
  return [overloads.map((overload) => code(signatureText(name, overload))).join('<br>'), doc];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Stars and angles are operators here, not marks. */
function plain(text: string): string {
  return text.replaceAll(/[*<_[\]]/g, (sign) => `\\${sign}`);
}

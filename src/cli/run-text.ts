/** What `run` prints for people: the summary, the rules that held or did not, where the files are. Pure. */
import { formatBytes } from '../base/index.js';
import type { ExpectationResult, Summary } from '../recording/index.js';
import { summaryText } from '../report/index.js';
import { paints } from './paint.js';
import type { WrittenRun } from './write-run.js';

/** The block on standard output. */
export function runText(
  summary: Summary,
  expectations: readonly ExpectationResult[],
  written: { readonly folder: string; readonly run: WrittenRun } | null,
  terminal: { readonly stdoutColor: boolean; readonly unicode: boolean },
): string {
  const paint = paints(terminal.stdoutColor);
  const [head = '', ...rest] = summaryText(summary).split('\n');
  const lines = [
    paint.bold(head),
    ...rest.map((line) => line.replace(/^( {2})(\S+)/, (_, indent, label) => indent + paint.cyan(label))),
  ];
  expectations.forEach(({ text, met, actual }, i) => {
    const label = i === 0 ? `  ${paint.cyan('expect')}    ` : ' '.repeat(12);
    lines.push(`${label}${met ? paint.green('[ok]') : paint.red.bold('[FAIL]')} ${text} (${actual})`);
  });
  if (written !== null) {
    const { files, bytes } = written.run;
    lines.push(`  ${paint.cyan('files')}     ${written.folder}/  (${files} files, ${formatBytes(bytes)})`);
  }
  const text = lines.join('\n');
  return terminal.unicode ? text : text.replaceAll('·', '-').replaceAll('…', '...');
}

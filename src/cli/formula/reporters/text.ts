/** Test results for people: a line each, what differs below it, the counts at the end. Pure. */
import { paints } from '../../paint.js';
import { countResults, type TestReport, type TestResult } from '../test-result.js';

/** The report as text. */
export function textReport(reports: readonly TestReport[], color: boolean): string {
  const paint = paints(color);
  const lines = reports.flatMap(({ file, results }) => [
    file,
    ...results.flatMap((result) => resultLines(result, color)),
  ]);
  const { passed, failed } = countResults(reports);
  const counts = `${passed} passed, ${failed} failed`;
  return [...lines, failed === 0 ? paint.green(counts) : paint.red(counts)].join('\n');
}

function resultLines({ name, ok, says, place }: TestResult, color: boolean): readonly string[] {
  const paint = paints(color);
  if (ok) return [`  ${paint.green('ok')}    ${printable(name)}${says.length === 0 ? '' : `  (${says.join('; ')})`}`];
  const where = place === null ? [] : [`        at ${place}`];
  return [`  ${paint.red('FAIL')}  ${printable(name)}`, ...says.map((line) => `        ${printable(line)}`), ...where];
}

/** Control characters in a name must not reach the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (/\s/.test(character) ? ' ' : '\ufffd'));
}

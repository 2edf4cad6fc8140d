/** Test results in the Test Anything Protocol, version 14. Pure. */
import type { TestReport, TestResult } from '../test-result.js';

/** The report as TAP: one flat plan over all files. */
export function tapReport(reports: readonly TestReport[]): string {
  const tests = reports.flatMap(({ file, results }) => results.map((result) => ({ file, result })));
  const lines = tests.flatMap(({ file, result }, index) => testLines(file, result, index + 1));
  return ['TAP version 14', `1..${tests.length}`, ...lines].join('\n');
}

function testLines(file: string, { name, ok, says, place }: TestResult, number: number): readonly string[] {
  const head = `${ok ? 'ok' : 'not ok'} ${number} - ${escaped(`${file}: ${name}`)}`;
  if (ok) return [head];
  // A JSON string is a YAML string, and says all that a line of YAML cannot.
  const where = place === null ? [] : [`  at: ${JSON.stringify(place)}`];
  return [head, '  ---', '  severity: fail', ...where, `  message: ${JSON.stringify(says.join('\n'))}`, '  ...'];
}

/** A number sign would begin a directive, and a line end a new line of the protocol. */
function escaped(description: string): string {
  return description.replaceAll(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

/** Test results as JUnit XML, as servers of continuous integration read it. No times: the same results, the same bytes. */
import { countResults, type TestReport, type TestResult } from '../test-result.js';

/** The report as XML: a suite for each file. */
export function junitReport(reports: readonly TestReport[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="batchsim formula test"${countsOf(reports)}>`,
    ...reports.flatMap((report) => [
      `  <testsuite name="${escaped(report.file)}"${countsOf([report])}>`,
      ...report.results.flatMap((result) => caseLines(report.file, result)),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ].join('\n');
}

function countsOf(reports: readonly TestReport[]): string {
  const { passed, failed } = countResults(reports);
  const errors = reports.flatMap(({ results }) => results).filter(({ kind, ok }) => kind === 'file' && !ok).length;
  return ` tests="${passed + failed}" failures="${failed - errors}" errors="${errors}"`;
}

function caseLines(file: string, { kind, name, ok, says, place }: TestResult): readonly string[] {
  const head = `    <testcase classname="${escaped(file)}" name="${escaped(name)}"`;
  if (ok) return [`${head}/>`];
  const element = kind === 'file' ? 'error' : 'failure';
  const text = [...says, ...(place === null ? [] : [`at ${place}`])].join('\n');
  return [
    `${head}>`,
    `      <${element} message="${escaped(says[0] ?? '')}">${escaped(text)}</${element}>`,
    '    </testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way at all to write most control characters, lone surrogates, U+FFFE and U+FFFF. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

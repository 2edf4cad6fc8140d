/** Reports stay what they are whatever the names of cases hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonReport } from '../../../src/cli/formula/reporters/json.js';
import { junitReport } from '../../../src/cli/formula/reporters/junit.js';
import { tapReport } from '../../../src/cli/formula/reporters/tap.js';
import { textReport } from '../../../src/cli/formula/reporters/text.js';
import type { TestReport } from '../../../src/cli/formula/test-result.js';

/** Texts with all that XML, TAP and terminals trip over. */
const hostile = fc
  .array(
    fc.constantFrom(
      'a',
      '&',
      '<',
      '>',
      '"',
      "'",
      ']]>',
      '#',
      '\\',
      '\n',
      '\u0000',
      '\u001b[2J',
      '\ud800',
      '\u{1f600}',
      ' ',
    ),
  )
  .map((parts) => parts.join(''));
const reports: fc.Arbitrary<readonly TestReport[]> = fc.array(
  fc.record({
    file: hostile,
    results: fc.array(
      fc.record({
        kind: fc.constantFrom('case', 'property', 'file'),
        name: hostile,
        ok: fc.boolean(),
        says: fc.array(hostile, { maxLength: 2 }),
        place: fc.option(hostile),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 3 },
);
const TRIALS = { seed: 7, numRuns: 300 };

test('TAP has a line for each test, numbered as planned, and no directive that nobody wrote', () => {
  fc.assert(
    fc.property(reports, (given) => {
      const [version, plan, ...lines] = tapReport(given).split('\n');
      const results = given.flatMap((report) => report.results);
      const tests = lines.filter((line) => /^(not )?ok /.test(line));
      expect([version, plan, tests.length]).toEqual(['TAP version 14', `1..${results.length}`, results.length]);
      tests.forEach((line, i) => {
        expect(line.startsWith(`${results[i]?.ok ? 'ok' : 'not ok'} ${i + 1} - `)).toBe(true);
        expect(line.replaceAll(/\\[\\#]/g, '')).not.toContain('#');
      });
    }),
    TRIALS,
  );
});

test('JUnit is XML that can be read: tags are ours alone, and every character may stand there', () => {
  fc.assert(
    fc.property(reports, (given) => {
      const xml = junitReport(given);
      const bare = xml.replaceAll(/<\/?(?:testsuites?|testcase|failure|error)(?: \w+="[^"<>]*")*\/?>/g, '');
      expect(bare.replace('<?xml version="1.0" encoding="UTF-8"?>', '')).not.toMatch(/[<>]/);
      expect(xml.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
      expect(xml).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
    }),
    TRIALS,
  );
});

test('JSON gives back what it was given, and the counts add up', () => {
  fc.assert(
    fc.property(reports, (given) => {
      const document = JSON.parse(jsonReport(given));
      expect(document.files).toEqual(given);
      expect(document.passed + document.failed).toBe(given.flatMap(({ results }) => results).length);
    }),
    TRIALS,
  );
});

test('colour adds to the text and changes nothing else', () => {
  const given: TestReport = {
    file: 'f',
    results: [{ kind: 'case', name: 'n', ok: false, says: ['s'], place: 'f:1:1' }],
  };
  const colored = textReport([given], true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape of a colour
  expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(textReport([given], false));
  expect(colored).toContain('\u001b[31m');
  const hostileName: TestReport = {
    file: 'f',
    results: [{ kind: 'case', name: 'a\u001b[2J\nb', ok: true, says: [], place: null }],
  };
  expect(textReport([hostileName], false)).toContain('  ok    a\ufffd[2J b\n');
});

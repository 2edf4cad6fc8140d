/** A diagnostic shows the place, the line and a caret, whatever the source throws at it. */
import { describe, expect, test } from 'vitest';
import { type Diagnostic, fileSource, placeText, renderDiagnostic, type Source } from '../../src/base/index.js';

function at(source: Source, needle: string, given: Partial<Diagnostic> = {}): Diagnostic {
  const start = source.text.indexOf(needle);
  return {
    code: 'BS1234',
    severity: 'error',
    message: 'there is no pool called nigth',
    place: { source, span: { start, end: start + needle.length } },
    hint: 'did you mean night?',
    ...given,
  };
}

const SOURCE = fileSource('night.yaml', 'pools:\n  - id: night\njobs:\n  - poolId: nigth # typo\n');

describe('renderDiagnostic', () => {
  test('shows place, code, message, the line with carets under the span, and the hint', () => {
    expect(`\n${renderDiagnostic(at(SOURCE, 'nigth'))}`).toBe(`
night.yaml:4:13: error BS1234: there is no pool called nigth
  |
4 |   - poolId: nigth # typo
  |             ^^^^^
  = hint: did you mean night?`);
  });

  test('without a place there is the message, and the hint below it', () => {
    const diagnostic = at(SOURCE, 'x', { place: null, severity: 'warning', message: 'nothing would run' });
    expect(`\n${renderDiagnostic(diagnostic)}`).toBe(`
warning BS1234: nothing would run
  = hint: did you mean night?`);
  });

  test('without a hint it ends at the caret', () => {
    expect(renderDiagnostic(at(SOURCE, 'nigth', { hint: null })).split('\n')).toHaveLength(4);
  });

  test('the gutter is as wide as the number of the line', () => {
    const source = fileSource('a.yaml', `${'\n'.repeat(122)}bad: 1\n`);
    expect(`\n${renderDiagnostic(at(source, 'bad', { message: 'm' }))}`).toBe(`
a.yaml:123:1: error BS1234: m
    |
123 | bad: 1
    | ^^^
    = hint: did you mean night?`);
  });

  test('a span over several lines is marked to the end of its first', () => {
    const text = renderDiagnostic(at(SOURCE, 'night\njobs'));
    expect(text).toContain('2 |   - id: night\n  |         ^^^^^\n');
  });

  test('an empty span, and one at the very end, still has a caret', () => {
    const empty = { source: SOURCE, span: { start: 9, end: 9 } };
    expect(renderDiagnostic(at(SOURCE, 'x', { place: empty }))).toContain('\n  |   ^\n');
    const end = { source: SOURCE, span: { start: SOURCE.text.length, end: SOURCE.text.length } };
    expect(renderDiagnostic(at(SOURCE, 'x', { place: end }))).toContain('night.yaml:5:1: error');
    const outside = { source: SOURCE, span: { start: 9_999, end: 10_000 } };
    expect(renderDiagnostic(at(SOURCE, 'x', { place: outside }))).toContain('^');
  });

  test('a very long line is shown around the place alone', () => {
    const source = fileSource('min.json', `${'a'.repeat(5_000)}HERE${'b'.repeat(5_000)}`);
    const lines = renderDiagnostic(at(source, 'HERE')).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
    const caret = lines[3] as string;
    expect((lines[2] as string).slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('HERE');
  });

  test('control characters of a hostile file do not reach the terminal', () => {
    const source = fileSource('evil.yaml', 'key: \u001b[31mred\u0007\tend');
    const text = renderDiagnostic(at(source, 'red', { message: 'found \u001b]0;title\u0007', hint: 'no \u009b here' }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text).toContain('\ufffd[31mred');
  });

  test('the line end of Windows is not part of the line', () => {
    const source = fileSource('dos.yaml', 'a: 1\r\nbad: 2\r\n');
    expect(renderDiagnostic(at(source, 'bad'))).toContain('2 | bad: 2\n');
  });
});

test('placeText is file:line:column, or null for a problem of the whole run', () => {
  expect(placeText(at(SOURCE, 'nigth'))).toBe('night.yaml:4:13');
  expect(placeText(at(SOURCE, 'nigth', { place: null }))).toBe(null);
});

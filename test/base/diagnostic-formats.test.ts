import { describe, expect, test } from 'vitest';
import { type Diagnostic, diagnosticsAs, fileSource } from '../../src/base/index.js';

const source = fileSource('dir/a b.yaml', 'pools:\n  - vmSze: x\n');
const located: Diagnostic = {
  code: 'BS2003',
  severity: 'error',
  message: 'unknown key "vmSze": 100%',
  place: { source, span: { start: 11, end: 16 } },
  hint: 'did you mean "vmSize"?',
};
const mendable: Diagnostic = {
  ...located,
  fix: { title: 'write vmSize', edits: [{ span: { start: 11, end: 16 }, text: 'vmSize' }] },
};
const loose: Diagnostic = { code: 'BS2009', severity: 'note', message: 'that is all', place: null, hint: null };

describe('diagnosticsAs', () => {
  test('text shows place, line, caret and hint', () => {
    expect(`\n${diagnosticsAs('text', [located, loose])}\n`).toBe(`
dir/a b.yaml:2:5: error BS2003: unknown key "vmSze": 100%
  |
2 |   - vmSze: x
  |     ^^^^^
  = hint: did you mean "vmSize"?
note BS2009: that is all
`);
  });

  test('json carries a schema version and places counted from 1', () => {
    expect(JSON.parse(diagnosticsAs('json', [located, loose]))).toEqual({
      schemaVersion: 1,
      diagnostics: [
        {
          code: 'BS2003',
          severity: 'error',
          message: 'unknown key "vmSze": 100%',
          hint: 'did you mean "vmSize"?',
          place: { file: 'dir/a b.yaml', line: 2, column: 5, endLine: 2, endColumn: 10 },
        },
        { code: 'BS2009', severity: 'note', message: 'that is all', hint: null, place: null },
      ],
    });
  });

  test('json and sarif carry fixes, with places counted from 1', () => {
    const [first] = JSON.parse(diagnosticsAs('json', [mendable])).diagnostics;
    const place = { file: 'dir/a b.yaml', line: 2, column: 5, endLine: 2, endColumn: 10 };
    expect(first.fix).toEqual({ title: 'write vmSize', edits: [{ ...place, text: 'vmSize' }] });
    const [result] = JSON.parse(diagnosticsAs('sarif', [mendable])).runs[0].results;
    const deletedRegion = { startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 };
    expect(result.fixes).toEqual([
      {
        description: { text: 'write vmSize' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'dir/a%20b.yaml' },
            replacements: [{ deletedRegion, insertedContent: { text: 'vmSize' } }],
          },
        ],
      },
    ]);
  });

  test('github escapes what its commands would take for their own', () => {
    expect(diagnosticsAs('github', [located, loose])).toBe(
      '::error file=dir/a b.yaml,line=2,col=5,title=BS2003::unknown key "vmSze": 100%25 (hint: did you mean "vmSize"?)\n' +
        '::notice title=BS2009::that is all',
    );
  });

  test('sarif names each rule once and leaves out places that are not known', () => {
    const sarif = JSON.parse(diagnosticsAs('sarif', [located, located, loose], (code) => `title of ${code}`));
    const [run] = sarif.runs;
    expect(sarif.version).toBe('2.1.0');
    expect(run.tool.driver.rules).toEqual([
      { id: 'BS2003', shortDescription: { text: 'title of BS2003' } },
      { id: 'BS2009', shortDescription: { text: 'title of BS2009' } },
    ]);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'dir/a%20b.yaml' },
      region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 },
    });
    expect(run.results[2]).not.toHaveProperty('locations');
  });
});

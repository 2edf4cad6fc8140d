import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DROP_REASONS, PLAIN_COLUMNS, TRACE_CODES, TRACE_FORMATS } from '../../../src/scenario/traces/index.js';

const PAGE = readFileSync(new URL('../../../docs/traces.md', import.meta.url), 'utf8');

describe('what is written about traces', () => {
  test('the page lists the plain columns as the table in the code has them', () => {
    const section = (PAGE.split('## Columns of CSV and NDJSON')[1] as string).split('\n## ')[0] as string;
    const rows = [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map((match) => [match[1], match[2]]);
    expect(rows).toEqual(Object.entries(PLAIN_COLUMNS).map(([name, { doc }]) => [name, doc]));
  });

  test.each([...TRACE_FORMATS, ...DROP_REASONS])('the page explains %s', (word) => {
    expect(PAGE).toContain(`\`${word}\``);
  });

  test('codes are distinct, in their range, and each says what it means and what to do', () => {
    const codes = Object.values(TRACE_CODES);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    for (const { code, title, story, fix } of codes) {
      expect(code).toMatch(/^BS25\d\d$/);
      expect([title, story, fix].every((text) => text.length > 10)).toBe(true);
    }
  });
});

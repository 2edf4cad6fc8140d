import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { decimal, seconds, usd } from '../../src/report/csv.js';
import { COLUMN_DOCS, columnsMarkdown, csvChunks } from '../../src/report/index.js';

test('the header is there even without rows, and lines end in LF', () => {
  expect([...csvChunks('jobs.csv', [])].join('')).toBe(
    `${COLUMN_DOCS['jobs.csv'].columns.map((c) => c.name).join(',')}\n`,
  );
});

test('fields with commas, quotes and line ends come back as they were', () => {
  const row = ['a,b', 'c"d', 'e\nf', 'g\r', ' h ', 'ö✓', '', 0, -9];
  const text = [...csvChunks('tasks.csv', [row])].join('');
  expect(parse(text, { relax_column_count: true })[1]).toEqual(row.map(String));
});

test('many rows come in pieces, all of them once and in order', () => {
  function* rows() {
    for (let i = 0; i < 4321; i++) yield [i];
  }
  const pieces = [...csvChunks('tasks.csv', rows())];
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.join('').split('\n').slice(1, -1).map(Number)).toEqual(Array.from({ length: 4321 }, (_, i) => i));
});

test.each([
  [-1, ''],
  [0, '0'],
  [1, '0.001'],
  [1500, '1.5'],
  [3_600_000, '3600'],
  [6_665_828_073, '6665828.073'],
  [0.4999, '0'],
  [123.4567, '0.123'],
])('%d ms is written %j', (ms, text) => {
  expect(seconds(ms)).toBe(text);
});

test.each([
  [0, '0'],
  [-0, '0'],
  [null, ''],
  [Number.NaN, ''],
  [1e-9, '0.000000001'],
  [1e-10, '0'],
  [0.1 + 0.2, '0.3'],
  [1234567.891, '1234567.891'],
])('%d USD is written %j, never with an exponent', (amount, text) => {
  expect(usd(amount)).toBe(text);
});

test('a fraction loses no digit before the point to trimming', () => {
  expect(decimal(100.0000001, 3)).toBe('100');
  expect(decimal(10.5, 3)).toBe('10.5');
});

test('docs/columns.md is up to date', async () => {
  await expect(columnsMarkdown()).toMatchFileSnapshot('../../docs/columns.md');
});

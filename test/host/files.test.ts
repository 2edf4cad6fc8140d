import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../src/host/index.js';

let folder = '';
const files = nodeFiles();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-files-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function made(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function chunksOf(path: string): string {
  const chunks = files.readChunks(path);
  if (!chunks.ok) throw new Error(chunks.error);
  return [...chunks.value].join('');
}

describe('reading files', () => {
  test('plain and packed files read the same, whatever their ending', () => {
    const text = 'a\nb ä €\n';
    expect(chunksOf(made('plain.txt', text))).toBe(text);
    expect(chunksOf(made('packed.gz', gzipSync(text)))).toBe(text);
    expect(chunksOf(made('packed.txt', gzipSync(text)))).toBe(text);
    expect(files.readText(made('text.gz', gzipSync(text)))).toEqual({ ok: true, value: text });
  });

  test('a character that lies across two chunks stays whole', () => {
    const text = `${'x'.repeat(2 ** 20 - 1)}€${'y'.repeat(2 ** 20)}`;
    expect(chunksOf(made('long.txt', text)) === text).toBe(true);
    expect(chunksOf(made('long.gz', gzipSync(text))) === text).toBe(true);
  });

  test('chunks may be read again from the start', () => {
    const chunks = files.readChunks(made('again.txt', 'once'));
    if (!chunks.ok) throw new Error(chunks.error);
    expect([[...chunks.value], [...chunks.value]]).toEqual([['once'], ['once']]);
  });

  test('what cannot be read is a sentence with the path in it', () => {
    mkdirSync(join(folder, 'sub'));
    const missing = join(folder, 'missing');
    const broken = made('broken.gz', gzipSync('x'.repeat(1000)).subarray(0, 20));
    expect(files.readText(missing)).toEqual({ ok: false, error: `there is no file or folder ${missing}` });
    expect(files.readChunks(missing)).toEqual({ ok: false, error: `there is no file or folder ${missing}` });
    expect(files.readText(join(folder, 'sub'))).toEqual({ ok: false, error: `${folder}/sub is a folder, not a file` });
    expect(files.readChunks(join(folder, 'sub')).ok).toBe(false);
    expect(files.readText(broken)).toEqual({ ok: false, error: `${broken} is a damaged gzip file` });
    expect(files.readChunks(broken)).toEqual({ ok: false, error: `${broken} is a damaged gzip file` });
  });

  test('an empty file has no chunks', () => {
    expect(chunksOf(made('empty', ''))).toBe('');
  });

  test.each([
    ['a/b.yaml', 'c.csv', 'a/c.csv'],
    ['b.yaml', './c.csv', 'c.csv'],
    ['a/b.yaml', '../c.csv', 'c.csv'],
    ['a/b.yaml', '/x/c.csv', '/x/c.csv'],
  ])('from %s, %s is %s', (from, relative, expected) => {
    expect(files.resolve(from, relative)).toBe(expected);
  });
});

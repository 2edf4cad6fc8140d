import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkRunFolder, RunFolder, writeWhole } from '../../src/host/index.js';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'batchsim-folder-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function created(path: string): RunFolder {
  const folder = RunFolder.create(path);
  if (!folder.ok) throw new Error(folder.error.message);
  return folder.value;
}

async function writeRun(path: string, text: string): Promise<void> {
  const folder = created(path);
  await folder.write('run.json', [text]);
  expect(folder.commit()).toEqual({ ok: true, value: undefined });
}

describe('run folders', () => {
  test('nothing is seen under the name before commit, everything after it', async () => {
    const path = join(root, 'deep', 'run');
    const folder = created(path);
    await folder.write('run.json', ['{', '}']);
    expect(existsSync(path)).toBe(false);
    folder.commit();
    expect(readdirSync(dirname(path))).toEqual(['run']);
    expect(readFileSync(join(path, 'run.json'), 'utf8')).toBe('{}');
  });

  test('a file comes back with its size and SHA-256, whatever pieces it is made of', async () => {
    const folder = created(join(root, 'run'));
    const buffer = new Uint8Array(1);
    function* reused() {
      for (const byte of Buffer.from('abc')) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await folder.write('a', ['a', 'bc'])).toEqual({ name: 'a', bytes: 3, sha256 });
    expect(await folder.write('b', reused())).toEqual({ name: 'b', bytes: 3, sha256 });
  });

  test('an older run is replaced as a whole', async () => {
    const path = join(root, 'run');
    await writeRun(path, 'old');
    writeFileSync(join(path, 'tasks.csv'), 'old');
    await writeRun(path, 'new');
    expect(readdirSync(root)).toEqual(['run']);
    expect(readdirSync(path)).toEqual(['run.json']);
    expect(readFileSync(join(path, 'run.json'), 'utf8')).toBe('new');
  });

  test('a link to a run folder stays a link, and the run behind it is replaced', async () => {
    await writeRun(join(root, 'real'), 'old');
    symlinkSync(join(root, 'real'), join(root, 'link'));
    await writeRun(join(root, 'link'), 'new');
    expect(readFileSync(join(root, 'real', 'run.json'), 'utf8')).toBe('new');
    expect(readdirSync(root).sort()).toEqual(['link', 'real']);
  });

  test('a folder with other files, a file, and the current folder are refused as usage', () => {
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other', 'thesis.txt'), 'x');
    for (const path of [join(root, 'other'), join(root, 'other', 'thesis.txt'), '.', '..']) {
      expect(checkRunFolder(path)).toMatchObject({ ok: false, error: { kind: 'usage' } });
      expect(RunFolder.create(path).ok).toBe(false);
    }
    expect(readdirSync(root)).toEqual(['other']);
  });

  test('an empty folder and a new one may be used', () => {
    mkdirSync(join(root, 'empty'));
    expect(checkRunFolder(join(root, 'empty')).ok).toBe(true);
    expect(checkRunFolder(join(root, 'new')).ok).toBe(true);
  });

  test('what a killed run leaves stands in nobody’s way', async () => {
    const killed = created(join(root, 'run'));
    await killed.write('tasks.csv', ['half']);
    await writeRun(join(root, 'run'), 'whole');
    expect(readFileSync(join(root, 'run', 'run.json'), 'utf8')).toBe('whole');
    expect(readdirSync(root).filter((name) => name.startsWith('run.partial-'))).toHaveLength(1);
  });

  test('discard leaves nothing behind', async () => {
    const folder = created(join(root, 'run'));
    await folder.write('tasks.csv', ['half']);
    folder.discard();
    expect(readdirSync(root)).toEqual([]);
  });

  test('a folder that fills up while the run goes on is not replaced', async () => {
    const path = join(root, 'run');
    const folder = created(path);
    await folder.write('run.json', ['{}']);
    mkdirSync(path);
    writeFileSync(join(path, 'thesis.txt'), 'x');
    expect(folder.commit()).toMatchObject({ ok: false, error: { kind: 'usage' } });
    expect(readdirSync(path)).toEqual(['thesis.txt']);
  });
});

describe('single files', () => {
  test('are written whole, with their folder', () => {
    const path = join(root, 'a', 'b.json');
    expect(writeWhole(path, ['x', 'ä'])).toEqual({ ok: true, value: { bytes: 3 } });
    expect(readdirSync(dirname(path))).toEqual(['b.json']);
  });

  test('are not there when making them fails', () => {
    function* failing(): Generator<string> {
      yield 'half';
      throw new TypeError('a bug');
    }
    expect(() => writeWhole(join(root, 'c'), failing())).toThrow('a bug');
    expect(readdirSync(root)).toEqual([]);
  });

  test('a refusal of the system is a sentence', () => {
    writeFileSync(join(root, 'file'), '');
    expect(writeWhole(join(root, 'file', 'below'), ['x']).ok).toBe(false);
  });
});

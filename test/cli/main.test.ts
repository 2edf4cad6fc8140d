import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSupported, NODE_FLOOR } from '../../src/cli/commands/doctor.js';
import { Sandbox, SMALL } from './batchsim.js';

let box: Sandbox;

beforeAll(() => {
  box = new Sandbox();
  box.file('small.yaml', SMALL);
});
afterAll(() => box.remove());

const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('usage', () => {
  test('--version is that of the package', () => {
    for (const word of ['--version', '-V']) {
      expect(box.call([word])).toEqual({ code: 0, stdout: `${MANIFEST.version}\n`, stderr: '' });
    }
  });

  test.each([
    [['rnu', 'small.yaml'], 'error BS1001: unknown command "rnu"', 'did you mean run?'],
    [['run', 'small.yaml', '--seeed', '1'], 'error BS1002: unknown option "--seeed"', 'did you mean --seed?'],
    [['--verison'], 'error BS1002: unknown option "--verison"', 'did you mean --version?'],
    [['run'], 'error BS1003: missing required argument "file"', 'batchsim --help'],
    [['run', 'a', 'b'], 'error BS1003: too many arguments', 'batchsim --help'],
    [['run', 'a', '--seed'], 'error BS1003: option "--seed <N>" argument missing', 'batchsim --help'],
    [
      ['run', 'a', '--format', 'csvv'],
      'error BS1004: --format cannot be "csvv"; expected csv, json',
      'did you mean csv?',
    ],
    [['run', 'a', '--var', 'x'], 'error BS1004: --var cannot be "x"; expected KEY=VALUE', ''],
    [
      ['run', 'small.yaml', '--set', 'pools.q.vmSize=x'],
      '--set:1:1: error BS2012: pools has no item "q"',
      'did you mean',
    ],
    [['run', 'small.yaml', '--until', '5'], '--until:1:1: error BS2005: ', '5s for seconds'],
    [['completion', 'tcsh'], 'error BS1003: there is no completion for "tcsh"', ''],
    [['schema', 'task'], 'error BS1003: there is no schema of "task"', ''],
    [['explain', 'BS20033'], 'error BS1010: there is no code "BS20033"', 'did you mean BS2003?'],
    [['doctor', '--cwd', 'nowhere'], 'error BS1004: --cwd: there is no file or folder nowhere', ''],
  ])('%j exits 2 and says what was meant', (words, message, hint) => {
    const { code, stdout, stderr } = box.call(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('no command at all shows the overview on stderr and exits 2', () => {
    const { code, stdout, stderr } = box.call([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Commands');
  });

  test('help goes to stdout, by flag and by command', () => {
    const byFlag = box.call(['run', '--help']);
    expect(byFlag).toMatchObject({ code: 0, stderr: '' });
    expect(byFlag.stdout).toMatch(/^batchsim run: .*\n\nExamples\n/);
    expect(box.call(['help', 'run'])).toEqual(byFlag);
    expect(box.call(['--help'])).toEqual(box.call(['help']));
  });

  test('global flags may stand before or after the command', () => {
    const before = box.call(['--json', 'explain', 'BS1001']);
    expect(before).toEqual(box.call(['explain', 'BS1001', '--json']));
    expect(JSON.parse(before.stdout)).toMatchObject({ schemaVersion: 1, code: 'BS1001', title: 'unknown command' });
  });

  test('--cwd works as if started there', () => {
    mkdirSync(join(box.folder, 'sub'), { recursive: true });
    expect(box.call(['run', '../small.yaml', '--no-files', '--cwd', 'sub']).code).toBe(0);
  });
});

describe('a file that is not there', () => {
  test.each([['run'], ['validate']])('%s names it and exits 3', (command) => {
    const { code, stdout, stderr } = box.call([command, 'missing.yaml']);
    expect(code).toBe(3);
    expect(stdout + stderr).toContain('error BS2001: there is no file or folder missing.yaml');
    expect(stdout + stderr).not.toContain('    at ');
  });
});

describe('colour', () => {
  test('never in a pipe, unless asked for', () => {
    const bad = ['run', 'missing.yaml'];
    expect(box.call(bad).stderr).not.toContain('\u001b');
    expect(box.call([...bad, '--color', 'always']).stderr).toContain('\u001b[31m');
    expect(box.call([...bad, '--color', 'always'], { env: { NO_COLOR: '1' } }).stderr).toContain('\u001b[31m');
    expect(box.call(bad, { env: { FORCE_COLOR: '1' } }).stderr).toContain('\u001b[31m');
  });

  test('--glyphs ascii keeps to ASCII', () => {
    expect(box.call(['run', 'small.yaml', '--no-files']).stdout).toContain('·');
    const ascii = box.call(['run', 'small.yaml', '--no-files', '--glyphs', 'ascii']);
    expect(ascii.stdout).toMatch(/^[\n\x20-\x7e]+$/);
    expect(box.call(['run', 'small.yaml', '--no-files'], { env: { LANG: 'C' } }).stdout).toBe(ascii.stdout);
  });
});

describe('explain, doctor, schema', () => {
  test('explain tells the story of a code, in any case of letters, and lists all', () => {
    expect(box.call(['explain', 'bs2003']).stdout).toMatch(/^BS2003: unknown key\n\n.*What to do: /s);
    const list = box.call(['explain']).stdout;
    for (const code of ['BS1001', 'BS2001', 'BS2501']) expect(list).toContain(code);
  });

  test('doctor says what it found, also as JSON', () => {
    expect(box.call(['doctor']).stdout).toContain(process.versions.node);
    const facts = JSON.parse(box.call(['doctor', '--json'], { env: { BATCHSIM_SEED: '1' } }).stdout);
    expect(facts).toMatchObject({ schemaVersion: 1, node: process.versions.node, variables: ['BATCHSIM_SEED'] });
  });

  test('doctor knows the oldest Node that the package allows', () => {
    expect(MANIFEST.engines.node).toBe(`>=${NODE_FLOOR.join('.')}`);
    expect(['20.18.9', '18.0.0', '20.19.0', '22.1.0'].map(isSupported)).toEqual([false, false, true, true]);
  });

  test('schema prints to stdout or writes a file, the same text', () => {
    const { stdout } = box.call(['schema']);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(box.call(['schema', '--out', 'deep/s.json'])).toMatchObject({ code: 0, stdout: '' });
    expect(box.read('deep/s.json')).toBe(stdout);
  });
});

/** `formula vectors`, end to end. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

const SPECIFICATION = readFileSync('test/golden/autoscale-vectors.json', 'utf8');

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
  sandbox.file('all.json', SPECIFICATION);
  const changed = SPECIFICATION.replace('"targetDedicated": 14', '"targetDedicated": 15').replace(
    '"error": "syntax"',
    '"error": "limit"',
  );
  sandbox.file('changed.json', changed);
  sandbox.file('invalid.json', SPECIFICATION.replace('"targetDedicated": 14', '"targetDedicatd": 14'));
});
afterAll(() => sandbox.remove());

describe('formula vectors', () => {
  test('the vectors of the specification pass, and the counts are the last line', () => {
    expect(sandbox.call(['formula', 'vectors', 'all.json'])).toEqual({
      code: 0,
      stdout: '72 passed, 0 failed\n',
      stderr: '',
    });
  });

  test('a line for each that differs, with what was expected and what came out; exit 4', () => {
    const { code, stdout } = sandbox.call(['formula', 'vectors', 'changed.json']);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(4);
    expect(lines[0]).toBe('AS-007 multiplication before addition: targetDedicated: expected 15, got 14');
    expect(lines[1]).toMatch(/^AS-\d+ .*: error: expected limit, got syntax \(Line 1, Col \d+: .*\)$/);
    expect(lines.at(-1)).toBe(`${72 - (lines.length - 1)} passed, ${lines.length - 1} failed`);
  });

  test('as JSON', () => {
    const { stdout } = sandbox.call(['formula', 'vectors', 'changed.json', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ schemaVersion: 1, passed: 70, failed: 2 },
      differing: [
        { id: 'AS-007', differences: [{ what: 'targetDedicated', expected: '15', got: '14' }] },
        { id: 'AS-065' },
      ],
    });
  });

  test('a file that is none is told with its place, exit 3; one that is not there exits 2', () => {
    const invalid = sandbox.call(['formula', 'vectors', 'invalid.json']);
    expect([invalid.code, invalid.stdout]).toEqual([3, '']);
    expect(invalid.stderr).toMatch(
      /^invalid\.json:10:\d+: error BS2003: unknown key "targetDedicatd" in vectors\.AS-007\.expect\n/,
    );
    expect(sandbox.call(['formula', 'vectors', 'none.json'])).toMatchObject({ code: 2, stdout: '' });
  });

  test('standard input is read for -', () => {
    const { code, stdout } = sandbox.call(['formula', 'vectors', '-'], { input: SPECIFICATION });
    expect([code, stdout]).toEqual([0, '72 passed, 0 failed\n']);
  });
});

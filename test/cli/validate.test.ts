import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox, SMALL } from './batchsim.js';

let box: Sandbox;

beforeAll(() => {
  box = new Sandbox();
  box.file('small.yaml', SMALL);
  box.file('typo.yaml', SMALL.replace('vmSize:', 'vmSze:'));
  box.file('never.yaml', SMALL.replace('poolId: p', 'poolId: q'));
});
afterAll(() => box.remove());

describe('validate', () => {
  test('says what a good scenario would run', () => {
    expect(box.call(['validate', 'small.yaml'])).toEqual({
      code: 0,
      stdout: [
        'small.yaml: 20 tasks in 1 job on 1 pool (2 dedicated nodes, 4 cores)',
        '  account: 4 of 900 dedicated cores',
        '  account: 4 cores of standardDSv5Family, no quota binds',
        '0 errors, 0 warnings',
        '',
      ].join('\n'),
      stderr: 'next: batchsim run small.yaml\n',
    });
  });

  test('a typo is shown at its place with a caret and a guess, and exits 3', () => {
    const { code, stdout, stderr } = box.call(['validate', 'typo.yaml']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^typo\.yaml:4:14: error BS2003: unknown key "vmSze"/m);
    expect(stdout).toContain('4 |   - { id: p, vmSze: Standard_D2s_v5');
    expect(stdout).toMatch(/^ {2}\| {14}\^{5}$/m);
    expect(stdout).toContain('vmSize');
    expect(stderr).toMatch(/^next: batchsim explain BS\d{4}\n$/);
  });

  test('what can never run is named beforehand: a warning, that --strict turns into exit 3', () => {
    const lenient = box.call(['validate', 'never.yaml']);
    expect(lenient.code).toBe(0);
    expect(lenient.stdout).toMatch(/warning BS2304: /);
    expect(lenient.stdout).toMatch(/0 errors, 1 warning\n$/);
    expect(box.call(['validate', 'never.yaml', '--strict']).code).toBe(3);
    expect(box.call(['run', 'never.yaml', '--no-files']).stderr).toMatch(/warning BS2304: /);
  });

  test('several files are all reported', () => {
    const { code, stdout } = box.call(['validate', 'small.yaml', 'typo.yaml', 'never.yaml']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/small\.yaml: 20 tasks[\s\S]*typo\.yaml:4:14[\s\S]*never\.yaml: 20 tasks/);
  });

  test('--json has every diagnostic with its place, and the plan', () => {
    const { stdout } = box.call(['validate', '--json', 'typo.yaml', 'small.yaml']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      valid: false,
      errors: expect.any(Number),
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          code: 'BS2003',
          place: expect.objectContaining({ file: 'typo.yaml', line: 4, column: 14 }),
        }),
      ]),
      files: [
        { file: 'typo.yaml', plan: null },
        { file: 'small.yaml', plan: { taskCount: 20, jobCount: 1 } },
      ],
    });
  });

  test('--format github and sarif are for code hosts', () => {
    const github = box.call(['validate', '--format', 'github', 'typo.yaml']);
    expect([github.code, github.stdout]).toEqual([
      3,
      expect.stringMatching(/^::error file=typo\.yaml,line=4,col=14,title=BS2003::/m),
    ]);
    const sarif = JSON.parse(box.call(['validate', '--format', 'sarif', 'typo.yaml']).stdout);
    expect(sarif.runs[0].results).toContainEqual(expect.objectContaining({ ruleId: 'BS2003', level: 'error' }));
    expect(sarif.runs[0].tool.driver.rules).toContainEqual({ id: 'BS2003', shortDescription: { text: 'unknown key' } });
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEMPLATES } from '../../src/cli/templates.js';
import { Sandbox } from './batchsim.js';

let box: Sandbox;

beforeAll(() => {
  box = new Sandbox();
});
afterAll(() => box.remove());

describe('init', () => {
  test.each(Object.keys(TEMPLATES))(
    '%s validates without a warning, runs and gets all of its work done',
    (template) => {
      const made = box.call(['init', template, '--template', template]);
      expect(made.code).toBe(0);
      expect(made.stderr).toBe(`next: batchsim run ${template}/scenario.yaml\n`);
      const text = box.read(`${template}/scenario.yaml`);
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/\.batchsim\/scenario\.schema\.json\n#/);
      expect(JSON.parse(box.read(`${template}/.batchsim/scenario.schema.json`))).toHaveProperty('$schema');
      expect(box.call(['validate', '--strict', `${template}/scenario.yaml`]).code).toBe(0);
      const run = box.call(['run', `${template}/scenario.yaml`, '--no-files', '--json']);
      expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') });
      const { tasks } = JSON.parse(run.stdout);
      expect(tasks.succeeded / tasks.total).toBeGreaterThan(0.98);
    },
  );

  test('lists its templates', () => {
    const { stdout } = box.call(['init', '--list']);
    for (const [name, summary] of Object.entries(TEMPLATES)) expect(stdout).toContain(`${name.padEnd(12)}  ${summary}`);
  });

  test('overwrites no scenario, and says which is there', () => {
    box.call(['init', 'twice']);
    box.file('twice/scenario.yaml', 'mine');
    const { code, stderr } = box.call(['init', 'twice', '--template', 'ci-farm']);
    expect(code).toBe(2);
    expect(stderr).toContain('error BS1012: twice/scenario.yaml is already there');
    expect(box.read('twice/scenario.yaml')).toBe('mine');
  });

  test('leaves the settings of an editor as they are', () => {
    box.call(['init', 'edited']);
    box.file('edited/.vscode/settings.json', '{}');
    box.shell('rm edited/scenario.yaml');
    expect(box.call(['init', 'edited']).stdout).not.toContain('.vscode');
    expect(box.read('edited/.vscode/settings.json')).toBe('{}');
  });

  test('the trace template is what its own first lines say: import of the sample', () => {
    box.call(['init', 'sampled', '--template', 'trace']);
    const words = /batchsim (import .*) -o imported/.exec(box.read('sampled/scenario.yaml'))?.[1]?.split(' ') ?? [];
    box.call([...words, '-o', 'imported', '--cwd', 'sampled']);
    expect(readdirSync(join(box.folder, 'sampled', 'imported'))).toEqual(['scenario.yaml', 'tasks.ndjson']);
    expect(box.read('sampled/imported/tasks.ndjson')).toBe(box.read('sampled/tasks.ndjson'));
    expect(box.read('sampled/scenario.yaml').endsWith(box.read('sampled/imported/scenario.yaml'))).toBe(true);
  });
});

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

const LOG = `; MaxProcs: 8
1 100 -1 60 2 -1 -1 2 -1 -1 1 1 1 -1 1 -1 -1 -1
2 110 -1 30 1 -1 -1 1 -1 -1 1 1 1 -1 1 -1 -1 -1
3 120 -1 -1 4 -1 -1 4 -1 -1 5 1 1 -1 1 -1 -1 -1
4 130 -1 90 4 -1 -1 4 -1 -1 1 1 1 -1 1 -1 -1 -1
`;

let box: Sandbox;

beforeAll(() => {
  box = new Sandbox();
  box.file('log.swf', LOG);
  writeFileSync(join(box.folder, 'log.swf.gz'), gzipSync(LOG));
});
afterAll(() => box.remove());

describe('import', () => {
  test('makes a scenario that runs, and tells what it left out', () => {
    const { code, stdout, stderr } = box.call([
      'import',
      'log.swf',
      '--nodes',
      '1',
      '--task-order',
      'ready',
      '-o',
      'a',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/tasks {7}3 · 0 dependencies/);
    expect(stdout).toMatch(/left out {4}1 row\n +1 {2}no-runtime\n +line 4: no-runtime/);
    expect(stderr).toContain('next: batchsim run a/scenario.yaml');
    expect(readdirSync(join(box.folder, 'a')).sort()).toEqual(['scenario.yaml', 'tasks.ndjson']);
    const run = JSON.parse(box.call(['run', 'a/scenario.yaml', '--no-files', '--json']).stdout);
    // One slot: 0 to 60, 60 to 90, 90 to 180 s after the first submission.
    expect(run).toMatchObject({ makespan_s: 180, tasks: { succeeded: 3 }, wait_s: { sum: 50 + 60 } });
  });

  test('gzip is unpacked, and gives the same', () => {
    box.call(['import', 'log.swf', '-o', 'plain']);
    box.call(['import', 'log.swf.gz', '-o', 'packed']);
    expect(box.read('packed/tasks.ndjson')).toBe(box.read('plain/tasks.ndjson'));
  });

  test('--json prints the figures', () => {
    const { stdout } = box.call(['import', 'log.swf', '--json', '-o', 'b']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      tasks: 3,
      edges: 0,
      dropped: { total: 1, byReason: { 'no-runtime': 1 } },
      total_runtime_s: 180,
      critical_path_s: 90,
      tasks_by_level: [3],
    });
  });

  test('--slots processors names what can never run', () => {
    const { stderr } = box.call(['import', 'log.swf', '--slots', 'processors', '-o', 'c']);
    expect(stderr).toMatch(/warning BS2512: 1 tasks need more than the 2 slots of a node/);
  });

  test('--head, --scale and --timing reach the importer', () => {
    const words = ['import', 'log.swf', '--head', '1', '--scale', '0.5', '--timing', 'typical', '--json', '-o', 'd'];
    expect(JSON.parse(box.call(words).stdout)).toMatchObject({ tasks: 1, total_runtime_s: 30 });
    expect(box.read('d/scenario.yaml')).toContain('timing: typical');
  });

  test('--map reads columns under other names', () => {
    box.file('jobs.csv', 'name,began,took\na,0,5\nb,1,5\n');
    const words = [
      'import',
      'jobs.csv',
      '--map',
      'name=id',
      '--map',
      'began=submit_s',
      '--map',
      'took=runtime_s',
      '--json',
      '-o',
      'e',
    ];
    expect(JSON.parse(box.call(words).stdout)).toMatchObject({ tasks: 2, total_runtime_s: 10 });
  });

  test('an older import is replaced, a scenario that somebody wrote is not', () => {
    expect(box.call(['import', 'log.swf', '-o', 'a']).code).toBe(0);
    box.call(['init', 'mine']);
    const { code, stderr } = box.call(['import', 'log.swf', '-o', 'mine']);
    expect(code).toBe(2);
    expect(stderr).toContain('error BS1012: mine/scenario.yaml is already there and was not made by import');
  });

  test.each([
    [['--vm-size', 'Standard_D2_v55'], 2, 'did you mean Standard_D2'],
    [['--nodes', '0'], 2, '--nodes cannot be "0"'],
    [['--map', 'x'], 2, '--map cannot be "x"; expected THEIRS=OURS'],
    [['--from', 'wfformat'], 3, 'error BS2503'],
  ])('%j exits %i', (words, expected, message) => {
    const { code, stdout, stderr } = box.call(['import', 'log.swf', '-o', 'never', ...words]);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(message);
    expect(readdirSync(box.folder)).not.toContain('never');
  });

  test('a file that is not there, or is damaged, is a sentence', () => {
    expect(box.call(['import', 'nope.swf'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no file or folder nope.swf'),
    });
    writeFileSync(join(box.folder, 'cut.swf.gz'), gzipSync(LOG).subarray(0, 30));
    expect(box.call(['import', 'cut.swf.gz'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('cut.swf.gz is a damaged gzip file'),
    });
  });
});

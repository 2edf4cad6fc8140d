import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENDLESS, Sandbox, SMALL } from './batchsim.js';

let box: Sandbox;

beforeEach(() => {
  box = new Sandbox();
  box.file('small.yaml', SMALL);
});
afterEach(() => box.remove());

describe('run', () => {
  test('prints the summary on stdout, the next command on stderr, and writes the run folder', () => {
    const { code, stdout, stderr } = box.call(['run', 'small.yaml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^small · seed 1 · 10m simulated/);
    expect(stdout).toMatch(/ {2}tasks {5}20 ok/);
    const folder = /files {5}(reports\/small-[0-9a-f]{6})\//.exec(stdout)?.[1] ?? '';
    expect(readdirSync(join(box.folder, folder)).sort()).toEqual([
      'attribution.csv',
      'cost.csv',
      'events.ndjson',
      'job-times.csv',
      'jobs.csv',
      'nodes.csv',
      'recording.bin',
      'run.json',
      'scenario.resolved.yaml',
      'summary.json',
      'tasks.csv',
      'utilization.csv',
    ]);
    expect(stderr).toBe('next: batchsim run small.yaml --set pools.p.targetDedicatedNodes=4\n');
  });

  test('the same run lands in the same folder with the same bytes; another seed in another', () => {
    box.call(['run', 'small.yaml']);
    const [folder = ''] = readdirSync(join(box.folder, 'reports'));
    const manifest = box.read(`reports/${folder}/run.json`);
    box.call(['run', 'small.yaml']);
    expect(readdirSync(join(box.folder, 'reports'))).toEqual([folder]);
    expect(box.read(`reports/${folder}/run.json`)).toBe(manifest);
    box.call(['run', 'small.yaml', '--seed', '2']);
    expect(readdirSync(join(box.folder, 'reports'))).toHaveLength(2);
  });

  test('--json prints exactly summary.json', () => {
    const { stdout } = box.call(['run', 'small.yaml', '--json', '-o', 'out']);
    expect(stdout).toBe(box.read('out/summary.json'));
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      makespan_s: 600,
      tasks: { total: 20, succeeded: 20 },
    });
  });

  test('scenario.resolved.yaml runs to the same digest', () => {
    const first = JSON.parse(box.call(['run', 'small.yaml', '--json', '-o', 'out', '--seed', '9']).stdout);
    const again = JSON.parse(box.call(['run', 'out/scenario.resolved.yaml', '--json', '--no-files']).stdout);
    expect(again.digest).toBe(first.digest);
    expect(again.seed).toEqual(first.seed);
  });

  test('--no-files writes nothing', () => {
    expect(box.call(['run', 'small.yaml', '--no-files']).code).toBe(0);
    expect(readdirSync(box.folder)).toEqual(['small.yaml']);
  });

  test('--format chooses the files', () => {
    box.call(['run', 'small.yaml', '-o', 'a', '--format', 'json']);
    expect(readdirSync(join(box.folder, 'a')).sort()).toEqual([
      'events.ndjson',
      'recording.bin',
      'run.json',
      'scenario.resolved.yaml',
      'summary.json',
    ]);
    box.call(['run', 'small.yaml', '-o', 'b', '--format', 'csv']);
    expect(existsSync(join(box.folder, 'b', 'events.ndjson'))).toBe(false);
    expect(existsSync(join(box.folder, 'b', 'tasks.csv'))).toBe(true);
  });

  test('flag over variable over scenario', () => {
    box.file('seeded.yaml', SMALL.replace('name: small', 'name: small\nseed: 5'));
    const seedOf = (words: string[], env = {}) =>
      JSON.parse(box.call(['run', 'seeded.yaml', '--no-files', '--json', ...words], { env }).stdout).seed;
    expect(seedOf([])).toBe(5);
    expect(String(seedOf([], { BATCHSIM_SEED: '6' }))).toBe('6');
    expect(String(seedOf(['--seed', '7'], { BATCHSIM_SEED: '6' }))).toBe('7');
  });

  test('--set, --until and --var change the run', () => {
    const run = (...words: string[]) =>
      JSON.parse(box.call(['run', 'small.yaml', '--no-files', '--json', ...words]).stdout);
    expect(run('--set', 'pools.p.targetDedicatedNodes=4').makespan_s).toBe(300);
    expect(run('--until', '90s')).toMatchObject({ end_s: 90, tasks: { succeeded: 2, running: 2, active: 16 } });
    box.file(
      'small.yaml',
      SMALL.replace('version: 1', 'version: 1\nvars: { n: 2 }').replace(
        'targetDedicatedNodes: 2',
        `targetDedicatedNodes: "\${vars.n}"`,
      ),
    );
    expect(run().makespan_s).toBe(600);
    expect(run('--var', 'n=5').makespan_s).toBe(240);
  });

  test('- reads the scenario from standard input, in YAML or JSON', () => {
    const outcome = box.call(['run', '-', '--no-files', '--json'], { input: SMALL });
    expect(JSON.parse(outcome.stdout).makespan_s).toBe(600);
    const json = '{"version":1,"pools":[{"id":"p","vmSize":"Standard_D2s_v5","targetDedicatedNodes":1}]}';
    expect(box.call(['run', '-', '--no-files'], { input: json }).code).toBe(0);
    const bad = box.call(['run', '-'], { input: 'version: 2\n' });
    expect([bad.code, bad.stdout]).toEqual([3, '']);
    expect(bad.stderr).toMatch(/^<stdin>:1:10: error BS\d{4}: /);
  });

  test('--quiet leaves the result alone on stdout and nothing on stderr', () => {
    const { stdout, stderr } = box.call(['run', 'small.yaml', '--no-files', '-q']);
    expect(stdout).toMatch(/^small/);
    expect(stderr).toBe('');
  });

  test('--check-determinism runs twice and says that both agree', () => {
    const { code, stderr } = box.call(['run', 'small.yaml', '--no-files', '--check-determinism']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/two runs gave the same events and the same digest, [0-9a-f]{32}/);
  });
});

describe('expect', () => {
  const withRules = (...rules: string[]) => `${SMALL}expect: ${JSON.stringify(rules)}\n`;

  test('rules that hold are listed and exit 0; one that does not exits 4 and stands in summary.json', () => {
    box.file('ok.yaml', withRules('makespan <= 10m', 'tasks.failed <= 0.5%'));
    const good = box.call(['run', 'ok.yaml', '--no-files']);
    expect(good.code).toBe(0);
    expect(good.stdout).toContain('[ok] makespan <= 10m (10m)');
    box.file('bad.yaml', withRules('makespan <= 10m', 'wait.p95 < 8m'));
    const bad = box.call(['run', 'bad.yaml', '-o', 'out']);
    expect(bad.code).toBe(4);
    expect(bad.stdout).toContain('[FAIL] wait.p95 < 8m (9m)');
    expect(JSON.parse(box.read('out/summary.json')).expect).toEqual([
      { text: 'makespan <= 10m', met: true, actual: '10m' },
      { text: 'wait.p95 < 8m', met: false, actual: '9m' },
    ]);
  });

  test('a rule that cannot be read is found before the run, at its place', () => {
    box.file('typo.yaml', withRules('makespn <= 10m'));
    const { code, stderr } = box.call(['run', 'typo.yaml']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^typo\.yaml:9:10: error BS1014: there is no metric makespn\n/);
    expect(stderr).toContain('did you mean makespan?');
    expect(existsSync(join(box.folder, 'reports'))).toBe(false);
  });
});

describe('onActionError', () => {
  const refused = `${SMALL}actions:\n  - { at: +1m, resizePool: { poolId: nowhere, targetDedicatedNodes: 3 } }\n`;

  test('ERR-19 a refused action stops a run that says fail: it exits 4, names the refusal, and writes what there is', () => {
    box.file('refused.yaml', `${refused}model: { options: { onActionError: fail } }\n`);
    const { code, stdout, stderr } = box.call(['run', 'refused.yaml', '-o', 'out']);
    expect(code).toBe(4);
    expect(stderr).toContain('BS1017');
    expect(stderr).toContain('resizePool of pool nowhere was refused with PoolNotFound');
    expect(stdout).toContain('A refused operation stopped the run at 60 s');
    expect(JSON.parse(box.read('out/run.json'))).toMatchObject({ complete: false });
    expect(box.call(['explain', 'BS1017']).stdout).toContain('onActionError');
  });

  test('ERR-19 by default, or where the refusal is expected, the run goes on and exits 0', () => {
    box.file('refused.yaml', refused);
    expect(box.call(['run', 'refused.yaml', '--no-files']).code).toBe(0);
    const expected = refused.replace('resizePool:', 'expectError: PoolNotFound, resizePool:');
    box.file('expected.yaml', `${expected}model: { options: { onActionError: fail } }\n`);
    expect(box.call(['run', 'expected.yaml', '--no-files']).code).toBe(0);
  });
});

describe('the run folder', () => {
  test('an older run is replaced, an empty folder used, anything else refused before the run', () => {
    mkdirSync(join(box.folder, 'empty'));
    expect(box.call(['run', 'small.yaml', '-o', 'empty']).code).toBe(0);
    expect(box.call(['run', 'small.yaml', '-o', 'empty', '--seed', '2']).code).toBe(0);
    expect(String(JSON.parse(box.read('empty/run.json')).seed)).toBe('2');
    mkdirSync(join(box.folder, 'mine'));
    box.file('mine/thesis.txt', 'x');
    const refused = box.call(['run', 'small.yaml', '-o', 'mine']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^error BS1007: mine is not empty and holds no run\.json/);
    expect(readdirSync(join(box.folder, 'mine'))).toEqual(['thesis.txt']);
    expect(box.call(['run', 'small.yaml', '-o', 'small.yaml']).code).toBe(2);
    expect(box.call(['run', 'small.yaml', '-o', '.']).code).toBe(2);
  });

  test('a folder that cannot be made exits 1 with a sentence', () => {
    const { code, stderr } = box.call(['run', 'small.yaml', '-o', 'small.yaml/below']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error BS1006: /);
  });
});

describe('signals', () => {
  beforeEach(() => box.file('endless.yaml', ENDLESS));
  const GO = 'simulating with seed';

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops the run, writes what there is as incomplete, and exits %i', async (signal, expected) => {
    const words = ['run', 'endless.yaml', '--verbose', '-o', 'out', '--json'];
    const { code, stdout, stderr } = await box.interrupt(words, [{ said: GO, signal }]);
    expect(code).toBe(expected);
    expect(stderr).toContain('stopping');
    expect(JSON.parse(stdout)).toMatchObject({ complete: false });
    expect(JSON.parse(box.read('out/run.json'))).toMatchObject({ complete: false });
    expect(readdirSync(box.folder).sort()).toEqual(['endless.yaml', 'out', 'small.yaml']);
  });

  test('the second quits at once and leaves no folder', async () => {
    const { code, stdout } = await box.interrupt(
      ['run', 'endless.yaml', '--verbose', '-o', 'out'],
      [
        { said: GO, signal: 'SIGINT' },
        { said: 'stopping', signal: 'SIGINT' },
      ],
    );
    expect(code).toBe(130);
    expect(stdout).toBe('');
    expect(readdirSync(box.folder).sort()).toEqual(['endless.yaml', 'small.yaml']);
  });
});

describe('streams that break', () => {
  test('a closed pipe ends with a sentence and exit 1; the run folder is whole', () => {
    const { stderr } = box.shell('{ batchsim run small.yaml -o out; echo "exit $?" >&2; } | true');
    expect(stderr).toContain('error BS1008: the reader of the output went away before all of it was written');
    expect(stderr).toContain('exit 1');
    expect(existsSync(join(box.folder, 'out', 'run.json'))).toBe(true);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout ends with a sentence and exit 1', () => {
    for (const line of [
      'batchsim run small.yaml --no-files > /dev/full',
      'batchsim --help > /dev/full',
      'batchsim schema > /dev/full',
    ]) {
      const { code, stderr } = box.shell(line);
      expect(code).toBe(1);
      expect(stderr).toContain('error BS1008: the disk is full');
    }
  });

  test('a disk that refuses the run folder ends with a sentence and exit 1, and leaves no folder', () => {
    // A limit on the size of files stands in for a full disk: the same refusal in the middle of a write.
    const { code, stdout, stderr } = box.shell("trap '' XFSZ; ulimit -f 4; batchsim run small.yaml -o out");
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/error BS1006: out grew beyond the largest file allowed here/);
    expect(readdirSync(box.folder)).toEqual(['small.yaml']);
  });

  test('a full or closed stderr changes nothing', () => {
    expect(box.shell('batchsim run small.yaml --no-files 2> /dev/full').code).toBe(0);
    expect(box.shell('batchsim run small.yaml --no-files 2>&-').code).toBe(0);
  });
});

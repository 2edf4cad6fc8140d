import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { why } from '../../src/cli/commands/why.js';
import { Output } from '../../src/cli/output.js';
import { makeScenario } from '../../src/model/index.js';
import { encodeRecording, type Recording } from '../../src/recording/index.js';
import { nodeState, type Told, tell } from '../helpers/story.js';

const ROWS: readonly Told[] = [
  [0, 'poolAdded', 0],
  [0, 'resizeStarted', 0, 0],
  [0, 'jobAdded', 0],
  [0, 'nodeState', 0, nodeState('idle')],
  [1, 'resizeEnded', 0, 0],
  [1, 'taskAdded', 0, 1],
  [1, 'taskAdded', 1, 0],
  [60, 'taskStarted', 0, 0],
  [120, 'taskFinished', 0, 3],
];
const RECORDING = tell({
  endS: 600,
  tasks: [{ id: 'bad' }, { id: 'child' }],
  nodes: [{}],
  resizes: [{ targetDedicatedNodes: 1, endMs: 1000 }],
  rows: ROWS,
  unfinished: [[1, 'blockedByDependency']],
});
const SCENARIO = `version: 1
pools: [{ id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]
jobs:
  - id: j
    poolInfo: { poolId: p }
    usesTaskDependencies: true
    tasks: [{ id: bad }, { id: child, dependsOn: { taskIds: [bad] } }]
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'batchsim-why-'));
  write('run', RECORDING, SCENARIO);
  write('no-log', { ...RECORDING, log: null }, SCENARIO);
  write('no-scenario', RECORDING, 'version: what');
  write('cut', RECORDING, SCENARIO);
  writeFileSync(join(folder, 'cut', 'recording.bin'), 'gone');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, recording: Recording, scenario: string): void {
  const path = join(folder, name);
  mkdirSync(path);
  const bytes = Buffer.concat([...encodeRecording({ scenario: makeScenario({ accounts: [] }), recording })]);
  writeFileSync(join(path, 'run.json'), '{}');
  writeFileSync(join(path, 'recording.bin'), bytes);
  writeFileSync(join(path, 'scenario.resolved.yaml'), scenario);
}

/** The command in this process: exit code and both streams. */
async function call(args: readonly string[], given: { at?: string; pool?: string; json?: boolean } = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk;
        done();
      },
    });
  const terminal = {
    stdoutColor: false,
    stderrColor: false,
    unicode: false,
    cursor: false,
    width: 80,
    resultWidth: 80,
  };
  const output = new Output(stream('stdout'), stream('stderr'), terminal, false);
  const context = { output, terminal, env: {}, version: '0', subject: { seed: null } };
  const flags = { json: given.json ?? false, quiet: false, verbose: false, noInput: false };
  const options = { ...flags, color: null, glyphs: null, cwd: null, at: given.at ?? null, pool: given.pool ?? null };
  const [run = '', ...rest] = args;
  const code = await why({ context, args: [join(folder, run), ...rest], options });
  return { code, ...written };
}

describe('batchsim why', () => {
  test('a task at the end of the run, in words', async () => {
    expect(await call(['run', 'task', 'j/child'])).toEqual({
      code: 0,
      stdout: `task j/child at 0:10: active
  it depends on bad, which completed with exit code 3: that blocks, and it never runs (DEP-04, EXIT-04), since 0:02
    to change it: let bad succeed, reactivate it, or give that outcome the dependencyAction satisfy in its exitConditions
`,
      stderr: '',
    });
  });

  test('the same earlier, as JSON', async () => {
    const { code, stdout } = await call(['run', 'task', 'J/CHILD'], { at: '+90s', json: true });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      subject: { kind: 'task', name: 'j/child' },
      at_s: 90,
      state: 'active',
      now: [
        {
          cause: 'parentUnfinished',
          rules: ['DEP-03'],
          details: { parent: 'bad', state: 'running' },
          sentence: 'it depends on bad, which is running',
          change: 'nothing, if bad completes',
          since_s: null,
        },
      ],
      before: [],
    });
  });

  test.each([
    [['run', 'node', 'n0'], 'it is idle: no task of a job of its pool waits for a node'],
    [['run', 'pool', 'P'], 'it has the nodes that it should have: 1 dedicated and 0 spot'],
  ])('%j tells', async (args, sentence) => {
    const { code, stdout } = await call(args);
    expect(code).toBe(0);
    expect(stdout).toContain(sentence);
  });

  test('without a scenario it still answers, and says that it knows less', async () => {
    const { code, stdout, stderr } = await call(['no-scenario', 'task', 'j/child']);
    expect(code).toBe(0);
    expect(stdout).toContain('it waits for tasks that it depends on (DEP-02)');
    expect(stderr).toContain('cannot be read any more');
  });

  test.each([
    [['run', 'task', 'j/chil'], {}, 'BS1015: job j has no task chil', 'did you mean j/child?'],
    [['run', 'task', 'k/child'], {}, 'BS1015: there is no job k', 'did you mean j?'],
    [['run', 'node', 'n9'], {}, 'BS1015: pool p has no node n9: its nodes are n0 to n0', 'did you mean n0?'],
    [['run', 'pool', 'q'], {}, 'BS1015: there is no pool q', 'did you mean p?'],
    [['run', 'tusk', 'j/child'], {}, 'BS1003: why tells of a task, a node or a pool', ''],
    [['run', 'pool', 'p'], { at: 'noon' }, 'BS1004: --at: "noon" is not a duration', 'write 3:10'],
    [['run', 'pool', 'p'], { at: '11m' }, 'BS1004: --at: the run ended at 0:10, before 11m', ''],
    [['nowhere', 'pool', 'p'], {}, 'BS1016: ', 'batchsim run prints where'],
    [['no-log', 'pool', 'p'], {}, 'BS1016: the run was recorded without its log', 'run the scenario again'],
  ])('%j is refused with a remedy (exit 2)', async (args, options, message, hint) => {
    const { code, stdout, stderr } = await call(args, options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('a recording that is damaged exits 1 with a sentence', async () => {
    const { code, stderr } = await call(['cut', 'pool', 'p']);
    expect(code).toBe(1);
    expect(stderr).toContain('BS1005');
    expect(stderr).toContain('this is not a recording of batchsim');
  });
});

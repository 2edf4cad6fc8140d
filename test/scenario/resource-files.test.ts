/** Resource files of every kind of command: carried with their names and sources, and refused where Batch refuses them. */
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/sim/index.js';
import { codesOf, loaded, problemsOf } from './memory-files.js';

const FILE = '{ httpUrl: "https://store/in.dat", filePath: data/in.dat }';
const WRONG = '{ httpUrl: "https://store/in.dat", filePath: ../in.dat }';

/** A scenario in which the file stands with each kind of command. */
const everywhere = (file: string) => `
pools:
  - id: p
    vmSize: Standard_D4s_v5
    targetDedicatedNodes: 2
    enableInterNodeCommunication: true
    startTask: { commandLine: x, resourceFiles: [${file}] }
jobs:
  - id: j
    poolInfo: { poolId: p }
    jobManagerTask: { id: m, resourceFiles: [${file}] }
    jobPreparationTask: { resourceFiles: [${file}] }
    jobReleaseTask: { resourceFiles: [${file}] }
    tasks:
      - { id: t, resourceFiles: [${file}], model: { runtime: 1m } }
      - { id: g, multiInstanceSettings: { numberOfInstances: 2, commonResourceFiles: [${file}] }, model: { runtime: 1m } }
    model: { jobManagerTask: { runtime: 1m } }
`;

test('FILE-04, FILE-13 names and sources are carried by every command that has them', () => {
  const [account] = loaded(everywhere(FILE)).scenario.accounts;
  const [job] = account?.jobs ?? [];
  const files = [{ httpUrl: 'https://store/in.dat', filePath: 'data/in.dat' }];
  expect([
    account?.pools[0]?.startTask?.command.resourceFiles,
    job?.jobManagerTask?.task.resourceFiles,
    job?.jobPreparationTask?.command.resourceFiles,
    job?.jobReleaseTask?.command.resourceFiles,
    job?.tasks[0]?.resourceFiles,
    job?.tasks[1]?.multiInstance?.commonResourceFiles,
  ]).toEqual([files, files, files, files, files, files]);
});

test('FILE-13 blobSource is the first name of httpUrl; a container needs no path', () => {
  const files =
    '{ blobSource: "https://s/x", filePath: x, fileMode: "0644" }, { autoStorageContainerName: c, blobPrefix: a/ }';
  const [account] = loaded(everywhere(files)).scenario.accounts;
  expect(account?.jobs[0]?.tasks[0]?.resourceFiles).toEqual([
    { httpUrl: 'https://s/x', filePath: 'x', fileMode: '0644' },
    { autoStorageContainerName: 'c', blobPrefix: 'a/' },
  ]);
});

test('FILE-04, FILE-13 a file that Batch refuses is an error at each place where it stands', () => {
  expect(codesOf(everywhere(WRONG)).map((line) => line.split(' ')[1])).toEqual(Array(6).fill('BS2130'));
});

test.each([
  ['no source', '{ filePath: x }', 'it needs httpUrl (FILE-13, MissingRequiredProperty)'],
  ['no path', '{ httpUrl: "https://s/x" }', 'it needs filePath (FILE-13, MissingRequiredProperty)'],
  ['two sources', '{ httpUrl: "https://s/x", filePath: x, autoStorageContainerName: c }', 'InvalidPropertyValue'],
  ['a prefix of a file', '{ httpUrl: "https://s/x", filePath: x, blobPrefix: x }', 'InvalidPropertyValue'],
  ['a path that leaves wd', WRONG, 'it stays below the working directory of the task'],
])('FILE-04, FILE-13 %s is said in words', (_what, file, expected) => {
  const problems = problemsOf(everywhere(file));
  expect(problems).toContain('BS2130');
  expect(problems).toContain(expected);
});

test('ERR-17 too many files are refused as a list', () => {
  const many = Array(1001).fill(FILE).join(', ');
  expect(problemsOf(everywhere(many))).toContain('(ERR-17, RequestEntityTooLarge)');
  expect(codesOf(everywhere(Array(1000).fill(FILE).join(', ')))).not.toContain('BS2130');
});

describe('an action that brings them', () => {
  const answerTo = (operation: string) => {
    const base =
      'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }]\njobs: [{ id: j, poolInfo: { poolId: p }, tasks: [] }]';
    const { scenario } = loaded(`${base}\nactions: [{ at: 1m, ${operation} }]\n`);
    const { code, status } = simulate(scenario).recording.operations[0] ?? {};
    return `${code} ${status}`;
  };
  const task = (file: string) => `{ id: t, resourceFiles: [${file}], model: { runtime: 1s } }`;

  test.each([
    ['addJob', `addJob: { id: k, poolInfo: { poolId: p }, tasks: [${task(WRONG)}] }`],
    [
      'addJob, preparation',
      `addJob: { id: k, poolInfo: { poolId: p }, jobPreparationTask: { resourceFiles: [${WRONG}] } }`,
    ],
    [
      'addPool',
      `addPool: { id: q, vmSize: Standard_D4s_v5, targetDedicatedNodes: 1, startTask: { commandLine: x, resourceFiles: [${WRONG}] } }`,
    ],
    ['patchPool', `patchPool: { poolId: p, startTask: { commandLine: x, resourceFiles: [${WRONG}] } }`],
  ])('FILE-13, ERR-04 %s is refused at its time', (_name, operation) => {
    expect(answerTo(operation)).toBe('InvalidPropertyValue 400');
  });

  test('FILE-13, TASK-26 in a collection the task is refused, the call is answered', () => {
    expect(answerTo(`addTasks: { jobId: j, tasks: [${task(WRONG)}] }`)).toBe('InvalidPropertyValue 200');
    expect(answerTo(`addTasks: { jobId: j, tasks: [${task(FILE)}] }`)).toBe('null 200');
  });

  test('ERR-17 too many files are 413', () => {
    const many = Array(1001).fill(FILE).join(', ');
    const job = (file: string) => `addJob: { id: k, poolInfo: { poolId: p }, tasks: [${task(file)}] }`;
    expect(answerTo(job(many))).toBe('RequestEntityTooLarge 413');
  });
});

import { describe, expect, test } from 'vitest';
import { dropped, parents, refusal, table } from './helpers.js';

interface Task {
  readonly id?: string;
  readonly name?: string;
  readonly parents?: readonly string[];
  readonly children?: readonly string[];
}

function workflow(tasks: readonly unknown[], runs: readonly unknown[]): string {
  return JSON.stringify({ schemaVersion: '1.5', workflow: { specification: { tasks }, execution: { tasks: runs } } });
}

function runs(...seconds: readonly (readonly [string, unknown])[]): readonly unknown[] {
  return seconds.map(([id, runtimeInSeconds]) => ({ id, runtimeInSeconds }));
}

describe('WfFormat', () => {
  test('tasks and their runs are joined by id, in the order of the specification', () => {
    const tasks: Task[] = [
      { id: 'b', name: 'x', parents: ['a'], children: [] },
      { id: 'a', name: 'x', parents: [], children: ['b'] },
    ];
    const executed = [
      { id: 'a', runtimeInSeconds: 1.25, coreCount: 1.5, memoryInBytes: 10, avgCPU: 800 },
      { id: 'b', runtimeInSeconds: 2 },
    ];
    const trace = table('wfformat', workflow(tasks, executed));
    expect(trace.ids).toEqual(['b', 'a']);
    expect([...trace.runtimeMs]).toEqual([2000, 1250]);
    expect([...(trace.processors ?? [])]).toEqual([1, 2]);
    expect(trace.notes.assumedProcessorCount).toBe(1);
    expect([...(trace.memoryBytes ?? [])]).toEqual([-1, 10]);
    expect(parents(trace)).toEqual([['a'], []]);
    expect(trace.originMs).toBeNull();
    expect(trace.warnings).toEqual([]);
  });

  test('without one count of cores the trace has no processors', () => {
    expect(table('wfformat', workflow([{ id: 'a', parents: [] }], runs(['a', 1]))).processors).toBeNull();
  });

  test('run times of more than three decimals go to the nearest millisecond, halves up, and are counted', () => {
    const tasks = ['a', 'b', 'c', 'd'].map((id) => ({ id, parents: [], children: [] }));
    const trace = table('wfformat', workflow(tasks, runs(['a', 0.0005], ['b', 1.000499], ['c', 1.0015], ['d', 1.001])));
    expect([...trace.runtimeMs]).toEqual([1, 1000, 1002, 1001]);
    expect(trace.notes.roundedCount).toBe(3);
  });

  test('a task without a list of parents has those that list it as a child', () => {
    const trace = table('wfformat', workflow([{ id: 'a', children: ['b'] }, { id: 'b' }], runs(['a', 1], ['b', 1])));
    expect(parents(trace)).toEqual([[], ['a']]);
    expect(trace.notes.mismatchCount).toBe(0);
  });

  test('where parents and children disagree parents decide, and each such link is counted', () => {
    const tasks: Task[] = [
      { id: 'a', parents: [], children: ['b', 'gone'] },
      { id: 'b', parents: ['c'], children: [] },
      { id: 'c', parents: [], children: [] },
    ];
    const trace = table('wfformat', workflow(tasks, runs(['a', 1], ['b', 1], ['c', 1])));
    expect(parents(trace)).toEqual([[], ['c'], []]);
    expect(trace.notes.mismatchCount).toBe(3);
    expect(trace.warnings.map((warning) => warning.code)).toEqual(['BS2513']);
  });

  test('tasks that come twice, have no id or no run time are skipped, their children keep the rest', () => {
    const tasks = [
      { id: 'a', parents: [] },
      { id: 'a', parents: [] },
      { parents: [] },
      { id: 'b', parents: ['a'] },
      { id: 'c', parents: ['b', 'a'] },
      'd',
      { id: 'e' },
    ];
    const trace = table('wfformat', workflow(tasks, runs(['a', 1], ['c', 1], ['e', -1])));
    expect(trace.ids).toEqual(['a', 'c']);
    expect(parents(trace)).toEqual([[], ['a']]);
    expect(dropped(trace)).toEqual({ malformed: 1, 'no-id': 1, 'duplicate-id': 1, 'no-runtime': 2 });
    expect(trace.notes.unknownParents).toEqual(['c <- b']);
    expect(trace.notes.dropped.map((row) => row.line)).toEqual([2, 3, 4, 6, 7]);
  });

  test('nf-core ids with colons and hundreds of digits are mapped and stay apart', () => {
    const long = (end: string) =>
      `NFCORE_SAREK:SAREK:BAM_VARIANT_CALLING_GERMLINE_ALL:GATK4_HAPLOTYPECALLER__HG00096__ID${end}`;
    const tasks: Task[] = [
      { id: long('1'), parents: [], children: [long('2')] },
      { id: long('2'), parents: [long('1')], children: [] },
    ];
    const trace = table('wfformat', workflow(tasks, runs([long('1'), 1], [long('2'), 2])));
    expect(trace.ids[0]).toMatch(/^NFCORE_SAREK_SAREK_BAM_VARIANT_CALLING_GERMLINE_ALL-[0-9a-f]{12}$/);
    expect(trace.ids[0]).not.toBe(trace.ids[1]);
    expect(trace.displayNames).toEqual([long('1'), long('2')]);
    expect(parents(trace)).toEqual([[], [trace.ids[0]]]);
  });

  test('older layouts hold tasks and runs in one list and may refer to parents by name', () => {
    const tasks = [
      { name: 'split', id: 'ID1', parents: [], children: ['work'], runtimeInSeconds: 2, cores: 4 },
      { name: 'work', id: 'ID2', parents: ['split'], children: [], runtime: 3 },
    ];
    const trace = table('wfformat', JSON.stringify({ schemaVersion: '1.4', workflow: { tasks } }));
    expect(parents(trace)).toEqual([[], ['ID1']]);
    expect([...trace.runtimeMs]).toEqual([2000, 3000]);
    expect([...(trace.processors ?? [])]).toEqual([4, 1]);
    expect(trace.notes.mismatchCount).toBe(0);
    const oldest = JSON.stringify({
      workflow: {
        jobs: [
          { name: 'split', runtime: 1 },
          { name: 'join', parents: ['split'], runtime: 1 },
        ],
      },
    });
    expect(parents(table('wfformat', oldest))).toEqual([[], ['split']]);
  });

  test('a file cut short and JSON of another kind are refused at their place', () => {
    expect(refusal('wfformat', '{"workflow": {\n  "specification": {"tasks": [')).toBe(
      [
        'trace:2:31: error BS2503: trace ends before its JSON does',
        '  |',
        '2 |   "specification": {"tasks": [',
        '  |                               ^',
        '  = hint: is the file whole, and is it WfFormat?',
      ].join('\n'),
    );
    expect(refusal('wfformat', '{"workflow": [1,]}')).toContain('trace:1:17: error BS2503: this is not JSON');
    expect(refusal('wfformat', '{"tasks": []}')).toContain('error BS2504: trace holds JSON but no workflow');
    expect(refusal('wfformat', workflow([], []))).toContain('error BS2505: trace holds no rows');
  });
});

import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../../src/base/index.js';
import { type ImportOptions, importTrace } from '../../../src/scenario/traces/index.js';
import { imported, table } from './helpers.js';

const JOBS = 'id,submit_s,runtime_s,cores,depends_on\na,0,100,1,\nb.1,50,100,4,a\nc,100,200,2,a;b.1\n';

describe('import', () => {
  test('the scenario is one job on one ready pool whose quotas hold it', () => {
    expect(imported('csv', JOBS, { nodes: 3, taskOrder: 'ready', timing: 'typical' }).scenarioYaml).toBe(
      `# My log.csv, imported from csv: 3 tasks, 3 dependencies.
# Run times 6m 40s in all, critical path 6m 40s, submissions over 1m 40s.
version: 1
name: "My-log"
account:
  name: imported
  # Just enough for the pool below: raise both together.
  dedicatedCoreQuota: 6
  lowPriorityCoreQuota: 0
  poolQuota: 1
  activeJobAndJobScheduleQuota: 1
model:
  timing: typical
  options:
    taskOrder: ready
    taskLifetime: none # a recorded queue may be longer than the 180 days that Batch keeps a task
pools:
  - id: pool
    vmSize: Standard_D2s_v5 # 2 cores
    targetDedicatedNodes: 3
    taskSlotsPerNode: 1
    model: { ready: true } # all nodes stand, idle, from the start
jobs:
  - id: trace
    poolInfo: { poolId: pool }
    usesTaskDependencies: true
    tasks: { trace: ./tasks.ndjson }
`,
    );
  });

  test('the task table holds what is not a default, and ids that Batch takes', () => {
    expect([...imported('csv', JOBS).tasksNdjson()].join('')).toBe(
      `{"id":"a","submit_ms":0,"runtime_ms":100000,"cores":1}
{"id":"b_1","display_name":"b.1","submit_ms":50000,"runtime_ms":100000,"cores":4,"depends_on":["a"]}
{"id":"c","submit_ms":100000,"runtime_ms":200000,"cores":2,"depends_on":["a","b_1"]}
`,
    );
  });

  test('reading the task table back gives the same tasks', () => {
    const text =
      'id,submit_s,runtime_s,cores,slots,exit_code,depends_on,display_name,max_wall_clock_s,memory_mib\nx y,5,1.5,4,2,0,,"a ""name""\n\u2028",60,512\nB,6,2,1,1,-9,x y,,,\n';
    const first = table('csv', text);
    const lines = [...imported('csv', text, { slots: null }).tasksNdjson()].join('');
    const { name: _, format: __, notes: ___, originMs: ____, ...columns } = first;
    expect(table('ndjson', lines)).toMatchObject(columns);
    expect([...imported('ndjson', lines, { slots: null }).tasksNdjson()].join('')).toBe(lines);
  });

  test('submissions with dates start the scenario at the first of them', () => {
    const at = (submit: string) => {
      const yaml = imported('csv', `submit_s,runtime_s\n${submit},1\n`).scenarioYaml;
      return /^clock: \{ start: (.*?) \}/m.exec(yaml)?.[1] ?? null;
    };
    expect(at('1665093600')).toBe('2022-10-06T22:00:00Z');
    expect(at('2024-02-29T23:59:59.25Z')).toBe('2024-02-29T23:59:59.250Z');
    expect(at('2000-03-01T00:00:00+01:00')).toBe('2000-02-29T23:00:00Z');
    expect(at('12345')).toBeNull();
  });

  test('TASK-18 slots of processors: a node has a slot a core, and what needs more is listed', () => {
    const result = imported('csv', JOBS, { slots: 'processors', nodes: 2 });
    expect(result.report.pool).toEqual({
      nodes: 2,
      vmSize: 'Standard_D2s_v5',
      cores: 2,
      taskSlotsPerNode: 2,
      never_run: { tasks: 1, examples: [{ id: 'b_1', slots: 4 }] },
    });
    expect([...result.tasksNdjson()].join('')).toContain('"cores":4,"slots":4');
    expect(result.warnings.map(renderDiagnostic)).toEqual([
      'warning BS2512: 1 tasks need more than the 2 slots of a node and can never run: b_1 (4)\n  = hint: choose a VM size with more cores, or --slots 1',
      'note BS2515: 1 ids replaced (ACC-17), 0 of them because they were taken; originals are display names',
    ]);
  });

  test('ACC-13 no node has more than 256 slots, however many cores', () => {
    expect(imported('csv', JOBS, { slots: 'processors', cores: 416 }).report.pool.taskSlotsPerNode).toBe(256);
  });

  test('a slots column counts unless --slots says otherwise', () => {
    const text = 'runtime_s,slots\n1,2\n';
    expect(imported('csv', text, { slots: null }).report.pool).toMatchObject({
      taskSlotsPerNode: 2,
      never_run: { tasks: 0 },
    });
    expect(imported('csv', text, { slots: 1 }).report.pool).toMatchObject({
      taskSlotsPerNode: 1,
      never_run: { tasks: 0 },
    });
    expect([...imported('csv', text, { slots: 1 }).tasksNdjson()].join('')).not.toContain('slots');
  });

  test('without --nodes the pool bears the average load with a quarter to spare', () => {
    const rows = Array.from({ length: 40 }, () => '0,100').join('\n');
    expect(imported('csv', `submit_s,runtime_s\n${rows}\n`).report.pool.nodes).toBe(50);
    expect(imported('csv', 'submit_s,runtime_s\n0,1\n100,1\n').report.pool.nodes).toBe(1);
    expect(imported('csv', 'runtime_s\n0\n').report.pool.nodes).toBe(1);
    const many = Array.from({ length: 3000 }, () => '0,100').join('\n');
    expect(imported('csv', `submit_s,runtime_s\n${many}\n`).report.pool.nodes).toBe(1000);
  });

  test('the report gives the figures of the trace', () => {
    const { report } = imported('csv', `${JOBS}d,0,-1,1,\n`);
    expect(report).toMatchObject({
      schemaVersion: 1,
      tasks: 3,
      edges: 3,
      dropped: {
        total: 1,
        byReason: { 'no-runtime': 1 },
        rows: [{ line: 5, reason: 'no-runtime', detail: 'runtime_s is -1' }],
      },
      total_runtime_s: 400,
      mean_runtime_s: 133.333333,
      total_core_seconds: 900,
      critical_path_s: 400,
      unlimited_makespan_s: 400,
      tasks_by_level: [1, 1, 1],
      first_submit_s: 0,
      last_submit_s: 100,
      tasks_by_processors: [
        { processors: 1, tasks: 1 },
        { processors: 2, tasks: 1 },
        { processors: 4, tasks: 1 },
      ],
      ids: { mapped: 1, collisions: 0 },
    });
  });

  test('DEP-10 a cycle is named, and its tasks are kept', () => {
    const result = imported('csv', 'id,runtime_s,depends_on\na,1,b\nb,1,a\nc,1,\nd,1,b\n');
    expect(result.report).toMatchObject({ tasks: 4, cycle: { blocked: 3 }, tasks_by_level: [1] });
    expect(result.warnings.map(renderDiagnostic)).toEqual([
      expect.stringMatching(
        /^warning BS2509: 3 tasks can never run, since dependencies form a cycle: (a -> b -> a|b -> a -> b)$/,
      ),
    ]);
  });

  test('a file name full of control characters stays inside its comment', () => {
    const source = { name: 'a\nversion: 2\u2028.csv', format: 'csv', chunks: ['runtime_s\n1\n'] } as const;
    const yaml = imported('csv', '', { source }).scenarioYaml;
    expect(yaml.match(/^version: /gm)).toEqual(['version: ']);
  });

  test.each<[Partial<ImportOptions>, string]>([
    [{ nodes: 0 }, '--nodes is 0; expected a whole number from 1 to 1000000'],
    [{ nodes: 1.5 }, '--nodes is 1.5; expected a whole number from 1 to 1000000'],
    [{ source: { name: 'a', format: 'csv', chunks: [], head: 0 } }, '--head is 0; expected a whole number from 1'],
    [
      { source: { name: 'a', format: 'csv', chunks: [], timeScale: -1 } },
      '--scale is -1; expected a factor above 0, at most 1000000',
    ],
    [
      { source: { name: 'a', format: 'csv', chunks: [], timeScale: Number.NaN } },
      '--scale is NaN; expected a factor above 0, at most 1000000',
    ],
  ])('an option outside its range is refused: %j', (options, message) => {
    const result = importTrace({
      source: { name: 'a.csv', format: 'csv', chunks: [JOBS] },
      nodes: null,
      vmSize: 'Standard_D2s_v5',
      cores: 2,
      slots: null,
      timing: 'none',
      taskOrder: 'creation',
      ...options,
    });
    expect(result.ok ? [] : result.error.map((problem) => [problem.code, problem.message])).toEqual([
      ['BS2511', message],
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { traceTaskSet } from '../../../src/scenario/traces/index.js';
import { table } from './helpers.js';

describe('a trace as tasks', () => {
  const trace = table(
    'csv',
    'id,submit_s,runtime_s,cores,slots,exit_code,depends_on,max_wall_clock_s\na,0,1,300000,2,0,,\nb,5,2,4,1,7,a,9\n',
  );

  test('columns become columns', () => {
    const set = traceTaskSet(trace);
    expect(set).toMatchObject({ count: 2, ids: { kind: 'list', values: ['a', 'b'] }, maxTaskRetryCount: null });
    expect(set.arrival).toEqual({ kind: 'trace', atMs: Float64Array.of(0, 5000) });
    expect(set.runtime).toEqual(Float64Array.of(1000, 2000));
    expect(set.exitCode).toEqual(Int32Array.of(0, 7));
    expect(set.requiredSlots).toEqual(Uint16Array.of(2, 1));
    expect(set.maxWallClockTimeMs).toEqual(Float64Array.of(-1, 9000));
    expect(set.dependsOn).toEqual({
      taskIds: [],
      taskIdRanges: [],
      columns: { offsets: Int32Array.of(0, 0, 1), parents: Int32Array.of(0) },
    });
  });

  test('TASK-18 slots of processors beyond what the column holds stay more than any node has', () => {
    expect(traceTaskSet(trace, { slots: 'processors' }).requiredSlots).toEqual(Uint16Array.of(65_535, 4));
    expect(traceTaskSet(trace, { slots: 'one' }).requiredSlots).toBe(1);
  });

  test('dependencies count within the job, behind tasks that stand before these', () => {
    expect(traceTaskSet(trace, { firstIndexInJob: 10 }).dependsOn?.columns?.parents).toEqual(Int32Array.of(10));
  });

  test('what a trace does not have costs no column', () => {
    const set = traceTaskSet(table('csv', 'runtime_s\n1\n'));
    expect(set).toMatchObject({
      arrival: { kind: 'at', atMs: 0 },
      requiredSlots: 1,
      dependsOn: null,
      displayNames: null,
      maxWallClockTimeMs: null,
    });
  });
});

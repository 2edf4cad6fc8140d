import { describe, expect, test } from 'vitest';
import { dropped, parents, refusal, table } from './helpers.js';

describe('WTF', () => {
  const header = 'id,workflow_id,ts_submit,runtime,cores,parents\n';

  test('ids beyond 2^53 stay what they are, and parents may come later in the file', () => {
    const trace = table(
      'wtf',
      `${header}584055316413447529,1,0,129471,1,\n584055316413447530,1,999,1034,1,584055316413447531\n584055316413447531,1,5,7,2,584055316413447529\n`,
    );
    expect(trace.ids).toEqual(['584055316413447529', '584055316413447530', '584055316413447531']);
    expect(parents(trace)).toEqual([[], ['584055316413447531'], ['584055316413447529']]);
    expect([...trace.submitMs]).toEqual([0, 999, 5]);
  });

  test.each([
    ['1;2', ['1', '2']],
    ['[1 2]', ['1', '2']],
    ['"[1, 2]"', ['1', '2']],
    ['"1,2"', ['1', '2']],
    ['1 2', ['1', '2']],
    [`"['1', '2']"`, ['1', '2']],
    ['{2}', ['2']],
    ['[]', []],
    ['', []],
    ['2;1;2', ['2', '1']],
  ])('parents written %s are %j', (cell, expected) => {
    const trace = table('wtf', `${header}1,1,0,5,1,\n2,1,0,5,1,\n3,1,0,5,1,${cell}\n`);
    expect(parents(trace)[2]).toEqual(expected);
  });

  test('parents that are not there are left out, counted and named', () => {
    const trace = table('wtf', `${header}1,1,0,5,1,9;8\n2,1,0,5,1,1;9\n`);
    expect(parents(trace)).toEqual([[], ['1']]);
    expect(trace.notes.unknownParentCount).toBe(3);
    expect(trace.notes.unknownParents).toEqual(['1 <- 9', '1 <- 8', '2 <- 9']);
    expect(trace.warnings.map((warning) => warning.message)).toEqual([
      '3 dependencies of trace.wtf on tasks it does not hold left out: 1 <- 9, 1 <- 8, 2 <- 9',
    ]);
  });

  test('an id means one task: the second row with it is skipped', () => {
    const trace = table('wtf', `${header}1,1,0,5,1,\n1,1,0,6,1,\n`);
    expect([...trace.runtimeMs]).toEqual([5]);
    expect(dropped(trace)).toEqual({ 'duplicate-id': 1 });
  });

  test('unknown cores (-1 or empty) count as one and are counted; none at all are dirt', () => {
    const trace = table('wtf', `${header}1,1,0,5,-1,\n2,1,0,5,,\n3,1,0,5,2.5,\n4,1,0,5,0,\n`);
    expect([...(trace.processors ?? [])]).toEqual([1, 1, 3]);
    expect(trace.notes.assumedProcessorCount).toBe(2);
    expect(dropped(trace)).toEqual({ 'no-processors': 1 });
  });
});

describe('OpenDC', () => {
  test('submissions are Unix milliseconds or ISO 8601 instants', () => {
    const text =
      'id,submission_time,duration,cpu_count\na,2022-10-06T22:00:00Z,1000,16\nb,1665093605000,2000,16\nc,2022-10-07 00:00:10+02:00,1,16\n';
    const trace = table('opendc', text);
    expect([...trace.submitMs]).toEqual([0, 5000, 10_000]);
    expect(trace.originMs).toBe(1_665_093_600_000);
  });

  test('memory is kept in bytes, columns without use are named', () => {
    const trace = table(
      'opendc',
      'id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n1,0,1,16,33600.0,100000\n',
    );
    expect([...(trace.memoryBytes ?? [])]).toEqual([100_000_000_000]);
    expect(trace.notes.ignoredFields).toEqual(['cpu_capacity']);
  });
});

describe('plain CSV', () => {
  test('every documented column is read', () => {
    const text = [
      'id,submit_s,runtime_s,cores,slots,exit_code,depends_on,display_name,max_wall_clock_s,memory_mib',
      'a,10,1.5,4,2,0,,"first, of two",60,512',
      'b,12.25,0.0005,1,1,-9,a,,,',
    ].join('\n');
    const trace = table('csv', text);
    expect(trace).toMatchObject({ ids: ['a', 'b'], displayNames: ['first, of two', ''] });
    expect([...trace.submitMs]).toEqual([0, 2250]);
    expect([...trace.runtimeMs]).toEqual([1500, 1]);
    expect([...(trace.processors ?? [])]).toEqual([4, 1]);
    expect([...(trace.slots ?? [])]).toEqual([2, 1]);
    expect([...(trace.exitCodes ?? [])]).toEqual([0, -9]);
    expect([...(trace.maxWallClockMs ?? [])]).toEqual([60_000, -1]);
    expect([...(trace.memoryBytes ?? [])]).toEqual([536_870_912, -1]);
    expect(parents(trace)).toEqual([[], ['a']]);
    expect(trace.notes.roundedCount).toBe(1);
  });

  test('a run time alone will do: all tasks are there at once, named by their rows', () => {
    const trace = table('csv', 'runtime_ms\n5\n6\n');
    expect(trace.ids).toEqual(['task-1', 'task-2']);
    expect(trace.originMs).toBeNull();
    expect(trace).toMatchObject({ processors: null, slots: null, exitCodes: null, dependencies: null });
  });

  test('semicolons and tabs separate as well, quotes hold separators, quotes and line ends, a mark at the start is no text', () => {
    expect(table('csv', '\ufeffid;runtime_s\r\n"a;b";1\r\n').displayNames).toEqual(['a;b']);
    expect([...table('csv', 'id\truntime_s\na\t2\n').runtimeMs]).toEqual([2000]);
    expect(table('csv', 'id,display_name,runtime_s\na,"say ""hi""\nto all",1\nb,,2\n').displayNames).toEqual([
      'say "hi"\nto all',
      '',
    ]);
  });

  test('a quote that never closes costs its own row only', () => {
    const trace = table('csv', 'id,runtime_s\na,1\n"b,2\nc,3\nd,4\n');
    expect(trace.ids).toEqual(['a', 'c', 'd']);
    expect(trace.notes.dropped).toEqual([{ line: 3, reason: 'malformed', detail: 'quotes that do not close' }]);
  });

  test('rows that do not fit are skipped by reason', () => {
    const rows = [
      'a,0,1,1',
      'b,0,1',
      ',0,1,1',
      'd,,1,1',
      'e,0,,1',
      'f,0,-1,1',
      'g,0,abc,1',
      'h,0,1,1.5',
      'i,0,1,0',
      'j,1e300,1,1',
      'k,0,nan,1',
    ];
    const trace = table('csv', `id,submit_s,runtime_s,slots\n${rows.join('\n')}\n`);
    expect(trace.ids).toEqual(['a']);
    expect(dropped(trace)).toEqual({
      malformed: 1,
      'no-id': 1,
      'no-submit-time': 1,
      'no-runtime': 2,
      'bad-value': 3,
      'out-of-range': 2,
    });
  });

  test('--map names columns of another log, and - ignores one', () => {
    const map = new Map([
      ['elapsed', 'runtime_s'],
      ['job', 'id'],
      ['runtime_ms', '-'],
    ]);
    const trace = table('csv', 'job,elapsed,runtime_ms\nx,3,9\n', { map });
    expect([trace.ids[0], trace.runtimeMs[0]]).toEqual(['x', 3000]);
    expect(trace.notes.ignoredFields).toEqual(['runtime_ms']);
  });

  test('times are scaled after counting from the first submission', () => {
    const trace = table('csv', 'submit_s,runtime_s,max_wall_clock_s\n100,3,10\n103,0.003,\n', { timeScale: 0.5 });
    expect([...trace.submitMs]).toEqual([0, 1500]);
    expect([...trace.runtimeMs]).toEqual([1500, 2]);
    expect([...(trace.maxWallClockMs ?? [])]).toEqual([5000, -1]);
  });

  test('a header without a run time is refused with the mapping that would help', () => {
    expect(refusal('csv', 'id,run_time,cores\n1,2,3\n')).toBe(
      [
        'trace:1:1: error BS2502: no column gives the run time: csv expects runtime_s or runtime_ms',
        '  |',
        '1 | id,run_time,cores',
        '  | ^^^^^^^^^^^^^^^^^',
        '  = hint: name the column that does: --map run_time=runtime_s',
      ].join('\n'),
    );
  });

  test('columns that say the same, and maps that name nothing, are refused', () => {
    expect(refusal('csv', 'runtime_s,runtime_ms\n1,2\n')).toContain(
      'error BS2514: columns "runtime_s" and "runtime_ms" both give the run time',
    );
    expect(refusal('csv', 'runtime_s\n1\n', { map: new Map([['runtime_s', 'runtim_s']]) })).toContain(
      'error BS2506: --map runtime_s=runtim_s: there is no column "runtim_s"\n  = hint: did you mean "runtime_s"?',
    );
    expect(refusal('csv', 'runtime_s,when\n1,2\n', { map: new Map([['whem', 'submit_s']]) })).toContain(
      'error BS2506: --map whem=submit_s: the file has no column "whem"',
    );
    expect(refusal('swf', '', { map: new Map([['a', 'b']]) })).toContain('--map renames columns, and swf has none');
  });
});

describe('formats by name', () => {
  test('the header of a CSV tells which table it is', () => {
    expect(table(null, 'id,ts_submit,runtime\n1,0,5\n').format).toBe('wtf');
    expect(table(null, 'id,submission_time,duration\n1,0,5\n').format).toBe('opendc');
    expect(table(null, 'runtime_s\n5\n').format).toBe('csv');
    expect(table(null, '{"runtime_s":1}', { name: 'a.NDJSON.gz' }).format).toBe('ndjson');
    expect(refusal(null, 'x', { name: 'log.dat' })).toBe(
      'error BS2501: the name log.dat does not tell its format\n  = hint: name the format: swf, wfformat, wtf, opendc, csv, ndjson',
    );
  });
});

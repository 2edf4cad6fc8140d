import { describe, expect, test } from 'vitest';
import { dropped, refusal, table } from './helpers.js';

/** Fields of the archive's format; the rest of the 18 is unknown. */
function job(
  id: number | string,
  submit: number | string,
  run: number | string,
  allocated: number | string,
  requested: number | string = -1,
): string {
  return `${id} ${submit} -1 ${run} ${allocated} -1 -1 ${requested} -1 -1 1 3 1 -1 -1 -1 -1 -1`;
}

describe('SWF', () => {
  test('fields are read between any blanks, comments may stand anywhere, line ends may be CRLF', () => {
    const text = `; Version: 2.2\r\n\r\n  ${job(1, 100, 60, 4)}\r\n; a note\r\n${job(2, 130, 0, 1).replaceAll(' ', '\t')}\r\n   \r\n`;
    const trace = table('swf', text);
    expect(trace.ids).toEqual(['1', '2']);
    expect([...trace.submitMs]).toEqual([0, 30_000]);
    expect([...trace.runtimeMs]).toEqual([60_000, 0]);
    expect([...(trace.processors ?? [])]).toEqual([4, 1]);
    expect(trace.notes.rowCount).toBe(2);
    expect(trace.displayNames).toBeNull();
  });

  test('processors are field 5, or field 8 where field 5 is not positive', () => {
    const trace = table('swf', [job(1, 0, 1, 8, 16), job(2, 0, 1, -1, 16), job(3, 0, 1, 0, 32)].join('\n'));
    expect([...(trace.processors ?? [])]).toEqual([8, 16, 32]);
  });

  test('records that describe no work are skipped by reason and listed with their lines', () => {
    const lines = [
      job(1, 0, 10, 1),
      job(2, 1, -1, 1),
      job(3, 2, 10, -1, -1),
      job(4, 3, 10, 0, 0),
      job(5, -1, 10, 1),
      '6 7 8 9 1',
      job(7, 'x', 10, 1),
      job(8, 5, '0x1f', 1),
      job(9, 6, 10, '12a'),
      job(10, 7, 1e15, 1),
      'garbage',
      job(11, 8, 10, 1),
    ];
    const trace = table('swf', lines.join('\n'));
    expect(trace.ids).toEqual(['1', '11']);
    expect(dropped(trace)).toEqual({
      malformed: 2,
      'no-submit-time': 1,
      'no-runtime': 1,
      'no-processors': 2,
      'bad-value': 3,
      'out-of-range': 1,
    });
    expect(trace.notes.dropped.map((row) => row.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(trace.notes.dropped[0]).toEqual({ line: 2, reason: 'no-runtime', detail: 'run time -1' });
    expect(trace.notes.rowCount).toBe(12);
    expect(trace.warnings.map((warning) => warning.code)).toEqual(['BS2507']);
  });

  test('times count from the first submission kept, whatever the order and the clock', () => {
    const trace = table(
      'swf',
      [job(1, 1_300_000_000, -1, 1), job(2, 1_300_000_500, 5, 1), job(3, 1_300_000_200, 5, 1)].join('\n'),
    );
    expect([...trace.submitMs]).toEqual([300_000, 0]);
    expect(trace.originMs).toBe(1_300_000_200_000);
  });

  test('a Unix start time in the header gives submissions their dates', () => {
    const trace = table('swf', `; UnixStartTime: 749458803\n${job(1, 60, 1, 1)}`);
    expect(trace.originMs).toBe(749_458_863_000);
    expect(trace.submitMs[0]).toBe(0);
  });

  test('fields beyond the 18th are not read; fields that are filled and not used are named', () => {
    const trace = table('swf', `${job(1, 0, 10, 2)} 77 extra columns\n`);
    expect(trace.count).toBe(1);
    expect(trace.notes.ignoredFields).toEqual(['status', 'user', 'group']);
  });

  test('job numbers that come twice are two jobs, kept apart', () => {
    const trace = table('swf', [job(5, 0, 1, 1), job(5, 1, 2, 1), job(5, 2, 3, 1)].join('\n'));
    expect(trace.ids[0]).toBe('5');
    expect(new Set(trace.ids).size).toBe(3);
    expect(trace.displayNames).toEqual(['', '5', '5']);
    expect(trace.notes).toMatchObject({ mappedIdCount: 2, collidingIdCount: 2 });
  });

  test('machines of more processors than a slot count can hold are read', () => {
    expect([...(table('swf', job(1, 0, 1, 163_840)).processors ?? [])]).toEqual([163_840]);
  });

  test('head keeps the first jobs that can be used and reads no further', () => {
    const pieces = function* () {
      yield `${job(1, 0, -1, 1)}\n${job(2, 0, 1, 1)}\n${job(3, 0, 1, 1)}\n`;
      throw new Error('was read');
    };
    expect(table('swf', '', { chunks: pieces(), head: 1 }).ids).toEqual(['2']);
  });

  test('a log without one usable job is refused at its first record', () => {
    expect(refusal('swf', `; comment\n${job(1, 0, -1, 1)}\n`)).toBe(
      [
        'trace:2:1: error BS2505: none of the 1 rows describes a task (no-runtime 1); here: run time -1',
        '  |',
        '2 | 1 0 -1 -1 1 -1 -1 -1 -1 -1 1 3 1 -1 -1 -1 -1 -1',
        '  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '  = hint: check the format (--from) and the units and names of the columns (--map)',
      ].join('\n'),
    );
    expect(refusal('swf', '; only\n; comments\n')).toContain('error BS2505: trace holds no rows');
  });
});

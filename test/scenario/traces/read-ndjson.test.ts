import { describe, expect, test } from 'vitest';
import { dropped, parents, refusal, table } from './helpers.js';

describe('NDJSON', () => {
  test('rows are objects with the plain columns; parents are lists, numbers or texts', () => {
    const trace = table(
      'ndjson',
      '{"id":"a","submit_ms":10,"runtime_ms":5}\n\n{"id":2,"submit_ms":"12","runtime_ms":"6.5","depends_on":["a"]}\n{"id":3,"submit_ms":11,"runtime_ms":0,"depends_on":"a;2"}\n',
    );
    expect(trace.ids).toEqual(['a', '2', '3']);
    expect([...trace.submitMs]).toEqual([0, 2, 1]);
    expect([...trace.runtimeMs]).toEqual([5, 7, 0]);
    expect(parents(trace)).toEqual([[], ['a'], ['a', '2']]);
  });

  test('whole numbers beyond 2^53 are ids to the last digit, and digits inside texts stay there', () => {
    const trace = table(
      'ndjson',
      '{"id":584055316413447529,"runtime_ms":1.5000000000000000001,"display_name":"x: 12345678901234567890, y"}\n{"id":584055316413447530,"runtime_ms":1,"depends_on":[584055316413447529, 584055316413447529]}\n',
    );
    expect(trace.ids).toEqual(['584055316413447529', '584055316413447530']);
    expect(trace.displayNames).toEqual(['x: 12345678901234567890, y', '']);
    expect(parents(trace)).toEqual([[], ['584055316413447529']]);
    expect(trace.notes.repeatedParentCount).toBe(1);
  });

  test('a column may first turn up in a later row', () => {
    const trace = table('ndjson', '{"runtime_s":1}\n{"runtime_s":2,"exit_code":3,"colour":"red"}\n');
    expect([...(trace.exitCodes ?? [])]).toEqual([0, 3]);
    expect(trace.notes.ignoredFields).toEqual(['colour']);
  });

  test('rows that are no objects, lack a time or hold what is no value are skipped', () => {
    const rows = [
      '{"submit_s":0,"runtime_s":1}',
      'oops',
      '[1]',
      'null',
      '{"runtime_s":1}',
      '{"submit_s":1}',
      '{"submit_s":1,"runtime_s":true}',
      '{"submit_s":1,"runtime_s":null}',
      '{"submit_s":1,"runtime_s":1,"depends_on":{"a":1}}',
      '{"submit_s":1,"runtime_s":1,"id":"","cores":1}',
    ];
    const trace = table('ndjson', rows.join('\n'));
    expect(trace.count).toBe(1);
    expect(dropped(trace)).toEqual({ malformed: 3, 'no-id': 1, 'no-submit-time': 1, 'no-runtime': 2, 'bad-value': 2 });
  });

  test('a first row without a run time is refused', () => {
    expect(refusal('ndjson', '{"id":1,"elapsed":2}\n')).toContain(
      'error BS2502: no column gives the run time: ndjson expects runtime_s or runtime_ms',
    );
  });
});

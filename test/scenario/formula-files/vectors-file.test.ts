/** Files of vectors (formula 0): strict in what a vector means, lenient in what stands beside it. */
import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../../src/base/index.js';
import { readVectors } from '../../../src/scenario/index.js';

const VECTOR = {
  id: 'V-1',
  title: 'one',
  formula: '$TargetDedicatedNodes = 1',
  context: { now: '2026-03-04T12:00:00Z' },
  expect: { targetDedicated: 1 },
};
type Changes = Readonly<Record<string, unknown>>;

function file(...changes: readonly Changes[]): string {
  return JSON.stringify({ vectors: changes.map((change, i) => ({ ...VECTOR, id: `V-${i + 1}`, ...change })) });
}

/** The first line of every problem, without its place. */
function problems(text: string): string[] {
  const read = readVectors('v.json', text);
  return (read.ok ? read.value.warnings : read.error).map((one) => renderDiagnostic(one).split('\n')[0] ?? '');
}

describe('what a file may leave out', () => {
  test('everything that has a default has it', () => {
    const read = readVectors('v.json', file({}));
    expect(read.ok && read.value.vectors[0]).toEqual({
      ...{ id: 'V-1', title: 'one', formula: '$TargetDedicatedNodes = 1' },
      context: {
        ...{ nowMs: Date.parse('2026-03-04T12:00:00Z'), targetDedicatedNodes: 0, targetLowPriorityNodes: 0 },
        ...{ currentDedicatedNodes: 0, currentLowPriorityNodes: 0, taskSlotsPerNode: 1 },
        ...{ samples: new Map(), constants: new Map() },
      },
      expect: {
        ...{ errors: null, targetDedicated: 1, targetLowPriority: null, nodeDeallocationOption: null },
        ...{ variables: new Map(), results: null },
      },
    });
  });

  test('null means absent, a mark before the text is none of it, and what is not of the form is told and left aside', () => {
    const text = `\ufeff${file({ expect: { targetDedicated: 1, error: null }, note: 'n', bais: ['doc'] })}`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^v\.json:1:\d+: warning BS2003: unknown key "note" in vectors\.V-1 is left aside$/),
      expect.stringMatching(/^v\.json:1:\d+: warning BS2003: unknown key "bais" in vectors\.V-1 is left aside$/),
    ]);
  });

  test('one kind of error, or several of which any is right', () => {
    const read = readVectors(
      'v.json',
      file({ expect: { error: 'syntax' } }, { expect: { error: ['syntax', 'limit'] } }),
    );
    expect(read.ok && read.value.vectors.map(({ expect: { errors } }) => errors)).toEqual([
      ['syntax'],
      ['syntax', 'limit'],
    ]);
  });

  test('samples and constants stand by their metric, fractions of a second and offsets included', () => {
    const samples = { $ActiveTasks: [{ t: '2026-03-04T12:59:59.5+01:00', v: 2 }] };
    const read = readVectors(
      'v.json',
      file({ context: { ...VECTOR.context, samples, constants: { $CPUPercent: 0.5 } } }),
    );
    const context = read.ok ? read.value.vectors[0]?.context : undefined;
    expect(context?.samples.get('$ActiveTasks')).toEqual([{ atMs: Date.parse('2026-03-04T11:59:59.5Z'), value: 2 }]);
    expect(context?.constants.get('$CPUPercent')).toBe(0.5);
  });
});

describe('what is wrong is told with its place', () => {
  const context = (change: Changes): Changes => ({ context: { ...VECTOR.context, ...change } });
  test.each<[string, string, RegExp]>([
    ['no JSON', '{"vectors": [}', /^v\.json:1:14: error BS2002: this is not JSON$/],
    ['YAML', 'vectors: []', /^v\.json:1:1: error BS2002: this is not JSON$/],
    ['an empty file', '', /error BS2002: this is not JSON$/],
    ['no vectors', '{"version": 1}', /error BS2006: the file has no vectors$/],
    ['another version', '{"version": 2, "vectors": []}', /error BS2005: version: /],
    ['a key twice', '{"vectors": [], "vectors": []}', /error BS2002: the key "vectors" stands twice/],
    ['a vector without a formula', file({ formula: null }), /error BS2006: vectors\.V-1 has no formula$/],
    [
      'an unknown key of the context',
      file(context({ current: 1 })),
      /error BS2003: unknown key "current" in vectors\.V-1\.context$/,
    ],
    [
      'an unknown expectation',
      file({ expect: { target: 1 } }),
      /error BS2003: unknown key "target" in vectors\.V-1\.expect$/,
    ],
    [
      'a time without a zone',
      file(context({ now: '2026-03-04T12:00:00' })),
      /now: "2026-03-04T12:00:00" is not an RFC 3339 time$/,
    ],
    ['a day that does not exist', file(context({ now: '2026-02-30T12:00:00Z' })), /is not a time that exists$/],
    ['no such metric', file(context({ samples: { $PendingTaks: [] } })), /error BS2003: unknown key "\$PendingTaks"/],
    ['half a node', file({ expect: { targetDedicated: 0.5 } }), /0\.5 is not a whole number from 0$/],
    ['no such kind of error', file({ expect: { error: 'Syntax' } }), /error BS200[45]: vectors\.V-1\.expect\.error/],
    ['nothing expected', file({ expect: {} }), /error BS2006: nothing is expected$/],
    [
      'success and failure',
      file({ expect: { error: 'limit', targetDedicated: 1 } }),
      /error BS2013: a formula that fails has no targets/,
    ],
    ['two of one id', file({ id: 'A' }, { id: 'A' }), /error BS2002: there are two vectors A$/],
    [
      'samples out of order',
      file(
        context({
          samples: {
            $ActiveTasks: [
              { t: '2026-03-04T11:00:30Z', v: 1 },
              { t: '2026-03-04T11:00:00Z', v: 2 },
            ],
          },
        }),
      ),
      /samples of \$ActiveTasks stand in the order of their times/,
    ],
  ])('%s', (_, text, told) => {
    expect(readVectors('v.json', text).ok).toBe(false);
    expect(problems(text)[0]).toMatch(told);
  });
});

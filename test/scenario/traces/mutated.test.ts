/** Damaged files end in diagnostics or in a table that makes sense: never in an exception, never in a hang. */
import { describe, expect, test } from 'vitest';
import { namedStream, type UniformSource } from '../../../src/base/index.js';
import { importTrace, readTrace, TRACE_FORMATS, type TraceFormat } from '../../../src/scenario/traces/index.js';
import { piecesOf } from '../../helpers/developer-traces.js';

const SAMPLES: Readonly<Record<TraceFormat, string>> = {
  swf: `; UnixStartTime: 749458803\n${lines(30, (i) => `${i} ${i * 7} -1 ${i * 3} ${(i % 8) + 1} -1 64 -1 -1 -1 1 1 1 -1 -1 -1 -1 -1`)}`,
  wfformat: JSON.stringify(
    {
      workflow: {
        specification: {
          tasks: range(12, (i) => ({
            id: `t.${i}`,
            name: 'x',
            parents: i > 0 ? [`t.${i - 1}`] : [],
            children: i < 11 ? [`t.${i + 1}`] : [],
          })),
        },
        execution: {
          tasks: range(12, (i) => ({
            id: `t.${i}`,
            runtimeInSeconds: i / 7,
            coreCount: 1 + (i % 3),
            memoryInBytes: 1e6 * i,
          })),
        },
      },
    },
    null,
    1,
  ),
  wtf: `id,workflow_id,ts_submit,runtime,cores,parents\n${lines(30, (i) => `58405531641344752${i},1,${i * 10},${i},1,${i > 2 ? `58405531641344752${i - 1};58405531641344752${i - 2}` : ''}`)}`,
  opendc: `id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n${lines(30, (i) => `${i},${1_665_093_600_000 + i * 30_000},${i * 1000},16,33600.0,100000`)}`,
  csv: `id,submit_s,runtime_s,cores,display_name,depends_on\n${lines(30, (i) => `job ${i},${i}.5,${i}.25,2,"a ""b"", c",${i > 0 ? `job ${i - 1}` : ''}`)}`,
  ndjson: lines(
    30,
    (i) => `{"id":"j${i}","submit_ms":${i},"runtime_s":${i}.125,"depends_on":["j${i - 1}"],"slots":${1 + (i % 4)}}`,
  ),
};

function range<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function lines(count: number, make: (i: number) => string): string {
  return `${range(count, make).join('\n')}\n`;
}

const INSERTS = [
  '999999999999999999999999',
  '-1',
  '1e308',
  'NaN',
  '"',
  '\u0000',
  '\ufffd',
  ',',
  '\n',
  '\r',
  '[',
  '{"',
  'null',
  ';',
  '',
  '\ud800',
];

/** One to six changes: characters flipped, lines cut or doubled, pieces removed, hostile words put in. */
function mutate(text: string, random: UniformSource): string {
  let mutated = text;
  const below = (limit: number) => Math.floor(random.next() * limit);
  for (let change = 1 + below(6); change > 0; change--) {
    const at = below(mutated.length + 1);
    const rows = mutated.split('\n');
    const row = below(rows.length);
    switch (below(6)) {
      case 0:
        mutated = mutated.slice(0, at) + String.fromCharCode(below(256)) + mutated.slice(at + 1);
        break;
      case 1:
        mutated = mutated.slice(0, at);
        break;
      case 2:
        mutated = [...rows.slice(0, row), (rows[row] as string).slice(0, below(40)), ...rows.slice(row + 1)].join('\n');
        break;
      case 3:
        mutated = [...rows.slice(0, row), rows[row] as string, ...rows.slice(row)].join('\n');
        break;
      case 4:
        mutated = mutated.slice(0, at) + mutated.slice(at + below(60));
        break;
      default:
        mutated = mutated.slice(0, at) + (INSERTS[below(INSERTS.length)] as string) + mutated.slice(at + below(4));
    }
  }
  return mutated;
}

describe.each(TRACE_FORMATS)('damaged %s', (format) => {
  test('400 mutations each end in diagnostics with codes or in a table that holds together', () => {
    const random = namedStream(2022, format);
    let refusedCount = 0;
    for (let i = 0; i < 400; i++) {
      const text = mutate(SAMPLES[format], random);
      const result = readTrace({ name: 'trace', format, chunks: piecesOf(text, 1 + Math.floor(random.next() * 300)) });
      if (result.ok) checkTable(result.value);
      else {
        refusedCount += 1;
        expect(result.error.every((problem) => /^BS25\d\d$/.test(problem.code) && problem.message.length < 600)).toBe(
          true,
        );
      }
    }
    // Most damage costs rows; some costs the header or the document.
    expect(refusedCount).toBeLessThan(400);
  });

  test('every cut into pieces reads the same', () => {
    const read = (chunks: readonly string[]) => readTrace({ name: 'trace', format, chunks });
    const whole = read([SAMPLES[format]]);
    expect(whole.ok && whole.value.count).toBeGreaterThan(0);
    for (const size of [1, 2, 3, 7, 64]) expect(read(piecesOf(SAMPLES[format], size))).toEqual(whole);
    expect(read(['', ...piecesOf(SAMPLES[format], 50), ''])).toEqual(whole);
  });

  test.each([
    ['nothing', ''],
    ['blank lines', '\n\n \n'],
    ['zero bytes', '\u0000'.repeat(5000)],
    ['noise', String.fromCharCode(...range(4000, (i) => (i * 7919) % 65_536))],
    ['brackets', '['.repeat(100_000)],
    ['quotes', '"\n'.repeat(1001)],
    ['numbers', `${'9'.repeat(100_000)}\n`],
    ['a line without end', 'x'.repeat(5 * 1024 * 1024)],
  ])('%s is refused', (_, text) => {
    const result = readTrace({ name: 'trace', format, chunks: [text] });
    expect(result.ok).toBe(false);
  });
});

function checkTable(table: Extract<ReturnType<typeof readTrace>, { ok: true }>['value']): void {
  const { count, dependencies } = table;
  expect(new Set(table.ids.map((id) => id.toLowerCase())).size).toBe(count);
  expect(table.ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true);
  for (const column of [table.submitMs, table.runtimeMs]) {
    expect(column).toHaveLength(count);
    expect(column.every((ms) => Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
  }
  expect(table.submitMs.includes(0)).toBe(true);
  expect((table.processors ?? Int32Array.of(1)).every((cores) => cores >= 1)).toBe(true);
  if (dependencies !== null) {
    expect(dependencies.offsets).toHaveLength(count + 1);
    expect(dependencies.offsets[count]).toBe(dependencies.parents.length);
    expect(dependencies.parents.every((row) => row >= 0 && row < count)).toBe(true);
  }
  expect(table.notes.rowCount).toBe(count + table.notes.droppedCount);
}

test('a hostile trace imports as far as it makes sense: the scenario can always be written', () => {
  const text = `id,runtime_s,depends_on\n${'../../etc/passwd,1,\n"\u0007, bell",2,../../etc/passwd\n'}`;
  const result = importTrace({
    source: { name: '"; rm -rf\r\n: {', format: 'csv', chunks: [text] },
    nodes: null,
    vmSize: 'Standard_D2s_v5',
    cores: 2,
    slots: null,
    timing: 'none',
    taskOrder: 'creation',
  });
  expect(result.ok && [...result.value.tasksNdjson()].join('')).toBe(
    '{"id":"______etc_passwd","display_name":"../../etc/passwd","submit_ms":0,"runtime_ms":1000}\n' +
      '{"id":"___bell","display_name":"\\u0007, bell","submit_ms":0,"runtime_ms":2000,"depends_on":["______etc_passwd"]}\n',
  );
  expect(result.ok && result.value.scenarioYaml).toContain('\nname: "rm--rf"\n');
});

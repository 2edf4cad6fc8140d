import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRecording, encodeRecording, openRecording, type Recording, stateAt } from '../../src/recording/index.js';
import { toyWorld } from '../helpers/recordings.js';

const worlds = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  lengthMs: fc.integer({ min: 1, max: 400 }),
  tasks: fc.integer({ min: 0, max: 60 }),
  nodes: fc.integer({ min: 0, max: 8 }),
  withLog: fc.boolean(),
});

function encode(recording: Recording): Uint8Array {
  const { run } = toyWorld({ seed: 1 });
  return Buffer.concat([...encodeRecording({ scenario: run.scenario, recording })]);
}

function decode(bytes: Uint8Array): Recording {
  const decoded = decodeRecording(bytes);
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
}

/** All that a recording says, names by asking for them. */
function plain(recording: Recording) {
  const { taskNames, ...rest } = recording;
  const rows = Array.from({ length: recording.tasks.count }, (_, i) => i);
  return { ...rest, names: rows.map((row) => [taskNames.id(row), taskNames.displayName(row)]), sets: taskNames.sets };
}

describe('a recording and its file', () => {
  test('decode ∘ encode is the identity', () => {
    fc.assert(
      fc.property(worlds, (options) => {
        const { recording } = toyWorld(options).run;
        expect(plain(decode(encode(recording)))).toEqual(plain(recording));
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  test('columns with room to spare are cut to their count', () => {
    const { recording } = toyWorld({ seed: 5 }).run;
    const roomy = new Float64Array(recording.tasks.count + 1000).fill(77);
    roomy.set(recording.tasks.submitMs);
    const decoded = decode(encode({ ...recording, tasks: { ...recording.tasks, submitMs: roomy } }));
    expect(decoded.tasks.submitMs).toEqual(recording.tasks.submitMs);
  });

  test('values that are not whole, huge, or -0 survive', () => {
    const { recording } = toyWorld({ seed: 5, nodes: 6 }).run;
    const values = [0.1, -0, Number.MAX_SAFE_INTEGER, -(2 ** 51), 2 ** 51 + 1, 1e300];
    const slotMs = Float64Array.from({ length: recording.nodes.count }, (_, i) => values[i] as number);
    const goneMs = Float64Array.from({ length: recording.nodes.count }, (_, i) => (i % 2 ? 2 ** 51 : -(2 ** 51)));
    expect(recording.nodes.count).toBe(6);
    const decoded = decode(encode({ ...recording, nodes: { ...recording.nodes, slotMs, goneMs } }));
    expect(decoded.nodes.slotMs).toEqual(slotMs);
    expect(decoded.nodes.goneMs).toEqual(goneMs);
  });

  test('objects with null, odd numbers and many texts survive, and few texts take few bytes', () => {
    const { recording } = toyWorld({ seed: 5 }).run;
    const row = { kind: 'start', node: 0, job: -1, startMs: 0, endMs: -1, state: 'running', failure: '' } as const;
    const nodeTasks = Array.from({ length: 20_000 }, (_, i) => {
      return { ...row, startMs: i * 7, exitCode: i % 3 === 0 ? null : -i, result: null, retries: 2 ** 31 - 1 };
    });
    const operations = Array.from({ length: 50 }, (_, i) => ({
      atMs: i,
      accountIndex: 0,
      kind: 'addJob',
      target: `job ü"${i}"`,
      code: i % 2 ? 'JobExists' : null,
      status: i % 2 ? 409 : 201,
      message: i % 2 ? 'It exists.\n' : '',
      expected: i % 5 === 0,
      byTask: -1,
    }));
    const bytes = encode({ ...recording, nodeTasks, operations });
    const decoded = decode(bytes);
    expect(decoded.nodeTasks).toEqual(nodeTasks);
    expect(decoded.operations).toEqual(operations);
    expect(bytes.length - encode(recording).length).toBeLessThan(20_000 * 12);
  });

  test('a name list that sets share is stored once', () => {
    const { recording } = toyWorld({ seed: 5 }).run;
    const set = { ...recording.taskNames.sets[0]!, count: 1 };
    const many = { ...recording.taskNames, sets: Array.from({ length: 500 }, () => set) };
    const few = { ...recording.taskNames, sets: Array.from({ length: 2 }, () => set) };
    const grown = encode({ ...recording, taskNames: many }).length - encode({ ...recording, taskNames: few }).length;
    expect(grown).toBeLessThan(500 * 9);
  });
});

describe('seeking', () => {
  test('stateAt gives at every position what a replay from the start gives', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { recording } = toyWorld({ seed, lengthMs: 300, tasks: 60 }).run;
      const file = openRecording(encode(recording));
      if (!file.ok) throw new Error(file.error);
      for (let position = 0; position <= file.value.logCount; position += 1 + (position % 3)) {
        expect(file.value.stateAt(position)).toEqual({ ok: true, value: stateAt(recording, position) });
      }
    }
  });

  test('stateAtTime takes in everything of that moment and nothing after', () => {
    const { recording } = toyWorld({ seed: 9, lengthMs: 300, tasks: 60 }).run;
    const file = openRecording(encode(recording));
    if (!file.ok) throw new Error(file.error);
    for (let atMs = 0; atMs <= 300; atMs += 7) {
      const position = recording.log!.atMs.filter((t) => t <= atMs).length;
      expect(file.value.stateAtTime(atMs)).toEqual({ ok: true, value: stateAt(recording, position) });
    }
  });
});

describe('a file that is not sound is refused in a sentence', () => {
  const { recording } = toyWorld({ seed: 11, lengthMs: 200, tasks: 40 }).run;
  const sound = encode(recording);

  test('every flipped bit is found', () => {
    const bytes = sound.slice();
    for (let bit = 0; bit < bytes.length * 8; bit += 47) {
      const at = bit >>> 3;
      bytes[at]! ^= 1 << (bit & 7);
      const decoded = decodeRecording(bytes);
      expect(decoded, `bit ${bit}`).toMatchObject({ ok: false });
      bytes[at]! ^= 1 << (bit & 7);
    }
    expect(decodeRecording(bytes).ok).toBe(true);
  });

  test('a file cut at any length is refused', () => {
    for (let length = 0; length < sound.length; length += 17) {
      expect(decodeRecording(sound.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false });
    }
    expect(decodeRecording(sound.subarray(0, sound.length - 1))).toEqual({
      ok: false,
      error: 'the recording was cut short: its end is missing; run the scenario again',
    });
  });

  test('a damaged one says so', () => {
    const bytes = sound.slice();
    bytes[Math.floor(bytes.length / 2)]! ^= 4;
    expect(decodeRecording(bytes)).toEqual({
      ok: false,
      error: 'the recording is damaged: its bytes do not match their checksums; run the scenario again',
    });
  });

  test('one of a newer version names both versions', () => {
    const bytes = sound.slice();
    bytes[8] = 9;
    expect(decodeRecording(bytes)).toEqual({
      ok: false,
      error: 'the recording is of format 9, made by a newer batchsim; this one reads format 2',
    });
  });

  test('one of an older version asks for a new run', () => {
    const bytes = sound.slice();
    bytes[8] = 1;
    expect(decodeRecording(bytes)).toEqual({
      ok: false,
      error: 'the recording is of format 1, made by an older batchsim; this one reads format 2: run the scenario again',
    });
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('job_id,task_id\n'.repeat(20))],
    ['zeros', new Uint8Array(500)],
  ])('%s is no recording', (_, bytes) => {
    expect(decodeRecording(bytes)).toEqual({ ok: false, error: 'this is not a recording of batchsim' });
  });

  test('random bytes after the magic never decode', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        const bytes = new Uint8Array(8 + tail.length);
        bytes.set(sound.subarray(0, 8));
        bytes.set(tail, 8);
        expect(decodeRecording(bytes).ok).toBe(false);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

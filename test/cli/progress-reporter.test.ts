import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Output } from '../../src/cli/output.js';
import { ProgressReporter } from '../../src/cli/progress-reporter.js';

const STATE = { phase: 'simulating', fraction: 0.25, simulatedMs: 60_000, eventCount: 1_000 };

/** A reporter on a hand-moved clock, and what it wrote to standard error. */
function reporter(cursor: boolean) {
  let written = '';
  const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      written += chunk;
      done();
    },
  });
  const terminal = { stdoutColor: false, stderrColor: false, unicode: false, cursor, width: 80, resultWidth: 80 };
  let now = 0;
  const shown = new ProgressReporter(new Output(sink(), stderr, terminal, false), terminal, () => now);
  return {
    tickAt: (ms: number) => {
      now = ms;
      shown.tick(() => STATE);
    },
    clear: () => shown.clear(),
    written: () => written,
  };
}

describe('when progress is shown', () => {
  test('on a terminal: nothing in the first second, then a bar that is drawn over at most ten times a second', () => {
    const { tickAt, clear, written } = reporter(true);
    tickAt(999);
    expect(written()).toBe('');
    for (const ms of [1_000, 1_050, 1_099, 1_100]) tickAt(ms);
    expect(written().split('\r\u001b[2K').length - 1).toBe(2);
    expect(written()).toContain('simulating 25 %');
    clear();
    expect(written().endsWith('\r\u001b[2K')).toBe(true);
  });

  test('elsewhere: a plain line each ten seconds, and never a cursor code', () => {
    const { tickAt, clear, written } = reporter(false);
    for (const ms of [1_000, 9_999, 10_000, 15_000, 20_000]) tickAt(ms);
    clear();
    expect(written().trim().split('\n')).toHaveLength(2);
    expect(written()).not.toContain('\u001b');
    expect(written()).not.toContain('\r');
  });
});

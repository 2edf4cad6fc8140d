import { describe, expect, test } from 'vitest';
import { decideTerminal, hasUnicode } from '../../src/cli/terminal.js';

const TTY = { isTTY: true, columns: 120 };
const PIPE = { isTTY: false, columns: undefined };
const AUTO = { color: null, glyphs: null, quiet: false };
const UTF8 = { LANG: 'en_US.UTF-8', TERM: 'xterm-256color' };

describe('what the terminal can do', () => {
  test('a terminal has colour, a bar and its width', () => {
    expect(decideTerminal(AUTO, UTF8, TTY, TTY)).toEqual({
      stdoutColor: true,
      stderrColor: true,
      unicode: true,
      cursor: true,
      width: 120,
      resultWidth: 120,
    });
  });

  test('a pipe on one stream leaves the other as it is', () => {
    expect(decideTerminal(AUTO, UTF8, PIPE, TTY)).toMatchObject({
      stdoutColor: false,
      stderrColor: true,
      cursor: true,
    });
    expect(decideTerminal(AUTO, UTF8, TTY, PIPE)).toMatchObject({
      stdoutColor: true,
      stderrColor: false,
      cursor: false,
      width: 80,
      resultWidth: 120,
    });
  });

  test.each([
    ['NO_COLOR', { ...UTF8, NO_COLOR: '1' }, { stdoutColor: false, cursor: true }],
    ['an empty NO_COLOR', { ...UTF8, NO_COLOR: '' }, { stdoutColor: true }],
    ['TERM=dumb', { ...UTF8, TERM: 'dumb' }, { stdoutColor: false, cursor: false, unicode: false }],
    ['CI', { ...UTF8, CI: 'true' }, { cursor: false }],
  ])('%s is respected', (_, env, expected) => {
    expect(decideTerminal(AUTO, env, TTY, TTY)).toMatchObject(expected);
  });

  test('a flag wins over the environment', () => {
    expect(decideTerminal({ ...AUTO, color: 'always' }, { NO_COLOR: '1' }, PIPE, PIPE).stdoutColor).toBe(true);
    expect(decideTerminal({ ...AUTO, color: 'never' }, { FORCE_COLOR: '1' }, TTY, TTY).stdoutColor).toBe(false);
    expect(decideTerminal({ ...AUTO, glyphs: 'ascii' }, UTF8, TTY, TTY).unicode).toBe(false);
    expect(decideTerminal({ ...AUTO, glyphs: 'unicode' }, { TERM: 'dumb' }, TTY, TTY).unicode).toBe(true);
  });

  test('--quiet never moves the cursor', () => {
    expect(decideTerminal({ ...AUTO, quiet: true }, UTF8, TTY, TTY).cursor).toBe(false);
  });

  test.each([
    [{ LANG: 'C' }, false],
    [{}, false],
    [{ LANG: 'de_DE.utf8' }, true],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8' }, true],
    [{ TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
    [{ WT_SESSION: 'x' }, true],
  ])('glyphs by locale: %j', (env, expected) => {
    expect(hasUnicode(env)).toBe(expected);
  });
});

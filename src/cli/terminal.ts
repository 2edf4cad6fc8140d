/** What the terminal can do, decided once from flags, environment and the streams. Pure. */

/** The part of an output stream that decides. */
export interface StreamFacts {
  readonly isTTY: boolean;
  /** Columns; undefined where it is no terminal. */
  readonly columns: number | undefined;
}

/** What may be written. */
export interface Terminal {
  /** Colours on standard output. */
  readonly stdoutColor: boolean;
  /** Colours on standard error. */
  readonly stderrColor: boolean;
  readonly unicode: boolean;
  /** Cursor codes on standard error: a bar that redraws itself. */
  readonly cursor: boolean;
  /** Columns of standard error. */
  readonly width: number;
  /** Columns of standard output. */
  readonly resultWidth: number;
}

/** Columns where nobody says. */
export const DEFAULT_WIDTH = 80;

type Environment = Readonly<Record<string, string | undefined>>;

/** Decides: flag, then environment (NO_COLOR, FORCE_COLOR, TERM=dumb, CI, locale), then the streams. */
export function decideTerminal(
  flags: {
    readonly color: 'auto' | 'always' | 'never' | null;
    readonly glyphs: 'auto' | 'unicode' | 'ascii' | null;
    readonly quiet: boolean;
  },
  env: Environment,
  stdout: StreamFacts,
  stderr: StreamFacts,
): Terminal {
  const dumb = env['TERM'] === 'dumb';
  const color = (stream: StreamFacts): boolean => {
    if (flags.color === 'always') return true;
    if (flags.color === 'never') return false;
    if (isSet(env['NO_COLOR'])) return false;
    if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0';
    return stream.isTTY && !dumb;
  };
  return {
    stdoutColor: color(stdout),
    stderrColor: color(stderr),
    unicode: flags.glyphs === 'unicode' || (flags.glyphs !== 'ascii' && !dumb && hasUnicode(env)),
    cursor: stderr.isTTY && !dumb && !isSet(env['CI']) && !flags.quiet,
    width: widthOf(stderr),
    resultWidth: widthOf(stdout),
  };
}

function widthOf({ columns }: StreamFacts): number {
  return columns !== undefined && columns > 0 ? columns : DEFAULT_WIDTH;
}

/** True where the locale, or the terminal program, is known to draw more than ASCII. */
export function hasUnicode(env: Environment): boolean {
  if (isSet(env['WT_SESSION'])) return true;
  if (env['TERM'] === 'linux') return false; // the bare console has few glyphs
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet) ?? '';
  return /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** `doctor`: what batchsim found out about this machine, for bug reports and for people whose output looks odd. */
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { formatBytes } from '../../base/index.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';

/** The oldest Node that is supported; package.json says the same under `engines`. */
export const NODE_FLOOR = [20, 19] as const;

/** Exits 1 on a Node that is too old. */
export const doctor: Handler<never> = async ({ context, options }) => {
  const { output, terminal, env, version } = context;
  const supported = isSupported(process.versions.node);
  const facts = {
    schemaVersion: 1,
    batchsim: version,
    node: process.versions.node,
    nodeSupported: supported,
    v8: process.versions.v8,
    platform: `${platform()} ${release()} ${arch()}`,
    cpus: cpus().length,
    memoryBytes: totalmem(),
    stdout: { isTTY: process.stdout.isTTY === true, color: terminal.stdoutColor },
    stderr: {
      isTTY: process.stderr.isTTY === true,
      color: terminal.stderrColor,
      cursor: terminal.cursor,
      width: terminal.width,
    },
    glyphs: terminal.unicode ? 'unicode' : 'ascii',
    environment: pick(env, ['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'CI', 'LC_ALL', 'LC_CTYPE', 'LANG']),
    variables: Object.keys(env)
      .filter((name) => name.startsWith('BATCHSIM_'))
      .sort(),
  };
  if (options.json) output.json(facts);
  else {
    output.result(
      table([
        ['batchsim', facts.batchsim],
        ['Node', `${facts.node}${supported ? '' : `  (too old: ${NODE_FLOOR.join('.')} or later is needed)`}`],
        ['system', `${facts.platform}, ${facts.cpus} CPUs, ${formatBytes(facts.memoryBytes)}`],
        [
          'stdout',
          `${facts.stdout.isTTY ? 'terminal' : 'no terminal'}, ${facts.stdout.color ? 'colour' : 'no colour'}`,
        ],
        [
          'stderr',
          `${facts.stderr.isTTY ? 'terminal' : 'no terminal'}, ${facts.stderr.color ? 'colour' : 'no colour'}, ${facts.stderr.cursor ? 'progress bar' : 'plain progress lines'}`,
        ],
        ['width', `${facts.stderr.width} columns`],
        ['glyphs', terminal.unicode ? 'unicode  ▂▄▆█ · × ─╭' : 'ascii (the locale is not UTF-8, or --glyphs ascii)'],
        [
          'settings',
          Object.entries(facts.environment)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ') || 'none',
        ],
        ['overrides', facts.variables.join(' ') || 'no BATCHSIM_ variables'],
      ]),
    );
    output.note('next: batchsim init demo');
  }
  return supported ? EXIT.ok : EXIT.failure;
};

/** Whether a Node version, such as `20.19.0`, is new enough. */
export function isSupported(node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
}

function pick(env: Readonly<Record<string, string | undefined>>, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(widest)}  ${value}`).join('\n');
}

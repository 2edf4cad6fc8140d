/** The built program as its users call it: words in, exit code and two streams out. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** What a call came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh folder to call the program in. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'batchsim-cli-'));

  /** Calls the program and waits for it. `env` comes on top of a plain environment. */
  call(
    words: readonly string[],
    options: { readonly env?: Record<string, string>; readonly input?: string } = {},
  ): Outcome {
    const { env, input = '' } = options;
    const result = spawnSync(process.execPath, [PROGRAM, ...words], {
      cwd: this.folder,
      env: plainEnvironment(env),
      input,
      encoding: 'utf8',
    });
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** Runs a line of shell in which `batchsim` is the program. */
  shell(line: string): Outcome {
    const script = `batchsim() { ${JSON.stringify(process.execPath)} ${JSON.stringify(PROGRAM)} "$@"; }; ${line}`;
    const result = spawnSync('bash', ['--norc', '-c', script], {
      cwd: this.folder,
      env: plainEnvironment(),
      encoding: 'utf8',
    });
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** Calls the program and sends it signals, one each time that standard error has said `said`. */
  async interrupt(
    words: readonly string[],
    steps: readonly { said: string; signal: NodeJS.Signals }[],
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: this.folder, env: plainEnvironment() });
    const left = [...steps];
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
      while (left[0] !== undefined && stderr.includes(left[0].said)) child.kill(left.shift()?.signal);
    });
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, stdout, stderr };
  }

  /** Puts a file into the folder. */
  file(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Reads a file of the folder. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Copies a folder of the project's scenarios. */
  copyScenario(name: string): void {
    cpSync(join(SCENARIOS, name), join(this.folder, name), { recursive: true });
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Nothing of the tester's own settings must decide a test. */
function plainEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(BATCHSIM_|NO_COLOR$|FORCE_COLOR$|CI$|TERM$|LC_|LANG$)/.test(name),
  );
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8', TERM: 'xterm', ...extra };
}

/** A scenario that is done in a moment: 20 tasks of a minute on two nodes. */
export const SMALL = `version: 1
name: small
pools:
  - { id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 2, model: { ready: true, timing: none } }
jobs:
  - id: j
    poolInfo: { poolId: p }
    tasks: [{ id: "t-{1..20}", model: { runtime: 1m } }]
`;

/** A scenario that would go on for hours of real time: a task that fails each second and is retried for ever. */
export const ENDLESS = `version: 1
name: endless
clock: { until: 365000d }
model: { options: { taskLifetime: none } }
pools:
  - { id: p, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1, model: { ready: true, timing: none } }
jobs:
  - id: j
    poolInfo: { poolId: p }
    tasks:
      - id: t
        constraints: { maxTaskRetryCount: -1 }
        model: { runtime: 1s, exitCode: 1 }
`;

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES, commandSpec } from '../../src/cli/commands.js';
import { COMPLETION_SCRIPTS, type Shell } from '../../src/cli/completion/index.js';
import { optionSpec } from '../../src/cli/options.js';

const SHELLS = Object.keys(COMPLETION_SCRIPTS) as Shell[];

/** Asks bash what it would offer for the last of these words. */
function bashOffers(...words: string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `${COMPLETION_SCRIPTS.bash()}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _batchsim; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const result = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(result.stderr).toBe('');
  return result.stdout.split('\n').filter((line) => line !== '');
}

describe('completion', () => {
  test.each(SHELLS)('%s knows every command and every option of each', (shell) => {
    const script = COMPLETION_SCRIPTS[shell]();
    for (const name of COMMAND_NAMES) {
      for (const word of name.split(' ')) expect(script).toContain(word);
      for (const option of commandSpec(name).options) {
        const { flag } = optionSpec(option);
        expect(script).toContain(shell === 'fish' ? `-l ${flag}` : `--${flag}`);
      }
    }
  });

  test.each(SHELLS.filter((shell) => shell !== 'pwsh'))(
    '%s reads its script, where that shell is installed',
    (shell) => {
      const result = spawnSync(shell, ['-n'], { input: COMPLETION_SCRIPTS[shell](), encoding: 'utf8' });
      if (result.error !== undefined) return; // not installed here
      expect(result.stderr).toBe('');
      expect(result.status).toBe(0);
    },
  );

  test.each([
    [['batchsim', 'va'], ['validate']],
    [['batchsim', 'run', '--check'], ['--check-determinism']],
    [
      ['batchsim', 'import', '--from', 'w'],
      ['wfformat', 'wtf'],
    ],
    [['batchsim', '--quiet', 'validate', '--format', 'g'], ['github']],
    [
      ['batchsim', 'completion', ''],
      ['bash', 'zsh', 'fish', 'pwsh'],
    ],
    [['batchsim', 'form'], ['formula']],
    [['batchsim', 'formula', 'ch'], ['check']],
    [['batchsim', 'formula', 'check', '--str'], ['--strict']],
    [['batchsim', 'formula', 'check', '--format', 's'], ['sarif']],
    [['batchsim', 'run', 'package.js'], ['package.json']],
    [['batchsim', 'run', '-o', 'sr'], ['src']],
  ])('bash offers, after %j, %j', (words, offers) => {
    expect(bashOffers(...words)).toEqual(offers);
  });
});

/** `batchsim/autoscale` as another package sees it: by its name, from the built files. docs/formula.md has more of it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the package can be imported by its name', () => {
  const program = `
    import { compileFormula, refusalOf } from 'batchsim/autoscale';
    const good = compileFormula('$TargetDedicatedNodes = 3;');
    const bad = compileFormula('$TargetDedicatedNodes = ;');
    console.log(good.ok, bad.ok, refusalOf(bad.error));
  `;
  const words = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('true false AutoScalingFormulaSyntaxError\n');
});

test('its types lie where package.json says', () => {
  const { exports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  expect(readFileSync(`${ROOT}${exports['./autoscale'].types}`, 'utf8')).toContain(
    "export * from './autoscale/index.js'",
  );
});

import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sandbox } from './batchsim.js';

/** Two problems with fixes, and one behind them. */
const ROUGH = `cap = 10
$p = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 15);
$n = $p < 0.7 ? 1 : avg($PendingTasks.GetSample(TimeInterval_Minute * 15));
$targetDedicatedNodes = min(cap, $n / 4);
`;
const SMOOTH = `cap = 10;
$p = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 15);
$n = $p < 70 ? 1 : avg($PendingTasks.GetSample(TimeInterval_Minute * 15));
$TargetDedicatedNodes = ceil(min(cap, $n / 4));
`;

/** A scenario with one formula, as a block. */
function scenario(formula: string): string {
  const block = formula.trimEnd().replaceAll(/^/gm, '      ');
  return `version: 1
pools:
  - id: p
    vmSize: Standard_D2s_v5
    enableAutoScale: true
    autoScaleFormula: |   # to be mended
${block}
    taskSlotsPerNode: 4
jobs: []
`;
}

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const check = (...words: string[]) => box.call(['formula', 'check', ...words]);

describe('formula check', () => {
  test('shows every problem with its place, its caret and its hint', () => {
    box.file('rough.autoscale', ROUGH);
    const { code, stdout, stderr } = check('rough.autoscale');
    expect(code).toBe(3);
    expect(stdout).toBe(`rough.autoscale:1:9: error BS3008: a semicolon is missing here
  |
1 | cap = 10
  |         ^
  = hint: statements are separated by semicolons, whatever the lines
rough.autoscale:3:11: warning BS3037: a share of samples is given in percent, 0 to 100: 0.7 is 0.7 %
  |
3 | $n = $p < 0.7 ? 1 : avg($PendingTasks.GetSample(TimeInterval_Minute * 15));
  |           ^^^
  = hint: write 70 for 70 %
rough.autoscale:4:1: warning BS3032: $targetDedicatedNodes is a variable of your own, not $TargetDedicatedNodes
  |
4 | $targetDedicatedNodes = min(cap, $n / 4);
  | ^^^^^^^^^^^^^^^^^^^^^
  = hint: did you mean $TargetDedicatedNodes?
1 formula: 1 error, 2 warnings
`);
    expect(stderr).toBe('next: batchsim formula check rough.autoscale --fix\n');
  });

  test('a good formula exits 0; a warning does too, unless --strict', () => {
    box.file('smooth.autoscale', SMOOTH);
    expect(check('smooth.autoscale')).toMatchObject({ code: 0, stdout: '1 formula: 0 errors, 0 warnings\n' });
    box.file('bare.autoscale', '$TargetDedicatedNodes = $PendingTasks;');
    expect(check('bare.autoscale').code).toBe(0);
    expect(check('bare.autoscale', '--strict').code).toBe(3);
  });

  test('reads standard input', () => {
    const { code, stdout } = box.call(['formula', 'check', '-'], { input: '$TargetDedicated = $PendingTaks;' });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^<stdin>:1:20: error BS3010/);
  });

  test('several files are checked, formulas and scenarios; one that is missing exits 1', () => {
    box.file('a.autoscale', 'x = 1;');
    box.file('s.yaml', scenario('y = 1;'));
    const both = check('a.autoscale', 's.yaml');
    expect(both.stdout).toMatch(
      /^a\.autoscale:1:1: warning BS3031[\s\S]*^s\.yaml:7:7: warning BS3031[\s\S]*^2 formulas:/m,
    );
    const missing = check('a.autoscale', 'gone.autoscale');
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain('there is no file or folder gone.autoscale');
  });

  test('in a scenario a formula is told on its true line, and the slots of its pool are known', () => {
    box.file('s.yaml', scenario('$n = max(0, $PendingTasks.GetSample(3));\n$TargetDedicatedNodes = $n + bonus;'));
    const { code, stdout } = check('s.yaml');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^s\.yaml:8:36: error BS3010/m);
    expect(stdout).toMatch(/^s\.yaml:8:31: warning BS3046: a node of this pool runs 4 tasks at once/m);
  });

  test('--pool-kind tells of targets that do not fit', () => {
    box.file('a.autoscale', '$TargetDedicatedNodes = 1;');
    expect(check('a.autoscale', '--pool-kind', 'spot').stdout.match(/BS3045/g)).toHaveLength(2);
    expect(check('a.autoscale', '--pool-kind', 'dedicated').stdout).not.toContain('BS3045');
  });

  test('--explain adds the story of each code, once', () => {
    box.file('a.autoscale', 'x = $PendingTasks + $ActiveTasks;');
    const { stdout } = check('a.autoscale', '--explain');
    expect(stdout.match(/^BS3033: a metric used as a number/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^What to do: Assign one of them/m);
    const { explanations } = JSON.parse(check('a.autoscale', '--explain', '--json').stdout);
    expect(explanations.map(({ code }: { code: string }) => code)).toEqual(['BS3031', 'BS3033']);
  });
});

describe('formats', () => {
  test('json has the problems, the files and the verdict', () => {
    box.file('rough.autoscale', ROUGH);
    const document = JSON.parse(check('rough.autoscale', '--format', 'json').stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      valid: false,
      errors: 1,
      warnings: 2,
      files: [{ file: 'rough.autoscale', formulas: 1 }],
      fixed: [],
    });
    expect(document.diagnostics[1]).toMatchObject({
      code: 'BS3037',
      place: { line: 3, column: 11, endLine: 3, endColumn: 14 },
      fix: { title: 'write 70 for 0.7', edits: [{ line: 3, column: 11, endColumn: 14, text: '70' }] },
    });
  });

  test('github prints a command for each problem, with what it would take for its own escaped', () => {
    box.file('a,b.autoscale', '$TargetDedicatedNodes = 5 % 2;');
    const { stdout } = check('a,b.autoscale', '--format', 'github');
    expect(stdout).toMatch(
      /^::error file=a%2Cb\.autoscale,line=1,col=27,title=BS3004::%25 is not part of the language/,
    );
  });

  test('sarif has every member that version 2.1.0 requires', () => {
    box.file('rough.autoscale', ROUGH);
    const log = JSON.parse(check('rough.autoscale', '--format', 'sarif').stdout);
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'batchsim' } } }] });
    const [{ tool, results }] = log.runs;
    const rules: readonly string[] = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(rules).toEqual(['BS3008', 'BS3032', 'BS3037']);
    expect(results).toHaveLength(3);
    for (const { ruleId, level, message, locations, fixes } of results) {
      expect(rules).toContain(ruleId);
      expect(level).toMatch(/^(error|warning|note|none)$/);
      expect(message.text).toMatch(/\w/);
      const [{ physicalLocation }] = locations;
      expect(physicalLocation.artifactLocation.uri).toBe('rough.autoscale');
      expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
      for (const { artifactChanges } of fixes ?? []) {
        expect(artifactChanges[0].artifactLocation.uri).toBe('rough.autoscale');
        for (const { deletedRegion } of artifactChanges[0].replacements)
          expect(deletedRegion.startLine).toBeGreaterThan(0);
      }
    }
    expect(results.filter(({ fixes }: { fixes?: unknown }) => fixes !== undefined)).toHaveLength(3);
  });
});

describe('--fix', () => {
  test('mends the file, says what it did, and has nothing to do the second time', () => {
    box.file('f.autoscale', ROUGH);
    const first = check('f.autoscale', '--fix');
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(`f.autoscale:1:9: fixed BS3008: put a semicolon
f.autoscale:3:11: fixed BS3037: write 70 for 0.7
f.autoscale:4:1: fixed BS3032: write $TargetDedicatedNodes for $targetDedicatedNodes
f.autoscale:4:34: fixed BS3039: round up with ceil()
1 formula: 0 errors, 0 warnings, 4 fixed
`);
    expect(box.read('f.autoscale')).toBe(SMOOTH);
    expect(check('f.autoscale', '--fix').stdout).toBe('1 formula: 0 errors, 0 warnings\n');
    expect(box.read('f.autoscale')).toBe(SMOOTH);
  });

  test('mends a scenario in its block and leaves the rest as it is', () => {
    box.file('s.yaml', scenario(ROUGH));
    expect(check('s.yaml', '--fix').code).toBe(0);
    expect(box.read('s.yaml')).toBe(scenario(SMOOTH));
  });

  test('mends the file that a scenario names', () => {
    box.file('f.autoscale', ROUGH);
    const text = scenario('x').replace(
      /autoScaleFormula: [\s\S]*? {6}x\n/,
      'autoScaleFormula: { file: f.autoscale }\n',
    );
    box.file('s.yaml', text);
    expect(check('s.yaml', '--fix').stdout).toMatch(/^f\.autoscale:1:9: fixed BS3008/);
    expect(box.read('f.autoscale')).toBe(SMOOTH);
    expect(box.read('s.yaml')).toBe(text);
  });

  test('keeps line breaks, a byte order mark, and a link', () => {
    box.file('real.autoscale', `\ufeff${ROUGH.replaceAll('\n', '\r\n')}`);
    symlinkSync('real.autoscale', join(box.folder, 'link.autoscale'));
    expect(check('link.autoscale', '--fix').code).toBe(0);
    expect(box.read('real.autoscale')).toBe(`\ufeff${SMOOTH.replaceAll('\n', '\r\n')}`);
    expect(readFileSync(join(box.folder, 'link.autoscale'), 'utf8')).toBe(box.read('real.autoscale'));
  });

  test('keeps who may read the file', () => {
    box.file('f.autoscale', ROUGH);
    chmodSync(join(box.folder, 'f.autoscale'), 0o600);
    check('f.autoscale', '--fix');
    expect(statSync(join(box.folder, 'f.autoscale')).mode & 0o777).toBe(0o600);
  });

  test('leaves a file alone that is not UTF-8, and says so', () => {
    const bytes = Buffer.from('// caf\u00e9\na = 1\nb = 2;\n', 'latin1');
    writeFileSync(join(box.folder, 'old.autoscale'), bytes);
    const { code, stdout } = check('old.autoscale', '--fix');
    expect(code).toBe(1);
    expect(stdout).toContain('old.autoscale is not a plain UTF-8 file and is left as it is');
    expect(readFileSync(join(box.folder, 'old.autoscale'))).toEqual(bytes);
  });

  test('what takes a decision stays, and is told', () => {
    box.file('f.autoscale', 'a = 1\n$TargetDedicatedNodes = (a;\n');
    const { code, stdout } = check('f.autoscale', '--fix', '--json');
    expect(code).toBe(3);
    const document = JSON.parse(stdout);
    expect(document.fixed.map(({ code: one }: { code: string }) => one)).toEqual(['BS3008']);
    expect(document.diagnostics.map(({ code: one }: { code: string }) => one)).toEqual(['BS3009']);
  });

  test('standard input cannot be mended in place', () => {
    expect(check('-', '--fix')).toMatchObject({ code: 2, stderr: expect.stringContaining('--fix needs a file') });
  });
});

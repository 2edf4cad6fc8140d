/** Formula test files: what they may say, and what is told of those that say something else. */
import { describe, expect, test } from 'vitest';
import { placeText, renderDiagnostic } from '../../../src/base/index.js';
import { type FormulaTest, formulaTestJsonSchema, readFormulaTest } from '../../../src/scenario/index.js';
import { memoryFiles } from '../memory-files.js';

const FILES = { 'tests/pool.autoscale': '$TargetDedicatedNodes = 1;\n', 'w.yaml': 'version: 1\n' };

function read(text: string) {
  return readFormulaTest('tests/t.yaml', memoryFiles({ ...FILES, 'tests/t.yaml': text }));
}

function readWell(text: string): FormulaTest {
  const test = read(text);
  if (!test.ok) throw new Error(test.error.map(renderDiagnostic).join('\n'));
  return test.value;
}

function told(text: string): string {
  const test = read(text);
  return test.ok ? '' : test.error.map(renderDiagnostic).join('\n');
}

const CASES = 'cases: [{ name: a, expect: { TargetDedicatedNodes: 1 } }]\n';

describe('the formula', () => {
  test.each([
    ['formula: ./pool.autoscale', 'tests/pool.autoscale', ['tests/t.yaml', 'tests/pool.autoscale']],
    ['formula: { file: pool.autoscale }', 'tests/pool.autoscale', ['tests/t.yaml', 'tests/pool.autoscale']],
    ['formula: $TargetDedicatedNodes = 1;', 'tests/t.yaml#/formula', ['tests/t.yaml']],
  ])('%s', (line, name, files) => {
    const { formula, files: all } = readWell(`${line}\n${CASES}`);
    expect([formula.name, formula.text.trim(), all]).toEqual([name, '$TargetDedicatedNodes = 1;', files]);
  });

  test('one that is not there is told at its place', () => {
    expect(told(`formula: ./none.autoscale\n${CASES}`)).toContain(
      'tests/t.yaml:1:10: error BS2001: there is no file tests/none.autoscale',
    );
  });
});

describe('cases', () => {
  test('a case lays its state over that of the file, key by key', () => {
    const [one] = readWell(`formula: ./pool.autoscale
state: { TargetDedicatedNodes: 5, CurrentDedicatedNodes: 6 }
cases:
  - { name: a, state: { TargetDedicatedNodes: 7 }, at: 2m, expect: { error: null, TargetDedicatedNodes: 1 } }
`).cases;
    expect(one?.inputs).toMatchObject({ targetDedicatedNodes: 7, currentDedicatedNodes: 6 });
    expect(one?.inputs.nowMs).toBe(Date.parse('2026-01-01T00:02:00Z'));
    expect(one?.expect).toMatchObject({ errors: null, targetDedicated: 1 });
  });

  test.each([
    ['insufficientSamples', ['insufficientSamples']],
    ['InsufficientSampleData', ['insufficientSamples']],
    ['AutoScalingFormulaEvaluationError', ['syntax', 'evaluation', 'limit']],
    ['[syntax, limit]', ['syntax', 'limit']],
  ])('ASC-05 error: %s', (word, kinds) => {
    const [one] = readWell(`formula: ./pool.autoscale\ncases: [{ name: a, expect: { error: ${word} } }]\n`).cases;
    expect(one?.expect?.errors).toEqual(kinds);
  });

  test('one without expect has none', () => {
    expect(readWell('formula: ./pool.autoscale\ncases: [{ name: a }]\n').cases[0]?.expect).toBeNull();
  });
});

describe('a run', () => {
  const RUN = 'formula: ./pool.autoscale\nproperties: { neverAbove: 9, p95Wait: "< 10m", neverBelowRunning: true }\n';

  test('names a scenario, and asks its properties in one order', () => {
    const { simulation } = readWell(`${RUN}simulate: ../w.yaml\npool: p\nevaluationInterval: 5m\n`);
    expect(simulation).toMatchObject({ scenario: { path: 'w.yaml' }, pool: 'p', evaluationIntervalMs: 300_000 });
    expect(simulation?.properties.map(({ property }) => property)).toEqual([
      { kind: 'neverAbove', nodes: 9 },
      { kind: 'neverBelowRunning' },
      { kind: 'p95Wait', limit: { operator: '<', value: 600_000 } },
    ]);
  });

  test('what stands under violates must not hold, and comes after the properties', () => {
    const { simulation } = readWell(`${RUN}simulate: ../w.yaml\nviolates: { neverAbove: 3, neverInterrupts: true }\n`);
    expect(simulation?.properties.map(({ property: { kind }, mustHold }) => [kind, mustHold])).toEqual([
      ['neverAbove', true],
      ['neverBelowRunning', true],
      ['p95Wait', true],
      ['neverAbove', false],
      ['neverInterrupts', false],
    ]);
  });

  test('a scenario in the file keeps its places', () => {
    const { simulation } = readWell(`${RUN}simulate:\n  version: 1\n  pools: []\n`);
    const { scenario } = simulation ?? {};
    expect(scenario).toMatchObject({ name: 'tests/t.yaml' });
    expect('text' in (scenario ?? {}) && (scenario as { text: string }).text).toMatch(
      /^\s+version: 1\n {2}pools: \[\]\s*$/,
    );
  });

  test.each([
    ['20m', 1_200_000],
    ['1h30m after last task', 5_400_000],
    ['90s after the last task', 90_000],
  ])('reachesZeroWithin: %s', (text, withinMs) => {
    const line = `formula: ./pool.autoscale\nsimulate: ../w.yaml\nproperties: { reachesZeroWithin: ${text} }\n`;
    expect(readWell(line).simulation?.properties[0]?.property).toEqual({ kind: 'reachesZeroWithin', withinMs });
  });

  test.each([
    ['"<= 6"', '<=', 6],
    ['6', '<=', 6],
    ['"< 0.5"', '<', 0.5],
  ])('changesPerHour: %s', (text, operator, value) => {
    const line = `formula: ./pool.autoscale\nsimulate: ../w.yaml\nproperties: { changesPerHour: ${text} }\n`;
    expect(readWell(line).simulation?.properties[0]?.property).toMatchObject({ limit: { operator, value } });
  });
});

describe('what is wrong is told with its place', () => {
  const FORMULA = 'formula: ./pool.autoscale\n';
  test.each([
    [`${CASES}`, 'the test file has no formula'],
    [`${FORMULA}`, 'the test file tests nothing'],
    [`${FORMULA}cases: []\n`, 'cases: it needs at least one item'],
    [`${FORMULA}case: []\n`, 'did you mean "cases"?'],
    [`${FORMULA}cases: [{ name: a, expect: { targetDedicatedNodes: 1 } }]\n`, 'did you mean "TargetDedicatedNodes"?'],
    [`${FORMULA}cases: [{ name: a, expect: { error: sintax } }]\n`, 'did you mean "syntax"?'],
    [`${FORMULA}cases: [{ expect: { error: syntax } }]\n`, 'cases[0] has no name'],
    [`${FORMULA}simulate: ../w.yaml\n`, 'nothing is asked of the run'],
    [`${FORMULA}${CASES}properties: { neverAbove: 3 }\n`, 'properties needs a run'],
    [`${FORMULA}${CASES}violates: { neverAbove: 3 }\n`, 'violates needs a run'],
    [`${FORMULA}simulate: ../w.yaml\nviolates: { neverAbve: 3 }\n`, 'did you mean "neverAbove"?'],
    [`${FORMULA}simulate: ../w.yaml\nproperties: { neverAbve: 3 }\n`, 'did you mean "neverAbove"?'],
    [`${FORMULA}simulate: ../w.yaml\nproperties: { p95Wait: "< 10" }\n`, '"10" has no unit'],
    [`${FORMULA}simulate: ../w.yaml\nproperties: { changesPerHour: "> 6" }\n`, '"> 6" is not a number'],
  ])('%j: %s', (text, message) => {
    expect(told(text)).toContain(message);
    expect(told(text)).toMatch(/^tests\/t\.yaml:\d+:\d+: error BS20\d\d: /);
  });

  test('a file that is not there', () => {
    const test = readFormulaTest('none.yaml', memoryFiles({}));
    expect(test.ok ? '' : test.error.map((one) => [placeText(one), one.message])).toEqual([
      [null, 'there is no file none.yaml'],
    ]);
  });
});

test('editors get the format as JSON Schema', () => {
  expect(formulaTestJsonSchema()).toMatchObject({
    title: 'batchsim formula test',
    required: ['formula'],
    properties: { cases: { type: 'array' }, properties: { properties: { neverAbove: { type: 'integer' } } } },
  });
});

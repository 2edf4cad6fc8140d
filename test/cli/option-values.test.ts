import { describe, expect, test } from 'vitest';
import { readOptions, type Typed } from '../../src/cli/option-values.js';
import { OPTIONS, type OptionName, optionSpec } from '../../src/cli/options.js';

function read(name: OptionName, typed: Typed, env: Record<string, string> = {}) {
  const result = readOptions([name], () => typed, env);
  return result.ok ? result.value[name] : result.error.map((problem) => problem.message).join('; ');
}

describe('values of options', () => {
  test.each([
    ['a flag that was typed', 'quiet', true, {}, true],
    ['a flag that was not', 'quiet', undefined, {}, false],
    ['a flag by variable', 'quiet', undefined, { BATCHSIM_QUIET: '1' }, true],
    ['a flag switched off by variable', 'quiet', undefined, { BATCHSIM_QUIET: 'no' }, false],
    ['an empty variable counts as none', 'seed', undefined, { BATCHSIM_SEED: '' }, null],
    ['a variable', 'seed', undefined, { BATCHSIM_SEED: '7' }, '7'],
    ['the flag wins over the variable', 'seed', ['8'], { BATCHSIM_SEED: '7' }, '8'],
    ['the last of several counts', 'seed', ['8', '9'], {}, '9'],
    ['repeatable ones gather', 'set', ['a=1', 'b=2'], {}, ['a=1', 'b=2']],
    ['none of a repeatable one', 'set', undefined, {}, []],
    [
      'pairs, split at the first =',
      'var',
      ['a=1', 'b=x=y', 'a=2'],
      {},
      new Map([
        ['a', '2'],
        ['b', 'x=y'],
      ]),
    ],
    ['a count', 'nodes', ['64'], {}, 64],
    ['a factor', 'scale', ['0.5'], {}, 0.5],
    ['a choice', 'color', ['never'], {}, 'never'],
    ['choices by comma, each once', 'runFormat', ['json,csv,json'], {}, ['json', 'csv']],
  ] as const)('%s', (_, name, typed, env, expected) => {
    expect(read(name, typed, env)).toEqual(expected);
  });

  test.each([
    ['nodes', ['0'], '--nodes cannot be "0"; expected a whole number from 1 (nodes)'],
    ['nodes', ['1e3'], '--nodes cannot be "1e3"; expected a whole number from 1 (nodes)'],
    ['scale', ['-1'], '--scale cannot be "-1"; expected a number above 0'],
    ['scale', ['1e999'], '--scale cannot be "1e999"; expected a number above 0'],
    ['map', ['a=b', 'c'], '--map cannot be "c"; expected THEIRS=OURS'],
    ['var', ['=b'], '--var cannot be "=b"; expected KEY=VALUE'],
    ['color', ['allways'], '--color cannot be "allways"; expected auto, always, never'],
    ['runFormat', ['csv,xml'], '--format cannot be "xml"; expected csv, json'],
    ['runOut', [''], '--out cannot be ""; expected some text'],
  ] as const)('--%s %j is refused with what is accepted', (name, typed, message) => {
    expect(read(name, typed)).toBe(message);
  });

  test('a bad variable is blamed by its own name, with a suggestion', () => {
    const result = readOptions(['color'], () => undefined, { BATCHSIM_COLOR: 'nevr' });
    expect(result.ok ? [] : result.error).toEqual([
      expect.objectContaining({
        code: 'BS1004',
        message: expect.stringMatching(/^BATCHSIM_COLOR/),
        hint: 'did you mean never?',
      }),
    ]);
  });

  test('every bad option is reported, not the first alone', () => {
    const result = readOptions(['nodes', 'scale'], () => ['x'], {});
    expect(result.ok ? 0 : result.error.length).toBe(2);
  });

  test('no two options of the table share a variable, and each variable is named BATCHSIM_*', () => {
    const names = (Object.keys(OPTIONS) as OptionName[])
      .map((name) => optionSpec(name).env)
      .filter((env) => env !== null);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^BATCHSIM_[A-Z_]+$/);
  });
});

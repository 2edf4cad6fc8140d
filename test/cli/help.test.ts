import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES, commandSpec } from '../../src/cli/commands.js';
import { commandHelp, programHelp } from '../../src/cli/help.js';
import { GLOBAL_OPTIONS, optionSpec } from '../../src/cli/options.js';

describe('help', () => {
  test.each(COMMAND_NAMES)('%s: examples first, then every option with its variable', (name) => {
    const text = commandHelp(name, 80);
    const lines = text.split('\n');
    expect(lines[2]).toBe('Examples');
    expect(lines[3]).toMatch(/^ {2}\$ /);
    for (const option of [...commandSpec(name).options, ...GLOBAL_OPTIONS].map(optionSpec)) {
      expect(text).toMatch(new RegExp(`(^|, | {4})--${option.flag}( |$)`, 'm'));
      if (option.env !== null) expect(text).toContain(option.env);
    }
  });

  test.each([80, 110])('no line of options is wider than %i columns', (width) => {
    for (const name of COMMAND_NAMES) {
      const options = commandHelp(name, width).split('\nUsage\n')[1] ?? '';
      for (const line of options.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('the overview names every command', () => {
    for (const name of COMMAND_NAMES) expect(programHelp(80)).toContain(`  ${name} `);
  });

  test('examples use no option that is not in the table', () => {
    for (const name of COMMAND_NAMES) {
      const spec = commandSpec(name);
      const flags = [...spec.options, ...GLOBAL_OPTIONS].map((option) => optionSpec(option).flag);
      for (const { line } of spec.examples) {
        const used = [...line.matchAll(/--([a-z-]+)/g)].map((match) => match[1]);
        for (const flag of used) expect(flags).toContain(flag);
      }
    }
  });
});

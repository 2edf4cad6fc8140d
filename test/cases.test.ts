/**
 * The rules as a user meets them: each file in `test/cases` is a small scenario, and under `x-expect` its outcome, worked
 * out by hand from the specification alone. The comment at its head names the rules and shows the arithmetic. What the
 * tables say stands in `test/cases/tables.ts`; a case names those that matter to it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadScenarioText, renderDiagnostic, simulate } from '../src/index.js';
import { TABLES } from './cases/tables.js';

const FOLDER = fileURLToPath(new URL('cases', import.meta.url));
const RULE = /\b(?:SIM|ACC|BILL|POOL|RSZ|AUTO|ASC|NET|NODE|START|PKG|JOB|JM|PREP|JS|TASK|EXIT|DEP|MI|SCH|ERR)-\d\d\b/g;

const CASES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const head = text.slice(0, text.search(/^[^#]/m));
    return { name: name.replace('.yaml', ''), text, rules: [...new Set(head.match(RULE))].join(', ') };
  });

test.for(CASES.map((one) => [`${one.name}: ${one.rules}`, one] as const))('%s', ([, { name, text, rules }]) => {
  expect(rules, 'a case names its rules').not.toBe('');
  const loaded = loadScenarioText(join(FOLDER, `${name}.yaml`), text);
  if (!loaded.ok) throw new Error(loaded.error.map(renderDiagnostic).join('\n'));
  const { recording } = simulate(loaded.value.scenario);

  const expected = expectedOf(text);
  const found = Object.keys(expected).map((table) => [table, TABLES[table]?.(recording) ?? 'no such table']);
  expect(Object.fromEntries(found)).toEqual(expected);
});

/** The tables of `x-expect`, their lines with single spaces. */
function expectedOf(text: string): Record<string, readonly string[]> {
  const given = Object.entries((parse(text) as { 'x-expect': Record<string, unknown> })['x-expect']);
  expect(given.length, 'a case expects something').toBeGreaterThan(0);
  return Object.fromEntries(
    given.map(([table, lines]) => [
      table,
      String(lines ?? '')
        .split('\n')
        .map((line) => line.trim().replace(/ +/g, ' '))
        .filter((line) => line !== ''),
    ]),
  );
}

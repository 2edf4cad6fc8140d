/**
 * The pages under docs/ are true as well: every YAML block is a scenario that loads without a word of complaint and
 * runs, and Batch refuses nothing in it that the page does not expect. Blocks that begin with a file name in a comment
 * are files beside the others of their page.
 */
import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../src/base/index.js';
import { summarize } from '../src/recording/index.js';
import { preflight } from '../src/scenario/index.js';
import { OPERATION_NAMES } from '../src/scenario/schema/action.js';
import { simulate } from '../src/sim/index.js';
import { listFiles, readProjectText } from './helpers/tidy/project-files.js';
import { load } from './scenario/memory-files.js';

const BLOCK = /^```(yaml|csv)\n([\s\S]*?)^```$/gm;
const FILE_NAME = /^# ([\w-]+\.(?:yaml|csv))\n/;
const ROWS_OF_OPERATIONS = /^\| about \| operations \|\n[^\n]*\n((?:\|[^\n]*\n)+)/m;

const PAGES = listFiles('docs', ['.md'])
  .map((page) => ({ page, blocks: blocksOf(readProjectText(page) ?? '') }))
  .filter(({ blocks }) => blocks.some(({ language }) => language === 'yaml'));

describe.each(PAGES)('$page', ({ blocks }) => {
  const files = Object.fromEntries(blocks.flatMap(({ file, text }) => (file === null ? [] : [[file, text]])));
  const scenarios = blocks.filter(({ language }) => language === 'yaml');

  test.each(scenarios)(
    'the scenario on line $line loads without a warning, runs, and has nothing refused',
    ({ text }) => {
      const result = load(text, files);
      const problems = result.ok
        ? [...result.value.warnings, ...preflight(result.value.scenario, result.value.places).diagnostics]
        : result.error;
      expect(problems.filter(({ severity }) => severity !== 'note').map(renderDiagnostic)).toEqual([]);
      if (!result.ok) return;
      const summary = summarize(simulate(result.value.scenario));
      expect(summary.tasks.succeeded).toBeGreaterThan(0);
      expect(summary.operations.refused.filter(({ unexpected }) => unexpected > 0)).toEqual([]);
    },
  );
});

test('docs/scenarios.md names every operation that an action can be', () => {
  const rows = ROWS_OF_OPERATIONS.exec(readProjectText('docs/scenarios.md') ?? '')?.[1] ?? '';
  const named = [...rows.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual([...OPERATION_NAMES].sort());
});

/** The files and scenarios of a page, with the lines on which they begin; a comment line would be a row of a table. */
function blocksOf(page: string) {
  return [...page.matchAll(BLOCK)].map(({ index, 1: language, 2: body = '' }) => {
    const name = FILE_NAME.exec(body);
    return {
      language,
      line: page.slice(0, index).split('\n').length + 1,
      file: name?.[1] ?? null,
      text: language === 'csv' && name !== null ? body.slice(name[0].length) : body,
    };
  });
}

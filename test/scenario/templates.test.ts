import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/base/index.js';
import { preflight } from '../../src/scenario/index.js';
import { load } from './memory-files.js';

const FOLDER = new URL('../../scenarios/templates/', import.meta.url);
const TEMPLATES = readdirSync(FOLDER).filter((name) => existsSync(new URL(`${name}/scenario.yaml`, FOLDER)));

test.each(TEMPLATES)('the template %s loads without a warning, and pre-flight finds nothing', (name) => {
  const folder = new URL(`${name}/`, FOLDER);
  const files = Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]),
  );
  const result = load(files['scenario.yaml'] ?? '', files);
  const problems = result.ok
    ? [...result.value.warnings, ...preflight(result.value.scenario, result.value.places).diagnostics]
    : result.error;
  expect(problems.map(renderDiagnostic)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { summaryJsonSchema } from '../../src/cli/summary-schema.js';
import { loadScenarioText, simulate, summarize, summaryJson } from '../../src/index.js';
import { SMALL } from './batchsim.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly description?: string;
}

/** Where a value is not what the schema says, keys that the schema does not know included. */
function misfits(value: unknown, schema: Schema, path: string): string[] {
  if ('const' in schema) return value === schema.const ? [] : [`${path} is not ${schema.const}`];
  const types = [schema.type].flat();
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (!types.includes(type) && !(Number.isInteger(value) && types.includes('integer'))) return [`${path} is ${type}`];
  if (Array.isArray(value)) return value.flatMap((item, i) => misfits(item, schema.items ?? {}, `${path}[${i}]`));
  if (type !== 'object') return [];
  const entries = Object.entries(value as object);
  const missing = (schema.required ?? []).filter((key) => !entries.some(([name]) => name === key));
  return [
    ...missing.map((key) => `${path}.${key} is missing`),
    ...entries.flatMap(([key, item]) => {
      const inner = schema.properties?.[key] ?? schema.additionalProperties;
      return inner === undefined ? [`${path}.${key} is not in the schema`] : misfits(item, inner, `${path}.${key}`);
    }),
  ];
}

/** Cut by quota, stopped early, with an unknown price: everything a summary can list. */
const EVENTFUL = `${SMALL.replace('version: 1', 'version: 1\nclock: { until: 2m }\naccount: { dedicatedCoreQuota: 2 }').replace('ready: true, ', '')}`;

describe('the schema of summary.json', () => {
  test.each([
    ['an ordinary run', SMALL],
    ['a run in trouble', EVENTFUL],
  ])('fits the summary of %s, key by key', (_, text) => {
    const loaded = loadScenarioText('s.yaml', text);
    if (!loaded.ok) throw new Error(loaded.error[0]?.message);
    const summary = summarize(simulate(loaded.value.scenario));
    const document = JSON.parse(summaryJson(summary, [{ text: 'makespan < 1h', met: true, actual: '1m' }]));
    expect(misfits(document, summaryJsonSchema() as Schema, 'summary')).toEqual([]);
  });

  test('the run in trouble does list problems, so that their schema is tried', () => {
    const loaded = loadScenarioText('s.yaml', EVENTFUL);
    if (!loaded.ok) throw new Error(loaded.error[0]?.message);
    const summary = summarize(simulate(loaded.value.scenario));
    expect(summary.quotasHit).not.toEqual([]);
    expect(summary.unfinished).not.toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { SCENARIO_CODES, scenarioCodeStory, scenarioJsonSchema } from '../../src/scenario/index.js';

interface Json {
  readonly [key: string]: unknown;
}

const schema = scenarioJsonSchema() as Json;

/** Every piece of the schema with its path. */
function* pieces(at: unknown, path: string): Iterable<readonly [string, Json]> {
  if (typeof at !== 'object' || at === null) return;
  yield [path, at as Json];
  for (const [key, value] of Object.entries(at)) yield* pieces(value, `${path}/${key}`);
}

describe('the JSON Schema', () => {
  test('is draft-07 and closed, with x- keys free everywhere', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    const closed = [...pieces(schema, '')].filter(([, piece]) => piece.additionalProperties === false);
    expect(closed.length).toBeGreaterThan(30);
    for (const [path, piece] of closed) expect(piece.patternProperties, path).toEqual({ '^x-': {} });
  });

  test('every reference leads somewhere', () => {
    for (const [path, piece] of pieces(schema, '')) {
      if (typeof piece.$ref !== 'string') continue;
      let at: unknown = schema;
      for (const step of piece.$ref.slice(2).split('/')) at = (at as Json | undefined)?.[step];
      expect(at, path).toBeDefined();
    }
  });

  test('names every key of a pool with a description, and its words as they are written', () => {
    const pool = (schema.definitions as Record<string, { properties: Record<string, Json>; required: string[] }>).pool;
    expect(pool?.required).toEqual(['id', 'vmSize']);
    for (const [key, piece] of Object.entries(pool?.properties ?? {})) {
      expect(piece.description ?? piece.$ref ?? piece.allOf, key).toBeDefined();
    }
    expect(pool?.properties.targetDedicatedNodes).toMatchObject({ type: 'integer', minimum: 0 });
  });
});

describe('the codes', () => {
  test('each stands once, in order, with a title, a story and a remedy', () => {
    const codes = SCENARIO_CODES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { code, title, story, fix } of SCENARIO_CODES) {
      expect(code).toMatch(/^BS2[0-4]\d\d$/);
      expect(Math.min(title.length, story.length, fix.length), code).toBeGreaterThan(10);
    }
    expect(scenarioCodeStory('BS2003')?.title).toBe('unknown key');
    expect(scenarioCodeStory('BS9999')).toBeNull();
  });
});

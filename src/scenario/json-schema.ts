/** Formats of files as JSON Schema (draft-07), for completion and checks in editors. */
import { z } from 'zod';
import { root } from './schema/root.js';
import type { Path } from './text/tree.js';

/** A piece of JSON Schema. */
type Json = { [key: string]: unknown };

/** A format of files, as editors and messages see it. */
export interface Format {
  /** For editors; draft-07. */
  jsonSchema(): unknown;
  /** Keys that the table at a path may have, for "did you mean"; empty where any may stand. */
  keysAt(path: Path): readonly string[];
}

/** The format that a schema describes; `name` is the last part of its `$id`. Made when it is first asked for. */
export function formatOf(schema: z.ZodType, name: string): Format {
  let made: Json | null = null;
  const plain = () => {
    made ??= plainSchema(schema);
    return made;
  };
  return {
    jsonSchema: () => ({ ...plain(), $id: `https://batchsim.invalid/schema/${name}.json` }),
    keysAt: (path) => keysOf(plain(), path),
  };
}

/** The format of scenarios: made from the schema that the loader itself uses. */
export const SCENARIO_FORMAT = formatOf(root, 'scenario');

/** The whole format as JSON Schema. */
export function scenarioJsonSchema(): unknown {
  return SCENARIO_FORMAT.jsonSchema();
}

function keysOf(whole: Json, path: Path): readonly string[] {
  let at: readonly Json[] = forms(whole, whole);
  for (const step of path) at = at.flatMap((form) => forms(child(form, step), whole));
  return [...new Set(at.flatMap((form) => Object.keys((form.properties ?? {}) as Json)))];
}

function plainSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Keys of the author's own (x-…) may stand in every table.
      if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { '^x-': {} };
    },
  }) as Json;
}

/** A schema and all that it refers to or offers as alternatives. */
function forms(schema: unknown, whole: Json): Json[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const json = schema as Json;
  const found = [json];
  if (typeof json.$ref === 'string') found.push(...forms(referred(json.$ref, whole), whole));
  for (const key of ['anyOf', 'allOf', 'oneOf']) {
    if (Array.isArray(json[key])) for (const option of json[key]) found.push(...forms(option, whole));
  }
  return found;
}

function referred(reference: string, whole: Json): unknown {
  let at: unknown = whole;
  for (const step of reference.replace(/^#\/?/, '').split('/')) at = (at as Json | undefined)?.[step];
  return at;
}

function child(schema: Json, step: string | number): unknown {
  if (typeof step === 'number') return schema.items;
  return (
    (schema.properties as Json | undefined)?.[step] ??
    (schema.additionalProperties === false ? null : schema.additionalProperties)
  );
}

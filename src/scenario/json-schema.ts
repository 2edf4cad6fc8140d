/** The scenario format as JSON Schema (draft-07), for completion and checks in editors. */
import { z } from 'zod';
import { root } from './schema/root.js';
import type { Path } from './text/tree.js';

/** A piece of JSON Schema. */
type Json = { [key: string]: unknown };

/** The whole format: made from the schema that the loader itself uses. */
export function scenarioJsonSchema(): unknown {
  return { ...plainSchema(), $id: 'https://batchsim.invalid/schema/scenario.json' };
}

/** Keys that the table at a path of a scenario may have, for "did you mean"; empty where any may stand. */
export function keysAt(path: Path): readonly string[] {
  const whole = plainSchema();
  let at: readonly Json[] = forms(whole, whole);
  for (const step of path) at = at.flatMap((form) => forms(child(form, step), whole));
  return [...new Set(at.flatMap((form) => Object.keys((form.properties ?? {}) as Json)))];
}

let made: Json | null = null;

function plainSchema(): Json {
  made ??= z.toJSONSchema(root, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Keys of the author's own (x-…) may stand in every table.
      if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { '^x-': {} };
    },
  }) as Json;
  return made;
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

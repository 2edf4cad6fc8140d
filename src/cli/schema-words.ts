/** Words in which the JSON Schemas of printed documents are written. */

/** A schema, or a piece of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** Open for keys that later versions add; none of these is ever absent. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** A list of one kind of thing. */
export function list(items: Schema, description: string): Schema {
  return { type: 'array', items, description };
}

/** A number. */
export function number(description: string): Schema {
  return { type: 'number', description };
}

/** A text. */
export function text(description: string): Schema {
  return { type: 'string', description };
}

/** A whole number, 0 or more. */
export function count(description: string): Schema {
  return { type: 'integer', minimum: 0, description };
}

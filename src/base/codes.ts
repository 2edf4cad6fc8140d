/** Numbers for names, where a column or an event holds a name as its place in a list. */

/** Each name of a list with its place there. */
export function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<Name, number>;
}

/** Where two outcomes differ, a line each, and nothing else. */
import type { Line, Outcome } from './outcome.js';

const PARTS = [
  'operations',
  'jobs',
  'tasks',
  'attempts',
  'nodes',
  'nodeTasks',
  'resizes',
  'schedules',
  'run',
] as const satisfies readonly (keyof Outcome)[];

/** Differences as text, `what: value (ours) ≠ value (theirs)`; empty if the outcomes agree in everything. */
export function differences(expected: Outcome, actual: Outcome): string[] {
  return PARTS.flatMap((part) => differentLines(part, expected[part], actual[part]));
}

function differentLines(
  part: string,
  expected: ReadonlyMap<string, Line>,
  actual: ReadonlyMap<string, Line>,
): string[] {
  const found: string[] = [];
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const a = expected.get(key);
    const b = actual.get(key);
    if (a === undefined) found.push(`${part} ${key}: the oracle has none, the engine ${JSON.stringify(b)}`);
    else if (b === undefined) found.push(`${part} ${key}: the engine has none, the oracle ${JSON.stringify(a)}`);
    else found.push(...differentValues(`${part} ${key}`, a, b));
  }
  return found;
}

function differentValues(what: string, expected: Line, actual: Line): string[] {
  return Object.keys(expected)
    .filter((name) => expected[name] !== undefined && !Object.is(expected[name], actual[name]))
    .map((name) => `${what}: ${name} is ${expected[name]} by the oracle, ${actual[name]} by the engine`);
}

/**
 * A file of evaluation vectors (formula 0): JSON → vectors, or located diagnostics. What would change the meaning of a
 * vector is an error; a key beside the form is told and left aside.
 */
import type { Vector, VectorContext, VectorExpectation } from '../../autoscale/index.js';
import { type Diagnostic, err, fileSource, nearest, ok, type Result, type Source } from '../../base/index.js';
import { reportIssues } from '../issues.js';
import { parseTree } from '../text/parse.js';
import { Problems } from '../text/problems.js';
import { keyPlaceAt, type Path, pathText, placeAt, type Tree } from '../text/tree.js';
import { type GivenVector, type GivenVectors, VECTORS_FORMAT, vector, vectorsFile } from './vectors-schema.js';

/** A file that was read. */
export interface VectorsFile {
  readonly vectors: readonly Vector[];
  readonly warnings: readonly Diagnostic[];
}

/** Reads a file of vectors; `name` stands for it in diagnostics. */
export function readVectors(name: string, text: string): Result<VectorsFile, readonly Diagnostic[]> {
  const source = fileSource(name, text.replace(/^\ufeff/, ''));
  const problems = new Problems();
  const plain = readJson(source, problems);
  const tree = plain === undefined ? null : treeOf(source, problems);
  if (tree === null) return err(problems.list());
  const shape = vectorsFile.safeParse(withoutNulls(plain));
  if (shape.success) checkVectors(shape.data, tree, problems);
  else reportIssues(shape.error.issues, { tree, problems, keysAt: VECTORS_FORMAT.keysAt, whole: 'the file' });
  if (!shape.success || problems.failed) return err(problems.list());
  return ok({ vectors: shape.data.vectors.map(vectorOf), warnings: problems.list() });
}

/** Where things stand. JSON is YAML too; a key that stands twice is found here, for JSON takes the last one in silence. */
function treeOf(source: Source, problems: Problems): Tree | null {
  const found = new Problems();
  const tree = parseTree(source, found);
  // A long file of vectors is nothing to be warned of.
  problems.addAll(found.list().filter(({ severity }) => severity === 'error'));
  return tree;
}

/** The JSON value, or undefined after a problem. YAML is no JSON, though the reader of trees takes both. */
function readJson(source: Source, problems: Problems): unknown {
  try {
    return JSON.parse(source.text) as unknown;
  } catch {
    const found = new Problems();
    parseTree(source, found);
    // Engines word this differently, and few say where; the reader of trees mostly stumbles over the same character.
    const place = found.list()[0]?.place ?? { source, span: { start: 0, end: 1 } };
    problems.error('BS2002', place, 'this is not JSON', 'vectors are a JSON file: {"version": 1, "vectors": [...]}');
    return undefined;
  }
}

/** As everywhere, null means absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** What the schema cannot say. */
function checkVectors(given: GivenVectors, tree: Tree, problems: Problems): void {
  reportStrangeKeys(given, [], vectorsFile, tree, problems);
  const seen = new Set<string>();
  given.vectors.forEach((one, index) => {
    const path = ['vectors', index] as const;
    reportStrangeKeys(one, path, vector, tree, problems);
    if (seen.has(one.id)) {
      problems.error('BS2002', placeAt(tree, [...path, 'id']), `there are two vectors ${one.id}`, 'rename one of them');
    }
    seen.add(one.id);
    checkOrder(one, path, tree, problems);
    checkExpectation(one, path, tree, problems);
  });
}

function reportStrangeKeys(
  given: object,
  path: Path,
  schema: { readonly shape: object },
  tree: Tree,
  problems: Problems,
): void {
  const known = Object.keys(schema.shape);
  for (const key of Object.keys(given)) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const near = nearest(key, known);
    const where = path.length === 0 ? 'the file' : pathText(tree, path);
    const hint = near === null ? null : `did you mean "${near}"?`;
    problems.warning('BS2003', keyPlaceAt(tree, path, key), `unknown key "${key}" in ${where} is left aside`, hint);
  }
}

function checkOrder({ context: { samples } }: GivenVector, path: Path, tree: Tree, problems: Problems): void {
  for (const [name, list] of Object.entries(samples)) {
    const late = list.findIndex(({ t }, index) => index > 0 && t < (list[index - 1]?.t ?? t));
    if (late === -1) continue;
    const place = placeAt(tree, [...path, 'context', 'samples', name, late, 't']);
    problems.error('BS2005', place, `samples of ${name} stand in the order of their times; this one is earlier`);
  }
}

function checkExpectation({ expect }: GivenVector, path: Path, tree: Tree, problems: Problems): void {
  const place = placeAt(tree, [...path, 'expect']);
  const { error, results, ...success } = expect;
  const count = Object.keys(success).length;
  if (error !== undefined && count > 0) {
    problems.error('BS2013', place, 'a formula that fails has no targets and no variables', 'expect one or the other');
  }
  if (error === undefined && results === undefined && count === 0) {
    problems.error('BS2006', place, 'nothing is expected', 'add targetDedicated: a number of nodes, or error: a kind');
  }
}

function vectorOf({ id, title, formula, context: given, expect }: GivenVector): Vector {
  const { now, samples, constants, ...pool } = given;
  const lists = Object.entries(samples).map(([name, list]) => {
    return [name, list.map(({ t, v }) => ({ atMs: t, value: v }))] as const;
  });
  const read: VectorContext = {
    ...pool,
    nowMs: now,
    samples: new Map(lists),
    constants: new Map(Object.entries(constants)),
  };
  return { id, title, formula, context: read, expect: expectationOf(expect) };
}

function expectationOf({ error, variables, ...rest }: GivenVector['expect']): VectorExpectation {
  return {
    errors: error === undefined ? null : [error].flat(),
    targetDedicated: rest.targetDedicated ?? null,
    targetLowPriority: rest.targetLowPriority ?? null,
    nodeDeallocationOption: rest.nodeDeallocationOption ?? null,
    variables: new Map(Object.entries(variables ?? {})),
    results: rest.results ?? null,
  };
}

/** A text of one of the formats beside scenarios → its value, or located diagnostics in the words of scenarios. */
import type { z } from 'zod';
import { type Diagnostic, err, fileSource, ok, type Result } from '../../base/index.js';
import { reportIssues } from '../issues.js';
import type { Format } from '../json-schema.js';
import { parseTree } from '../text/parse.js';
import { Problems } from '../text/problems.js';
import { plainOf, type Table } from '../text/tree.js';

/** What a format is made of. */
export interface DocumentKind<T> {
  readonly schema: z.ZodType<T>;
  readonly format: Format;
  /** What a whole file is called in messages: `the state`. */
  readonly whole: string;
}

/** A text that fits its format. */
export interface ReadDocument<T> {
  readonly value: T;
  readonly tree: Table;
  /** For what is found out later; errors in it are not yet told. */
  readonly problems: Problems;
}

/** Reads YAML or JSON strictly; `name` stands for the file in diagnostics. */
export function readDocument<T>(
  name: string,
  text: string,
  kind: DocumentKind<T>,
): Result<ReadDocument<T>, readonly Diagnostic[]> {
  const problems = new Problems();
  const tree = parseTree(fileSource(name, text.replace(/^\ufeff/, '')), problems);
  if (tree === null) return err(problems.list());
  if (tree.kind !== 'table') {
    problems.error('BS2004', tree.place, `${kind.whole} must be a table of keys and values`);
    return err(problems.list());
  }
  const shape = kind.schema.safeParse(plainOf(tree));
  if (shape.success && !problems.failed) return ok({ value: shape.data, tree, problems });
  if (!shape.success) {
    reportIssues(shape.error.issues, { tree, problems, keysAt: kind.format.keysAt, whole: kind.whole });
  }
  return err(problems.list());
}

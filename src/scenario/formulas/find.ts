/**
 * Every formula of a scenario, whatever else is wrong with it: values of `autoScaleFormula` in pools, in specifications
 * of auto pools, in actions and in scripts of managers.
 */
import type { PoolKind } from '../../autoscale/index.js';
import { type Diagnostic, err, type FileReader, fileSource, ok, type Result } from '../../base/index.js';
import { type LoadOptions, settledTree } from '../load.js';
import { readWithIncludes } from '../text/include.js';
import { Problems } from '../text/problems.js';
import { entryOf, type Leaf, type Path, pathText, type Table, type Tree } from '../text/tree.js';
import { judgeFormula } from './judge.js';
import { type PlacedText, placedText, wholeText } from './placed-text.js';

/** One formula. */
export interface ScenarioFormula {
  /** Such as `pools.render.autoScaleFormula`. */
  readonly name: string;
  /** Errors are what the service refuses and what fails in every run, warnings the rest. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The formulas of a scenario's text; the error says why it cannot be read. `poolKind`: what its pools are to be. */
export function findFormulas(
  name: string,
  text: string,
  options: LoadOptions & { readonly poolKind?: PoolKind | null },
): Result<readonly ScenarioFormula[], readonly Diagnostic[]> {
  const problems = new Problems();
  const included = readWithIncludes(fileSource(name, text.replace(/^\ufeff/, '')), options.files, problems);
  const tree = included.tree === null ? null : settledTree(included.tree, options, problems);
  if (tree === null) return err(problems.list());
  const base = entryOf(tree, 'base');
  const root = base?.kind === 'leaf' ? `${base.value}/scenario.yaml` : name;
  const formulas = settingsIn(tree).flatMap(({ path, value, pool }) => {
    const given = formulaText(path, value, options.files, (from) => (included.files.includes(from) ? from : root));
    if (given === null) return [];
    const label = pathText(tree, path);
    if (!given.ok) return [{ name: label, diagnostics: [given.error] }];
    const about = { poolKind: options.poolKind ?? null, taskSlotsPerNode: slotsOf(pool) };
    return [{ name: label, diagnostics: judgeFormula(given.value, about).diagnostics }];
  });
  return ok(formulas);
}

/** A value of `autoScaleFormula`, and the table in which it stands. */
interface Setting {
  readonly path: Path;
  readonly value: Tree;
  readonly pool: Table;
}

function settingsIn(tree: Tree, path: Path = []): readonly Setting[] {
  if (tree.kind === 'leaf') return [];
  if (tree.kind === 'list') return tree.items.flatMap((item, index) => settingsIn(item, [...path, index]));
  return [...tree.entries].flatMap(([key, { value }]) => {
    const below = [...path, key];
    return key === 'autoScaleFormula' ? [{ path: below, value, pool: tree }] : settingsIn(value, below);
  });
}

/** The text of a formula, or that of the file that it names; null for what is neither. */
function formulaText(
  path: Path,
  value: Tree,
  files: FileReader,
  folderOf: (source: string) => string,
): Result<PlacedText, Diagnostic> | null {
  if (value.kind === 'leaf') return typeof value.value === 'string' ? ok(placedText(value, path)) : null;
  const file = entryOf(value, 'file');
  if (file?.kind !== 'leaf' || typeof file.value !== 'string') return null;
  const name = files.resolve(folderOf(file.place.source.name), file.value);
  const text = files.readText(name);
  if (text.ok) return ok(wholeText(fileSource(name, text.value.replace(/^\ufeff/, ''))));
  return err(unreadable(file, text.error));
}

function unreadable({ place }: Leaf, message: string): Diagnostic {
  const hint = 'paths are taken from the folder of the file in which they stand';
  return { code: 'BS2001', severity: 'error', message, place, hint };
}

function slotsOf(pool: Table): number | null {
  const slots = entryOf(pool, 'taskSlotsPerNode') ?? entryOf(pool, 'maxTasksPerNode');
  return slots?.kind === 'leaf' && typeof slots.value === 'number' ? slots.value : null;
}

/** A formula test file → its cases and the run that it asks for, or located diagnostics. */
import type { FormulaInputs, VectorExpectation } from '../../autoscale/index.js';
import { type Diagnostic, err, type FileReader, fileSource, ok, type Result, type Source } from '../../base/index.js';
import type { ScalingProperty } from '../../model/index.js';
import { type PlacedText, placedText, wholeText } from '../formulas/placed-text.js';
import { type Leaf, type Path, type Place, placeAt, type Table, type Tree, treeAt } from '../text/tree.js';
import { type ReadDocument, readDocument } from './document.js';
import { stateInputs } from './state-inputs.js';
import { type GivenTestFile, propertiesOf, TEST_FILE_FORMAT, testFile } from './test-file.js';

/** A test file that was read. */
export interface FormulaTest {
  /** As the user named it. */
  readonly file: string;
  /** The file's own text, for those who change it. */
  readonly source: Source;
  readonly formula: Source;
  /** A diagnostic about the formula, at its place in the file in which its author sees it. */
  readonly placed: PlacedText['placed'];
  /** Every file that decides the outcome, the test file first. */
  readonly files: readonly string[];
  readonly cases: readonly FormulaCase[];
  /** null: it asks for no run. */
  readonly simulation: FormulaSimulation | null;
  /** The text as a tree. */
  readonly tree: Table;
}

/** One case. */
export interface FormulaCase {
  readonly name: string;
  readonly inputs: FormulaInputs;
  /** null: the file says nothing yet. */
  readonly expect: VectorExpectation | null;
  readonly place: Place;
  /** Of the case in the file. */
  readonly path: Path;
}

/** A run in which a pool follows the formula. */
export interface FormulaSimulation {
  /** The scenario's file, or the test file again with its text blanked around the scenario in it. */
  readonly scenario: { readonly path: string } | { readonly name: string; readonly text: string };
  /** null: the only pool. */
  readonly pool: string | null;
  /** In ms; null: the pool's own. */
  readonly evaluationIntervalMs: number | null;
  readonly properties: readonly FormulaProperty[];
  readonly place: Place;
}

/** A property and where it stands. */
export interface FormulaProperty {
  readonly property: ScalingProperty;
  /** False: it stands under `violates`, and the test passes if it does not hold. */
  readonly mustHold: boolean;
  readonly place: Place;
}

/** Reads the test file at a path. */
export function readFormulaTest(path: string, files: FileReader): Result<FormulaTest, readonly Diagnostic[]> {
  const text = files.readText(path);
  if (!text.ok) return err([{ code: 'BS2001', severity: 'error', message: text.error, place: null, hint: null }]);
  const whole = 'the test file';
  const document = readDocument(path, text.value, { schema: testFile, format: TEST_FILE_FORMAT, whole });
  if (!document.ok) return document;
  const { value, tree, problems } = document.value;
  checkParts(document.value);
  const formula = readFormula(path, value, tree, files, document.value);
  if (problems.failed || formula === null) return err(problems.list());
  return ok({
    file: path,
    source: tree.place.source,
    formula: formula.text.source,
    placed: formula.text.placed,
    files: [path, ...formula.files],
    cases: casesOf(value, tree),
    simulation: simulationOf(path, value, tree, files),
    tree,
  });
}

/** What the schema cannot say. */
function checkParts({ value, tree, problems }: ReadDocument<GivenTestFile>): void {
  const { cases, simulate, properties, violates } = value;
  if (cases === undefined && simulate === undefined) {
    const hint = 'add cases: a list, or simulate: a scenario, with properties';
    problems.error('BS2006', placeAt(tree, []), 'the test file tests nothing', hint);
  }
  if (simulate !== undefined && propertiesOf(properties).length + propertiesOf(violates).length === 0) {
    const hint = 'add properties: { neverAbove: 100 }, or another';
    problems.error('BS2006', placeAt(tree, ['simulate']), 'nothing is asked of the run', hint);
  }
  for (const key of ['properties', 'violates', 'pool', 'evaluationInterval'] as const) {
    if (simulate !== undefined || value[key] === undefined) continue;
    problems.error('BS2006', placeAt(tree, [key]), `${key} needs a run`, 'add simulate: ./scenario.yaml');
  }
}

/** A text with a line break, an assignment or a semicolon is a formula; any other is a path. */
const FORMULA_TEXT = /[\n;=]/;

function readFormula(
  path: string,
  { formula }: GivenTestFile,
  tree: Tree,
  files: FileReader,
  { problems }: ReadDocument<GivenTestFile>,
): { readonly text: PlacedText; readonly files: readonly string[] } | null {
  if (typeof formula === 'string' && FORMULA_TEXT.test(formula)) {
    return { text: placedText(treeAt(tree, ['formula']) as Leaf, ['formula']), files: [] };
  }
  const name = files.resolve(path, typeof formula === 'string' ? formula : formula.file);
  const text = files.readText(name);
  if (text.ok) return { text: wholeText(fileSource(name, text.value.replace(/^\ufeff/, ''))), files: [name] };
  const place = placeAt(tree, typeof formula === 'string' ? ['formula'] : ['formula', 'file']);
  problems.error('BS2001', place, text.error, 'write the path of a formula, or the formula itself');
  return null;
}

function casesOf({ cases = [], state: common = {} }: GivenTestFile, tree: Tree): readonly FormulaCase[] {
  return cases.map(({ name, state = {}, at, expect }, index) => ({
    name,
    inputs: stateInputs({ ...common, ...state }, at ?? null),
    expect: expect === undefined ? null : expectationOf(expect),
    place: placeAt(tree, ['cases', index, 'name']),
    path: ['cases', index],
  }));
}

type GivenExpectation = NonNullable<NonNullable<GivenTestFile['cases']>[number]['expect']>;

function expectationOf(given: GivenExpectation): VectorExpectation {
  return {
    errors: given.error ?? null,
    targetDedicated: given.TargetDedicatedNodes ?? null,
    targetLowPriority: given.TargetLowPriorityNodes ?? null,
    nodeDeallocationOption: given.NodeDeallocationOption ?? null,
    variables: new Map(Object.entries(given.variables ?? {})),
    results: given.results ?? null,
  };
}

function simulationOf(path: string, given: GivenTestFile, tree: Tree, files: FileReader): FormulaSimulation | null {
  const { simulate, pool, evaluationInterval } = given;
  if (simulate === undefined) return null;
  const scenario =
    typeof simulate === 'string' ? { path: files.resolve(path, simulate) } : { name: path, text: onlyAt(tree) };
  return {
    scenario,
    pool: pool ?? null,
    evaluationIntervalMs: evaluationInterval ?? null,
    properties: (['properties', 'violates'] as const).flatMap((key) =>
      propertiesOf(given[key]).map((property) => ({
        property,
        mustHold: key === 'properties',
        place: placeAt(tree, [key, property.kind]),
      })),
    ),
    place: placeAt(tree, ['simulate']),
  };
}

/** The file's text with everything blank but the scenario in it: what is wrong there is told at its true place. */
function onlyAt(tree: Tree): string {
  const { source, span } = (treeAt(tree, ['simulate']) as Tree).place;
  const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');
  return blank(source.text.slice(0, span.start)) + source.text.slice(span.start, span.end);
}

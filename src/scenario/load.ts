/**
 * Scenario text → checked `Scenario`, or every problem that it has. The way: text → tree (with includes) → variables →
 * overrides → schema → model. Each step goes on after problems as far as that makes sense, so that one run tells all.
 */
import { type Diagnostic, err, type FileReader, fileSource, ok, type Result } from '../base/index.js';
import type { Scenario } from '../model/index.js';
import { BuildContext } from './build/context.js';
import { buildScenario, readExpect } from './build/scenario.js';
import { reportIssues } from './issues.js';
import { SCENARIO_FORMAT } from './json-schema.js';
import { resolvedYaml } from './resolved.js';
import { addIndependent, salvage } from './salvage.js';
import { type GivenScenario, root } from './schema/root.js';
import { expandTree } from './text/expand.js';
import { readWithIncludes } from './text/include.js';
import { applyOverride, flagOverride, type Override, readOverride } from './text/override.js';
import { MOST_VALUES } from './text/parse.js';
import { Problems } from './text/problems.js';
import { type Place, plainOf, type Table, treeSize } from './text/tree.js';

/** What a scenario is loaded with. */
export interface LoadOptions {
  readonly files: FileReader;
  /** For `${env.NAME}`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--var name=value`: they win over the file's `vars`. */
  readonly vars?: Readonly<Record<string, string>>;
  /** `--set path=value`, in order. */
  readonly sets?: readonly string[];
  readonly seed?: string;
  readonly until?: string;
}

/** A scenario that can be run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly warnings: readonly Diagnostic[];
  /** The scenario as one text without includes and variables, which runs to the same result. */
  readonly resolvedYaml: string;
  /** Every file that was read, the scenario itself first. */
  readonly files: readonly string[];
  /** The rules under `expect`. */
  readonly expect: readonly { readonly text: string; readonly place: Diagnostic['place'] }[];
  /** Where accounts, pools, jobs and task sets of the scenario stand: for `preflight`. */
  readonly places: ReadonlyMap<object, Place>;
}

/** Loads a scenario file. The error holds every problem, warnings included. */
export function loadScenario(path: string, options: LoadOptions): Result<LoadedScenario, readonly Diagnostic[]> {
  const text = options.files.readText(path);
  if (text.ok) return loadScenarioText(path, text.value, options);
  return err([{ code: 'BS2001', severity: 'error', message: text.error, place: null, hint: null }]);
}

/** Loads a scenario from its text; `name` stands for its file. */
export function loadScenarioText(
  name: string,
  text: string,
  options: LoadOptions,
): Result<LoadedScenario, readonly Diagnostic[]> {
  const problems = new Problems();
  const included = readWithIncludes(fileSource(name, text.replace(/^\ufeff/, '')), options.files, problems);
  const tree = included.tree === null ? null : settledTree(included.tree, options, problems);
  if (tree === null) return err(problems.list());
  if (treeSize(tree) > MOST_VALUES) {
    problems.error(
      'BS2008',
      null,
      `the scenario has more than ${MOST_VALUES} values once aliases and variables are expanded`,
    );
    return err(problems.list());
  }
  const isIncluded = (source: string) => included.files.includes(source);
  const build = (from: Table, given: GivenScenario, into: Problems) => {
    const rootFile = given.base === undefined ? name : `${given.base}/scenario.yaml`;
    const context = new BuildContext(from, into, options.files, rootFile, isIncluded);
    return { context, scenario: buildScenario(context, given, stemOf(name)) };
  };
  const shape = root.safeParse(plainOf(tree));
  if (!shape.success) {
    reportIssues(shape.error.issues, { tree, problems, keysAt: SCENARIO_FORMAT.keysAt, whole: 'the scenario' });
    const rest = salvage(tree, shape.error.issues);
    const further = new Problems();
    if (rest !== null) build(rest.tree, rest.given, further);
    addIndependent(further, problems);
    return err(problems.list());
  }
  const given = shape.data;
  const { context, scenario } = build(tree, given, problems);
  if (problems.failed) return err(problems.list());
  const folder = given.base ?? (options.files.resolve(name, '.').replace(/(?<=.)\/$/, '') || '.');
  return ok({
    scenario,
    warnings: problems.list(),
    resolvedYaml: resolvedYaml(tree, given, { files: options.files, folder, isIncluded }),
    files: [name, ...included.files, ...context.filesRead],
    expect: readExpect(context, given),
    places: context.places,
  });
}

/** The tree with variables and overrides in place. `--set vars.x=1` comes before the expansion, all else after it. */
export function settledTree(tree: Table, options: LoadOptions, problems: Problems): Table {
  const overrides = overridesOf(options, problems);
  const isVariable = (override: Override) => override.path[0] === 'vars';
  let settled = tree;
  for (const override of overrides.filter(isVariable)) settled = applyOverride(settled, override, problems);
  settled = expandTree(settled, { env: options.env, vars: options.vars ?? {} }, problems);
  for (const override of overrides.filter((one) => !isVariable(one)))
    settled = applyOverride(settled, override, problems);
  return settled;
}

function overridesOf(options: LoadOptions, problems: Problems): Override[] {
  const overrides = (options.sets ?? [])
    .map((text) => readOverride(text, '--set', problems))
    .filter((one) => one !== null);
  if (options.seed !== undefined) overrides.push(flagOverride(['seed'], options.seed, '--seed'));
  if (options.until !== undefined) overrides.push(flagOverride(['clock', 'until'], options.until, '--until'));
  return overrides;
}

/** The file's name without folder and ending. */
function stemOf(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = file.replace(/\.(ya?ml|json)$/i, '').replace(/^<(.*)>$/, '$1');
  return stem === '' || stem === 'stdin' ? 'scenario' : stem;
}

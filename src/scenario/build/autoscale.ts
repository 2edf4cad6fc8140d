/** What sets the size of a pool: targets, or a formula (POOL-06, ASC-01 to ASC-03). */
import type { LintOptions } from '../../autoscale/index.js';
import { fileSource, formatCount } from '../../base/index.js';
import {
  type AutoScale,
  checkEvaluationInterval,
  checkFormula,
  checkTarget,
  DEFAULT_EVALUATION_INTERVAL_MS,
  invalidProperty,
  missingProperty,
} from '../../model/index.js';
import { judgeFormula } from '../formulas/judge.js';
import { type PlacedText, placedText, wholeText } from '../formulas/placed-text.js';
import { type GivenPoolSpecification, MOST_NODES } from '../schema/pool.js';
import { type Path, treeAt } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { refuseBy } from './refusals.js';

type GivenFormula = NonNullable<GivenPoolSpecification['autoScaleFormula']>;
const TARGETS = ['targetDedicatedNodes', 'targetLowPriorityNodes'] as const;

/** The formula of a pool; null: its size is fixed. */
export function readAutoScale(context: BuildContext, path: Path, given: GivenPoolSpecification): AutoScale | null {
  if (given.enableAutoScale !== true) {
    checkFixed(context, path, given);
    return null;
  }
  for (const key of TARGETS) {
    if (given[key] === undefined) continue;
    const message = `${context.name(path)} has enableAutoScale and ${key}; the formula sets the targets (POOL-06, InvalidPropertyValue)`;
    const refusal = invalidProperty(key, given[key], 'With enableAutoScale the formula sets the targets.');
    context.refuse('BS2118', [...path, key], message, `take ${key} out`, refusal);
  }
  if (given.autoScaleFormula === undefined) {
    const message = `${context.name(path)} has enableAutoScale and no autoScaleFormula (POOL-06, MissingRequiredProperty)`;
    const hint = 'add autoScaleFormula: the formula, or { file: ./name.autoscale }';
    context.refuse('BS2118', [...path, 'enableAutoScale'], message, hint, missingProperty('autoScaleFormula'));
  }
  const about = { taskSlotsPerNode: given.taskSlotsPerNode ?? given.maxTasksPerNode ?? null };
  const autoScale: AutoScale = {
    formula: readFormula(context, [...path, 'autoScaleFormula'], given.autoScaleFormula, about) ?? '',
    evaluationIntervalMs: given.autoScaleEvaluationInterval ?? DEFAULT_EVALUATION_INTERVAL_MS,
  };
  refuseBy(context, [...path, 'autoScaleFormula'], checkFormula(autoScale.formula));
  const interval = [...path, 'autoScaleEvaluationInterval'];
  refuseBy(context, interval, checkEvaluationInterval(autoScale.evaluationIntervalMs));
  return treeAt(context.tree, [...path, 'autoScaleFormula']) === null
    ? autoScale
    : context.placed(autoScale, [...path, 'autoScaleFormula']);
}

/**
 * The text of a formula, from its file if it names one; null: none is given, or it cannot be read. Whatever is wrong
 * with it is reported at its place: as an error where the service refuses to make a pool of the file with it (ASC-03).
 * All else runs, and is a warning. A formula that is only tried, without a pool it belongs to, may do anything.
 */
export function readFormula(
  context: BuildContext,
  path: Path,
  given: GivenFormula | undefined,
  about: Partial<LintOptions> | null,
): string | null {
  if (given === undefined) return null;
  const text =
    'file' in given ? fileText(context, [...path, 'file'], given.file) : ownText(context, path, given.source);
  if (text === null) return null;
  const formula = text.source.text;
  if (about === null || checkFormula(formula) !== null) return formula;
  const { refused, diagnostics } = judgeFormula(text, about);
  const isFatal = refused && !context.inAction;
  context.problems.addAll(isFatal ? diagnostics : diagnostics.map((one) => ({ ...one, severity: 'warning' })));
  return formula;
}

function fileText(context: BuildContext, path: Path, name: string): PlacedText | null {
  const file = context.readFile(path, name);
  return file === null ? null : wholeText(fileSource(file.name, file.text));
}

function ownText(context: BuildContext, path: Path, text: string): PlacedText {
  const leaf = treeAt(context.tree, path);
  return leaf?.kind === 'leaf' ? placedText(leaf, path) : wholeText(fileSource(context.name(path), text));
}

/** POOL-06. */
function checkFixed(context: BuildContext, path: Path, given: GivenPoolSpecification): void {
  if (given.autoScaleFormula !== undefined) {
    const message = `${context.name(path)} has an autoScaleFormula and no enableAutoScale: true (POOL-06, InvalidPropertyValue)`;
    const refusal = invalidProperty('autoScaleFormula', '', 'A formula needs enableAutoScale.');
    context.refuse('BS2118', [...path, 'autoScaleFormula'], message, 'add enableAutoScale: true', refusal);
    return;
  }
  if (given.autoScaleEvaluationInterval !== undefined) {
    const message = `${context.name(path)} has no formula that could be evaluated`;
    context.warning('BS2206', [...path, 'autoScaleEvaluationInterval'], message);
  }
  for (const key of TARGETS) checkCount(context, [...path, key], key, given[key]);
  if (TARGETS.some((key) => given[key] !== undefined)) return;
  const message = `${context.name(path)} has no target (POOL-06)`;
  const hint = 'add targetDedicatedNodes: 10, or targetLowPriorityNodes';
  context.refuse('BS2108', path, message, hint, missingProperty('targetDedicatedNodes'));
}

/** A count that Batch refuses, or that no machine could simulate. */
function checkCount(context: BuildContext, path: Path, key: (typeof TARGETS)[number], nodes: number | undefined): void {
  refuseBy(context, path, checkTarget(key, nodes ?? null));
  if (nodes === undefined || nodes <= MOST_NODES) return;
  const message = `${context.name(path)} is ${nodes}; at most ${formatCount(MOST_NODES)} nodes can be simulated`;
  context.error('BS2108', path, message);
}

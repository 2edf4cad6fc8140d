/**
 * What Batch or the scenario format knows and this version does not simulate: refused by name, never ignored. The next
 * version deletes rows here and adds the keys to the schema; nothing else mentions them.
 */
import type { Problems } from './text/problems.js';
import { entryOf, type Path, pathText, type Table, type Tree, treeAt } from './text/tree.js';

/** A kind of table in a scenario, by the path at which it stands; `*` is any item of a list. */
export const ENTITY_PATHS = {
  root: [],
  account: ['account'],
  accounts: ['accounts', '*'],
  clock: ['clock'],
  model: ['model'],
  options: ['model', 'options'],
  pool: ['pools', '*'],
  poolModel: ['pools', '*', 'model'],
  job: ['jobs', '*'],
  jobConstraints: ['jobs', '*', 'constraints'],
  jobModel: ['jobs', '*', 'model'],
  poolInfo: ['jobs', '*', 'poolInfo'],
  task: ['jobs', '*', 'tasks', '*'],
  taskModel: ['jobs', '*', 'tasks', '*', 'model'],
} as const satisfies Record<string, Path>;
export type Entity = keyof typeof ENTITY_PATHS;

/** One thing that a later version brings. */
interface LaterRow {
  readonly entity: Entity;
  readonly key: string;
  /** Only these values; absent: the key as such. */
  readonly when?: (value: Tree) => boolean;
  /** What a scenario can do meanwhile. */
  readonly hint: string;
}

const AUTOSCALE = 'give the pool a fixed size: targetDedicatedNodes, targetLowPriorityNodes';
const NODES = 'take it out: nodes are ready as soon as they have started';
const FAULT = 'take it out: nodes neither fail nor are preempted in this version';
const TRANSFER = 'add the time of the transfer to model.runtime';
const TERMINATE =
  'take it out: jobs stay active when their tasks are complete, which changes neither waits nor cost here';

/** Everything refused so. */
export const LATER: readonly LaterRow[] = [
  ...rows(
    'root',
    ['jobSchedules'],
    'write the jobs themselves, with model.arrival: { every: 24h } for a recurring one',
  ),
  ...rows('accounts', ['jobSchedules', 'actions'], 'write the jobs themselves'),
  ...rows('root', ['actions'], 'take them out: nothing happens to pools and jobs during a run'),
  ...rows('root', ['sweep'], 'run the scenario once per value: --set path=value'),
  ...rows('model', ['preemption', 'unusable', 'slow', 'failures', 'bandwidth'], FAULT),
  ...rows(
    'options',
    [
      ...['preemptedHoldsQuota', 'addToDisabledJob', 'maxApplications', 'statsDelay', 'taskEndedCategory'],
      ...['jmEvictsOnRestart', 'multiInstanceReservation', 'restoreWindow', 'onActionError', 'bandwidth'],
    ],
    'take it out: what it decides does not happen in this version',
  ),
  ...rows('pool', ['autoScaleFormula'], AUTOSCALE),
  { entity: 'pool', key: 'enableAutoScale', when: is(true, 'true'), hint: AUTOSCALE },
  ...rows('pool', ['startTask'], NODES),
  ...rows('pool', ['applicationPackageReferences'], NODES, hasItems),
  ...rows('poolModel', ['startTask', 'nodes'], NODES),
  ...rows('poolModel', ['preemption', 'unusable', 'slow', 'bandwidth', 'install'], FAULT),
  ...rows('job', ['jobManagerTask', 'jobPreparationTask', 'jobReleaseTask'], 'write what it does as tasks of the job'),
  { entity: 'job', key: 'onAllTasksComplete', when: is('terminatejob'), hint: TERMINATE },
  {
    entity: 'job',
    key: 'onTaskFailure',
    when: is('performexitoptionsjobaction'),
    hint: 'take it out: a failed task does not end its job',
  },
  {
    entity: 'jobConstraints',
    key: 'maxWallClockTime',
    when: isLimit,
    hint: 'take it out, or stop the whole run with clock.until',
  },
  ...rows(
    'jobModel',
    ['jobManagerTask', 'jobPreparationTask', 'jobReleaseTask'],
    'write what it does as tasks of the job',
  ),
  ...rows('poolInfo', ['autoPoolSpecification'], 'describe the pool under pools, and name it with poolId'),
  ...rows('task', ['exitConditions'], 'take it out: a task that fails blocks those that depend on it'),
  ...rows('task', ['multiInstanceSettings'], 'give the task as many requiredSlots on one node as it needs'),
  ...rows('task', ['applicationPackageReferences'], TRANSFER, hasItems),
  ...rows('taskModel', ['cpu', 'memory'], 'take it out: tasks share nothing but slots'),
  ...rows('taskModel', ['download', 'upload', 'missingFile', 'uploadError'], TRANSFER),
  ...rows(
    'taskModel',
    ['programNotFound', 'coordination', 'nodes', 'actions'],
    'take it out, or give the task an exitCode',
  ),
];

/** Reports every use of what is not modelled yet. */
export function refuseLater(tree: Table, problems: Problems): void {
  for (const accountPath of accountPaths(tree)) {
    for (const [entity, pattern] of Object.entries(ENTITY_PATHS) as [Entity, Path][]) {
      const isPartOfAccount = pattern[0] === 'pools' || pattern[0] === 'jobs';
      if (accountPath.length > 0 && !isPartOfAccount) continue;
      for (const path of matches(tree, [...accountPath, ...pattern])) refuseIn(tree, entity, path, problems);
    }
  }
}

/** Whether the key is reported by {@link refuseLater}, so that nobody reports it again as unknown. */
export function isLaterKey(path: Path, key: string): boolean {
  const entity = entityAt(path);
  return entity !== null && LATER.some((row) => row.entity === entity && row.key === key);
}

/** Which kind of table stands at a path of a scenario, or null. */
export function entityAt(path: Path): Entity | null {
  const own = path[0] === 'accounts' && path.length > 2 ? path.slice(2) : path;
  for (const [entity, pattern] of Object.entries(ENTITY_PATHS) as [Entity, Path][]) {
    if (pattern.length === own.length && pattern.every((step, i) => step === own[i] || step === '*')) return entity;
  }
  return null;
}

function refuseIn(tree: Tree, entity: Entity, path: Path, problems: Problems): void {
  const table = treeAt(tree, path);
  if (table?.kind !== 'table') return;
  for (const row of LATER) {
    const entry = row.entity === entity ? table.entries.get(row.key) : undefined;
    if (entry === undefined || isAbsent(entry.value) || row.when?.(entry.value) === false) continue;
    const value = row.when !== undefined && entry.value.kind === 'leaf' ? `: ${entry.value.text}` : '';
    const where = path.length === 0 ? '' : ` in ${pathText(tree, path)}`;
    problems.error('BS2010', entry.key, `${row.key}${value}${where} is not modelled by this version`, row.hint);
  }
}

function accountPaths(tree: Table): Path[] {
  const accounts = entryOf(tree, 'accounts');
  const paths: Path[] = [[]];
  if (accounts?.kind === 'list') paths.push(...accounts.items.map((_, i) => ['accounts', i]));
  return paths;
}

function matches(tree: Tree, pattern: Path): Path[] {
  let paths: Path[] = [[]];
  for (const step of pattern) {
    if (step !== '*') {
      paths = paths.map((path) => [...path, step]).filter((path) => treeAt(tree, path) !== null);
      continue;
    }
    paths = paths.flatMap((path) => {
      const list = treeAt(tree, path);
      return list?.kind === 'list' ? list.items.map((_, i) => [...path, i]) : [];
    });
  }
  return paths;
}

function rows(entity: Entity, keys: readonly string[], hint: string, when?: (value: Tree) => boolean): LaterRow[] {
  return keys.map((key) => (when === undefined ? { entity, key, hint } : { entity, key, hint, when }));
}

function is(...values: readonly (string | boolean)[]): (value: Tree) => boolean {
  return (value) =>
    value.kind === 'leaf' &&
    values.includes(typeof value.value === 'string' ? value.value.toLowerCase() : (value.value as boolean));
}

/** `az batch … show` prints empty lists for what is not used. */
function hasItems(value: Tree): boolean {
  return value.kind !== 'list' || value.items.length > 0;
}

/** Batch shows "no limit" as the longest duration that it can express. */
function isLimit(value: Tree): boolean {
  return !(value.kind === 'leaf' && /^(P10675199D|10675199 days)/i.test(String(value.value)));
}

function isAbsent(value: Tree): boolean {
  return value.kind === 'leaf' && value.value === null;
}

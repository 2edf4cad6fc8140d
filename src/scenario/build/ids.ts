/** Ids of pools, jobs and tasks (ACC-17), and the generator `t-{1..100}`. */
import { formatCount } from '../../base/index.js';
import { invalidProperty, LONGEST_ID, type TaskIds } from '../../model/index.js';
import { type Path, treeAt } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** Tasks that one entry may make. */
export const MOST_TASKS = 20_000_000;
const GENERATOR = /\{(\d{1,15})\.\.(\d{1,15})\}/g;

/** The ids of one entry of a job's tasks, and how many they are; null after a problem. */
export function readTaskIds(context: BuildContext, path: Path, id: string): { ids: TaskIds; count: number } | null {
  const ranges = [...id.matchAll(GENERATOR)];
  if (ranges.length === 0) return checkId(context, path, id) ? { ids: { kind: 'list', values: [id] }, count: 1 } : null;
  const [range] = ranges as [RegExpExecArray, ...RegExpExecArray[]];
  const [written, first = '', last = ''] = range;
  if (ranges.length > 1) {
    context.error('BS2101', path, `"${id}" has more than one {a..b}`, 'write one entry for each value of the first');
    return null;
  }
  const count = Number(last) - Number(first) + 1;
  if (count < 1 || count > MOST_TASKS) {
    const wrong = count < 1 ? 'counts down' : `makes more than ${formatCount(MOST_TASKS)} tasks`;
    context.error('BS2005', path, `${written} ${wrong}`, 'write {1..100}; {001..100} keeps the zeros');
    return null;
  }
  const prefix = id.slice(0, range.index);
  const suffix = id.slice(range.index + written.length);
  const digits = first.length > 1 && first.startsWith('0') ? first.length : 0;
  if (!checkId(context, path, `${prefix}${last.padStart(digits, '0')}${suffix}`)) return null;
  return { ids: { kind: 'pattern', prefix, first: Number(first), digits, suffix }, count };
}

/** Reports an id that ACC-17 refuses. Whether it is good. */
export function checkId(context: BuildContext, path: Path, id: string): boolean {
  const leaf = treeAt(context.tree, path);
  if (leaf?.kind === 'leaf' && typeof leaf.value === 'number' && leaf.text !== id) {
    context.error(
      'BS2101',
      path,
      `${leaf.text} is read as the number ${id}, and an id is a text`,
      `write it in quotes: "${leaf.text}"`,
    );
    return false;
  }
  const refuse = (message: string, hint: string | null, reason: string): boolean => {
    context.refuse('BS2101', path, message, hint, invalidProperty('id', id, reason));
    return false;
  };
  if (id === '') return refuse('the id is empty (ACC-17)', null, 'It is empty.');
  const bad = /[^A-Za-z0-9_-]/.exec(id);
  if (bad !== null) {
    const hint = /[{}]/.test(bad[0])
      ? 'a generator is written {1..100}, and {n} counts the arrivals of a job'
      : 'use letters, digits, hyphens and underscores; other words fit in displayName';
    const message = `"${shortened(id)}" cannot be an id: Batch refuses "${bad[0]}" in it (ACC-17, InvalidPropertyValue)`;
    return refuse(message, hint, 'It may hold only letters, digits, hyphens and underscores.');
  }
  if (id.length > LONGEST_ID) {
    const message = `"${shortened(id)}" has ${id.length} characters; an id has at most ${LONGEST_ID} (ACC-17, InvalidPropertyValue)`;
    return refuse(message, 'put the long form into displayName', `It has more than ${LONGEST_ID} characters.`);
  }
  return true;
}

/** Reports ids that stand twice among siblings, case aside. */
export function checkUnique(
  context: BuildContext,
  ids: readonly { readonly id: string; readonly path: Path }[],
  batchCode: string,
): void {
  const known = new Map<string, Path>();
  for (const { id, path } of ids) {
    const first = known.get(id.toLowerCase());
    if (first === undefined) known.set(id.toLowerCase(), path);
    else
      context.error(
        'BS2102',
        path,
        `the id "${id}" is taken (409 ${batchCode}; case does not count)`,
        'rename one of the two',
      );
  }
}

function shortened(id: string): string {
  return id.length > 80 ? `${id.slice(0, 77)}...` : id;
}

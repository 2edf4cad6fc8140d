/** Names of a million tasks from a handful of patterns: a name exists only while somebody looks at it. */
import { taskIdAt } from '../model/index.js';
import type { TaskNameSet, TaskNames } from './recording.js';

/**
 * Names from the sets of a scenario.
 * @param sets what was declared, set after set
 * @param order for each row the task's number through all sets; null: the row is that number
 */
export function makeTaskNames(sets: readonly TaskNameSet[], order: Int32Array | null): TaskNames {
  const firsts = new Float64Array(sets.length + 1);
  for (let i = 0; i < sets.length; i++) firsts[i + 1] = (firsts[i] as number) + (sets[i] as TaskNameSet).count;
  let last = 0;

  /** Rows are mostly asked for in order, so the set found last is tried first. */
  function setOf(declared: number): number {
    if (declared >= (firsts[last] as number) && declared < (firsts[last + 1] as number)) return last;
    let low = 0;
    let high = sets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firsts[middle] as number) <= declared) low = middle;
      else high = middle - 1;
    }
    last = low;
    return low;
  }

  function declaredOf(task: number): number {
    return order === null ? task : (order[task] as number);
  }

  return {
    sets,
    order,
    id(task) {
      const declared = declaredOf(task);
      const set = setOf(declared);
      return taskIdAt((sets[set] as TaskNameSet).ids, declared - (firsts[set] as number));
    },
    displayName(task) {
      const declared = declaredOf(task);
      const set = setOf(declared);
      return (sets[set] as TaskNameSet).displayNames?.[declared - (firsts[set] as number)] || null;
    },
  };
}

/** Parents of a workflow's tasks from two lists that ought to say the same: `parents` here, `children` there. */

/** What one task says of its neighbours. */
export interface WorkflowLinks {
  readonly id: string;
  readonly name: string;
  /** Ids (before 1.5: ids or names) of tasks; null: the list is missing. */
  readonly parents: readonly string[] | null;
  readonly children: readonly string[] | null;
}

/** Parents by task, as ids, and how many links only one side knows of. */
export interface WorkflowParents {
  readonly parents: readonly (readonly string[])[];
  readonly mismatchCount: number;
}

/** Parents decide; a task without a list of parents has those that list it as a child. */
export function workflowLinks(tasks: readonly WorkflowLinks[]): WorkflowParents {
  const toId = idResolver(tasks);
  const claimed = parentsByChild(tasks, toId);
  const listed = tasks.map((task) => (task.parents === null ? null : new Set(task.parents.map(toId))));
  const parents = tasks.map((task) =>
    task.parents === null ? [...(claimed.get(task.id) ?? [])] : task.parents.map(toId),
  );
  return { parents, mismatchCount: countMismatches(tasks, listed, claimed, toId) };
}

/** Old files refer to tasks by name; a name that is no id and belongs to one task only stands for its id. */
function idResolver(tasks: readonly WorkflowLinks[]): (reference: string) => string {
  const ids = new Set(tasks.map((task) => task.id));
  const byName = new Map<string, string | null>();
  for (const { id, name } of tasks) byName.set(name, byName.has(name) ? null : id);
  return (reference) => (ids.has(reference) ? reference : (byName.get(reference) ?? reference));
}

function parentsByChild(
  tasks: readonly WorkflowLinks[],
  toId: (reference: string) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const claimed = new Map<string, Set<string>>();
  for (const task of tasks) {
    for (const reference of task.children ?? []) {
      const child = toId(reference);
      const parents = claimed.get(child);
      if (parents === undefined) claimed.set(child, new Set([task.id]));
      else parents.add(task.id);
    }
  }
  return claimed;
}

function countMismatches(
  tasks: readonly WorkflowLinks[],
  listed: readonly (ReadonlySet<string> | null)[],
  claimed: ReadonlyMap<string, ReadonlySet<string>>,
  toId: (reference: string) => string,
): number {
  const hasChildren = new Set(tasks.filter((task) => task.children !== null).map((task) => task.id));
  const rows = new Map(tasks.map((task, i) => [task.id, i]));
  let count = 0;
  tasks.forEach((task, i) => {
    for (const parent of listed[i] ?? []) {
      if (hasChildren.has(parent) && claimed.get(task.id)?.has(parent) !== true) count += 1;
    }
    for (const child of new Set((task.children ?? []).map(toId))) {
      const row = rows.get(child);
      if (row === undefined) count += 1;
      else if (listed[row] !== null && listed[row]?.has(task.id) !== true) count += 1;
    }
  });
  return count;
}

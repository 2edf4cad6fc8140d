/** Which tasks hold slots on which node; kept only in runs in which something may stop or lose a task. */

const NOBODY: readonly number[] = [];

/** Tasks by node. A multi-instance task stands at each of its nodes. */
export class Occupants {
  private readonly byNode: (number[] | undefined)[] = [];

  /** The task holds slots on the node. */
  add(node: number, task: number): void {
    const tasks = this.byNode[node];
    if (tasks === undefined) this.byNode[node] = [task];
    else tasks.push(task);
  }

  /** The task holds none there any more. */
  remove(node: number, task: number): void {
    const tasks = this.byNode[node] as number[];
    const last = tasks.pop() as number;
    if (last !== task) tasks[tasks.indexOf(task)] = last;
  }

  /** The tasks on a node, in no order. To be read at once. */
  on(node: number): readonly number[] {
    return this.byNode[node] ?? NOBODY;
  }

  /** The tasks on a node, in order of creation. */
  of(node: number): number[] {
    return [...(this.byNode[node] ?? [])].sort((a, b) => a - b);
  }
}

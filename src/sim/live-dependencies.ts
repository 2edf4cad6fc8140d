/**
 * Who waits for whom in a run that may itself add tasks: by id, since a parent may come after its children (DEP-05) and
 * come again after it was deleted. Slower than the columns of `dependents.ts`, which serve runs whose tasks are all
 * declared; the rules are the same.
 */
import { idKey, rangeMember, type TaskDependencies, taskIdAt } from '../model/index.js';
import type { SetInstance } from './declaration.js';

/** What all tasks of a set wait for together, or what one task waits for by columns of a trace. */
interface Gate {
  /** Satisfactions that are missing. */
  left: number;
  readonly children: number[];
}

/** An inclusive range of integers that a gate waits for (DEP-06). */
interface RangeWait {
  readonly start: number;
  readonly end: number;
  readonly gate: Gate;
}

/** The dependencies of one job: they never reach beyond it (DEP-11). */
class JobDependencies {
  /** DEP-09: what has satisfied, for good, by {@link idKey}. */
  readonly satisfied = new Set<string>();
  readonly satisfiedIntegers = new Set<number>();
  readonly byId = new Map<string, Gate[]>();
  readonly ranges: RangeWait[] = [];
}

/** The dependencies of a run. */
export class LiveDependencies {
  private readonly jobs = new Map<number, JobDependencies>();
  private readonly setGates = new Map<SetInstance, Gate>();
  /** Gates that a task still waits for; absent: none. */
  private readonly left = new Map<number, number>();

  /** Whether the task waits for others (DEP-02). */
  isBlocked(task: number): boolean {
    return this.left.has(task);
  }

  /** DEP-09: whether a task of this id has satisfied what waits for it. */
  hasSatisfied(job: number, id: string): boolean {
    return this.jobs.get(job)?.satisfied.has(idKey(id)) ?? false;
  }

  /**
   * A task was added.
   * @param parentSets the sets of its job, for the columns of traces
   */
  add(task: number, instance: SetInstance, index: number, parentSets: readonly SetInstance[]): void {
    const { dependsOn } = instance.set;
    if (dependsOn === null) return;
    const gates: Gate[] = [];
    if (dependsOn.taskIds.length > 0 || dependsOn.taskIdRanges.length > 0)
      gates.push(this.gateOfSet(instance, dependsOn));
    if (dependsOn.columns !== null) gates.push(this.gateOfRow(instance, dependsOn.columns, index, parentSets));
    const open = gates.filter((gate) => gate.left > 0);
    if (open.length === 0) return;
    for (const gate of open) gate.children.push(task);
    this.left.set(task, open.length);
  }

  /**
   * A task with this id satisfied what waits for it; returns those that wait for nothing more, in row order. Only the
   * first time counts (DEP-06, DEP-09).
   */
  satisfy(job: number, id: string): number[] {
    const known = this.ofJob(job);
    const key = idKey(id);
    const opened: Gate[] = [];
    if (!known.satisfied.has(key)) {
      known.satisfied.add(key);
      for (const gate of known.byId.get(key) ?? []) if (--gate.left === 0) opened.push(gate);
      known.byId.delete(key);
    }
    const member = rangeMember(id);
    if (member !== null && !known.satisfiedIntegers.has(member)) {
      known.satisfiedIntegers.add(member);
      for (const { start, end, gate } of known.ranges) {
        if (start <= member && member <= end && --gate.left === 0) opened.push(gate);
      }
    }
    return opened.flatMap((gate) => this.release(gate)).sort((a, b) => a - b);
  }

  /** The task is gone: it waits for nothing any more. */
  forget(task: number): void {
    this.left.delete(task);
  }

  private release(gate: Gate): number[] {
    return gate.children.filter((child) => {
      const left = this.left.get(child);
      if (left === undefined) return false;
      if (left > 1) {
        this.left.set(child, left - 1);
        return false;
      }
      this.left.delete(child);
      return true;
    });
  }

  private gateOfSet(instance: SetInstance, dependsOn: TaskDependencies): Gate {
    const found = this.setGates.get(instance);
    if (found !== undefined) return found;
    const known = this.ofJob(instance.job);
    const gate: Gate = { left: 0, children: [] };
    for (const id of dependsOn.taskIds) this.waitForId(known, id, gate);
    for (const { start, end } of dependsOn.taskIdRanges) {
      let missing = end - start + 1;
      for (const member of known.satisfiedIntegers) if (start <= member && member <= end) missing -= 1;
      gate.left += missing;
      if (missing > 0) known.ranges.push({ start, end, gate });
    }
    this.setGates.set(instance, gate);
    return gate;
  }

  private gateOfRow(
    instance: SetInstance,
    columns: NonNullable<TaskDependencies['columns']>,
    index: number,
    parentSets: readonly SetInstance[],
  ): Gate {
    const known = this.ofJob(instance.job);
    const gate: Gate = { left: 0, children: [] };
    const { offsets, parents } = columns;
    for (let at = offsets[index] as number; at < (offsets[index + 1] as number); at++) {
      this.waitForId(known, idOfNumber(parentSets, parents[at] as number), gate);
    }
    return gate;
  }

  private waitForId(known: JobDependencies, id: string, gate: Gate): void {
    const key = idKey(id);
    if (known.satisfied.has(key)) return;
    gate.left += 1;
    const waiting = known.byId.get(key);
    if (waiting === undefined) known.byId.set(key, [gate]);
    else waiting.push(gate);
  }

  private ofJob(job: number): JobDependencies {
    const found = this.jobs.get(job);
    if (found !== undefined) return found;
    const made = new JobDependencies();
    this.jobs.set(job, made);
    return made;
  }
}

/** The id of a task by its number within its job, set by set. */
function idOfNumber(sets: readonly SetInstance[], number: number): string {
  let left = number;
  for (const { count, ids, isManager } of sets) {
    if (isManager) continue;
    if (left < count) return taskIdAt(ids, left);
    left -= count;
  }
  return '';
}

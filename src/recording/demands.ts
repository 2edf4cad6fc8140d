/** What tasks of a run declared to need of their nodes: cores and memory, a model beside Batch's slots (decision 0012). */
import type { Scenario, TaskDemands, TaskIds, TaskSet } from '../model/index.js';
import type { PoolRow, Recording } from './recording.js';
import { declaredTask, setsOfAccount } from './why/declared.js';

/** Answers for the tasks of one run. */
export class Demands {
  readonly #recording: Recording;
  /** By row of the names' sets: what its tasks declared; null: nothing. */
  readonly #bySet: readonly (TaskDemands | null)[];
  /** First number of each set. */
  readonly #firsts: Float64Array;

  constructor({ scenario, recording }: { readonly scenario: Scenario; readonly recording: Recording }) {
    const { sets } = recording.taskNames;
    this.#recording = recording;
    this.#firsts = new Float64Array(sets.length);
    for (let i = 1; i < sets.length; i++) {
      this.#firsts[i] = (this.#firsts[i - 1] as number) + (sets[i - 1]?.count ?? 0);
    }
    this.#bySet = this.#declared(scenario);
  }

  /** True if a task of the run declared memory. */
  get hasMemory(): boolean {
    return this.#bySet.some((demands) => (demands?.memoryBytes ?? 0) > 0);
  }

  /** Cores that a process of the task keeps busy on nodes of a pool: declared, or the share of the slots that it takes. */
  cores(task: number, pool: PoolRow, slots: number): number {
    return this.#of(task)?.cpu ?? (pool.vmSize.vcpus / pool.taskSlotsPerNode) * slots;
  }

  /** Memory that it occupies, in bytes. */
  memoryBytes(task: number): number {
    return this.#of(task)?.memoryBytes ?? 0;
  }

  #of(task: number): TaskDemands | null {
    return this.#bySet.length === 0 ? null : (this.#bySet[this.#setOf(task)] ?? null);
  }

  /** Row of the names' set that a task is of. */
  #setOf(task: number): number {
    const number = this.#recording.taskNames.order?.[task] ?? task;
    let [low, high] = [0, this.#firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#firsts[middle] as number) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Empty where nobody declared anything, which is the ordinary run. */
  #declared(scenario: Scenario): (TaskDemands | null)[] {
    const declared = scenario.accounts.flatMap(setsOfAccount);
    if (!declared.some(({ demands }) => demands !== null && (demands.cpu !== null || demands.memoryBytes > 0)))
      return [];
    // A run in memory shares its ids with the scenario; one from a file is found by the names of its tasks.
    const byIds = new Map<TaskIds, TaskSet>(declared.map((set) => [set.ids, set]));
    const firstTasks = this.#firstTasks();
    return this.#recording.taskNames.sets.map(({ ids }, row) => {
      const known = byIds.get(ids);
      if (known !== undefined) return known.demands;
      const task = firstTasks[row] as number;
      return task < 0 ? null : (declaredTask(scenario, this.#recording, task)?.set.demands ?? null);
    });
  }

  /** A task of each set; -1: none was added. */
  #firstTasks(): Int32Array {
    const { taskNames, tasks } = this.#recording;
    const rows = new Int32Array(taskNames.sets.length).fill(-1);
    for (let task = tasks.count - 1; task >= 0; task--) rows[this.#setOf(task)] = task;
    return rows;
  }
}

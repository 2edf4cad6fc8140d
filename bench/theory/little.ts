/**
 * Little's law, L = λW, on one run from empty to empty. Each side comes from another account of the run: L from the
 * log's steps up and down, λ and W from the tasks' rows, and the same for the nodes, whose own rows say how long they
 * were busy. What the accounts share is only the run, so a task lost or counted twice in one of them shows.
 */
import { EVENT_KINDS } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { type Queue, queueScenario } from './queue.js';

/** Both sides of the law, for tasks in the system and for busy nodes. */
export interface LittlesLaw {
  /** Mean number of tasks in the system over the run, from the log. */
  readonly tasksInSystem: number;
  /** Tasks per ms × mean time from addition to end in ms, from the tasks. */
  readonly rateTimesStay: number;
  /** Mean number of busy nodes, from the nodes. */
  readonly busyNodes: number;
  /** Tasks per ms × mean time from start to end in ms, from the tasks. */
  readonly rateTimesService: number;
}

/** Runs a queue until it is empty and reckons both sides. */
export function littlesLaw(queue: Queue, count: number, seed: string): LittlesLaw {
  const { run, log, tasks, nodes } = simulate(queueScenario(queue, count, seed), { record: 'full' }).recording;
  if (log === null) throw new Error('a full recording has a log');
  const change = new Map<number, number>([
    [EVENT_KINDS.indexOf('taskAdded'), 1],
    [EVENT_KINDS.indexOf('taskFinished'), -1],
  ]);
  let area = 0;
  let inSystem = 0;
  let lastMs = 0;
  for (let row = 0; row < log.count; row++) {
    const atMs = log.atMs[row] as number;
    area += inSystem * (atMs - lastMs);
    inSystem += change.get(log.kind[row] as number) ?? 0;
    lastMs = atMs;
  }
  if (inSystem !== 0) throw new Error(`the run ended with ${inSystem} tasks in the system`);

  let stay = 0;
  let service = 0;
  for (let task = 0; task < tasks.count; task++) {
    const endMs = tasks.endMs[task] as number;
    stay += endMs - (tasks.submitMs[task] as number);
    service += endMs - (tasks.startMs[task] as number);
  }
  let busy = 0;
  for (let node = 0; node < nodes.count; node++) busy += nodes.runningMs[node] as number;

  const rate = tasks.count / run.endMs;
  return {
    tasksInSystem: area / run.endMs,
    rateTimesStay: rate * (stay / tasks.count),
    busyNodes: busy / run.endMs,
    rateTimesService: rate * (service / tasks.count),
  };
}

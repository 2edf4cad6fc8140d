/** SCH-07: the nodes of a pool by whether they can take a task. */
import { NODE_KINDS, NODE_STATES } from '../../model/index.js';
import { NO_NODE_STATE } from '../phases.js';
import { EVENT_KINDS, type PoolRow } from '../recording.js';
import { declaredJob, declaredTask } from './declared.js';
import type { Look } from './look.js';
import type { WhyRun } from './run.js';

/** How many nodes are as the text says; `eligible`: they could take the task. */
export type Census = ReadonlyMap<string, number>;

/** What a task asks of a node. */
export interface Wish {
  readonly job: number;
  readonly slots: number;
  /** JM-06. */
  readonly dedicatedOnly: boolean;
  /** JM-05, MI-03: it needs a node without any other task. */
  readonly alone: boolean;
}

/** Counts the nodes of a pool. */
export function takeCensus(run: WhyRun, look: Look, pool: number, wish: Wish): Census {
  const { recording, state } = look;
  const { taskSlotsPerNode } = recording.pools[pool] as PoolRow;
  const exclusive = exclusiveNodes(run, look, pool);
  const barred = barredNodes(run, look, wish.job);
  /** The first thing that keeps a node from taking the task. */
  function obstacle(node: number): string {
    const name = NODE_STATES[state.nodeState[node] as number] ?? '';
    if (name !== 'idle' && name !== 'running') return name;
    if (state.nodeDisabled[node] === 1) return 'disabled';
    if (barred.has(node)) return 'barred';
    if (wish.dedicatedOnly && NODE_KINDS[recording.nodes.kind[node] as number] === 'spot') return 'spot';
    if (exclusive.has(node)) return 'exclusive';
    const used = state.nodeUsedSlots[node] as number;
    return taskSlotsPerNode - used < wish.slots || (wish.alone && used > 0) ? 'full' : 'eligible';
  }
  const counts = new Map<string, number>();
  for (let node = 0; node < recording.nodes.count; node++) {
    if (recording.nodes.pool[node] !== pool || state.nodeState[node] === NO_NODE_STATE) continue;
    const what = obstacle(node);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return counts;
}

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  full: ['has too few free slots', 'have too few free slots'],
  disabled: ['has its scheduling disabled', 'have their scheduling disabled'],
  barred: ["is barred since the job's preparation failed there", "are barred since the job's preparation failed there"],
  exclusive: ['is held by a job manager alone', 'are held by job managers alone'],
  spot: ['is a spot node', 'are spot nodes'],
};

/** A census in words. */
export function censusText(census: Census): string {
  return [...census]
    .map(([what, count]) => {
      const [one, many] = WORDS[what] ?? [`is ${what}`, `are ${what}`];
      return `${count} ${count === 1 ? one : many}`;
    })
    .join(', ');
}

/** JM-05: nodes on which a manager runs that wants no other task beside it. */
function exclusiveNodes({ scenario, recording }: WhyRun, { state }: Look, pool: number): Set<number> {
  const found = new Set<number>();
  const hasManagers = scenario?.accounts.some(
    ({ jobs, jobSchedules }) =>
      jobs.some((job) => job.jobManagerTask !== null) ||
      jobSchedules.some((one) => one.jobSpecification.jobManagerTask !== null),
  );
  if (!hasManagers) return found;
  for (let task = 0; task < recording.tasks.count; task++) {
    const node = state.taskNode[task] as number;
    if (node < 0 || recording.nodes.pool[node] !== pool) continue;
    const declared = declaredTask(scenario, recording, task);
    if (declared?.isManager && declared.job.jobManagerTask?.runExclusive) found.add(node);
  }
  return found;
}

/** PREP-05: nodes on which the job's preparation failed and which were not made anew since. */
function barredNodes({ scenario, recording }: WhyRun, { atMs }: Look, job: number): Set<number> {
  const found = new Set<number>();
  if (declaredJob(scenario, recording, job)?.jobPreparationTask?.waitForSuccess === false) return found;
  for (const { kind, node, job: ofJob, endMs, result, state } of recording.nodeTasks) {
    if (kind !== 'preparation' || ofJob !== job || result !== 'failure' || state !== 'completed') continue;
    if (endMs >= 0 && endMs <= atMs && !wasMadeAnew(recording, node, endMs, atMs)) found.add(node);
  }
  return found;
}

const NODE_STATE = EVENT_KINDS.indexOf('nodeState');
const ANEW: ReadonlySet<string> = new Set(['creating', 'reimaging']);

function wasMadeAnew({ log }: WhyRun['recording'], node: number, fromMs: number, toMs: number): boolean {
  for (let row = 0; log !== null && row < log.count && (log.atMs[row] as number) <= toMs; row++) {
    if (log.kind[row] !== NODE_STATE || log.subject[row] !== node || (log.atMs[row] as number) < fromMs) continue;
    if (ANEW.has(NODE_STATES[(log.detail[row] as number) & 255] ?? '')) return true;
  }
  return false;
}

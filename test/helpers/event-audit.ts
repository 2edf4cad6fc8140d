/**
 * What a run cost and how long its tasks waited, from the text of its `events.ndjson` alone: slow, by elementary
 * intervals, and sharing no line with `src/recording`. It knows the names of events and states, and the words of BILL-06.
 */

/** What the lines say besides: the moment at which the run ended, in ms. */
export interface AuditOptions {
  readonly endMs: number;
  /** Books are closed every so many ms from the start. */
  readonly stretchMs: number;
}

/** What {@link audit} finds. */
export interface Audit {
  /** Slot-milliseconds by `stretch|pool|kind|job|use`; nobody's job is empty. */
  readonly slotMs: ReadonlyMap<string, number>;
  /** Charged ms by `pool|kind`. */
  readonly chargedMs: ReadonlyMap<string, number>;
  /** Time runnable and not running in ms, by `job/task`; tasks that never became runnable are missing. */
  readonly waitMs: ReadonlyMap<string, number>;
}

/** One line, as far as it is needed here. */
interface Line {
  readonly t: number;
  readonly event: string;
  readonly poolId?: string;
  readonly nodeOrdinal?: number;
  readonly kind?: string;
  readonly state?: string;
  readonly taskSlotsPerNode?: number;
  readonly jobId?: string;
  readonly taskId?: string;
  readonly subtaskId?: number;
  readonly runnable?: boolean;
  readonly requiredSlots?: number;
}

interface Stay {
  readonly fromMs: number;
  toMs: number;
  readonly state: string;
}

interface Node {
  readonly pool: string;
  readonly kind: string;
  readonly slots: number;
  readonly stays: Stay[];
  readonly holds: Hold[];
}

interface Hold {
  readonly node: Node;
  readonly job: string;
  readonly slots: number;
  readonly fromMs: number;
  toMs: number;
  /** When it began to run; Infinity: it never did. */
  ranMs: number;
  lost: boolean;
}

interface Task {
  readonly job: string;
  readonly slots: number;
  readonly holds: Hold[];
  readonly subtasks: Map<number, Hold>;
  /** Beginning of the wait at hand; null: it does not wait. */
  waitsSinceMs: number | null;
  waitedMs: number | null;
}

const ENDS = ['TaskCompleteEvent', 'TaskFailEvent', 'TaskDeleteEvent', 'TaskGiveUpEvent'];
const REPEATS = ['TaskRetryEvent', 'TaskDisplaceEvent', 'TaskRequeueEvent'];
const TAKES = ['TaskAssignEvent', 'TaskPrepareEvent', 'TaskStartEvent'];

/** Reads the lines of one run. */
export function audit(ndjson: string, options: AuditOptions): Audit {
  const reader = new Reader(options);
  for (const line of ndjson.split('\n')) if (line !== '') reader.read(JSON.parse(line) as Line);
  return reader.result();
}

class Reader {
  readonly #options: AuditOptions;
  readonly #slots = new Map<string, number>();
  readonly #nodes: Node[] = [];
  /** The node that is at a place now. */
  readonly #places = new Map<string, Node>();
  readonly #tasks = new Map<string, Task>();
  /** What can be said only at the end. */
  readonly #fates: (() => void)[] = [];

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  read(line: Line): void {
    const atMs = Math.round(line.t * 1000);
    if (line.event === 'PoolCreateEvent') this.#slots.set(line.poolId ?? '', line.taskSlotsPerNode ?? 1);
    else if (line.event === 'NodeStateEvent') this.#nodeState(line, atMs);
    else if (line.event === 'JobStateEvent' && line.state === 'deleted') this.#jobGone(line, atMs);
    else if (line.event.startsWith('Task')) this.#task(line, atMs);
    else if (line.event.startsWith('Subtask')) this.#subtask(line, atMs);
  }

  #nodeState(line: Line, atMs: number): void {
    const place = placeOf(line);
    let node = this.#places.get(place);
    if (node === undefined) {
      const pool = line.poolId ?? '';
      node = { pool, kind: line.kind ?? '', slots: this.#slots.get(pool) ?? 1, stays: [], holds: [] };
      this.#nodes.push(node);
      this.#places.set(place, node);
    }
    const last = node.stays.at(-1);
    if (last !== undefined) last.toMs = atMs;
    if (line.state === 'gone') this.#places.delete(place);
    else node.stays.push({ fromMs: atMs, toMs: this.#options.endMs, state: line.state ?? '' });
  }

  #task(line: Line, atMs: number): void {
    const key = `${line.jobId}/${line.taskId}`;
    let task = this.#tasks.get(key);
    // A task that was deleted may be added anew under its name.
    if (task === undefined || line.event === 'TaskCreateEvent') {
      const name = this.#tasks.has(key) ? `${key} (${this.#tasks.size})` : key;
      if (task !== undefined) this.#tasks.set(name, task);
      const slots = line.requiredSlots ?? 1;
      const job = line.jobId ?? '';
      task = { job, slots, holds: [], subtasks: new Map(), waitsSinceMs: null, waitedMs: null };
      this.#tasks.set(key, task);
    }
    if (TAKES.includes(line.event)) this.#take(task, line, atMs);
    if (REPEATS.includes(line.event) || ENDS.includes(line.event)) {
      const hold = task.holds.at(-1);
      if (hold !== undefined && hold.toMs === Number.POSITIVE_INFINITY) {
        hold.toMs = atMs;
        hold.lost = REPEATS.includes(line.event);
      }
    }
    if (line.event === 'TaskReactivateEvent') for (const hold of task.holds) hold.lost = true;
    if (line.event === 'TaskStartEvent' || ENDS.includes(line.event)) stopWaiting(task, atMs);
    else if (REPEATS.includes(line.event) || line.event === 'TaskRunnableEvent' || line.runnable === true) {
      task.waitsSinceMs ??= atMs;
      task.waitedMs ??= 0;
    }
  }

  #take(task: Task, line: Line, atMs: number): void {
    let hold = task.holds.at(-1);
    if (hold === undefined || hold.toMs !== Number.POSITIVE_INFINITY) {
      const node = this.#places.get(placeOf(line));
      if (node === undefined) throw new Error(`${line.jobId}/${line.taskId} is on a node that is not there`);
      const toMs = Number.POSITIVE_INFINITY;
      hold = { node, job: task.job, slots: task.slots, fromMs: atMs, toMs, ranMs: toMs, lost: false };
      task.holds.push(hold);
      node.holds.push(hold);
    }
    if (line.event === 'TaskStartEvent') hold.ranMs = atMs;
  }

  #subtask(line: Line, atMs: number): void {
    const task = this.#tasks.get(`${line.jobId}/${line.taskId}`);
    const node = this.#places.get(placeOf(line));
    const id = line.subtaskId ?? 0;
    if (task === undefined) throw new Error('an instance of no task');
    const open = task.subtasks.get(id);
    if (line.event === 'SubtaskEndEvent') {
      if (open !== undefined) open.toMs = atMs;
      return;
    }
    if (node === undefined) throw new Error('an instance on no node');
    const toMs = Number.POSITIVE_INFINITY;
    const hold = { node, job: task.job, slots: 1, fromMs: atMs, toMs, ranMs: atMs, lost: false };
    task.subtasks.set(id, hold);
    node.holds.push(hold);
    // It shares the fate of the primary that has its node, or takes it in the same instant.
    this.#fates.push(() => {
      const primary = task.holds.findLast((one) => one.fromMs <= atMs);
      hold.lost = primary?.lost ?? true;
    });
  }
  #jobGone(line: Line, atMs: number): void {
    for (const task of this.#tasks.values()) {
      if (task.job !== line.jobId) continue;
      stopWaiting(task, atMs);
      for (const hold of task.holds) hold.toMs = Math.min(hold.toMs, atMs);
    }
  }

  result(): Audit {
    const { endMs } = this.#options;
    for (const task of this.#tasks.values()) {
      stopWaiting(task, endMs);
      for (const hold of [...task.holds, ...task.subtasks.values()]) hold.toMs = Math.min(hold.toMs, endMs);
    }
    for (const fate of this.#fates) fate();
    const lastWork = new Map<string, number>();
    for (const { pool, holds } of this.#nodes) {
      for (const { toMs } of holds) lastWork.set(pool, Math.max(lastWork.get(pool) ?? -1, toMs));
    }
    const slotMs = new Map<string, number>();
    const chargedMs = new Map<string, number>();
    for (const node of this.#nodes) this.#bookNode(node, lastWork.get(node.pool) ?? endMs, slotMs, chargedMs);
    const waits = [...this.#tasks].flatMap(([key, { waitedMs }]) =>
      waitedMs === null ? [] : [[key, waitedMs] as const],
    );
    return { slotMs, chargedMs, waitMs: new Map(waits) };
  }

  #bookNode(node: Node, lastWorkMs: number, slotMs: Map<string, number>, chargedMs: Map<string, number>): void {
    const { stretchMs, endMs } = this.#options;
    const cuts = new Set([lastWorkMs]);
    for (let ms = 0; ms <= endMs; ms += stretchMs) cuts.add(ms);
    for (const { fromMs, toMs } of node.stays) cuts.add(fromMs).add(toMs);
    for (const { fromMs, toMs, ranMs } of node.holds) cuts.add(fromMs).add(toMs).add(ranMs);
    const moments = [...cuts].filter(Number.isFinite).sort((a, b) => a - b);
    for (const [i, fromMs] of moments.entries()) {
      const ms = (moments[i + 1] ?? fromMs) - fromMs;
      const stay = node.stays.find((one) => one.fromMs <= fromMs && fromMs < one.toMs);
      if (ms === 0 || stay === undefined || stay.state === 'preempted' || stay.state === 'deallocated') continue;
      add(chargedMs, `${node.pool}|${node.kind}`, ms);
      const holds = node.holds.filter((one) => one.fromMs <= fromMs && fromMs < one.toMs);
      const book = (job: string, use: string, slots: number) =>
        add(slotMs, `${Math.floor(fromMs / stretchMs)}|${node.pool}|${node.kind}|${job}|${use}`, slots * ms);
      const held = holds.reduce((sum, one) => sum + one.slots, 0);
      const runs = holds.length > 0 && ['idle', 'running', 'leavingpool'].includes(stay.state);
      const plain = stay.state === 'idle' && fromMs >= lastWorkMs ? 'tail' : useOf(stay.state);
      for (const hold of holds) book(hold.job, runs ? useOfHold(hold, fromMs) : plain, hold.slots);
      book('', runs ? 'freeSlots' : plain, node.slots - held);
    }
  }
}

function useOfHold({ lost, ranMs }: Hold, atMs: number): string {
  if (lost) return 'lost';
  return atMs >= ranMs ? 'useful' : 'preparing';
}

function useOf(state: string): string {
  if (['creating', 'starting'].includes(state)) return 'starting';
  if (['rebooting', 'reimaging', 'upgradingos'].includes(state)) return 'restarting';
  if (['unusable', 'unknown'].includes(state)) return 'unusable';
  if (['leavingpool', 'deallocating'].includes(state)) return 'leaving';
  return { waitingforstarttask: 'startTask', starttaskfailed: 'startTaskFailed' }[state] ?? state;
}

/** A job may spell its pool in another case (ACC-17). */
function placeOf({ poolId, nodeOrdinal }: Line): string {
  return `${poolId?.toLowerCase()}|${nodeOrdinal}`;
}

function stopWaiting(task: Task, atMs: number): void {
  if (task.waitsSinceMs === null) return;
  task.waitedMs = (task.waitedMs ?? 0) + atMs - task.waitsSinceMs;
  task.waitsSinceMs = null;
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  if (amount !== 0) sums.set(key, (sums.get(key) ?? 0) + amount);
}

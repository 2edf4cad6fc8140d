/** A {@link WorldState} in few bytes: states as runs, nodes of the tasks that hold one; counters follow from them. */
import { NODE_STATES } from '../model/index.js';
import { ByteReader, type ByteWriter } from './bytes.js';
import { readRuns, runStarts, writeRuns } from './column-codec.js';
import { holdsSlots, JOB_PHASES, NO_NODE_STATE, POOL_PHASES, SCHEDULE_PHASES, TASK_PHASES } from './phases.js';
import type { Recording } from './recording.js';
import { WorldState } from './world-state.js';

const IDLE = NODE_STATES.indexOf('idle');
const RUNNING = NODE_STATES.indexOf('running');
/** Room for every node state and for "none", which is written as the last level. */
const NODE_LEVELS = 32;
/** Room for every cause of a node's state. */
const CAUSE_LEVELS = 64;

/** Writes a state. */
export function writeSnapshot(writer: ByteWriter, state: WorldState): void {
  writer.varint(state.position);
  writer.varint(state.atMs);
  const { taskPhase, taskNode } = state;
  const starts = runStarts(taskPhase);
  writeRuns(writer, taskPhase, TASK_PHASES.length, starts);
  for (let run = 0; run < starts.length; run++) {
    const first = starts[run] as number;
    if (!holdsSlots(taskPhase[first] as number)) continue;
    const end = starts[run + 1] ?? taskPhase.length;
    for (let task = first; task < end; task++) writer.varint(taskNode[task] as number);
  }
  writeRuns(writer, state.nodeState.map(levelOfNode), NODE_LEVELS);
  for (const { codes, levels } of runColumns(state)) writeRuns(writer, codes, levels);
  for (const resize of state.poolResize) writer.varint(resize + 1);
  for (const priority of state.jobPriority) writer.signed(priority);
  for (const pool of state.jobPool) writer.varint(pool + 1);
}

/** Columns of small codes that nothing else follows from, in the order of the file. */
function runColumns(state: WorldState): { readonly codes: Uint8Array; readonly levels: number }[] {
  return [
    { codes: state.nodeCause, levels: CAUSE_LEVELS },
    { codes: state.nodeDisabled, levels: 2 },
    { codes: state.nodeTaskRuns, levels: 2 },
    { codes: state.subtaskHolds, levels: 2 },
    { codes: state.poolPhase, levels: POOL_PHASES.length },
    { codes: state.poolResizing, levels: 2 },
    { codes: state.jobPhase, levels: JOB_PHASES.length },
    { codes: state.schedulePhase, levels: SCHEDULE_PHASES.length },
  ];
}

/** Reads a state of a recording; null if the bytes do not describe one. */
export function readSnapshot(bytes: Uint8Array, recording: Recording): WorldState | null {
  const reader = new ByteReader(bytes);
  const state = new WorldState(recording);
  state.position = reader.varint();
  state.atMs = reader.varint();
  const phases = readRuns(reader, recording.tasks.count, TASK_PHASES.length);
  if (phases === null) return null;
  const holders = readHolders(reader, phases, recording.nodes.count);
  const nodes = holders && readRuns(reader, recording.nodes.count, NODE_LEVELS);
  if (holders === null || nodes === null) return null;
  const columns: Uint8Array[] = [];
  for (const { codes, levels } of runColumns(state)) {
    const read = readRuns(reader, codes.length, levels);
    if (read === null) return null;
    columns.push(read);
  }
  restoreRunColumns(state, nodes, columns);
  if (!readPoolsAndJobs(reader, state, recording)) return null;
  for (let task = 0; task < phases.length; task++) {
    if (phases[task] !== 0) state.moveTask(task, phases[task] as number, holders.get(task) ?? -1);
  }
  return reader.done ? state : null;
}

/** Nodes and subtasks go through the state's methods, so that its counters follow. */
function restoreRunColumns(state: WorldState, nodes: Uint8Array, columns: readonly Uint8Array[]): void {
  const holds = runColumns(state).findIndex(({ codes }) => codes === state.subtaskHolds);
  nodes.forEach((level, node) => {
    if (level !== NODE_LEVELS - 1) state.moveNode(node, level, 0);
  });
  columns[holds]?.forEach((held, row) => {
    if (held === 1) state.holdSubtask(row, 1);
  });
  runColumns(state).forEach(({ codes }, i) => {
    codes.set(columns[i] as Uint8Array);
  });
}

/** The node of each task that holds slots; null if one is out of range. */
function readHolders(reader: ByteReader, phases: Uint8Array, nodeCount: number): Map<number, number> | null {
  const holders = new Map<number, number>();
  for (let task = 0; task < phases.length; task++) {
    if (!holdsSlots(phases[task] as number)) continue;
    const node = reader.varint();
    if (node >= nodeCount) return null;
    holders.set(task, node);
  }
  return holders;
}

function readPoolsAndJobs(reader: ByteReader, state: WorldState, recording: Recording): boolean {
  for (let pool = 0; pool < recording.pools.length; pool++) state.poolResize[pool] = reader.varint() - 1;
  for (let job = 0; job < recording.jobs.length; job++) state.jobPriority[job] = reader.signed();
  for (let job = 0; job < recording.jobs.length; job++) {
    const pool = reader.varint() - 1;
    if (pool >= recording.pools.length) return false;
    if (pool !== state.jobPool[job]) state.bindJob(job, pool);
  }
  return reader.sound;
}

/** Running is not written: it follows from the tasks. */
function levelOfNode(state: number): number {
  if (state === NO_NODE_STATE) return NODE_LEVELS - 1;
  return state === RUNNING ? IDLE : state;
}

/** A {@link WorldState} in few bytes: states as runs, nodes of the tasks that hold one; counters follow from them. */
import { NODE_STATES } from '../model/index.js';
import { ByteReader, type ByteWriter } from './bytes.js';
import { readRuns, runStarts, writeRuns } from './column-codec.js';
import type { Recording } from './recording.js';
import { holdsSlots, NO_NODE_STATE, TASK_PHASES, WorldState } from './world-state.js';

const IDLE = NODE_STATES.indexOf('idle');
const RUNNING = NODE_STATES.indexOf('running');
/** Room for every node state and for "none", which is written as the last level. */
const NODE_LEVELS = 32;

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
  writeRuns(writer, state.poolAdded, 2);
  writeRuns(writer, state.poolResizing, 2);
  for (const resize of state.poolResize) writer.varint(resize + 1);
  writeRuns(writer, state.jobAdded, 2);
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
  if (nodes === null) return null;
  nodes.forEach((level, node) => {
    if (level !== NODE_LEVELS - 1) state.moveNode(node, level);
  });
  for (let task = 0; task < phases.length; task++) {
    if (phases[task] !== 0) state.moveTask(task, phases[task] as number, holders?.get(task) ?? -1);
  }
  return readPoolsAndJobs(reader, state, recording) && reader.done ? state : null;
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
  const added = readRuns(reader, recording.pools.length, 2);
  const resizing = added && readRuns(reader, recording.pools.length, 2);
  if (added === null || resizing === null) return false;
  state.poolAdded.set(added);
  state.poolResizing.set(resizing);
  for (let pool = 0; pool < recording.pools.length; pool++) state.poolResize[pool] = reader.varint() - 1;
  const jobs = readRuns(reader, recording.jobs.length, 2);
  if (jobs === null) return false;
  state.jobAdded.set(jobs);
  return true;
}

/** Running is not written: it follows from the tasks. */
function levelOfNode(state: number): number {
  if (state === NO_NODE_STATE) return NODE_LEVELS - 1;
  return state === RUNNING ? IDLE : state;
}

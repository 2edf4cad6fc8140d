/**
 * Cores and memory of a node, a model of ours beside Batch's slots. A process keeps so many cores busy; while those of a
 * node's processes together are more than it has, each runs at the same share of its speed (processor sharing in
 * proportion to cores), and what is left of its work takes longer. A process that would need more memory than is free is
 * killed by the system as it begins. Only the process step counts: transfers need neither.
 */
import { LOGGED } from '../event-log.js';
import type { World } from '../world.js';
import { expectEnd } from './due.js';
import type { LiveAttempt, LiveProcess } from './state.js';

const GIB = 1024 ** 3;
/** Sums of shares such as 4 ÷ 3 may miss a whole number by so much, relatively. */
const ROUNDING = 1e-9;

/** Whether the node has the memory that the process of an attempt needs, beside those that run there. */
export function fitsInMemory(world: World, live: LiveAttempt): boolean {
  const node = live.nodes[0] as number;
  const { memoryGib } = world.poolOfNode(node).spec.vmSize;
  const { memoryBytes } = live.demands;
  if (memoryGib === null || memoryBytes === 0) return true;
  const used = processesOn(world, node).reduce((sum, { demands }) => sum + demands.memoryBytes, 0);
  return used + memoryBytes <= memoryGib * GIB;
}

/** The process of an attempt begins on its node, with so much work, in ms that it would take alone. */
export function joinNode(world: World, live: LiveAttempt, workMs: number): void {
  const node = live.nodes[0] as number;
  const { nowMs } = world;
  live.process = { startMs: nowMs, cores: coresOf(world, live), workMs, leftMs: workMs, sinceMs: nowMs, speed: 1 };
  const processes = world.steps.processes.get(node);
  if (processes === undefined) world.steps.processes.set(node, [live]);
  else processes.push(live);
  expectEnd(world, live, nowMs + workMs, true);
  if (world.sharesCores) share(world, node);
}

/** The process is over, whoever ended it: the others have its cores. */
export function leaveNode(world: World, live: LiveAttempt): void {
  const { process } = live;
  if (process === null) return;
  live.process = null;
  const node = live.nodes[0] as number;
  const processes = processesOn(world, node);
  processes.splice(processes.indexOf(live), 1);
  if (!world.sharesCores) return;
  const doneMs = Math.min(process.workMs, process.workMs - process.leftMs + progress(world, process));
  world.tasks.setStretched(live.task, Math.max(0, Math.round(world.nowMs - process.startMs - doneMs)));
  share(world, node);
}

/** Gives each process on the node its share from now on. */
function share(world: World, node: number): void {
  const processes = processesOn(world, node);
  const { vcpus } = world.poolOfNode(node).spec.vmSize;
  const wanted = processes.reduce((sum, { process }) => sum + (process?.cores ?? 0), 0);
  const speed = wanted <= vcpus * (1 + ROUNDING) ? 1 : vcpus / wanted;
  for (const live of processes) {
    if (live.process !== null && live.process.speed !== speed) changeSpeed(world, live, live.process, speed);
  }
}

function changeSpeed(world: World, live: LiveAttempt, process: LiveProcess, speed: number): void {
  const { nowMs } = world;
  process.leftMs -= progress(world, process);
  process.sinceMs = nowMs;
  process.speed = speed;
  world.log?.add(nowMs, LOGGED.taskSpeed, live.task, Math.round(speed * 1000));
  // Rounded up to a whole ms; what is less than a millionth of one is a rounding error.
  const endMs = nowMs + Math.max(0, Math.ceil(process.leftMs / speed - 1e-6));
  expectEnd(world, live, endMs, true);
}

/** Work done since the last change of speed, in ms. */
function progress({ nowMs }: World, { sinceMs, speed }: LiveProcess): number {
  return (nowMs - sinceMs) * speed;
}

/** What it declares, or else its slots' part of the node, so that tasks that declare nothing never compete. */
function coresOf(world: World, { task, demands, nodes }: LiveAttempt): number {
  if (demands.cpu !== null) return demands.cpu;
  const { vmSize, taskSlotsPerNode } = world.poolOfNode(nodes[0] as number).spec;
  return (vmSize.vcpus / taskSlotsPerNode) * (world.tasks.slots[task] as number);
}

function processesOn(world: World, node: number): LiveAttempt[] {
  return world.steps.processes.get(node) ?? [];
}

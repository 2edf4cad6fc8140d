/**
 * When fate by rate will strike single nodes (NODE-22). All of it stands in the background (SIM-10) and is drawn by node and
 * boot; what it does then is in `faults.ts`.
 */
import { combine } from '../../base/index.js';
import { type Quantity, sampleMs } from '../../model/index.js';
import { eventCode } from '../engine/event-queue.js';
import { SIM_EVENT } from '../events.js';
import { PURPOSE } from '../purposes.js';
import type { World } from '../world.js';
import { BLOWS, type Blow, type NodeLife } from './node-lives.js';

/** The node became ready: how long it lasts is drawn anew. */
export function awaitBlows(world: World, node: number): void {
  const { unusable, hostReboot } = world.poolOfNode(node).spec.faults;
  const boot = world.nodes.boots[node] as number;
  if (unusable !== null) awaitBlow(world, node, 'unusable', drawnMs(world, node, unusable, boot, PURPOSE.nodeFault));
  if (hostReboot !== null)
    awaitBlow(world, node, 'hostReboot', drawnMs(world, node, hostReboot, boot, PURPOSE.hostReboot));
  awaitContactLoss(world, node);
}

/** The node is ready, or heard of again: how long there is contact with it is drawn, unless it is known. */
export function awaitContactLoss(world: World, node: number): void {
  const { lostContact } = world.poolOfNode(node).spec.faults;
  const life = world.lives.of(node);
  if (lostContact === null || life.blows.contactLoss !== null) return;
  const afterMs = drawnMs(world, node, lostContact.after, life.silences, PURPOSE.contactLoss);
  awaitBlow(world, node, 'contactLoss', afterMs);
}

/** How long nobody hears of the node, of which contact was just lost by rate; null: as long as a recovery takes. */
export function silenceMs(world: World, node: number): number | null {
  const lasts = world.poolOfNode(node).spec.faults.lostContact?.lasts ?? null;
  const life = world.lives.of(node);
  const silence = life.silences;
  life.silences += 1;
  return lasts === null ? null : drawnMs(world, node, lasts, silence, PURPOSE.contactBack);
}

/** The node is struck after so long, in ms; at once is not before the next instant. */
export function awaitBlow(world: World, node: number, blow: Blow, afterMs: number): void {
  const due = { atMs: world.nowMs + Math.max(1, afterMs), code: eventCode(SIM_EVENT.nodeFault, node) };
  world.lives.of(node).blows[blow] = due;
  world.background.push(due.atMs, due.code);
}

/** The first of the blows that are due now, which is in store no more. */
export function takeBlow({ blows }: NodeLife, nowMs: number): Blow | null {
  const blow = BLOWS.find((one) => blows[one]?.atMs === nowMs) ?? null;
  if (blow !== null) blows[blow] = null;
  return blow;
}

/** The node goes down or away: whatever was in store for it is void. */
export function cancelBlows(world: World, { blows }: NodeLife): void {
  for (const blow of BLOWS) {
    const due = blows[blow];
    if (due !== null) world.cancel(due.atMs, due.code);
    blows[blow] = null;
  }
}

function drawnMs(world: World, node: number, quantity: Quantity, occurrence: number, purpose: number): number {
  const { nodes, uniforms } = world;
  const entity = combine(world.poolOfNode(node).key, nodes.ordinal[node] as number);
  return sampleMs(quantity, uniforms.seek(entity, occurrence, purpose));
}

/** What a node goes through that its columns do not tell: kept only for nodes to which something happens. */
import type { PackageReference, StartTask } from '../../model/index.js';
import type { NodeCause } from '../../recording/index.js';

/** An event that is in a queue, by which it can be taken back. */
export interface Scheduled {
  readonly atMs: number;
  readonly code: number;
}

/** NODE-22: what fate by rate does to a single node, in the order in which it does it at one instant. */
export const BLOWS = ['eviction', 'unusable', 'hostReboot', 'contactLoss'] as const;
export type Blow = (typeof BLOWS)[number];

/** What is to be done with a node once its tasks have left it. A later one takes the place of an earlier one. */
export interface NodeChange {
  /** RSZ-12 retaineddata: the data of its tasks is waited for as well. */
  readonly retainsData: boolean;
  /** What it does then. */
  readonly carryOut: () => void;
}

/** POOL-15: what a node was set up with when it booted. */
export interface NodeSetup {
  readonly startTask: StartTask | null;
  readonly applicationPackages: readonly PackageReference[];
}

/** One node. */
export class NodeLife {
  /** The step that it waits for; null: none. */
  timer: Scheduled | null = null;
  /** What follows when it is free of tasks; null: nothing. */
  change: NodeChange | null = null;
  setup: NodeSetup | null = null;
  /** Row of its latest start task, -1: none. */
  startTask = -1;
  /** Attempts of start tasks before that row (SIM-08: lists have one value per attempt). */
  startAttempts = 0;
  /** It has come to its end of the boot at hand: it takes tasks, or would. */
  isUp = false;
  /** ERR-23: why it is unusable, null: nobody knows, or it is not. */
  error: NodeCause | null = null;
  /** NODE-20: users that were added to it, by lower-case name. */
  readonly users = new Set<string>();
  /** When its VM was taken away (NODE-11). */
  lostMs = -1;
  /** It leaves the pool without a VM: that was taken away (NODE-11). */
  wasTaken = false;
  /** NODE-12: there was no capacity when it was to come back. */
  waitsForCapacity = false;
  /** ACC-08: its cores are counted as used. */
  holdsQuota = true;
  /** Fate by rate brought it where it is: steps of its way back are no work of their own (SIM-10). */
  isStruck = false;
  /** Since when its disk holds what it holds. */
  diskSinceMs = 0;
  /** What fate by rate has in store for it, by kind of blow; null: nothing that is known. */
  readonly blows: Record<Blow, Scheduled | null> = {
    eviction: null,
    unusable: null,
    hostReboot: null,
    contactLoss: null,
  };
  /** How often contact with it was lost by rate. */
  silences = 0;
  /** Codes of events that happened on it while there was no contact (NODE-13), with the attempt that they belong to. */
  readonly unheard: { readonly code: number; readonly attempt: number }[] = [];
}

/** The nodes of a run, by row. */
export class NodeLives {
  private readonly lives: (NodeLife | undefined)[] = [];

  /** The node's, made when first asked for. */
  of(node: number): NodeLife {
    const found = this.lives[node];
    if (found !== undefined) return found;
    const made = new NodeLife();
    this.lives[node] = made;
    return made;
  }

  /** The node's, if anything happened to it. */
  find(node: number): NodeLife | undefined {
    return this.lives[node];
  }
}

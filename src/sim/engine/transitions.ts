/** Readable transition tables compiled for the hot path: a state and a trigger, both as indices, to the next state. */
import { assert } from '../../base/index.js';

/** Stands for an illegal move. */
const ILLEGAL = 255;

/** A compiled table. */
export class Transitions {
  private readonly table: Uint8Array;
  private readonly triggerCount: number;
  private readonly describe: (state: number, trigger: number) => string;

  constructor(
    entity: string,
    states: readonly string[],
    triggers: readonly string[],
    moves: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>,
  ) {
    this.triggerCount = triggers.length;
    this.table = new Uint8Array(states.length * triggers.length).fill(ILLEGAL);
    for (const [from, byTrigger] of Object.entries(moves)) {
      for (const [trigger, to] of Object.entries(byTrigger ?? {})) {
        const cell = states.indexOf(from) * triggers.length + triggers.indexOf(trigger);
        this.table[cell] = states.indexOf(to);
      }
    }
    this.describe = (state, trigger) => `a ${entity} in ${states[state]} cannot ${triggers[trigger]}`;
  }

  /** The state that follows; an illegal move is a bug. */
  next(state: number, trigger: number): number {
    const next = this.table[state * this.triggerCount + trigger] as number;
    if (next === ILLEGAL) assert(false, this.describe(state, trigger));
    return next;
  }

  /** Whether the move is in the table. */
  allows(state: number, trigger: number): boolean {
    return this.table[state * this.triggerCount + trigger] !== ILLEGAL;
  }
}

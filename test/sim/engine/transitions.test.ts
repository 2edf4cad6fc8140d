import { expect, test } from 'vitest';
import {
  ALLOCATION_MOVES,
  ALLOCATION_STATES,
  ALLOCATION_TRIGGERS,
  NODE_MOVES,
  NODE_STATES,
  NODE_TRIGGERS,
  TASK_MOVES,
  TASK_STATES,
  TASK_TRIGGERS,
} from '../../../src/model/index.js';
import { Transitions } from '../../../src/sim/engine/transitions.js';

type Moves = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

test.each([
  ['task', TASK_STATES, TASK_TRIGGERS, TASK_MOVES],
  ['node', NODE_STATES, NODE_TRIGGERS, NODE_MOVES],
  ['pool', ALLOCATION_STATES, ALLOCATION_TRIGGERS, ALLOCATION_MOVES],
] as [string, readonly string[], readonly string[], Moves][])(
  'TASK-02, NODE-01, POOL-03 the compiled table of a %s says what the readable one says, for every pair',
  (entity, states, triggers, moves) => {
    const compiled = new Transitions(entity, states, triggers, moves);
    states.forEach((state, s) => {
      triggers.forEach((trigger, t) => {
        const to = moves[state]?.[trigger];
        expect(compiled.allows(s, t)).toBe(to !== undefined);
        if (to !== undefined) expect(states[compiled.next(s, t)]).toBe(to);
        else expect(() => compiled.next(s, t)).toThrow(`a ${entity} in ${state} cannot ${trigger}`);
      });
    });
  },
);

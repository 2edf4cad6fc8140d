import { expect, test } from 'vitest';
import {
  ALLOCATION_MOVES,
  ALLOCATION_STATES,
  ALLOCATION_TRIGGERS,
  maxInterNodeNodes,
  maxTaskSlots,
} from '../../src/model/index.js';

const LEGAL = ['steady resize resizing', 'resizing settle steady', 'stopping settle steady'];

test.each(ALLOCATION_STATES.flatMap((state) => ALLOCATION_TRIGGERS.map((trigger) => [state, trigger] as const)))(
  'POOL-03 %s by %s leads where the rules say, or nowhere',
  (state, trigger) => {
    const expected = LEGAL.find((line) => line.startsWith(`${state} ${trigger} `))?.split(' ')[2];
    expect(ALLOCATION_MOVES[state][trigger]).toBe(expected);
  },
);

test.each([
  [1, 4],
  [4, 16],
  [63, 252],
  [64, 256],
  [65, 256],
  [416, 256],
])('ACC-13, POOL-07 a node of %i cores has at most %i slots', (vcpus, slots) => {
  expect(maxTaskSlots(vcpus)).toBe(slots);
});

test.each([
  ['BatchService', 100],
  ['UserSubscription', 80],
] as const)('ACC-12 inter-node communication in %s: %i nodes', (mode, nodes) => {
  expect(maxInterNodeNodes(mode)).toBe(nodes);
});

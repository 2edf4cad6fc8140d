import { expect, test } from 'vitest';
import { maxInterNodeNodes, maxTaskSlots } from '../../src/model/index.js';

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

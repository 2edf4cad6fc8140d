import { expect, test } from 'vitest';
import { affinityIdOf, nodeAddress, nodeId } from '../../src/model/index.js';

test.each([
  [0, '10.0.0.4'],
  [1, '10.0.0.5'],
  [251, '10.0.0.255'],
  [252, '10.0.1.0'],
  [65_532, '10.1.0.0'],
])('NET-02 node %i has the address %s', (ordinal, address) => {
  expect(nodeAddress(ordinal)).toBe(address);
});

test('NODE-16 the affinity id of a node is TVM: and its id', () => {
  const id = nodeId(1, 'a', 'p', 0, 'dedicated');
  expect(affinityIdOf(id)).toBe(`TVM:${id}`);
});

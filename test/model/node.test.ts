import { describe, expect, test } from 'vitest';
import { NODE_BILLING, NODE_STATES, type NodeState, nodeId } from '../../src/model/index.js';

test.each<[string, NodeState[]]>([
  ['booting', ['creating', 'starting', 'waitingforstarttask', 'rebooting', 'reimaging', 'upgradingos']],
  ['running', ['running']],
  ['failed', ['unusable', 'starttaskfailed', 'unknown']],
  ['idle', ['idle', 'offline', 'leavingpool', 'deallocating']],
  ['free', ['preempted', 'deallocated']],
])('BILL-02, BILL-06 what counts as %s', (part, states) => {
  expect(NODE_STATES.filter((state) => NODE_BILLING[state] === part).sort()).toEqual([...states].sort());
});

describe('NODE-16 a node id', () => {
  test('NODE-16 has 64 hex digits and says which kind it is', () => {
    expect(nodeId(1, 'a', 'p', 0, 'dedicated')).toMatch(/^tvmps_[0-9a-f]{64}_d$/);
    expect(nodeId(1, 'a', 'p', 0, 'spot')).toMatch(/^tvmps_[0-9a-f]{64}_p$/);
  });

  test('NODE-16 derives from seed, pool and ordinal', () => {
    const ids = [
      nodeId(1, 'a', 'p', 0, 'dedicated'),
      nodeId(2, 'a', 'p', 0, 'dedicated'),
      nodeId(1, 'b', 'p', 0, 'dedicated'),
      nodeId(1, 'a', 'q', 0, 'dedicated'),
      nodeId(1, 'a', 'p', 1, 'dedicated'),
    ];
    expect(new Set(ids).size).toBe(5);
    expect(nodeId(1, 'a', 'P', 0, 'dedicated')).toBe(ids[0]);
  });
});

/** How nodes are found: addresses and affinity (NET-02, NODE-16). */

/** NET-02: 10.0.0.4, the first address that a subnet of Azure gives away. */
const FIRST_ADDRESS = 0x0a000004;

/** NET-02: the address of a node, unique in its pool: 10.0.0.4 + ordinal. */
export function nodeAddress(ordinal: number): string {
  const address = FIRST_ADDRESS + ordinal;
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

/** NODE-16: what a task names as its `affinityId` to come to this node (TASK-19). */
export function affinityIdOf(nodeId: string): string {
  return `TVM:${nodeId}`;
}

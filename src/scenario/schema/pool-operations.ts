/** Operations on pools and nodes, as they stand in `actions`: the ids, and beside them the body of the request. */
import { z } from 'zod';
import { INERT_NODE_USER } from './inert.js';
import { count, LONGEST_TEXT, table, text, word } from './leaves.js';
import { evaluationInterval, formula, MOST_NODES, pool, poolChanges } from './pool.js';
import { duration } from './units.js';

/** Id of the pool that an operation is about. */
export const poolId = text('Id of the pool.', { longest: LONGEST_TEXT });
/** A node that an operation is about. */
export const node = text('A node, by ordinal (n3) or id.');
/** Several nodes. */
export const nodes = z.array(node);

const DEALLOCATION = ['requeue', 'terminate', 'taskcompletion', 'retaineddata'] as const;
const deallocation = () =>
  word(DEALLOCATION, 'What becomes of its running tasks: requeue (default), terminate, taskcompletion, retaineddata.');
const resizeTimeout = duration('How long it may take: 5m to 168h, default 15m.').optional();
const target = () => count('Nodes wanted; left as it is when not given.', { min: 0, max: MOST_NODES });
const nodeUser = table({
  poolId,
  node,
  userName: text('Name of the user.').optional(),
  name: text('Name of the user, as the body of the request has it.').optional(),
  ...INERT_NODE_USER,
});

/** One entry for each operation. */
export const poolOperations = {
  addPool: pool.optional(),
  patchPool: table({ poolId, ...poolChanges })
    .optional()
    .meta({ description: 'Changes the given properties (POOL-14).' }),
  updatePoolProperties: table({ poolId, ...poolChanges })
    .optional()
    .meta({ description: 'Replaces all changeable properties; those not given are removed (POOL-14).' }),
  deletePool: table({ poolId }).optional(),
  resizePool: table({
    poolId,
    targetDedicatedNodes: target().optional(),
    targetLowPriorityNodes: target().optional(),
    resizeTimeout,
    nodeDeallocationOption: deallocation().optional(),
  }).optional(),
  stopResizePool: table({ poolId }).optional(),
  removeNodes: table({
    poolId,
    nodeList: nodes.optional().meta({ description: 'Up to 100 nodes, by ordinal (n3) or id.' }),
    nodes: nodes.optional().meta({ description: 'The same as nodeList.' }),
    resizeTimeout,
    nodeDeallocationOption: deallocation().optional(),
  }).optional(),
  enableAutoScale: table({
    poolId,
    autoScaleFormula: formula.optional(),
    autoScaleEvaluationInterval: evaluationInterval.optional(),
  }).optional(),
  disableAutoScale: table({ poolId }).optional(),
  evaluateAutoScale: table({ poolId, autoScaleFormula: formula }).optional(),
  rebootNode: table({ poolId, node, nodeRebootOption: deallocation().optional() }).optional(),
  reimageNode: table({ poolId, node, nodeReimageOption: deallocation().optional() }).optional(),
  deallocateNode: table({ poolId, node, nodeDeallocateOption: deallocation().optional() }).optional(),
  startNode: table({ poolId, node }).optional(),
  disableNodeScheduling: table({
    poolId,
    node,
    nodeDisableSchedulingOption: word(
      ['requeue', 'terminate', 'taskcompletion'],
      'What becomes of its running tasks: requeue (default), terminate, taskcompletion (NODE-04).',
    ).optional(),
  }).optional(),
  enableNodeScheduling: table({ poolId, node }).optional(),
  addNodeUser: nodeUser.optional(),
  updateNodeUser: nodeUser.optional(),
  deleteNodeUser: nodeUser.optional(),
};

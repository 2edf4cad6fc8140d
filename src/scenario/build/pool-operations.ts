/** Operations on pools and nodes → the model's. */
import { formatCount } from '../../base/index.js';
import { checkPool, type NodeDeallocationOption, type Operation } from '../../model/index.js';
import type { GivenOperations } from '../schema/action.js';
import { MOST_NODES } from '../schema/pool.js';
import type { Path } from '../text/tree.js';
import { readFormula } from './autoscale.js';
import type { BuildContext } from './context.js';
import type { Readers } from './operation-readers.js';
import { readPoolChanges } from './pool-changes.js';
import { readPool } from './pools.js';

type PoolKind =
  | 'addPool'
  | 'patchPool'
  | 'updatePoolProperties'
  | 'deletePool'
  | 'resizePool'
  | 'stopResizePool'
  | 'removeNodes'
  | 'enableAutoScale'
  | 'disableAutoScale'
  | 'evaluateAutoScale'
  | 'rebootNode'
  | 'reimageNode'
  | 'deallocateNode'
  | 'startNode'
  | 'disableNodeScheduling'
  | 'enableNodeScheduling'
  | 'addNodeUser'
  | 'updateNodeUser'
  | 'deleteNodeUser';

/** One reader for each operation. */
export const POOL_READERS: Readers<PoolKind> = {
  addPool: ({ context, path, around }, given) => ({
    kind: 'addPool',
    pool: context.asked(() => readPool(context, path, given, around), checkPool),
  }),
  patchPool: ({ context, path }, given) => changeOf('patchPool', context, path, given),
  updatePoolProperties: ({ context, path }, given) => changeOf('updatePoolProperties', context, path, given),
  deletePool: (_, { poolId }) => ({ kind: 'deletePool', poolId }),
  resizePool: ({ context, path }, given) => ({
    kind: 'resizePool',
    poolId: given.poolId,
    targetDedicatedNodes: targetOf(context, [...path, 'targetDedicatedNodes'], given.targetDedicatedNodes),
    targetLowPriorityNodes: targetOf(context, [...path, 'targetLowPriorityNodes'], given.targetLowPriorityNodes),
    resizeTimeoutMs: given.resizeTimeout ?? null,
    nodeDeallocationOption: given.nodeDeallocationOption ?? null,
  }),
  stopResizePool: (_, { poolId }) => ({ kind: 'stopResizePool', poolId }),
  removeNodes: ({ context, path }, given) => ({
    kind: 'removeNodes',
    poolId: given.poolId,
    nodes: nodesOf(context, path, given),
    resizeTimeoutMs: given.resizeTimeout ?? null,
    nodeDeallocationOption: given.nodeDeallocationOption ?? null,
  }),
  enableAutoScale: ({ context, path }, given) => ({
    kind: 'enableAutoScale',
    poolId: given.poolId,
    formula: context.unjudged(() => readFormula(context, [...path, 'autoScaleFormula'], given.autoScaleFormula, {})),
    evaluationIntervalMs: given.autoScaleEvaluationInterval ?? null,
  }),
  disableAutoScale: (_, { poolId }) => ({ kind: 'disableAutoScale', poolId }),
  evaluateAutoScale: ({ context, path }, given) => ({
    kind: 'evaluateAutoScale',
    poolId: given.poolId,
    formula: readFormula(context, [...path, 'autoScaleFormula'], given.autoScaleFormula, null) ?? '',
  }),
  rebootNode: (_, { nodeRebootOption, ...on }) => withOption('rebootNode', on, nodeRebootOption),
  reimageNode: (_, { nodeReimageOption, ...on }) => withOption('reimageNode', on, nodeReimageOption),
  deallocateNode: (_, { nodeDeallocateOption, ...on }) => withOption('deallocateNode', on, nodeDeallocateOption),
  startNode: (_, given) => ({ kind: 'startNode', ...given }),
  disableNodeScheduling: (_, { poolId, node, nodeDisableSchedulingOption = null }) => ({
    kind: 'disableNodeScheduling',
    poolId,
    node,
    option: nodeDisableSchedulingOption,
  }),
  enableNodeScheduling: (_, given) => ({ kind: 'enableNodeScheduling', ...given }),
  addNodeUser: ({ context, path }, given) => userOf('addNodeUser', context, path, given),
  updateNodeUser: ({ context, path }, given) => userOf('updateNodeUser', context, path, given),
  deleteNodeUser: ({ context, path }, given) => userOf('deleteNodeUser', context, path, given),
};

function changeOf(
  kind: 'patchPool' | 'updatePoolProperties',
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenOperations['patchPool']>,
): Operation {
  const changes = context.unjudged(() => readPoolChanges(context, path, given));
  return { kind, poolId: given.poolId, changes };
}

interface OnNode {
  readonly poolId: string;
  readonly node: string;
}

function withOption(
  kind: 'rebootNode' | 'reimageNode' | 'deallocateNode',
  { poolId, node }: OnNode,
  option: NodeDeallocationOption | null = null,
): Operation {
  return { kind, poolId, node, option };
}

/** `nodeList` is Batch's name, `nodes` a shorter one. */
function nodesOf(
  context: BuildContext,
  path: Path,
  given: NonNullable<GivenOperations['removeNodes']>,
): readonly string[] {
  if (given.nodeList !== undefined && given.nodes !== undefined)
    context.error('BS2013', [...path, 'nodes'], `${context.name(path)} has nodeList and nodes`, 'keep one of them');
  return given.nodeList ?? given.nodes ?? [];
}

function userOf(
  kind: 'addNodeUser' | 'updateNodeUser' | 'deleteNodeUser',
  context: BuildContext,
  path: Path,
  { poolId, node, userName, name }: NonNullable<GivenOperations['addNodeUser']>,
): Operation {
  const user = userName ?? name;
  if (user === undefined) context.error('BS2006', path, `${context.name(path)} names no user`, 'add userName');
  return { kind, poolId, node, userName: user ?? '' };
}

function targetOf(context: BuildContext, path: Path, target: number | undefined): number | null {
  if (target !== undefined && target > MOST_NODES) {
    const message = `${context.name(path)} is ${target}; at most ${formatCount(MOST_NODES)} nodes can be simulated`;
    context.error('BS2008', path, message);
  }
  return target ?? null;
}

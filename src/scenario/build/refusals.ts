/**
 * Refusals of Batch at their places: the checks of the model give Batch's own error, this table adds our code, the rule
 * and what to do. Whatever is refused at a place that is known is reported there by {@link refuseBy}.
 */
import type { ServiceError } from '../../model/index.js';
import type { ScenarioCode } from '../codes.js';
import { type Path, treeAt } from '../text/tree.js';
import type { BuildContext } from './context.js';

interface Row {
  readonly code: ScenarioCode;
  readonly rule: string;
  readonly hint: string | null;
}

/** By the name of the property that is refused, or by Batch's code where the error names none. */
const ROWS: Readonly<Record<string, Row>> = {
  displayName: { code: 'BS2114', rule: 'ACC-17', hint: 'shorten it' },
  priority: { code: 'BS2107', rule: 'JOB-04', hint: null },
  maxParallelTasks: { code: 'BS2110', rule: 'JOB-19', hint: null },
  maxTaskRetryCount: { code: 'BS2112', rule: 'TASK-07', hint: null },
  maxWallClockTime: { code: 'BS2116', rule: 'TASK-11', hint: null },
  requiredSlots: { code: 'BS2115', rule: 'TASK-18', hint: 'the default is 1' },
  targetDedicatedNodes: { code: 'BS2108', rule: 'POOL-06', hint: null },
  targetLowPriorityNodes: { code: 'BS2108', rule: 'POOL-06', hint: null },
  autoScaleEvaluationInterval: { code: 'BS2118', rule: 'ASC-01', hint: 'the default is 15m' },
  AutoScaleFormulaTooLong: { code: 'BS2118', rule: 'ASC-03', hint: 'a formula has at most 8192 characters' },
  poolInfo: { code: 'BS2119', rule: 'AUTO-01', hint: 'keep one of the two' },
  poolLifetimeOption: { code: 'BS2119', rule: 'AUTO-02', hint: 'write poolLifetimeOption: job' },
  autoPoolIdPrefix: { code: 'BS2119', rule: 'AUTO-04', hint: 'shorten it' },
  jobReleaseTask: { code: 'BS2120', rule: 'JOB-28', hint: 'add jobPreparationTask: {}' },
  releaseWallClock: { code: 'BS2120', rule: 'PREP-12', hint: 'leave it out for 15m' },
  TaskIdSameAsJobPreparationTask: { code: 'BS2121', rule: 'PREP-01', hint: 'rename one of the two' },
  TaskIdSameAsJobReleaseTask: { code: 'BS2121', rule: 'PREP-01', hint: 'rename one of the two' },
  jobAction: {
    code: 'BS2122',
    rule: 'EXIT-06',
    hint: 'add onTaskFailure: performexitoptionsjobaction to the job, or take jobAction out',
  },
  exitCodeRanges: { code: 'BS2122', rule: 'EXIT-02', hint: 'swap the two numbers' },
  startWindow: { code: 'BS2123', rule: 'JS-03', hint: 'write 1m or more' },
  recurrenceInterval: { code: 'BS2123', rule: 'JS-03', hint: 'write 1m or more' },
  numberOfInstances: { code: 'BS2124', rule: 'MI-02', hint: 'the default is 1' },
  instanceSlots: { code: 'BS2124', rule: 'TASK-18', hint: 'take requiredSlots out' },
  resourceFiles: {
    code: 'BS2130',
    rule: 'FILE-13',
    hint: 'a file has one source and stays below wd: { httpUrl: https://…, filePath: input.dat }',
  },
  RequestEntityTooLarge: { code: 'BS2130', rule: 'ERR-17', hint: 'put them into a container or an archive' },
  applicationPackageReferences: { code: 'BS2125', rule: 'ACC-14', hint: 'take some out' },
  EmptyMetadataKey: { code: 'BS2126', rule: 'POOL-11', hint: 'give it a name' },
  containerSettings: {
    code: 'BS2128',
    rule: 'TASK-29',
    hint: 'they stand exactly where the pool has containerConfiguration',
  },
  virtualMachineConfiguration: { code: 'BS2129', rule: 'POOL-04', hint: 'add it, or take the empty one out' },
  cloudServiceConfiguration: { code: 'BS2129', rule: 'POOL-04', hint: 'keep virtualMachineConfiguration' },
  imageReference: {
    code: 'BS2129',
    rule: 'POOL-05',
    hint: 'write imageReference: { publisher: canonical, offer: …, sku: … }, or { virtualMachineImageId: … }',
  },
  nodeAgentSKUId: { code: 'BS2129', rule: 'POOL-05', hint: 'add nodeAgentSKUId, such as batch.node.ubuntu 22.04' },
  osFamily: { code: 'BS2129', rule: 'POOL-05', hint: 'add osFamily: "6"' },
  rollingUpgradePolicy: { code: 'BS2128', rule: 'POOL-21', hint: 'leave it out for 20' },
  startTask: { code: 'BS2127', rule: 'ACC-19', hint: 'put the long part into a resource file' },
};

const OTHER: Row = { code: 'BS2128', rule: 'ERR-04', hint: null };

/**
 * Reports a refusal at a value, or at what is nearest to it.
 * @param name the row, where it is not named by the refused property
 */
export function refuseBy(context: BuildContext, path: Path, refusal: ServiceError | null, name?: string): void {
  if (refusal === null) return;
  const values = new Map(refusal.values.map(({ key, value }) => [key, value]));
  const row = ROWS[name ?? ''] ?? ROWS[values.get('PropertyName') ?? ''] ?? ROWS[refusal.code] ?? OTHER;
  const reason = values.get('Reason') ?? missingText(refusal, values.get('PropertyName')) ?? refusal.message;
  const tree = treeAt(context.tree, path);
  const shown =
    tree?.kind === 'leaf' ? ` is ${tree.text.length > 60 ? `${tree.text.slice(0, 57)}...` : tree.text}` : '';
  const sentence = `${reason.slice(0, 1).toLowerCase()}${reason.slice(1).replace(/\.$/, '')}`;
  const message = `${context.name(path)}${shown}: ${sentence} (${row.rule}, ${refusal.code})`;
  context.refuse(row.code, path, message, row.hint, refusal);
}

function missingText({ code }: ServiceError, property: string | undefined): string | null {
  return code === 'MissingRequiredProperty' && property !== undefined ? `It needs ${property}` : null;
}

/** The schema of a file of evaluation vectors (formula 0). */
import { z } from 'zod';
import { DEALLOCATION_OPTIONS, ERROR_KINDS, SERVICE_VARIABLES } from '../../autoscale/index.js';
import { parseInstant } from '../../base/index.js';
import { formatOf } from '../json-schema.js';
import { leaf, real, table, whole, word, wrong } from '../schema/leaves.js';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const instant = leaf('an RFC 3339 time', { type: 'string', format: 'date-time' }, (value) => {
  const read = RFC_3339.test(String(value)) ? parseInstant(String(value)) : null;
  if (read === null) return wrong(`${JSON.stringify(value)} is not an RFC 3339 time`, 'write 2026-03-04T12:00:00Z');
  return read.ok ? read : wrong(read.error);
});
const nodes = whole('Nodes.', { min: 0 });
const metric = z.string().refine((name) => SERVICE_VARIABLES.get(name)?.kind === 'metric', {
  error: 'there is no metric of this name',
});
const context = table({
  now: instant,
  targetDedicatedNodes: nodes.default(0),
  targetLowPriorityNodes: nodes.default(0),
  currentDedicatedNodes: nodes.default(0),
  currentLowPriorityNodes: nodes.default(0),
  taskSlotsPerNode: whole('Slots of a node.', { min: 1 }).default(1),
  samples: z.record(metric, z.array(table({ t: instant, v: real('The value.') }))).default({}),
  constants: z.record(metric, real('The value.')).default({}),
});
const errorKind = z.enum(ERROR_KINDS);
const expectation = table({
  error: z.union([errorKind, z.array(errorKind).min(1)]).optional(),
  targetDedicated: nodes.optional(),
  targetLowPriority: nodes.optional(),
  nodeDeallocationOption: word(DEALLOCATION_OPTIONS, 'The option.').optional(),
  variables: z.record(z.string(), z.union([z.number(), z.array(z.number()), z.string()])).optional(),
  results: z.string().optional(),
});
/** One vector; keys beside the form are let through, to be told. */
export const vector = z.looseObject({
  id: z.string().min(1),
  title: z.string().default(''),
  formula: z.string(),
  context,
  expect: expectation,
  basis: z.unknown().optional(),
});
/** A whole file. */
export const vectorsFile = z.looseObject({
  description: z.unknown().optional(),
  version: z.literal(1).default(1),
  vectors: z.array(vector),
});
/** The format for messages. */
export const VECTORS_FORMAT = formatOf(vectorsFile, 'vectors');

/** A file as it was written. */
export type GivenVectors = z.infer<typeof vectorsFile>;
/** A vector as it was written. */
export type GivenVector = z.infer<typeof vector>;

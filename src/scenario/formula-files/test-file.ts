/** The schema of a formula test file: cases, each a state and what must come out, and properties of a simulated run. */
import { z } from 'zod';
import { DEALLOCATION_OPTIONS, ERROR_KINDS, type ErrorKind } from '../../autoscale/index.js';
import { nearest, ok, parseDuration, type Result } from '../../base/index.js';
import { type Limit, parseAfterLastTask, parseFigure, parseLimit, type ScalingProperty } from '../../model/index.js';
import { type Format, formatOf } from '../json-schema.js';
import { type Fault, flag, leaf, table, text, whole, word, wrong } from '../schema/leaves.js';
import { duration } from '../schema/units.js';
import { state, stateTime } from './state.js';

/** What the service calls errors, and the kinds behind it (formula 6.5). */
const SERVICE_CODES: Readonly<Record<string, readonly ErrorKind[]>> = {
  InsufficientSampleData: ['insufficientSamples'],
  AutoScalingFormulaEvaluationError: ['syntax', 'evaluation', 'limit'],
};
const ERROR_WORDS: readonly string[] = [...ERROR_KINDS, ...Object.keys(SERVICE_CODES)];

const errorWord = leaf(
  `one of ${ERROR_WORDS.join(', ')}`,
  { type: 'string', enum: [...ERROR_WORDS] },
  (value): Result<readonly ErrorKind[], Fault> => {
    const kind = ERROR_KINDS.find((known) => known === value);
    const kinds = kind === undefined ? SERVICE_CODES[String(value)] : [kind];
    if (kinds !== undefined) return ok(kinds);
    const near = nearest(String(value), ERROR_WORDS);
    return wrong(
      `${JSON.stringify(value)} is no kind of error`,
      near === null ? `there are ${ERROR_WORDS.join(', ')}` : `did you mean "${near}"?`,
    );
  },
);

const nodes = whole('Nodes.', { min: 0 });
const expectation = table({
  TargetDedicatedNodes: nodes.optional(),
  TargetLowPriorityNodes: nodes.optional(),
  NodeDeallocationOption: word(DEALLOCATION_OPTIONS, 'What becomes of running tasks.').optional(),
  error: z
    .union([errorWord, z.array(errorWord).transform((lists) => lists.flat())])
    .optional()
    .meta({ description: 'The evaluation fails in this way, or in one of these; null: it succeeds.' }),
  results: text('The exact results string.', { longest: 100_000 }).optional(),
  variables: z
    .record(z.string(), z.union([z.number(), z.array(z.number()), z.string()]))
    .optional()
    .meta({ description: 'Values of variables of the formula; a number may be off by 1e-9.' }),
}).meta({ description: 'What must come out; what is left out may be anything.' });

const formulaCase = table({
  name: text('What the case shows.', { longest: 200 }),
  state: state.optional(),
  at: stateTime.optional(),
  expect: expectation.optional(),
});

function limit(what: string, examples: readonly string[], read: (figure: string) => Result<number, string>) {
  return leaf(what, { type: ['string', 'number'], examples: [...examples] }, (value): Result<Limit, Fault> => {
    const found = parseLimit(String(value), read);
    return found.ok ? found : wrong(found.error, `write "${examples[0]}"`);
  });
}

const properties = table({
  reachesZeroWithin: leaf(
    'a duration such as 20m after last task',
    { type: 'string', examples: ['20m after last task'] },
    (value) => {
      const read = parseAfterLastTask(String(value));
      return read.ok ? read : wrong(read.error, 'write 20m after last task');
    },
  ).optional(),
  neverAbove: whole('Nodes, dedicated and spot together, wanted or there.', { min: 0 }).optional(),
  neverBelowRunning: flag('Whether the formula must never ask for fewer nodes than run tasks.').optional(),
  neverInterrupts: flag('Whether no shrink may take a running task from its node.').optional(),
  changesPerHour: limit('a limit such as <= 6', ['<= 6'], parseFigure).optional(),
  p95Wait: limit('a limit such as < 10m', ['< 10m'], parseDuration).optional(),
});

/** The schema of a whole file. */
export const testFile = table({
  $schema: z.unknown().optional(),
  formula: z
    .union([
      text('The formula itself, or the path of its file.', { longest: 100_000 }),
      table({ file: text('Path of the formula.', { longest: 4096 }) }),
    ])
    .meta({ description: 'The path of the formula, or its text.' }),
  state: state.optional().meta({ description: "What holds for every case; the case's own keys win." }),
  cases: z.array(formulaCase).min(1).optional(),
  simulate: z
    .union([text('Path of a scenario.', { longest: 4096 }), z.record(z.string(), z.unknown())])
    .optional()
    .meta({ description: "The path of a scenario, or a whole scenario. The formula takes the place of its pool's." }),
  pool: text('Pool of the scenario that follows the formula; default: the only one.').optional(),
  evaluationInterval: duration("Time between evaluations; default: the pool's own, else 15m.").optional(),
  properties: properties.meta({ description: 'What must hold through the whole run.' }).optional(),
  violates: properties
    .meta({ description: 'What the formula is known not to hold: the test fails if it holds after all.' })
    .optional(),
}).meta({ title: 'batchsim formula test' });

/** A test file as it was written. */
export type GivenTestFile = z.infer<typeof testFile>;

/** The format for editors and messages. */
export const TEST_FILE_FORMAT: Format = formatOf(testFile, 'formula-test');

/** Formula test files as JSON Schema. */
export function formulaTestJsonSchema(): unknown {
  return TEST_FILE_FORMAT.jsonSchema();
}

/** The properties of one table, in the order of the format. */
export function propertiesOf(given: GivenTestFile['properties']): readonly ScalingProperty[] {
  const { reachesZeroWithin, neverAbove, neverBelowRunning, neverInterrupts, changesPerHour, p95Wait } = given ?? {};
  const found: ScalingProperty[] = [];
  if (reachesZeroWithin !== undefined) found.push({ kind: 'reachesZeroWithin', withinMs: reachesZeroWithin });
  if (neverAbove !== undefined) found.push({ kind: 'neverAbove', nodes: neverAbove });
  if (neverBelowRunning === true) found.push({ kind: 'neverBelowRunning' });
  if (neverInterrupts === true) found.push({ kind: 'neverInterrupts' });
  if (changesPerHour !== undefined) found.push({ kind: 'changesPerHour', limit: changesPerHour });
  if (p95Wait !== undefined) found.push({ kind: 'p95Wait', limit: p95Wait });
  return found;
}

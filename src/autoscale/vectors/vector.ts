/**
 * The form of an evaluation vector (formula 0): a formula, the world that it sees, and what must come out. Whoever reads
 * vectors from a file checks their form; here they are taken as they are.
 */
import { namedStream } from '../../base/index.js';
import type { EvaluationError } from '../evaluation.js';
import type { FormulaInputs } from '../inputs.js';
import type { DeallocationOption } from '../values.js';

/** What a vector may expect of a formula that fails. */
export type ErrorKind = EvaluationError['kind'];

/** The kinds of errors, in the order of messages. */
export const ERROR_KINDS = ['syntax', 'evaluation', 'insufficientSamples', 'limit'] as const satisfies ErrorKind[];

/** One case. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly context: VectorContext;
  readonly expect: VectorExpectation;
}

/** What the formula sees. Times in whole ms since 1970. */
export interface VectorContext {
  readonly nowMs: number;
  readonly targetDedicatedNodes: number;
  readonly targetLowPriorityNodes: number;
  readonly currentDedicatedNodes: number;
  readonly currentLowPriorityNodes: number;
  readonly taskSlotsPerNode: number;
  /** Samples by metric, oldest first. Those later than `nowMs` are not there yet. */
  readonly samples: ReadonlyMap<string, readonly VectorSample[]>;
  /** What a bare metric without samples is worth. */
  readonly constants: ReadonlyMap<string, number>;
}

/** One sample: when, in ms since 1970, and what. */
export interface VectorSample {
  readonly atMs: number;
  readonly value: number;
}

/** What must come out; null: it does not matter. */
export interface VectorExpectation {
  /** Any of these kinds is right; null: it must succeed. */
  readonly errors: readonly ErrorKind[] | null;
  readonly targetDedicated: number | null;
  readonly targetLowPriority: number | null;
  readonly nodeDeallocationOption: DeallocationOption | null;
  /** Variables of the formula: a number, numbers, or the text of any other value. */
  readonly variables: ReadonlyMap<string, ExpectedValue>;
  /** The exact `results` string (formula 6.7). */
  readonly results: string | null;
}

/** A value as a file can write it. */
export type ExpectedValue = number | readonly number[] | string;

/** The inputs that a vector describes. */
export function vectorInputs({ samples, ...context }: VectorContext): FormulaInputs {
  const series = [...samples].map(([metric, list]) => {
    return [metric, { times: list.map(({ atMs }) => atMs), values: list.map(({ value }) => value) }] as const;
  });
  return { ...context, samples: new Map(series), random: namedStream(1, 'vectors') };
}

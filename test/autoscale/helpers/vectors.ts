/** The form of a vectors file, and the inputs that a vector describes. */
import type { FormulaInputs, SampleSeries } from '../../../src/autoscale/index.js';
import { namedStream } from '../../../src/base/index.js';

/** One case: a formula, the world that it sees, and what must come out. */
export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly context: VectorContext;
  readonly expect: {
    readonly error?: string | readonly string[];
    readonly targetDedicated?: number;
    readonly targetLowPriority?: number;
    readonly nodeDeallocationOption?: string;
    readonly results?: string;
    readonly variables?: Readonly<Record<string, number | readonly number[] | string>>;
  };
}

/** What the formula sees. */
export interface VectorContext {
  readonly now: string;
  readonly targetDedicatedNodes?: number;
  readonly targetLowPriorityNodes?: number;
  readonly currentDedicatedNodes?: number;
  readonly currentLowPriorityNodes?: number;
  readonly taskSlotsPerNode?: number;
  readonly samples?: Readonly<Record<string, readonly { readonly t: string; readonly v: number }[]>>;
  readonly constants?: Readonly<Record<string, number>>;
}

/** The inputs of a vector, with the defaults of its form. */
export function inputsOf(context: VectorContext): FormulaInputs {
  const series = Object.entries(context.samples ?? {}).map(([metric, samples]): [string, SampleSeries] => [
    metric,
    { times: samples.map(({ t }) => Date.parse(t)), values: samples.map(({ v }) => v) },
  ]);
  return {
    nowMs: Date.parse(context.now),
    targetDedicatedNodes: context.targetDedicatedNodes ?? 0,
    targetLowPriorityNodes: context.targetLowPriorityNodes ?? 0,
    currentDedicatedNodes: context.currentDedicatedNodes ?? 0,
    currentLowPriorityNodes: context.currentLowPriorityNodes ?? 0,
    taskSlotsPerNode: context.taskSlotsPerNode ?? 1,
    samples: new Map(series),
    constants: new Map(Object.entries(context.constants ?? {})),
    random: namedStream(1, 'vectors'),
  };
}

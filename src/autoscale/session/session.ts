/**
 * A formula tried line by line on a pool that stands still until its clock is stepped. What a line assigns, later lines
 * read; a line that fails leaves everything as it was, as in the service.
 */
import { type Diagnostic, ok, type Result, type Source } from '../../base/index.js';
import { compileFormula } from '../formula.js';
import type { FormulaInputs } from '../inputs.js';
import type { FormulaTrace, StatementTrace } from '../trace/form.js';
import { traceFormula } from '../trace/trace.js';
import type { Value } from '../values.js';
import { SERVICE_VARIABLES } from '../variables.js';
import { SampleBook } from './sample-book.js';

/** What gave a variable its value, and when (in ms since 1970). */
export interface SessionEntry {
  readonly statement: StatementTrace;
  readonly nowMs: number;
}

type PoolNumber =
  | 'targetDedicatedNodes'
  | 'targetLowPriorityNodes'
  | 'currentDedicatedNodes'
  | 'currentLowPriorityNodes'
  | 'taskSlotsPerNode';

/** Numbers of the pool by the names under which a session sets them. */
const POOL_NUMBERS: ReadonlyMap<string, PoolNumber> = new Map([
  ['$TargetDedicatedNodes', 'targetDedicatedNodes'],
  ['$TargetLowPriorityNodes', 'targetLowPriorityNodes'],
  ['$CurrentDedicatedNodes', 'currentDedicatedNodes'],
  ['$CurrentLowPriorityNodes', 'currentLowPriorityNodes'],
  ['$TaskSlotsPerNode', 'taskSlotsPerNode'],
]);

/** One session. */
export class FormulaSession {
  #inputs: FormulaInputs;
  readonly #samples: SampleBook;
  #variables: ReadonlyMap<string, Value> = new Map();
  readonly #entries = new Map<string, SessionEntry>();

  /** Begins with a pool as the inputs show it; they stay as they are. */
  constructor(inputs: FormulaInputs, metrics: Iterable<string> = metricNames()) {
    this.#samples = new SampleBook(inputs.samples, metrics);
    this.#inputs = { ...inputs, samples: this.#samples };
  }

  /** What the next line would see. */
  get inputs(): FormulaInputs {
    return this.#inputs;
  }

  /** The variables that lines have assigned, by name. */
  get variables(): ReadonlyMap<string, Value> {
    return this.#variables;
  }

  /** What gave a name its present value; undefined: no line did. */
  entryOf(name: string): SessionEntry | undefined {
    return this.#entries.get(name);
  }

  /** Evaluates a line, or a whole formula. If it succeeds its variables stay, and its targets become the pool's. */
  evaluate(line: Source | string): Result<FormulaTrace, readonly Diagnostic[]> {
    const formula = compileFormula(line);
    if (!formula.ok) return formula;
    const trace = traceFormula(formula.value, { ...this.#inputs, variables: this.#variables });
    const { evaluation } = trace;
    if (!evaluation.ok) return ok(trace);
    this.#variables = evaluation.variables;
    const { targetDedicatedNodes, targetLowPriorityNodes } = evaluation;
    this.#inputs = { ...this.#inputs, targetDedicatedNodes, targetLowPriorityNodes };
    for (const statement of trace.statements) {
      if (statement.name === null || statement.outcome !== 'done') continue;
      this.#entries.set(statement.name, { statement, nowMs: this.#inputs.nowMs });
    }
    return ok(trace);
  }

  /**
   * Gives a metric, a present number or a target a value from now on; false for a name that is none of these. A metric
   * gets a sample of now.
   */
  set(name: string, value: number): boolean {
    const key = POOL_NUMBERS.get(name);
    const isMetric = SERVICE_VARIABLES.get(name)?.kind === 'metric';
    if (key !== undefined) this.#inputs = { ...this.#inputs, [key]: value };
    if (isMetric) this.#samples.put(name, this.#inputs.nowMs, value);
    return key !== undefined || isMetric;
  }

  /** Lets time pass, in ms: every metric that has samples goes on with its newest value, one sample each 30 s. */
  step(ms: number): void {
    const nowMs = this.#inputs.nowMs + ms;
    this.#samples.goOn(this.#inputs.nowMs, nowMs);
    this.#inputs = { ...this.#inputs, nowMs };
  }
}

function metricNames(): Iterable<string> {
  return [...SERVICE_VARIABLES.values()].flatMap(({ kind, name }) => (kind === 'metric' ? [name] : []));
}

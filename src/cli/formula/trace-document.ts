/** The outcome and the trace of an evaluation as one JSON document: every expression, literals included. Pure. */
import type { Evaluation, ExpressionTrace, FormulaTrace } from '../../autoscale/index.js';
import { positionAt, type Source } from '../../base/index.js';
import { valueDocument } from './value-text.js';

/** Keys are only added while this stays the same. */
const SCHEMA_VERSION = 1;

/** What `formula eval --json` prints. */
export function evaluationDocument(
  { evaluation, statements }: FormulaTrace,
  source: Source,
  nowMs: number,
  withTrace: boolean,
): unknown {
  const trace = statements.map(({ text, span, name, outcome, root }) => {
    return { ...positionAt(source, span.start), text, name, outcome, expression: expressionDocument(root) };
  });
  return {
    schemaVersion: SCHEMA_VERSION,
    now: new Date(nowMs).toISOString(),
    ...outcomeDocument(evaluation),
    results: evaluation.results,
    variables: Object.fromEntries([...evaluation.variables].map(([name, value]) => [name, valueDocument(value)])),
    ...(withTrace ? { trace } : {}),
  };
}

function outcomeDocument(evaluation: Evaluation): object {
  if (evaluation.ok) {
    const { targetDedicatedNodes, targetLowPriorityNodes, nodeDeallocationOption } = evaluation;
    return { ok: true, targetDedicatedNodes, targetLowPriorityNodes, nodeDeallocationOption };
  }
  const { kind, code, message, values } = evaluation.error;
  return { ok: false, error: { kind, code, message, values } };
}

/** From the leaves upwards, without recursion: a chain of thousands of terms is as deep as it is long. */
function expressionDocument(root: ExpressionTrace): unknown {
  const order: ExpressionTrace[] = [];
  const left = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    order.push(next);
    left.push(...next.parts);
  }
  const made = new Map<ExpressionTrace, unknown>();
  for (const trace of order.reverse()) {
    const { kind, text, outcome, value, samples, choice, parts } = trace;
    made.set(trace, {
      ...{ kind, text, outcome, ...(value === null ? {} : valueObject(value)) },
      ...(samples === null ? {} : { samples: { ...samples, times: samples.times.map(instantText) } }),
      ...(choice === null ? {} : { choice }),
      ...(parts.length === 0 ? {} : { parts: parts.map((part) => made.get(part)) }),
    });
  }
  return made.get(root);
}

function valueObject(value: NonNullable<ExpressionTrace['value']>): object {
  return valueDocument(value) as object;
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Operations on the size of a pool: what Batch refuses in their bodies (RSZ-02, RSZ-03, RSZ-11, ASC-01, ASC-03). */
import { invalidProperty, missingProperty, type ServiceError, serviceError } from '../service-errors.js';
import { checkDuration, MINUTE_MS } from './constraints.js';

/** RSZ-03: milliseconds. */
export const LEAST_RESIZE_TIMEOUT_MS = 5 * MINUTE_MS;
/** RSZ-03: milliseconds; Batch documents no limit, this one is ours. */
export const MOST_RESIZE_TIMEOUT_MS = 168 * 60 * MINUTE_MS;
/** ASC-01: milliseconds. */
export const LEAST_EVALUATION_INTERVAL_MS = 5 * MINUTE_MS;
/** ASC-01: milliseconds. */
export const MOST_EVALUATION_INTERVAL_MS = 168 * 60 * MINUTE_MS;
/** RSZ-11: nodes that one call may remove. */
export const MOST_REMOVED_NODES = 100;
/** ASC-03: characters. */
export const LONGEST_FORMULA = 8192;

/** The targets of a resize; null: left as it is. */
export interface ResizeTargets {
  readonly targetDedicatedNodes: number | null;
  readonly targetLowPriorityNodes: number | null;
}

/** RSZ-02, RSZ-03: one target or both, and a timeout in ms (null: the default). */
export function checkResize(targets: ResizeTargets, resizeTimeoutMs: number | null): ServiceError | null {
  const { targetDedicatedNodes, targetLowPriorityNodes } = targets;
  if (targetDedicatedNodes === null && targetLowPriorityNodes === null) return missingProperty('targetDedicatedNodes');
  return (
    checkTarget('targetDedicatedNodes', targetDedicatedNodes) ??
    checkTarget('targetLowPriorityNodes', targetLowPriorityNodes) ??
    checkResizeTimeout(resizeTimeoutMs)
  );
}

/** RSZ-11, RSZ-03: the nodes named, and a timeout in ms (null: the default). */
export function checkRemoveNodes(nodes: readonly string[], resizeTimeoutMs: number | null = null): ServiceError | null {
  if (nodes.length >= 1 && nodes.length <= MOST_REMOVED_NODES) return checkResizeTimeout(resizeTimeoutMs);
  const reason = `One call removes 1 to ${MOST_REMOVED_NODES} nodes.`;
  return invalidProperty('nodeList', `${nodes.length} nodes`, reason);
}

/** ASC-01, ASC-03, ASC-04: a formula, an interval in ms, or both. */
export function checkEnableAutoScale(formula: string | null, evaluationIntervalMs: number | null): ServiceError | null {
  if (formula === '' || (formula === null && evaluationIntervalMs === null)) return missingProperty('autoScaleFormula');
  return checkFormula(formula) ?? checkEvaluationInterval(evaluationIntervalMs);
}

/** ASC-03: the length; what the formula says is judged by whoever reads it. */
export function checkFormula(formula: string | null): ServiceError | null {
  if (formula === null || formula.length <= LONGEST_FORMULA) return null;
  return serviceError('AutoScaleFormulaTooLong', { Length: String(formula.length), Limit: String(LONGEST_FORMULA) });
}

/** ASC-01; null: not given. */
export function checkEvaluationInterval(ms: number | null): ServiceError | null {
  return checkDuration('autoScaleEvaluationInterval', ms, LEAST_EVALUATION_INTERVAL_MS, MOST_EVALUATION_INTERVAL_MS);
}

/** RSZ-03; null: not given. */
export function checkResizeTimeout(ms: number | null): ServiceError | null {
  return checkDuration('resizeTimeout', ms, LEAST_RESIZE_TIMEOUT_MS, MOST_RESIZE_TIMEOUT_MS);
}

/** A count of nodes; null: not given. */
export function checkTarget(property: string, nodes: number | null): ServiceError | null {
  if (nodes === null || (Number.isInteger(nodes) && nodes >= 0)) return null;
  return invalidProperty(property, nodes, 'It is a whole number from 0.');
}

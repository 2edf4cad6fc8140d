/** What an evaluation came to, as lines for people. Pure. */
import type { Evaluation, FormulaInputs } from '../../autoscale/index.js';
import { shownValue } from './value-text.js';

/** Targets against those before, the option and the variables; of a failure what stays. */
export function outcomeText(evaluation: Evaluation, before: FormulaInputs): string {
  const variables = [...evaluation.variables].map(([name, value]) => [name, shownValue(value), ''] as const);
  if (!evaluation.ok) {
    const { code } = evaluation.error;
    const kept = `failed with ${code}; the pool keeps ${before.targetDedicatedNodes} dedicated and ${before.targetLowPriorityNodes} spot nodes`;
    return [kept, ...table(variables)].join('\n');
  }
  const { targetDedicatedNodes: dedicated, targetLowPriorityNodes: spot, nodeDeallocationOption: option } = evaluation;
  return table([
    ['$TargetDedicatedNodes', String(dedicated), changeText(dedicated, before.targetDedicatedNodes)],
    ['$TargetLowPriorityNodes', String(spot), changeText(spot, before.targetLowPriorityNodes)],
    ['$NodeDeallocationOption', option, ''],
    ...variables,
  ]).join('\n');
}

function changeText(now: number, before: number): string {
  if (now === before) return 'unchanged';
  return `was ${before} (${now > before ? '+' : ''}${now - before})`;
}

function table(rows: readonly (readonly [name: string, value: string, note: string])[]): readonly string[] {
  const nameWidth = Math.max(0, ...rows.map(([name]) => name.length));
  const valueWidth = Math.max(0, ...rows.map(([, value]) => value.length).filter((width) => width <= 16));
  return rows.map(([name, value, note]) =>
    `${name.padEnd(nameWidth)} = ${value.padEnd(valueWidth)}  ${note}`.trimEnd(),
  );
}

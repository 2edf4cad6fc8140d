/** The vectors of the specification, word for word. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluateText, type Value, valueText } from '../../src/autoscale/index.js';
import { inputsOf, type Vector } from './helpers/vectors.js';

const { vectors } = JSON.parse(readFileSync('test/golden/autoscale-vectors.json', 'utf8')) as { vectors: Vector[] };

test('there are all 72', () => {
  expect(vectors.length).toBe(72);
});

describe('ASC-03, ASC-05, ASC-06 a vector comes out as the specification says', () => {
  test.each(vectors)('$id $title', (vector) => {
    const evaluation = evaluateText(vector.formula, inputsOf(vector.context));
    const { error, targetDedicated, targetLowPriority, nodeDeallocationOption, results, variables } = vector.expect;
    if (results !== undefined) expect(evaluation.results).toBe(results);
    if (error !== undefined) {
      expect([error].flat()).toContain(evaluation.ok ? 'no error' : evaluation.error.kind);
      return;
    }
    expect(evaluation).toMatchObject({
      ok: true,
      targetDedicatedNodes: targetDedicated,
      targetLowPriorityNodes: targetLowPriority,
      nodeDeallocationOption,
    });
    for (const [name, value] of Object.entries(variables ?? {})) {
      const found = evaluation.variables.get(name) as Value;
      if (typeof value === 'string') expect(valueText(found)).toBe(value);
      else expectNear([found].flat() as number[], [value].flat());
    }
  });
});

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((x, index) => {
    expect(Math.abs(x - (wanted[index] as number))).toBeLessThan(1e-9);
  });
}

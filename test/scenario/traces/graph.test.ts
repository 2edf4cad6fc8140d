import { describe, expect, test } from 'vitest';
import { shapeOf } from '../../../src/scenario/traces/graph.js';

/** Parents by row. */
function shape(parents: readonly (readonly number[])[], runtimes: readonly number[], submits?: readonly number[]) {
  const offsets = [0];
  for (const list of parents) offsets.push((offsets.at(-1) as number) + list.length);
  const dependencies = { offsets: Int32Array.from(offsets), parents: Int32Array.from(parents.flat()) };
  return shapeOf(dependencies, Float64Array.from(runtimes), Float64Array.from(submits ?? runtimes.map(() => 0)));
}

describe('shape of a trace', () => {
  test('levels are one more than the greatest among parents, the critical path counts both ends', () => {
    const found = shape([[], [0], [0], [1, 2], [0, 3], []], [1, 20, 3, 4, 5, 29]);
    expect(found).toMatchObject({
      edgeCount: 6,
      rootCount: 2,
      leafCount: 2,
      tasksByLevel: [2, 2, 1, 1],
      criticalPathMs: 30,
    });
    expect(found).toMatchObject({ blockedCount: 0, cycle: [] });
  });

  test('submissions delay what is ready on nodes without number, and are no part of the critical path', () => {
    expect(shape([[], [0]], [10, 5], [0, 100])).toMatchObject({ criticalPathMs: 15, unlimitedMakespanMs: 105 });
  });

  test('DEP-10 a cycle and all behind it never run, and the cycle is named from parent to child', () => {
    const found = shape([[], [3], [1], [2, 0], [3], [0]], [1, 1, 1, 1, 1, 1]);
    expect(found).toMatchObject({ blockedCount: 4, tasksByLevel: [1, 1] });
    expect(found.cycle).toHaveLength(3);
    expect(new Set(found.cycle)).toEqual(new Set([1, 2, 3]));
    const childOf = new Map([
      [1, 2],
      [2, 3],
      [3, 1],
    ]);
    expect(found.cycle.map((row) => childOf.get(row))).toEqual([...found.cycle.slice(1), found.cycle[0]]);
  });

  test('DEP-10 a task that waits for itself is a cycle of one', () => {
    expect(shape([[0], []], [1, 1])).toMatchObject({ blockedCount: 1, cycle: [0] });
  });

  test('tasks without dependencies form one level', () => {
    expect(shapeOf(null, Float64Array.of(3, 5), Float64Array.of(0, 1))).toMatchObject({
      tasksByLevel: [2],
      criticalPathMs: 5,
      unlimitedMakespanMs: 6,
    });
  });
});

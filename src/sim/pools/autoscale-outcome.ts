/** What autoscale leaves in the recording: formulas, evaluations, and samples as changes (ASC-05, ASC-07). */
import type { FormulaRow, Recording, SampleColumns } from '../../recording/index.js';
import type { World } from '../world.js';

/** The tables of autoscale, as they are now. */
export function takeAutoscale(world: World): Pick<Recording, 'formulas' | 'outcomes' | 'evaluations' | 'samples'> {
  const { evaluations, sampling } = world;
  const formulas = [...evaluations.formulas];
  for (const { scaling } of sampling.pools) {
    if (scaling === null) continue;
    formulas[scaling.row] = { ...(formulas[scaling.row] as FormulaRow), sampleCount: scaling.sampling.count };
  }
  return { formulas, outcomes: [...evaluations.outcomes], evaluations, samples: takeSamples(world) };
}

function takeSamples({ sampling }: World): SampleColumns {
  let count = 0;
  for (const { changes } of sampling.stretches) for (const list of changes) count += list.count;
  const columns = {
    count,
    formula: new Int32Array(count),
    metric: new Uint8Array(count),
    number: new Int32Array(count),
    value: new Int32Array(count),
  };
  let row = 0;
  for (const { formula, changes } of sampling.stretches) {
    for (const [metric, list] of changes.entries()) {
      const end = row + list.count;
      columns.formula.fill(formula, row, end);
      columns.metric.fill(metric, row, end);
      columns.number.set(list.numbers.subarray(0, list.count), row);
      columns.value.set(list.values.subarray(0, list.count), row);
      row = end;
    }
  }
  return columns;
}

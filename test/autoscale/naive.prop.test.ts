/** Two evaluators, written apart, give the same outcome. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  evaluateText,
  type FormulaInputs,
  printProgram,
  typeOf,
  type Value,
  vectorInputs,
} from '../../src/autoscale/index.js';
import { namedStream } from '../../src/base/index.js';
import { inputsAt, NOW } from './helpers/evaluate.js';
import { evaluateNaively, type NaiveOutcome } from './helpers/naive.js';
import { anyProgram, atLeast, PATIENCE_MS, trials, typedProgram } from './helpers/trees.js';
import { SPECIFICATION } from './helpers/vectors.js';

const { vectors } = SPECIFICATION;
const nowMs = Date.parse(NOW);

/** Samples at whole milliseconds of the last minutes, some off the beat, some of the future. */
const series = fc
  .array(
    fc.record({ ago: fc.integer({ min: -5000, max: 400_000 }), v: fc.integer({ min: 0, max: 40 }).map((v) => v / 2) }),
    {
      maxLength: 14,
    },
  )
  .map((samples) => {
    const sorted = samples.sort((a, b) => b.ago - a.ago);
    return { times: sorted.map(({ ago }) => nowMs - ago), values: sorted.map(({ v }) => v) };
  });

const inputs: fc.Arbitrary<FormulaInputs> = fc
  .record({
    samples: fc.dictionary(fc.constantFrom('$ActiveTasks', '$PendingTasks', '$RunningTasks', '$FailedTasks'), series),
    targetDedicatedNodes: fc.nat(20),
    targetLowPriorityNodes: fc.nat(20),
    currentDedicatedNodes: fc.nat(20),
    currentLowPriorityNodes: fc.nat(20),
    taskSlotsPerNode: fc.integer({ min: 1, max: 8 }),
  })
  .map((given) => ({
    ...given,
    nowMs,
    samples: new Map(Object.entries(given.samples)),
    random: namedStream(1, 'naive'),
  }));

/** Our outcome in the form of the other. */
function outcomeOf(text: string, given: FormulaInputs): NaiveOutcome {
  const evaluation = evaluateText(text, given);
  if (!evaluation.ok) return { error: evaluation.error.kind as 'evaluation' };
  return {
    targets: [evaluation.targetDedicatedNodes, evaluation.targetLowPriorityNodes],
    option: evaluation.nodeDeallocationOption,
    variables: Object.fromEntries([...evaluation.variables].map(([name, value]) => [name, shown(value)])),
  };
}

function shown(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `s ${value}`;
  if ('ticks' in value) return `${typeOf(value) === 'timestamp' ? 't' : 'i'} ${value.ticks}`;
  return 'word' in value ? `o ${value.word}` : `[${value.join()}]`;
}

test(
  'on formulas whose types fit',
  () => {
    let came = 0;
    fc.assert(
      fc.property(typedProgram, inputs, (program, given) => {
        const text = printProgram(program);
        const ours = outcomeOf(text, given);
        if (!('error' in ours)) came += 1;
        expect(ours, text).toEqual(evaluateNaively(text, given));
      }),
      trials(500),
    );
    expect(came).toBeGreaterThanOrEqual(atLeast(0.3, trials(500)));
  },
  PATIENCE_MS,
);

test(
  'on any formula',
  () => {
    fc.assert(
      fc.property(anyProgram, inputs, (program, given) => {
        const text = printProgram(program);
        if (/\b(?:rand|lg|ln|log)\(/.test(text)) return;
        expect(outcomeOf(text, given), text).toEqual(evaluateNaively(text, given));
      }),
      trials(500),
    );
  },
  PATIENCE_MS,
);

describe('on formulas on which they once differed', () => {
  const given = inputsAt();
  // The second evaluator took a time of nothing for one, whatever came behind it.
  test.each(['a = time("", 0) || $UsableNodeCount;'])('%s', (text) => {
    expect(outcomeOf(text, given)).toEqual(evaluateNaively(text, given));
  });
});

describe('on the vectors of the specification', () => {
  const plain = vectors.filter(({ formula }) => formula.length < 1000 && !/\b(?:lg|ln|log)\(/.test(formula));
  test.each(plain)('$id', ({ formula, context }) => {
    const given = vectorInputs(context);
    expect(outcomeOf(formula, given)).toEqual(evaluateNaively(formula, given));
  });
});

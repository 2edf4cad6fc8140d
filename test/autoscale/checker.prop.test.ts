/** The checker's types are those of the values that arise, and what it passes has no error of types or names. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileFormula,
  evaluateFormula,
  type Formula,
  type Program,
  printProgram,
  typeOf,
  typesIn,
} from '../../src/autoscale/index.js';
import { inputsAt, samplesEvery30s } from './helpers/evaluate.js';
import { anyProgram, atLeast, PATIENCE_MS, trials, typedProgram } from './helpers/trees.js';

const inputs = inputsAt({
  targetDedicatedNodes: 3,
  currentDedicatedNodes: 2,
  samples: {
    $ActiveTasks: samplesEvery30s([3, 1, 4, 1, 5, 9, 2, 6]),
    $PendingTasks: samplesEvery30s([2, 7, 1, 8], 45),
    $RunningTasks: samplesEvery30s([0, 0.5]),
  },
});

/** Problems that depend on values: the checker cannot know them. */
const OF_VALUES = /^BS302\d$/;

/** Runs a formula; every value must have one of the types that the checker gave its expression. */
function predicted(formula: Formula): string | null {
  const evaluation = evaluateFormula(formula, inputs, {
    value: (expression, value) => {
      expect(typesIn(formula.types.get(expression) ?? 0)).toContain(typeOf(value));
    },
    samples: () => undefined,
  });
  return evaluation.ok ? null : evaluation.error.diagnostic.code;
}

function compiled(program: Program): Formula {
  const formula = compileFormula(printProgram(program));
  if (!formula.ok) throw new Error(`does not compile: ${formula.error[0]?.message}\n${printProgram(program)}`);
  return formula.value;
}

test(
  'formulas whose types fit are passed, and their values have the types foretold',
  () => {
    let came = 0;
    fc.assert(
      fc.property(typedProgram, (program) => {
        const formula = compiled(program);
        expect(formula.problems).toEqual([]);
        const code = predicted(formula);
        if (code === null) came += 1;
        else expect(code).toMatch(OF_VALUES);
      }),
      trials(400),
    );
    expect(came).toBeGreaterThanOrEqual(atLeast(0.3, trials(400)));
  },
  PATIENCE_MS,
);

test(
  'any formula that the checker passes has no error of types or names',
  () => {
    let passed = 0;
    fc.assert(
      fc.property(anyProgram, (program) => {
        const formula = compiled(program);
        if (formula.problems.length > 0) return;
        passed += 1;
        const code = predicted(formula);
        if (code !== null) expect(code).toMatch(OF_VALUES);
      }),
      trials(1500),
    );
    expect(passed).toBeGreaterThanOrEqual(atLeast(0.1, trials(1500)));
  },
  PATIENCE_MS,
);

test(
  'what the checker calls an error in a statement that runs is an error of the run',
  () => {
    let failed = 0;
    fc.assert(
      fc.property(anyProgram, (program) => {
        const formula = compiled(program);
        const first = formula.problems[0];
        // A first statement without conditions or short cuts evaluates everything in it.
        const straight = !/[?]|&&|\|\||stop/.test(printProgram(program).split('\n')[0] ?? '');
        const end = formula.program.statements[0]?.span.end ?? 0;
        if (first?.severity !== 'error' || !straight || (first.place?.span.start ?? end) >= end) return;
        failed += 1;
        expect(evaluateFormula(formula, inputs).ok).toBe(false);
      }),
      trials(400),
    );
    expect(failed).toBeGreaterThanOrEqual(atLeast(0.2, trials(400)));
  },
  PATIENCE_MS,
);

/** Damaged formulas: nothing throws, nothing hangs, every problem has its place in the text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileFormula, evaluateFormula, explainFormula, refusalOf } from '../../src/autoscale/index.js';
import { renderDiagnostic } from '../../src/base/index.js';
import { inputsAt, samplesEvery30s } from './helpers/evaluate.js';
import { atLeast, PATIENCE_MS, trials } from './helpers/trees.js';
import { SPECIFICATION } from './helpers/vectors.js';

const FORMULAS = SPECIFICATION.vectors.map(({ formula }) => formula).filter((formula) => formula.length < 1000);
const PIECES = [
  ...['(', ')', ',', ';', '.', '?', ':', '=', '==', '!', '-', '&&', '||', '<=', '"', "'", '\\', '//', '/*', '*/'],
  ...['\n', '\r\n', '\t', '$', '$$', '[', '\u0000', '\u00a0', '\ud800', '\u{1f600}', '1e999', '.5', '1.', '0x1F'],
  ...['stop()', 'time("2026")', '$ActiveTasks', 'GetSample(', '.hour', 'requeue', 'TimeInterval_Year', '* 1e300'],
];

/** One change: at a share of the text, this much is taken out and this put in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.integer({ min: 0, max: 6 }),
  piece: fc.oneof(fc.constantFrom('', ...PIECES), fc.constantFrom(...FORMULAS)),
});

const damaged = fc.tuple(fc.constantFrom(...FORMULAS), fc.array(change, { maxLength: 5 })).map(([formula, changes]) =>
  changes.reduce((text, { at, out, piece }) => {
    const offset = Math.floor(at * text.length);
    return text.slice(0, offset) + piece + text.slice(offset + out);
  }, formula),
);

const inputs = inputsAt({ samples: { $ActiveTasks: samplesEvery30s([1, 2, 3]) } });

test(
  'a damaged formula is refused with places, or runs to an end in no more steps than it has characters',
  () => {
    let [refused, ran] = [0, 0];
    fc.assert(
      fc.property(damaged, (text) => {
        const compiled = compileFormula(text);
        for (const diagnostic of compiled.ok ? compiled.value.problems : compiled.error) {
          const { start, end } = diagnostic.place?.span ?? { start: -1, end: -1 };
          expect(start >= 0 && start <= end && end <= text.length + 1, text).toBe(true);
          expect(renderDiagnostic(diagnostic)).toContain(diagnostic.code);
        }
        if (!compiled.ok) {
          refused += 1;
          expect(refusalOf(compiled.error)).not.toBe(null);
          return;
        }
        ran += 1;
        let steps = 0;
        const count = () => {
          steps += 1;
        };
        const evaluation = evaluateFormula(compiled.value, inputs, { value: count, samples: count });
        // No expression is evaluated twice, so that nothing can hang: each takes at least a character, calls several.
        expect(steps, text).toBeLessThanOrEqual(text.length);
        const { statements } = explainFormula(compiled.value);
        expect(statements.length).toBe(compiled.value.program.statements.length);
        expect(evaluation.results).toContain('$NodeDeallocationOption=');
        if (evaluation.ok) expect(Number.isInteger(evaluation.targetDedicatedNodes)).toBe(true);
      }),
      trials(1500),
    );
    expect(refused).toBeGreaterThanOrEqual(atLeast(0.3, trials(1500)));
    expect(ran).toBeGreaterThanOrEqual(atLeast(0.1, trials(1500)));
  },
  PATIENCE_MS,
);

/** Lints and fixes on any text: nothing throws, and fixing comes to an end at which nothing is left to fix. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnoseFormula, type LintOptions, POOL_KINDS, printProgram } from '../../src/autoscale/index.js';
import { applyFixes, renderDiagnostic } from '../../src/base/index.js';
import { anyProgram, PATIENCE_MS, trials, typedProgram } from './helpers/trees.js';

/** What people do to formulas by hand, by mail and by word processor. */
const DAMAGES: readonly ((text: string) => string)[] = [
  (text) => text.toLowerCase(),
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace(';', ''),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text.replaceAll('TimeInterval', 'Timeinterval'),
  (text) => text.replaceAll('\n', ' // hm '),
  (text) => text.slice(0, Math.floor(text.length * 0.7)),
];

const text = fc
  .tuple(fc.oneof(anyProgram, typedProgram), fc.subarray([...DAMAGES], { maxLength: 2 }))
  .map(([program, damages]) => damages.reduce((formula, damage) => damage(formula), printProgram(program)));

const options: fc.Arbitrary<Partial<LintOptions>> = fc.record({
  poolKind: fc.constantFrom(null, ...POOL_KINDS),
  taskSlotsPerNode: fc.constantFrom(null, 1, 4),
});

test(
  'fixing comes to an end, at which nothing is left to fix',
  () => {
    fc.assert(
      fc.property(text, options, (given, about) => {
        let formula = given;
        for (let round = 0; ; round++) {
          const { diagnostics } = diagnoseFormula(formula, about);
          for (const diagnostic of diagnostics) expect(renderDiagnostic(diagnostic)).toContain(diagnostic.code);
          const fixes = diagnostics.flatMap(({ fix }) => fix ?? []);
          if (fixes.length === 0) break;
          expect(round, formula).toBeLessThan(20);
          const { text: next, done } = applyFixes(formula, fixes);
          expect(done.length).toBeGreaterThan(0);
          expect(next).not.toBe(formula);
          formula = next;
        }
      }),
      trials(800),
    );
  },
  PATIENCE_MS,
);

test(
  'what compiled still compiles when it is fixed',
  () => {
    fc.assert(
      fc.property(typedProgram, (program) => {
        const given = printProgram(program);
        const { formula, diagnostics } = diagnoseFormula(given);
        if (formula === null) return;
        const { text: fixed } = applyFixes(
          given,
          diagnostics.flatMap(({ fix }) => fix ?? []),
        );
        expect(diagnoseFormula(fixed).formula, fixed).not.toBeNull();
      }),
      trials(800),
    );
  },
  PATIENCE_MS,
);

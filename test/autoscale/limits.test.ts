/** The limits of a formula, at the last value that is accepted and the first that is not (ASC-03). */
import { describe, expect, test } from 'vitest';
import {
  compileFormula,
  evaluateText,
  MAX_CHARACTERS,
  MAX_NESTING,
  MAX_STATEMENTS,
  refusalOf,
} from '../../src/autoscale/index.js';
import { inputsAt } from './helpers/evaluate.js';

const inputs = inputsAt();

/** The service's answer when the formula is set; null: accepted. */
function refusal(formula: string): string | null {
  const compiled = compileFormula(formula);
  return compiled.ok ? null : refusalOf(compiled.error);
}

test('ASC-03 a formula has 8,192 characters and not one more, comments counted in UTF-16 units', () => {
  expect(MAX_CHARACTERS).toBe(8192);
  const comment = `a = 1; // ${'x'.repeat(8192 - 10)}`;
  expect(comment.length).toBe(8192);
  expect(refusal(comment)).toBe(null);
  expect(refusal(`${comment}x`)).toBe('AutoScaleFormulaTooLong');
  const pairs = `a = 1; // ${'\u{1f600}'.repeat((8192 - 10) / 2)}`;
  expect(refusal(pairs)).toBe(null);
  expect(refusal(`${pairs}x`)).toBe('AutoScaleFormulaTooLong');
  expect(evaluateText(`${comment}x`, inputs)).toMatchObject({ ok: false, error: { kind: 'limit' } });
});

test('ASC-03 a formula has 100 statements and not one more; empty ones do not count, expressions do', () => {
  expect(MAX_STATEMENTS).toBe(100);
  const hundred = `${'a = 1;'.repeat(60)};;;;${'2 + 2;'.repeat(40)};;`;
  expect(refusal(hundred)).toBe(null);
  expect(refusal(`${hundred}3`)).toBe('InvalidAutoScalingSettings');
  expect(evaluateText(`${hundred}3`, inputs)).toMatchObject({ ok: false, error: { kind: 'limit' } });
});

test('ASC-03 where a formula has too many statements and an error in one of them, the error counts', () => {
  expect(refusal(`${'a = 1;'.repeat(100)} b = ;`)).toBe('AutoScalingFormulaSyntaxError');
});

describe(`nesting up to ${MAX_NESTING} is read and deeper is a syntax error`, () => {
  const shapes: Record<string, (depth: number) => string> = {
    parentheses: (depth) => `${'('.repeat(depth)}1${')'.repeat(depth)}`,
    'calls of functions': (depth) => `${'max(1,'.repeat(depth)}1${')'.repeat(depth)}`,
    'unary operators': (depth) => `${'!'.repeat(depth)}1`,
    'conditions in the last branch': (depth) => `${'1?2:'.repeat(depth)}3`,
    'conditions in the first branch': (depth) => `${'1?'.repeat(depth)}3${':2'.repeat(depth)}`,
    members: (depth) => `time()${'.hour'.repeat(depth)}`,
  };
  test.each(Object.entries(shapes))('%s', (_, shape) => {
    expect(refusal(`a = ${shape(256)};`)).toBe(null);
    const deeper = compileFormula(`a = ${shape(257)};`);
    expect(deeper.ok ? [] : deeper.error.map(({ code }) => code)).toContain('BS3003');
    expect(refusal(`a = ${shape(257)};`)).toBe('AutoScalingFormulaSyntaxError');
  });

  test('as deep as the text allows, without harm', () => {
    for (const piece of ['(', '-', '!', 'max(', '1?', '1?2:', 'a.b', '$ActiveTasks.GetSample(']) {
      expect(refusal(piece.repeat(Math.floor(8192 / piece.length))), piece).toBe('AutoScalingFormulaSyntaxError');
    }
  });
});

test('a chain of 4,000 operators is not nested and comes out', () => {
  const sum = evaluateText(`$TargetDedicatedNodes = 0${'+1'.repeat(4000)};`, inputs);
  expect(sum).toMatchObject({ ok: true, targetDedicatedNodes: 4000 });
  const both = evaluateText(`$TargetDedicatedNodes = 1${'&&1'.repeat(2700)};`, inputs);
  expect(both).toMatchObject({ ok: true, targetDedicatedNodes: 1 });
});

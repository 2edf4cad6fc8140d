/** Parsing what was printed gives the tree again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFormula, type Program, parseProgram, printProgram } from '../../src/autoscale/index.js';
import { anyProgram, PATIENCE_MS, trials, typedProgram } from './helpers/trees.js';

/** A tree without its places. */
function shape(program: Program): unknown {
  return JSON.parse(
    JSON.stringify(program, (key, value) => {
      if (key === 'span' || key.endsWith('Span') || key === 'openAt') return undefined;
      return value === Number.POSITIVE_INFINITY ? 'infinite' : value;
    }),
  );
}

function parsed(text: string): Program {
  const problems: string[] = [];
  const program = parseProgram(text, (complaint) => problems.push(complaint.message));
  expect(problems, text).toEqual([]);
  return program;
}

test(
  'parse ∘ print is the identity on any tree',
  () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        expect(shape(parsed(printProgram(program)))).toEqual(shape(program));
      }),
      trials(400),
    );
  },
  PATIENCE_MS,
);

test(
  'parse ∘ print is the identity on formulas whose types fit',
  () => {
    fc.assert(
      fc.property(typedProgram, (program) => {
        expect(shape(parsed(printProgram(program)))).toEqual(shape(program));
      }),
      trials(200),
    );
  },
  PATIENCE_MS,
);

describe('parentheses are printed where they are needed, and only there', () => {
  test.each([
    'a - (b - c)',
    'a - b - c',
    '(a + b) * c',
    'a + b * c',
    '-(a + b)',
    '--a',
    '-a.b',
    '(-a).b',
    '(a ? b : c) ? d : e',
    'a ? b ? c : d : e ? f : g',
    '(a ? b : c) + 1',
    '!(a && b) || c',
    '(a || b) && c',
    'a < (b < c)',
    'a < b == (c != (d == e))',
    'max(a ? b : c, d)',
    '$x.GetSample(1 + 2).b',
  ])('%s', (expression) => {
    const text = `x = ${expression};\n`;
    expect(printProgram(parsed(text))).toBe(text);
  });
});

test('a printed formula compiles to the same outcome as the first', () => {
  const text = 'x=1+2*3 ;y = ( ( x ) ) ? -(-x) : .5e1;// done';
  const compiled = compileFormula(text);
  expect(compiled.ok && printProgram(compiled.value.program)).toBe('x = 1 + 2 * 3;\ny = x ? --x : 5;\n');
});

/** The vectors of the specification, word for word, run as `formula vectors` runs them. */
import { describe, expect, test } from 'vitest';
import { judgeVector } from '../../src/autoscale/index.js';
import { SPECIFICATION } from './helpers/vectors.js';

const { vectors, warnings } = SPECIFICATION;

test('there are all 72, and nothing in their file is strange', () => {
  expect(warnings).toEqual([]);
  expect(vectors.length).toBe(72);
});

describe('ASC-03, ASC-05, ASC-06 a vector comes out as the specification says', () => {
  test.each(vectors)('$id $title', (vector) => {
    expect(judgeVector(vector)).toEqual([]);
  });
});

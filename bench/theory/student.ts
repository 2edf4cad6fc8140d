/** Student's t: how far a mean of independent, about normal values may lie from the truth. */
import { mean, variance } from '../../test/helpers/statistics.js';

/** A confidence interval for a mean. */
export interface Interval {
  readonly mean: number;
  /** Distance from the mean to either end. */
  readonly halfWidth: number;
}

/** The interval that covers the mean behind the values with the given confidence, 0 to 1; needs two values or more. */
export function confidenceInterval(values: readonly number[], confidence: number): Interval {
  const quantile = studentQuantile((1 + confidence) / 2, values.length - 1);
  return { mean: mean(values), halfWidth: quantile * Math.sqrt(variance(values) / values.length) };
}

/** Whether a value lies in an interval, ends included. */
export function covers({ mean: centre, halfWidth }: Interval, value: number): boolean {
  return Math.abs(value - centre) <= halfWidth;
}

/** The value below which Student's t lies with probability `share`, 0.5 to 1 exclusive, by halving. */
export function studentQuantile(share: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentBelow(high, freedom) < share) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return high;
    if (studentBelow(middle, freedom) < share) low = middle;
    else high = middle;
  }
}

/**
 * Probability of Student's t below t ≥ 0 for a whole number of degrees of freedom: a finite sum of powers of a cosine
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 */
export function studentBelow(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let n = isOdd ? 1 : 0; n <= freedom - 2; n += 2) {
    sum += term;
    term *= ((n + 1) / (n + 2)) * cosine * cosine;
  }
  const within = isOdd ? (angle + sine * sum) * (2 / Math.PI) : sine * sum;
  return (1 + within) / 2;
}

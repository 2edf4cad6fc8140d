/**
 * A quantity of a scenario: a constant or a distribution to draw from (ux: eleven kinds). Values carry the unit of
 * the field that holds them: milliseconds for durations, plain numbers for exit codes. Sampling uses the portable
 * logarithm and exponential only, and whoever draws rounds at once.
 */

import type { UniformSource } from '../base/index.js';
import { exp, ln, pow } from '../base/index.js';

/** Bounds laid over a distribution: a draw outside is moved to the bound. */
export interface Clamp {
  readonly min: number | null;
  readonly max: number | null;
}

/** What a quantity may be. */
export type Quantity =
  | { readonly kind: 'constant'; readonly value: number }
  | (Clamp & { readonly kind: 'uniform'; readonly low: number; readonly high: number })
  | (Clamp & { readonly kind: 'exponential'; readonly mean: number })
  | (Clamp & { readonly kind: 'poisson'; readonly mean: number })
  | (Clamp & { readonly kind: 'normal'; readonly mean: number; readonly sd: number })
  /** `mu` and `sigma` of the logarithm of the value. */
  | (Clamp & { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number })
  | (Clamp & { readonly kind: 'weibull'; readonly scale: number; readonly shape: number })
  | (Clamp & { readonly kind: 'gamma'; readonly shape: number; readonly scale: number })
  /** Smallest value `scale`, tail index `shape`. */
  | (Clamp & { readonly kind: 'pareto'; readonly scale: number; readonly shape: number })
  /** One of the values, each with the same chance. */
  | (Clamp & { readonly kind: 'empirical'; readonly values: Float64Array })
  /** One of the parts, by weight; weights are positive and need not sum to 1. */
  | (Clamp & { readonly kind: 'mix'; readonly parts: readonly MixPart[] });

/** One part of a mix. */
export interface MixPart {
  readonly weight: number;
  readonly of: Quantity;
}

/** A quantity for each occurrence (attempt, boot), the last one repeated; never empty. */
export type QuantityPerOccurrence = readonly [Quantity, ...Quantity[]];

/** No bounds. */
export const UNCLAMPED: Clamp = { min: null, max: null };

/** The same value every time. */
export function constant(value: number): Quantity {
  return { kind: 'constant', value };
}

/** The quantity that holds for an occurrence counted from 0. */
export function atOccurrence(quantities: QuantityPerOccurrence, occurrence: number): Quantity {
  return quantities[Math.min(occurrence, quantities.length - 1)] as Quantity;
}

/** One draw. A constant takes nothing from `uniforms`; other kinds take what they need. Not rounded. */
export function sample(quantity: Quantity, uniforms: UniformSource): number {
  if (quantity.kind === 'constant') return quantity.value;
  const value = draw(quantity, uniforms);
  if (quantity.min !== null && value < quantity.min) return quantity.min;
  if (quantity.max !== null && value > quantity.max) return quantity.max;
  return value;
}

/** One draw of a duration: whole milliseconds, never negative (halves go up). */
export function sampleMs(quantity: Quantity, uniforms: UniformSource): number {
  return Math.max(0, Math.floor(sample(quantity, uniforms) + 0.5));
}

/** One draw of a whole number, such as an exit code (halves go up). */
export function sampleInteger(quantity: Quantity, uniforms: UniformSource): number {
  return Math.floor(sample(quantity, uniforms) + 0.5);
}

function draw(quantity: Exclude<Quantity, { kind: 'constant' }>, uniforms: UniformSource): number {
  switch (quantity.kind) {
    case 'uniform':
      return quantity.low + (quantity.high - quantity.low) * uniforms.next();
    case 'exponential':
      return -quantity.mean * ln(1 - uniforms.next());
    case 'poisson':
      return drawPoisson(quantity.mean, uniforms);
    case 'normal':
      return quantity.mean + quantity.sd * drawNormal(uniforms);
    case 'lognormal':
      return exp(quantity.mu + quantity.sigma * drawNormal(uniforms));
    case 'weibull':
      return quantity.scale * pow(-ln(1 - uniforms.next()), 1 / quantity.shape);
    case 'gamma':
      return quantity.scale * drawGamma(quantity.shape, uniforms);
    case 'pareto':
      return quantity.scale / pow(1 - uniforms.next(), 1 / quantity.shape);
    case 'empirical':
      return quantity.values[Math.floor(uniforms.next() * quantity.values.length)] as number;
    case 'mix':
      return drawMix(quantity.parts, uniforms);
  }
}

function drawMix(parts: readonly MixPart[], uniforms: UniformSource): number {
  let total = 0;
  for (const part of parts) total += part.weight;
  let left = uniforms.next() * total;
  for (const part of parts) {
    left -= part.weight;
    if (left < 0) return sample(part.of, uniforms);
  }
  return sample((parts[parts.length - 1] as MixPart).of, uniforms);
}

/** Standard normal by Marsaglia's polar method, one value a call so that draws stay independent of each other. */
function drawNormal(uniforms: UniformSource): number {
  for (;;) {
    const u = 2 * uniforms.next() - 1;
    const v = 2 * uniforms.next() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * ln(s)) / s);
  }
}

/** Gamma with scale 1 by Marsaglia and Tsang (2000); shapes below 1 by their boost. */
function drawGamma(shape: number, uniforms: UniformSource): number {
  if (shape < 1) return drawGamma(shape + 1, uniforms) * pow(1 - uniforms.next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(uniforms);
    const v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    if (v > 0 && ln(1 - uniforms.next()) < 0.5 * x * x + d - d * v + d * ln(v)) return d * v;
  }
}

/** Poisson by counting exponential gaps in chunks, so that large means neither underflow nor lose exactness. */
function drawPoisson(mean: number, uniforms: UniformSource): number {
  if (mean > 5000) return Math.max(0, Math.floor(mean + Math.sqrt(mean) * drawNormal(uniforms) + 0.5));
  let count = 0;
  for (let left = mean; left > 0; left -= 500) {
    const limit = exp(-Math.min(left, 500));
    for (let product = 1 - uniforms.next(); product > limit; product *= 1 - uniforms.next()) count += 1;
  }
  return count;
}

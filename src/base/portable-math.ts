/**
 * Logarithm and exponential from `+ - * /` and powers of two alone. `Math.log`, `Math.exp` and `Math.pow` may differ
 * in their last bit between engines; IEEE 754 arithmetic may not, so what is drawn through these is the same on every
 * machine and version. Accuracy: a few units in the last place, which rounding to whole milliseconds hides.
 */
const LN2 = Math.LN2;
/** ln(2) in two parts: the first has 32 bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const SQRT_HALF = Math.SQRT1_2;
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a finite `x > 0`; -Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  let mantissa = x;
  if (mantissa < 2.2250738585072014e-308) {
    mantissa *= 18014398509481984; // 2^54: makes a subnormal number normal
    exponent -= 54;
  }
  bits.setFloat64(0, mantissa);
  const high = bits.getUint32(0);
  exponent += ((high >>> 20) & 0x7ff) - 1022;
  bits.setUint32(0, (high & 0x800fffff) | 0x3fe00000); // mantissa in [0.5, 1)
  mantissa = bits.getFloat64(0);
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln(m) = 2 artanh((m - 1) / (m + 1)), whose series converges fast for m in [sqrt(1/2), sqrt(2)).
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const series =
    1 +
    z *
      (1 / 3 +
        z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z / 19))))))));
  return 2 * s * series + exponent * LN2;
}

/** e to the power of `x`; 0 where it underflows, Infinity where it overflows. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW; // |r| <= ln(2) / 2
  let sum = 1;
  for (let i = 14; i >= 1; i--) sum = 1 + (sum * r) / i; // the series of e^r, smallest terms first
  return scaleByPowerOfTwo(sum, k);
}

/** `x` to the power of `y` for `x >= 0`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * ln(x));
}

function scaleByPowerOfTwo(x: number, k: number): number {
  if (k >= -1022 && k <= 1023) return x * powerOfTwo(k);
  const half = k >> 1;
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

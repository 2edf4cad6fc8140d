/** Plain statistics of samples, for tests of what is drawn. */

/** The mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** The variance, with n - 1. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - centre) ** 2;
  return sum / (values.length - 1);
}

/** The value below which a share of the samples lies, by nearest rank; `sorted` ascends. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** Pearson's chi-square of counts that should be even, or that should follow `expected`. */
export function chiSquare(counts: readonly number[], expected?: readonly number[]): number {
  const even = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count, i) => {
    const should = expected?.[i] ?? even;
    return sum + (count - should) ** 2 / should;
  }, 0);
}

/** Distance of two doubles in units in the last place: how many doubles lie between them. */
export function ulpDistance(a: number, b: number): bigint {
  const distance = orderedBits(a) - orderedBits(b);
  return distance < 0n ? -distance : distance;
}

const view = new DataView(new ArrayBuffer(8));

/** The bits of a double as an integer that grows with it. */
function orderedBits(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
}

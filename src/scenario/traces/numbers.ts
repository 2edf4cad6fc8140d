/** Numbers as traces write them, turned into whole milliseconds by decimal arithmetic: a half is a half. */

/** Times beyond this many milliseconds (3,170 years) are slips of the log or given in another unit. */
export const MAX_TIME_MS = 1e14;

/** More processors than any machine has; what is above is a slip. */
export const MAX_PROCESSORS = 100_000_000;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
/** The value of a decimal number, or NaN for any other text (empty, hexadecimal, `nan`, `Infinity`). */
export function parseDecimal(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

/**
 * Whole milliseconds of a number given in units of `unitMs` (1 or 1000), halves up; NaN where the text is no number.
 * `0.0005` seconds is one millisecond although 0.0005 * 1000 comes out below a half.
 */
export function parseMs(text: string, unitMs: 1 | 1000): number {
  const value = parseDecimal(text);
  if (Number.isInteger(value) || !Number.isFinite(value)) return value * unitMs;
  const scaled = value * unitMs;
  const floor = Math.floor(scaled);
  const part = scaled - floor;
  if (Math.abs(part - 0.5) > 1e-6) return part > 0.5 ? floor + 1 : floor;
  return decimalHalfUp(text, unitMs === 1000 ? 3 : 0) ?? Math.floor(scaled + 0.5);
}

/** Whether the text says more than the milliseconds made of it hold. */
export function wasRounded(text: string, unitMs: 1 | 1000, ms: number): boolean {
  return ms / unitMs !== Number(text);
}

/** Rounds a non-negative decimal, moved by `shift` places, on its digits; null for a negative one. */
function decimalHalfUp(text: string, shift: number): number | null {
  const match = /^\+?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const point = whole.length + Number(exponent) + shift;
  const digits = point < 0 ? '0'.repeat(-point) + whole + fraction : (whole + fraction).padEnd(point + 1, '0');
  const at = Math.max(0, point);
  return Number(digits.slice(0, at) || '0') + ((digits[at] ?? '0') >= '5' ? 1 : 0);
}

/** A time in milliseconds times a factor, to the nearest whole one, halves up. */
export function scaleMs(ms: number, factor: number): number {
  return factor === 1 ? ms : Math.floor(ms * factor + 0.5);
}

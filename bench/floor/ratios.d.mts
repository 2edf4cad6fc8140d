/** Types of the statistics for the tests, which are TypeScript. */

export function median(values: readonly number[]): number;
export function spread(values: readonly number[]): { median: number; min: number; max: number };
export function round(value: number): number;

/** Types of the workload generators for the suites, which are TypeScript. */

export interface Workload {
  readonly w: string;
  readonly n: number;
  /** Run times, in the workload's unit (ms; W3: us, taken as ms). */
  readonly dur: Float64Array;
  /** Arrivals, ascending. */
  readonly arr: Float64Array;
  readonly nodes: number;
  /** W3: three a task, -1 for none. */
  readonly parents?: Int32Array;
}

export function xorshift32(seed: number): () => number;
export function expo(k: number): number;
export function gen(w: string, n: number): Workload;
export function childrenOf(workload: Workload): { off: Int32Array; kid: Int32Array; deg: Uint8Array };
export const N: Readonly<Record<'W1' | 'W2' | 'W3' | 'W4', number>>;

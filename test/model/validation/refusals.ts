/** How tests of validation say what was refused: `InvalidPropertyValue priority`, or `accepted`. */
import type { ServiceError, VmSize } from '../../../src/model/index.js';

/** A size of four cores, which has at most 16 slots. */
export const FOUR: VmSize = { name: 'Four', family: 'fours', vcpus: 4, memoryGib: null, tempDiskGib: null, gpus: 0 };

/** The code of a refusal and the property that it names. */
export function refusal(error: ServiceError | null): string {
  if (error === null) return 'accepted';
  const property = error.values.find(({ key }) => key === 'PropertyName')?.value;
  return property === undefined ? error.code : `${error.code} ${property}`;
}

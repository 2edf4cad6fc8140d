/** Latencies of the service (SIM-06): those of a pool over those of the scenario. */
import {
  LATENCY_NAMES,
  type LatencyName,
  type QuantityPerOccurrence,
  TIMING_TYPICAL,
  type Timing,
} from '../../model/index.js';
import type { GivenTiming } from '../schema/pool.js';
import { settled } from '../schema/quantity.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';
import { readValues } from './value-files.js';

/** The timing at `path`; the inherited one where none is given. */
export function readTiming(
  context: BuildContext,
  path: Path,
  given: GivenTiming | undefined,
  inherited: Timing,
): Timing {
  if (given === undefined) return inherited;
  const overrides: Partial<Record<LatencyName, QuantityPerOccurrence>> = {};
  const latencies = given as Partial<Record<LatencyName, Parameters<typeof settled>[0]>>;
  for (const name of LATENCY_NAMES) {
    const loose = latencies[name];
    if (loose !== undefined)
      overrides[name] = settled(loose, (file) => readValues(context, [...path, name], file, 'ms'));
  }
  return { base: given.base ?? TIMING_TYPICAL.base, overrides };
}

/** When things come: arrival processes to instants. Draws come from a stream of the process's own name (SIM-05). */
import { assert, ln, type UniformSource } from '../base/index.js';
import type { Arrival, ArrivalPhase } from '../model/index.js';

/** How far an endless process is followed. */
export interface ArrivalBounds {
  /** Of the instants beyond this only the first is given: what a run still waits for when it reaches its horizon. */
  readonly untilMs: number;
  /** No more instants than this are wanted; null: as many as come. */
  readonly count: number | null;
}

/**
 * The instants of an arrival process in whole milliseconds: in order, except those of a trace, which keep the trace's.
 * A process without an end of its own needs a finite bound.
 */
export function arrivalTimes(arrival: Arrival, bounds: ArrivalBounds, stream: UniformSource): Float64Array {
  switch (arrival.kind) {
    case 'at':
      return Float64Array.of(arrival.atMs);
    case 'trace':
      return arrival.atMs;
    case 'every': {
      const { fromMs, intervalMs } = arrival;
      assert(intervalMs > 0, 'an arrival interval is positive');
      return collect(arrival.count, arrival.untilMs, bounds, (n) => fromMs + n * intervalMs);
    }
    case 'poisson': {
      assert(arrival.ratePerMs > 0, 'an arrival rate is positive');
      let at = arrival.fromMs;
      return collect(arrival.count, arrival.untilMs, bounds, () => {
        at += -ln(1 - stream.next()) / arrival.ratePerMs;
        return at;
      });
    }
    case 'phases': {
      const next = phasedProcess(arrival.phases, stream);
      const endMs = arrival.phases.reduce((sum, { forMs }) => sum + forMs, arrival.fromMs);
      return collect(arrival.count, endMs, bounds, () => arrival.fromMs + next());
    }
  }
}

function collect(
  count: number | null,
  untilMs: number | null,
  bounds: ArrivalBounds,
  next: (n: number) => number,
): Float64Array {
  const most = Math.min(count ?? Number.POSITIVE_INFINITY, bounds.count ?? Number.POSITIVE_INFINITY);
  const end = untilMs ?? Number.POSITIVE_INFINITY;
  const isBounded = Math.min(most, end, bounds.untilMs) < Number.POSITIVE_INFINITY;
  assert(isBounded, 'an arrival process needs an end');
  const times: number[] = [];
  while (times.length < most) {
    const at = Math.floor(next(times.length) + 0.5);
    if (!(at < end)) break;
    times.push(at);
    if (at > bounds.untilMs) break;
  }
  return Float64Array.from(times);
}

/**
 * A Poisson process whose rate changes from phase to phase, evenly within a ramp. Unit-rate gaps are laid on the
 * integral of the rate, which is inverted exactly: linear in a steady phase, a quadratic in a ramp. Infinity at its end.
 */
function phasedProcess(phases: readonly ArrivalPhase[], stream: UniformSource): () => number {
  let phase = 0;
  let phaseStart = 0;
  let within = 0;
  return () => {
    let need = -ln(1 - stream.next());
    for (; phase < phases.length; phase++) {
      const current = phases[phase] as ArrivalPhase;
      const step = timeToGather(current, within, need);
      if (within + step <= current.forMs) {
        within += step;
        return phaseStart + within;
      }
      need -= gathered(current, within, current.forMs);
      phaseStart += current.forMs;
      within = 0;
    }
    return Number.POSITIVE_INFINITY;
  };
}

function slopeOf(phase: ArrivalPhase): number {
  return phase.rampToPerMs === null ? 0 : (phase.rampToPerMs - phase.ratePerMs) / phase.forMs;
}

/** Integral of the phase's rate from `from` to `to`, both ms into the phase. */
function gathered(phase: ArrivalPhase, from: number, to: number): number {
  return phase.ratePerMs * (to - from) + (slopeOf(phase) / 2) * (to * to - from * from);
}

/** How long from `from` on until the integral of the rate reaches `need`; Infinity if it never does. */
function timeToGather(phase: ArrivalPhase, from: number, need: number): number {
  const slope = slopeOf(phase);
  const rate = phase.ratePerMs + slope * from;
  if (slope === 0) return rate > 0 ? need / rate : Number.POSITIVE_INFINITY;
  const inside = rate * rate + 2 * slope * need;
  if (inside < 0) return Number.POSITIVE_INFINITY;
  return (2 * need) / (rate + Math.sqrt(inside));
}

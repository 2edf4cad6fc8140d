/** The tables of autoscale of a recording in which no pool follows a formula. */
import type { Recording } from '../../src/recording/index.js';

/** All of them, empty. */
export const NO_AUTOSCALE: Pick<Recording, 'formulas' | 'outcomes' | 'evaluations' | 'samples'> = {
  formulas: [],
  outcomes: [],
  evaluations: {
    count: 0,
    atMs: new Float64Array(0),
    formula: new Int32Array(0),
    outcome: new Int32Array(0),
    targetDedicated: new Int32Array(0),
    targetLowPriority: new Int32Array(0),
    wantedDedicated: new Int32Array(0),
    wantedLowPriority: new Int32Array(0),
    option: new Uint8Array(0),
    effect: new Uint8Array(0),
    currentDedicated: new Int32Array(0),
    currentLowPriority: new Int32Array(0),
    samplePercent: new Uint8Array(0),
  },
  samples: {
    count: 0,
    formula: new Int32Array(0),
    metric: new Uint8Array(0),
    number: new Int32Array(0),
    value: new Int32Array(0),
  },
};

/** What every implementation of a workload must come to, to the digit; null: above 2^53 and not compared. */

/** By workload and number of tasks. */
export const EXPECTED = {
  W1: {
    100000: { makespan: 30314694, sumWait: 1483272898561, chk: 5191611041322 },
    1000000: { makespan: 300537798, sumWait: 149799574446550, chk: 524300083245539 },
  },
  W2: {
    10000: { makespan: 6904293, sumWait: 16101378, chk: 117674918268 },
    1000000: { makespan: 668359220, sumWait: 1241151144, chk: 1167895544211998 },
    10000000: { makespan: 6665828073, sumWait: 13197034128, chk: null },
  },
  W3: {
    200000: { makespan: 118066803331, sumWait: 14281448490152, chk: 41076371112511 },
  },
};

/** How an outcome differs from the expected one, as a sentence; null when it agrees. */
export function differenceFrom(expected, outcome) {
  for (const key of ['makespan', 'sumWait', 'chk']) {
    if (expected[key] !== null && outcome[key] !== null && outcome[key] !== expected[key]) {
      return `${key} is ${outcome[key]} instead of ${expected[key]}`;
    }
  }
  return null;
}

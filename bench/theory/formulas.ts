/**
 * What queueing theory says about queues that a pool of one-slot nodes is an instance of: Poisson arrivals, one line,
 * first come, first served, nobody leaves. Times carry the unit of the mean service time that is given.
 */

/** What is predicted of a queue in its steady state. */
export interface Prediction {
  /** Mean time from arrival to start, over all that arrive, those that start at once included. */
  readonly meanWait: number;
  /** Share of arrivals that do not start at once, 0 to 1. */
  readonly waitingShare: number;
}

/** A distribution of service times, as far as the formulas need it. */
export interface ServiceMoments {
  readonly mean: number;
  /** Mean of the square. */
  readonly secondMoment: number;
}

/** M/M/c: exponential service on `servers` servers at a load of `load` each, 0 < load < 1. */
export function predictMMc(servers: number, load: number, meanService: number): Prediction {
  const waitingShare = erlangC(servers, load);
  return { waitingShare, meanWait: (waitingShare * meanService) / (servers * (1 - load)) };
}

/** M/G/1: any service on one server (Pollaczek and Khinchine). Arrivals see the time average: a share of `load` waits. */
export function predictMG1(load: number, service: ServiceMoments): Prediction {
  const arrivalRate = load / service.mean;
  return { waitingShare: load, meanWait: (arrivalRate * service.secondMoment) / (2 * (1 - load)) };
}

/** Erlang C: the share of arrivals that wait in M/M/c. */
export function erlangC(servers: number, load: number): number {
  const blocked = erlangB(servers, servers * load);
  return blocked / (1 - load * (1 - blocked));
}

/**
 * Erlang B: the share of arrivals that are turned away where nobody can wait, `offered` being the mean number of
 * servers that the arrivals would keep busy. By the recursion on the number of servers, which neither overflows nor
 * cancels; the sums of powers and factorials do both.
 */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

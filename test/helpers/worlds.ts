/** Small random worlds: accounts, pools and jobs from one number, the same ones every time. */
import {
  type Account,
  AT_ONCE,
  DEFAULT_EPOCH_MS,
  DEFAULT_OPTIONS,
  type Job,
  makeScenario,
  NO_FAULTS,
  nodeId,
  type Pool,
  type Scenario,
  type TaskSet,
  TIMING_TYPICAL,
  UNCLAMPED,
} from '../../src/model/index.js';
import { Dice, FEATURES, type Feature, Swarm } from './oracle/dice.js';
import { type ActionWorld, randomActions, randomSchedules } from './oracle/random-actions.js';
import { randomJob } from './oracle/random-jobs.js';
import { randomAccount, randomPool } from './oracle/random-pools.js';

/** The world of a seed (a whole number). Nothing in it is left to chance when it runs. `allowed`: what it may have. */
export function randomWorld(seed: number, allowed: readonly Feature[] = FEATURES): Scenario {
  const dice = new Dice(seed);
  const swarm = new Swarm(dice, allowed);
  const unitMs = dice.pick([1, 1_000, 60_000]);
  const names = swarm.has('twoAccounts') ? ['east', 'west'] : ['east'];
  return makeScenario({
    name: `world-${seed}`,
    seed,
    clock: {
      epochMs: DEFAULT_EPOCH_MS,
      untilMs: swarm.has('until') ? dice.int(0, 20) * unitMs : null,
      tailMs: swarm.has('tail') ? dice.int(0, 4) * unitMs : null,
    },
    options: {
      ...DEFAULT_OPTIONS,
      taskOrder: swarm.has('readyOrder') ? 'ready' : 'creation',
      taskLifetimeMs: swarm.has('lifetime') ? dice.int(2, 20) * unitMs : null,
      killedExitCode: swarm.has('killedExitCode') ? 137 : null,
      jmEvictsOnRestart: !swarm.has('noEviction'),
    },
    accounts: names.map((name) => accountWithWork(dice, swarm, name, unitMs, seed)),
  });
}

/** The world of a seed with chance put into it: latencies, run times, arrivals, order, faults by rate. */
export function chancyWorld(seed: number): Scenario {
  const world = randomWorld(seed);
  const dice = new Dice(-1 - seed);
  const accounts = world.accounts.map((account) => ({
    ...account,
    pools: account.pools.map((pool) => chancyPool(dice, pool)),
    jobs: account.jobs.map((job): Job => ({ ...job, tasks: job.tasks.map((set) => chancyTasks(dice, set)) })),
  }));
  const taskOrder = dice.pick(['creation', 'ready', 'random'] as const);
  const jobOrder = dice.pick(['roundRobin', 'random'] as const);
  // Fate by rate never ends, and a task that takes longer than a node lives never ends either.
  const isFateful = accounts.some(({ pools }) => pools.some(({ faults }) => faults !== NO_FAULTS));
  const untilMs = world.clock.untilMs ?? (isFateful ? 3_600_000 : null);
  return { ...world, accounts, clock: { ...world.clock, untilMs }, options: { ...world.options, taskOrder, jobOrder } };
}

function chancyPool(dice: Dice, pool: Pool): Pool {
  const timing = dice.chance(0.7) ? TIMING_TYPICAL : pool.timing;
  if (dice.chance(0.6)) return { ...pool, timing };
  const hours = (count: number) => 1 / (count * 3_600_000);
  const rate = { kind: 'rate', ratePerMs: hours(dice.pick([0.1, 1, 9])), share: dice.pick([0.2, 0.5, 1]) } as const;
  return {
    ...pool,
    timing,
    faults: {
      ...NO_FAULTS,
      preemption: dice.chance(0.7) ? { ...rate, spreadMs: dice.pick([0, 60_000]) } : null,
      unusable: dice.chance(0.3) ? { kind: 'exponential', mean: 1_800_000, ...UNCLAMPED } : null,
      unusableAtStart: dice.pick([0, 0, 0.2]),
      slow: dice.chance(0.3) ? { share: 0.3, factor: 4 } : null,
    },
  };
}

function chancyTasks(dice: Dice, set: TaskSet): TaskSet {
  const runtime = { kind: 'exponential', mean: dice.pick([10, 5_000, 100_000]), ...UNCLAMPED } as const;
  const poisson = { kind: 'poisson', ratePerMs: 0.001, fromMs: 0, untilMs: null, count: null } as const;
  const arrival = dice.chance(0.3) ? poisson : set.arrival;
  return { ...set, arrival, runtime: dice.chance(0.7) ? [runtime] : set.runtime };
}

function accountWithWork(dice: Dice, swarm: Swarm, name: string, unitMs: number, seed: number): Account {
  const account = randomAccount(dice, swarm, name);
  // Jobs displace each other in the same pool only.
  const poolCount = swarm.has('preemption') ? 1 : dice.int(1, 3);
  const pools = dice.times(poolCount, (index) => randomPool(dice, swarm, `Pool${index}`, unitMs));
  // Some pool of the account, perhaps by another spelling (ACC-17), or one that does not exist (JOB-03).
  const ids = pools.map(({ id }) => id);
  const poolIds = [...ids, ...ids, 'pool0', ...(swarm.has('missingPool') ? ['nowhere'] : [])];
  const firstId = nodeId(seed, name, 'Pool0', 0, 'dedicated');
  const affinityIds = ['n0', 'n1', 'n2', 'n99', 'somewhere', firstId, `TVM:${firstId}`];
  const jobWorld = { dice, swarm, unitMs, affinityIds };
  const jobs = dice.times(dice.int(1, 4), (index) => randomJob(jobWorld, `job${index}`, dice.pick(poolIds)));
  const peopled = { ...account, pools, jobs };
  const actionWorld: ActionWorld = {
    ...{ dice, swarm, unitMs, account: peopled },
    makePool: (id) => ({ ...randomPool(dice, swarm, id, unitMs), ready: false }),
    makeJob: (id, poolId) => ({ ...randomJob(jobWorld, id, poolId), id, arrival: AT_ONCE }),
  };
  return { ...peopled, jobSchedules: randomSchedules(actionWorld), actions: randomActions(actionWorld) };
}

/** A pool of a scenario, found by what was typed, and the scenario in which it follows another formula. */
import { err, nearest, ok, type Result } from '../../base/index.js';
import { DEFAULT_EVALUATION_INTERVAL_MS, type Pool, type Scenario } from '../../model/index.js';

/** A pool and where it stands. */
export interface FoundPool {
  /** Row of its account. */
  readonly account: number;
  readonly pool: Pool;
}

/** Why no pool was found. */
export interface NoPool {
  readonly message: string;
  /** A pool to name instead; null: there is none. */
  readonly guess: string | null;
  /** Whether the guess is near to what was typed. */
  readonly isNear: boolean;
}

/**
 * The pool named `wanted`, as `pool` or `account/pool`, without regard to case. With null: the only one there is, or
 * else the only one that is a candidate.
 */
export function findScenarioPool(
  { accounts }: Scenario,
  wanted: string | null,
  isCandidate: (pool: Pool) => boolean = () => true,
): Result<FoundPool, NoPool> {
  const all = accounts.flatMap(({ pools }, account) => pools.map((pool): FoundPool => ({ account, pool })));
  const nameOf = ({ account, pool }: FoundPool) => `${accounts[account]?.name}/${pool.id}`;
  const fitting = all.filter((one) =>
    wanted === null
      ? all.length === 1 || isCandidate(one.pool)
      : [one.pool.id, nameOf(one)].some((name) => name.toLowerCase() === wanted.toLowerCase()),
  );
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return ok(first);
  const isShared = new Set(fitting.map(({ pool }) => pool.id)).size < fitting.length;
  const names = (fitting.length > 0 ? fitting : all).map((one) => (isShared ? nameOf(one) : one.pool.id));
  const near = wanted === null || fitting.length > 0 ? null : nearest(wanted, names);
  const message =
    wanted === null
      ? `the scenario has ${all.length === 0 ? 'no pool' : 'several pools'}, and none is named`
      : `the scenario has ${fitting.length === 0 ? 'no' : 'more than one'} pool ${wanted}`;
  return err({ message, guess: near ?? names[0] ?? null, isNear: near !== null });
}

/**
 * The scenario with a formula in place of what set the size of a pool; evaluated as often as the pool's own, unless an
 * interval is given (ms). POOL-06: a pool that follows a formula has no targets of its own.
 */
export function withFormula(
  scenario: Scenario,
  { account, pool }: FoundPool,
  formula: string,
  evaluationIntervalMs: number | null = null,
): Scenario {
  const own = pool.autoScale?.evaluationIntervalMs ?? DEFAULT_EVALUATION_INTERVAL_MS;
  const autoScale = { formula, evaluationIntervalMs: evaluationIntervalMs ?? own };
  const following: Pool = { ...pool, targetDedicatedNodes: 0, targetLowPriorityNodes: 0, autoScale };
  const accounts = scenario.accounts.map((one, index) =>
    index === account ? { ...one, pools: one.pools.map((other) => (other === pool ? following : other)) } : one,
  );
  return { ...scenario, accounts };
}

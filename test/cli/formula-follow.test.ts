import { describe, expect, test } from 'vitest';
import { findScenarioPool, withFormula } from '../../src/cli/formula/follow.js';
import { makeAccount, makePool, makeScenario, type Pool, type Scenario } from '../../src/model/index.js';

const FORMULA = { formula: '$TargetDedicatedNodes = 1;', evaluationIntervalMs: 600_000 };
const SIZE = { name: 'Standard_D2s_v5', family: 'f', vcpus: 2, memoryGib: 8, tempDiskGib: null, gpus: 0 };
const world = (...accounts: { name: string; pools: (Partial<Pool> & Pick<Pool, 'id'>)[] }[]): Scenario =>
  makeScenario({
    accounts: accounts.map(({ name, pools }) =>
      makeAccount({ name, pools: pools.map((pool) => makePool({ vmSize: SIZE, ...pool })) }),
    ),
  });
const ONE = world({ name: 'a', pools: [{ id: 'p', targetDedicatedNodes: 3 }] });
const TWO = world({
  name: 'a',
  pools: [
    { id: 'p', targetDedicatedNodes: 3 },
    { id: 'q', autoScale: FORMULA },
  ],
});
const TWINS = world({ name: 'a', pools: [{ id: 'p' }] }, { name: 'b', pools: [{ id: 'p' }] });
const scaled = ({ autoScale }: { readonly autoScale: unknown }) => autoScale !== null;

describe('the pool that is meant', () => {
  test.each([
    ['the only one', ONE, null, 'a/p'],
    ['the only candidate', TWO, null, 'a/q'],
    ['one by its id, whatever its case', TWO, 'P', 'a/p'],
    ['one by account and id', TWINS, 'b/p', 'b/p'],
  ])('is %s', (_, scenario, wanted, expected) => {
    const found = findScenarioPool(scenario, wanted, scaled);
    if (!found.ok) throw new Error(found.error.message);
    expect(`${scenario.accounts[found.value.account]?.name}/${found.value.pool.id}`).toBe(expected);
  });

  test.each([
    ['there is none', world({ name: 'a', pools: [] }), null, 'the scenario has no pool, and none is named', null],
    ['several could be meant', TWINS, null, 'the scenario has several pools, and none is named', 'a/p'],
    ['several have the name', TWINS, 'p', 'the scenario has more than one pool p', 'a/p'],
    ['none has it', TWO, 'qq', 'the scenario has no pool qq', 'q'],
  ])('is refused where %s', (_, scenario, wanted, message, guess) => {
    const found = findScenarioPool(scenario, wanted);
    expect(found).toMatchObject({ ok: false, error: { message, guess } });
  });
});

test('POOL-06 a pool that follows a formula has no targets of its own; the other pools stay as they are', () => {
  const found = findScenarioPool(TWO, 'p');
  if (!found.ok) throw new Error(found.error.message);
  const changed = withFormula(TWO, found.value, 'x', null);
  const [p, q] = changed.accounts[0]?.pools ?? [];
  expect(p).toMatchObject({ targetDedicatedNodes: 0, autoScale: { formula: 'x', evaluationIntervalMs: 900_000 } });
  expect(q).toBe(TWO.accounts[0]?.pools[1]);
  expect(TWO.accounts[0]?.pools[0]?.targetDedicatedNodes).toBe(3);
});

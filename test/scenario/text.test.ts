// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
import { describe, expect, test } from 'vitest';
import { codesOf, load, loaded, problemsOf } from './memory-files.js';

const POOL = 'pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: 2 }]';

const poolsOf = (text: string, files = {}, options = {}) =>
  loaded(text, files, options).scenario.accounts[0]?.pools ?? [];

describe('include', () => {
  test('tables merge deep, the file itself wins, lists replace', () => {
    const files = {
      'common/a.yaml':
        'account: { name: one, poolQuota: 5 }\npools: [{ id: x, vmSize: Standard_D2s_v5, targetDedicatedNodes: 1 }]\n',
      'common/b.yaml': 'account: { poolQuota: 7, dedicatedCoreQuota: 12 }\n',
    };
    const { scenario, files: read } = loaded(
      `include: [common/a.yaml, ./common/b.yaml]\naccount: { name: two }\n${POOL}`,
      files,
    );
    const [account] = scenario.accounts;
    expect([account?.name, account?.poolQuota, account?.dedicatedCoreQuota]).toEqual(['two', 7, 12]);
    expect(account?.pools.map(({ id }) => id)).toEqual(['p']);
    expect(read).toEqual(['s.yaml', 'common/a.yaml', 'common/b.yaml']);
  });

  test('a problem in an included file is shown in that file', () => {
    expect(problemsOf('include: common/a.yaml\n', { 'common/a.yaml': 'pools:\n  - { id: p, vmSze: x }\n' })).toContain(
      'common/a.yaml:2:14: error BS2003: unknown key "vmSze" in pools.p',
    );
  });

  test('files that include each other are reported with the circle', () => {
    const problems = problemsOf('include: a.yaml\n', { 'a.yaml': 'include: b.yaml\n', 'b.yaml': 'include: a.yaml\n' });
    expect(problems).toContain(
      'b.yaml:1:10: error BS2007: a.yaml includes itself: s.yaml -> a.yaml -> b.yaml -> a.yaml',
    );
  });

  test('a missing file is reported where it is named', () => {
    expect(codesOf(`include: [nope.yaml]\n${POOL}`)).toEqual(['1:11 BS2001']);
  });

  test('paths in an included file count from its own folder', () => {
    const files = {
      'common/a.yaml': 'prices: { file: p.csv }\n',
      'common/p.csv': 'vmSize,dedicatedPerHour\nStandard_D4s_v5,0.5\n',
    };
    expect(poolsOf(`include: common/a.yaml\n${POOL}`, files)[0]?.price.dedicatedPerHourUsd).toBe(0.5);
  });
});

describe('variables', () => {
  const text = (value: string, vars = 'vars: { n: 8, name: night }') => `${vars}\n${POOL.replace('2 }', `${value} }`)}`;

  test('a scalar that is one reference takes the value as it is', () => {
    expect(poolsOf(text('"${vars.n}"'))[0]?.targetDedicatedNodes).toBe(8);
  });

  test('in the middle of a text the value is put in; $${ stands for itself', () => {
    const { scenario } = loaded(`name: "a-\${vars.name}-$\${x}"\n${text('1')}`);
    expect(scenario.name).toBe('a-night-${x}');
  });

  test('the environment, its defaults, and --var over the file', () => {
    expect(poolsOf(text('"${env.NODES:-4}"'))[0]?.targetDedicatedNodes).toBe(4);
    expect(poolsOf(text('"${env.NODES:-4}"'), {}, { env: { NODES: '6' } })[0]?.targetDedicatedNodes).toBe(6);
    expect(poolsOf(text('"${vars.n}"'), {}, { vars: { n: '9' } })[0]?.targetDedicatedNodes).toBe(9);
    expect(poolsOf(text('"${vars.m:-3}"'))[0]?.targetDedicatedNodes).toBe(3);
  });

  test('variables may be made of others and of whole tables', () => {
    const vars = 'vars: { a: "${vars.b}", b: 5, window: [{ lowPriorityNodes: 1 }] }';
    const [pool] = poolsOf(text('"${vars.a}", model: { capacity: "${vars.window}" }', vars));
    expect([pool?.targetDedicatedNodes, pool?.capacity.length]).toEqual([5, 1]);
  });

  test('a misspelled variable is told with the right one', () => {
    expect(problemsOf(text('"${vars.nam}"'))).toBe(`
s.yaml:2:65: error BS2011: there is no variable vars.nam
  |
2 | pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: "\${vars.nam}" }]
  |                                                                 ^^^^^^^^^^^^^
  = hint: did you mean \${vars.name}?
`);
  });
});

describe('overrides', () => {
  test('--set reaches items of lists by id, replaces, adds and takes YAML', () => {
    const [pool] = poolsOf(
      POOL,
      {},
      { sets: ['pools.P.targetDedicatedNodes=7', 'pools.0.model.capacity=[{ dedicatedNodes: 3 }]', 'clock.until=5h'] },
    );
    expect([pool?.targetDedicatedNodes, pool?.capacity[0]?.dedicatedNodes]).toEqual([7, 3]);
  });

  test('--set of a variable comes before variables are expanded', () => {
    const text = `vars: { n: 1 }\n${POOL.replace('2 }', '"${vars.n}" }')}`;
    expect(poolsOf(text, {}, { sets: ['vars.n=6'] })[0]?.targetDedicatedNodes).toBe(6);
  });

  test('--seed and --until', () => {
    const { scenario } = loaded(POOL, {}, { seed: '42', until: '2h' });
    expect([scenario.seed, scenario.clock.untilMs]).toEqual([42, 7_200_000]);
    expect(loaded(POOL, {}, { seed: 'night' }).scenario.seed).toBe('night');
  });

  test('a problem of an override is shown in the override', () => {
    expect(problemsOf(POOL, {}, { sets: ['pools.p.taskSlotsPerNode=4x', 'pools.q.id=x', 'nonsense'] })).toBe(`
--set:1:1: error BS2012: an override is written path=value
  |
1 | nonsense
  | ^^^^^^^^
  = hint: such as --set pools.render.taskSlotsPerNode=4
--set:1:1: error BS2012: pools has no item "q"
  |
1 | pools.q.id=x
  | ^^^^^^^^^^
  = hint: did you mean "p"?
--set:1:26: error BS2004: pools.p.taskSlotsPerNode: "4x" is not a whole number
  |
1 | pools.p.taskSlotsPerNode=4x
  |                          ^^
`);
  });
});

describe('YAML', () => {
  test('x- keys are free, for anchors and merges', () => {
    const text = `x-base: &base { vmSize: Standard_D4s_v5, targetDedicatedNodes: 1 }
pools:
  - { <<: *base, id: a }
  - { <<: *base, id: b, targetDedicatedNodes: 5, x-note: mine }
`;
    expect(poolsOf(text).map((pool) => pool.targetDedicatedNodes)).toEqual([1, 5]);
  });

  test('aliases that multiply are refused without being followed', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `x-a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`,
    );
    expect(codesOf(`x-a0: &a0 [1]\n${levels.join('\n')}\n${POOL}`)).toEqual(['8:17 BS2008']);
  });

  test('variables that multiply are refused without being followed', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `  a${i + 1}: [${Array.from({ length: 9 }, () => `"\${vars.a${i}}"`).join(', ')}]`,
    );
    expect(codesOf(`vars:\n  a0: [1]\n${levels.join('\n')}\nx-use: "\${vars.a30}"\n${POOL}`)).toEqual(['BS2008']);
  });

  test.each([
    ['brackets', '['.repeat(100_000)],
    ['dashes', '- '.repeat(20_000)],
    ['tables', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('deep nesting of %s ends in a diagnostic', (_what, text) => {
    expect(load(text).ok).toBe(false);
  });

  test('a long text is read, with the advice to use a table of tasks', () => {
    const text = `${POOL}\nx-filler: ${'y'.repeat(1_000_001)}\n`;
    expect(codesOf(text)).toEqual(['1:1 BS2009']);
  });
});

describe('the resolved scenario', () => {
  const files = {
    'common/a.yaml': 'account: { name: one }\nprices: { file: p.csv }\n',
    'common/p.csv': 'vmSize,dedicatedPerHour\nStandard_D4s_v5,0.5\n',
    't.ndjson': '{"id":"a","submit_s":0,"runtime_s":5}\n',
  };
  const text = `include: common/a.yaml
vars: { n: 3 }
x-mine: 1
clock: { until: 5h }
pools: [{ id: p, vmSize: Standard_D4s_v5, targetDedicatedNodes: "\${vars.n}" }]
jobs: [{ id: j, poolInfo: { poolId: p }, tasks: { trace: t.ndjson } }]
`;

  test('it is one file without variables, with the folder from which its paths count', () => {
    expect(loaded(text, files, { sets: ['pools.p.taskSlotsPerNode=2'] }).resolvedYaml).toBe(`version: 1
base: .
account:
  name: one
prices:
  file: common/p.csv
clock:
  until: 5h
pools:
  - id: p
    vmSize: Standard_D4s_v5
    targetDedicatedNodes: 3
    taskSlotsPerNode: 2
jobs:
  - id: j
    poolInfo:
      poolId: p
    tasks:
      trace: t.ndjson
`);
  });

  test('it loads to the same scenario and resolves to itself', () => {
    const first = loaded(text, files, { seed: '7' });
    const again = loaded(first.resolvedYaml, files);
    expect(again.resolvedYaml).toBe(first.resolvedYaml);
    expect(again.scenario).toEqual(first.scenario);
  });

  test('what looks like a reference, and is none, stays as it is', () => {
    const first = loaded(
      text.replace('id: j', () => 'displayName: "$${vars.x} and $5", id: j'),
      files,
    );
    const nameOf = (one: typeof first) => one.scenario.accounts[0]?.jobs[0]?.displayName;
    expect(nameOf(first)).toBe('${vars.x} and $5');
    expect(nameOf(loaded(first.resolvedYaml, files))).toBe('${vars.x} and $5');
  });
});

import { test } from 'vitest';
import { oracle } from '../helpers/oracle/outcome.js';
import { problemsOf, kindOf } from '../helpers/oracle/judge.js';
import { shrink } from '../helpers/oracle/shrink.js';
import { outcomeOf } from '../helpers/oracle/recorded.js';
import { randomWorld } from '../helpers/worlds.js';
import { simulate } from '../../src/sim/index.js';
import { writeSync } from 'node:fs';
test('x', () => {
  const seed = Number(process.env['A']);
  const kind = kindOf(problemsOf(randomWorld(seed))[0]);
  const world = shrink(randomWorld(seed), (s) => problemsOf(s).some((p) => kindOf(p) === kind));
  const e = outcomeOf(simulate(world).recording), o = oracle(world);
  for (const part of ['tasks', 'attempts', 'nodes', 'nodeTasks'] as const)
    for (const key of [...o[part].keys(), ...[...e[part].keys()].filter((k) => !o[part].has(k))])
      writeSync(2, `${part} ${key}\n   O ${JSON.stringify(o[part].get(key))}\n   E ${JSON.stringify(e[part].get(key))}\n`);
});

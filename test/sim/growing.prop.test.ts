/**
 * Two ways to hold tasks: rows from the beginning, in order of addition, or rows as tasks come. A scenario with an action
 * takes the second way; one that does nothing must change nothing.
 */
import { expect, test } from 'vitest';
import { type Account, type Action, makeScenario, type Scenario, TASK_STATES } from '../../src/model/index.js';
import type { Recording } from '../../src/recording/index.js';
import { simulate } from '../../src/sim/index.js';
import { nameOf } from '../helpers/world.js';
import { randomWorld } from '../helpers/worlds.js';

const WORLDS = 150;
/** Refused, for there is no such application. */
const NOTHING: Action = {
  atMs: 0,
  operation: { kind: 'deleteApplication', applicationId: 'nothing' },
  expectError: 'ApplicationNotFound',
};

test(`SIM-04, DEP: ${WORLDS} worlds come out the same with rows from the beginning and with rows as tasks come`, () => {
  for (let seed = 1; seed <= WORLDS; seed++) {
    const calm = withActions(randomWorld(seed), []);
    const growing = withActions(randomWorld(seed), [NOTHING]);
    expect(outcomes(simulate(growing).recording), `randomWorld(${seed})`).toEqual(outcomes(simulate(calm).recording));
  }
});

function withActions(scenario: Scenario, actions: readonly Action[]): Scenario {
  const accounts = scenario.accounts.map(
    (account): Account => ({ ...account, actions, jobSchedules: [], jobs: account.jobs }),
  );
  return makeScenario({ ...scenario, accounts });
}

/** What happened to every task by its name, and to every node. */
function outcomes(recording: Recording): string[] {
  const { tasks, nodes } = recording;
  const lines = Array.from({ length: tasks.count }, (_, task) => {
    const state = TASK_STATES[tasks.state[task] as number];
    const times = [tasks.submitMs, tasks.readyMs, tasks.startMs, tasks.endMs].map((column) => column[task]);
    const account = recording.jobs[tasks.job[task] as number]?.accountIndex;
    return `${account} ${nameOf(recording, task)} ${state} ${times.join(' ')} ${tasks.retries[task]} ${tasks.node[task]}`;
  });
  const ofNodes = Array.from({ length: nodes.count }, (_, node) => {
    const parts = [nodes.createdMs, nodes.readyMs, nodes.bootingMs, nodes.idleMs, nodes.runningMs].map((c) => c[node]);
    return `node ${nodes.pool[node]} ${nodes.ordinal[node]} ${parts.join(' ')}`;
  });
  return [...lines.sort(), ...ofNodes];
}

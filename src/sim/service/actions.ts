/** What a scenario declares to happen: its pools and jobs at their instants, its actions, the scripts of job managers. */
import { assert, err } from '../../base/index.js';
import { type Action, FATE_KINDS, type ServiceError } from '../../model/index.js';
import { admitPool } from '../additions.js';
import { eventCode } from '../engine/event-queue.js';
import type { AccountState, JobState, PoolState } from '../entities.js';
import { SIM_EVENT } from '../events.js';
import { addDeclaredJobChecked } from '../jobs/admission.js';
import { takeScriptLine } from '../jobs/manager.js';
import { checkPoolAdmission } from '../pools/admission.js';
import type { World } from '../world.js';
import { recordOperation, targetOf } from './operation-rows.js';
import { perform } from './perform.js';

const OF_FATE: ReadonlySet<string> = new Set(FATE_KINDS);
const BY_NOBODY = { expectError: null, byTask: -1 };

/** A declared pool is due (phase 5). What the service refuses leaves a row, and the run goes on without it. */
export function addDeclaredPool(world: World, pool: PoolState): void {
  const refusal = checkPoolAdmission(world, pool.account, pool.spec);
  if (refusal === null) admitPool(world, pool);
  else refuse(world, pool.account, { kind: 'addPool', target: `pool ${pool.spec.id}` }, refusal);
}

/** A declared job is due (phase 5): its id may be taken, or the quota of active jobs reached (ACC-10). */
export function addDeclaredJob(world: World, job: JobState): void {
  const refusal = addDeclaredJobChecked(world, job);
  if (refusal !== null) refuse(world, job.account, { kind: 'addJob', target: `job ${job.id}` }, refusal);
}

/**
 * Schedules the actions of all accounts: with the faults of their instant what fate does, with its commands what users do
 * (SIM-02). The row of an action is its place among all, account by account, in the order of the file.
 */
export function startActions(world: World): void {
  let row = 0;
  for (const { spec } of world.accounts) {
    for (const { atMs, operation } of spec.actions) {
      const kind = OF_FATE.has(operation.kind) ? SIM_EVENT.fate : SIM_EVENT.action;
      world.queue.push(atMs, eventCode(kind, row++));
    }
  }
}

/** An action is due: of an operator (phase 5), or of fate (phase 3). */
export function onAction(world: World, row: number): void {
  const { account, action } = actionAt(world, row);
  const { operation, expectError } = action;
  const answer = perform(world, account, operation);
  const done = { kind: operation.kind, target: targetOf(operation) };
  const { code, expected, message } = recordOperation(world, account, done, answer, { expectError, byTask: -1 });
  // ERR-19
  if (code === null || expected || world.scenario.options.onActionError === 'continue') return;
  world.failure = `${done.kind} of ${done.target} was refused with ${code}: ${message}`;
}

/** A line of a job manager's script is due (phase 5). */
export function onScript(world: World, row: number): void {
  const { account, operation, byTask } = takeScriptLine(world, row);
  const answer = perform(world, account, operation);
  const done = { kind: operation.kind, target: targetOf(operation) };
  recordOperation(world, account, done, answer, { expectError: null, byTask });
}

function actionAt(world: World, row: number): { readonly account: AccountState; readonly action: Action } {
  let left = row;
  for (const account of world.accounts) {
    const action = account.spec.actions[left];
    if (action !== undefined) return { account, action };
    left -= account.spec.actions.length;
  }
  assert(false, `there is no action ${row}`);
}

function refuse(
  world: World,
  account: AccountState,
  operation: { readonly kind: string; readonly target: string },
  refusal: ServiceError,
): void {
  recordOperation(world, account, operation, err(refusal), BY_NOBODY);
}

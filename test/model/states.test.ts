/**
 * Every pair of state and trigger of every table. What is legal is listed by hand below, from the words of the rules;
 * whatever is not listed must be illegal.
 */
import { describe, expect, test } from 'vitest';
import * as model from '../../src/model/index.js';

type Moves = Readonly<Record<string, Partial<Record<string, string>>>>;

/** One test for each pair, and one that the list names no state or trigger that is not there. */
function walk(states: readonly string[], triggers: readonly string[], moves: Moves, listed: string): void {
  const legal = new Map(
    listed
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [from = '', trigger = '', to = ''] = line.trim().split(/\s+/);
        return from.split(',').map((state) => [`${state} ${trigger}`, to] as const);
      }),
  );
  const pairs = states.flatMap((state) => triggers.map((trigger) => [state, trigger] as const));

  test('the list and the table know the same states and triggers', () => {
    const known = new Set(pairs.map(([state, trigger]) => `${state} ${trigger}`));
    expect([...legal.keys()].filter((pair) => !known.has(pair))).toEqual([]);
    expect([...legal.values()].filter((state) => !states.includes(state))).toEqual([]);
    expect(Object.keys(moves)).toEqual([...states]);
  });

  test.each(pairs)('%s by %s', (state, trigger) => {
    expect(moves[state]?.[trigger]).toBe(legal.get(`${state} ${trigger}`));
  });
}

describe('POOL-02, POOL-16 a pool', () => {
  const legal = 'active delete deleting';
  walk(model.POOL_STATES, model.POOL_TRIGGERS, model.POOL_MOVES, legal);
});

describe('POOL-03, RSZ-10, ASC-08 the allocation of a pool', () => {
  walk(
    model.ALLOCATION_STATES,
    model.ALLOCATION_TRIGGERS,
    model.ALLOCATION_MOVES,
    `
    steady    resize  resizing
    resizing  resize  resizing
    resizing  stop    stopping
    resizing  settle  steady
    stopping  settle  steady
    `,
  );
});

describe('NODE-01, NODE-02, NODE-04 to NODE-14, START-03, START-05, RSZ-13, RSZ-14, POOL-21 a node', () => {
  walk(
    model.NODE_STATES,
    model.NODE_TRIGGERS,
    model.NODE_MOVES,
    `
    creating                          boot             starting
    starting                          runStartTask     waitingforstarttask
    starting,waitingforstarttask      ready            idle
    starting,waitingforstarttask      takeOffline      offline
    waitingforstarttask               startTaskFailed  starttaskfailed
    idle                              assign           running
    running                           release          idle
    idle,running,unknown,leavingpool  takeOffline      offline
    offline                           bringOnline      idle
    starting,waitingforstarttask,starttaskfailed,idle,running,offline,unusable,unknown                 reboot   rebooting
    starttaskfailed,idle,running,unusable                                                              reimage  reimaging
    waitingforstarttask,starttaskfailed,idle,running,offline                                           upgrade  upgradingos
    rebooting,reimaging,upgradingos   restart          starting
    creating,starting,waitingforstarttask,starttaskfailed,idle,running,offline,rebooting               fail     unusable
    reimaging,upgradingos,deallocating,unknown,leavingpool                                             fail     unusable
    creating,starting,waitingforstarttask,starttaskfailed,idle,running,offline,rebooting               lose     unknown
    reimaging,upgradingos,deallocating                                                                 lose     unknown
    unknown                           regain           idle
    unknown                           regainBusy       running
    creating,starting,waitingforstarttask,starttaskfailed,idle,running,offline,rebooting,reimaging     leave    leavingpool
    upgradingos,unusable,unknown,preempted,deallocating,deallocated                                    leave    leavingpool
    leavingpool                       stay             idle
    leavingpool                       stayBusy         running
    creating,starting,waitingforstarttask,starttaskfailed,idle,running,offline,rebooting,reimaging     preempt  preempted
    upgradingos,unusable,unknown,leavingpool,deallocating                                              preempt  preempted
    preempted                         replace          creating
    idle,running                      deallocate       deallocating
    deallocating                      deallocated      deallocated
    deallocated                       allocate         starting
    `,
  );
});

describe('NODE-03 the scheduling of a node', () => {
  walk(
    model.SCHEDULING_STATES,
    model.SCHEDULING_TRIGGERS,
    model.SCHEDULING_MOVES,
    `
    enabled   disable  disabled
    disabled  enable   enabled
    `,
  );
});

describe('JOB-01, JOB-02, AUTO-05 a job', () => {
  walk(
    model.JOB_STATES,
    model.JOB_TRIGGERS,
    model.JOB_MOVES,
    `
    active                                                     disable    disabling
    disabling                                                  settle     disabled
    disabling                                                  disable    disabling
    disabled                                                   disable    disabled
    disabled                                                   enable     enabling
    enabling                                                   settle     active
    active,disabling,disabled,enabling                         terminate  terminating
    terminating                                                settle     completed
    active,disabling,disabled,enabling,terminating,completed   delete     deleting
    active                                                     fail       completed
    `,
  );
});

describe('JS-01, JS-08, JS-09, JS-11, JS-12 a job schedule', () => {
  walk(
    model.JOB_SCHEDULE_STATES,
    model.JOB_SCHEDULE_TRIGGERS,
    model.JOB_SCHEDULE_MOVES,
    `
    active                                 disable    disabled
    disabled                               enable     active
    active,disabled                        finish     completed
    active,disabled                        terminate  terminating
    terminating                            settle     completed
    active,disabled,terminating,completed  delete     deleting
    `,
  );
});

describe('TASK-01, TASK-02, TASK-22, TASK-24 a task', () => {
  walk(
    model.TASK_STATES,
    model.TASK_TRIGGERS,
    model.TASK_MOVES,
    `
    active                    prepare     preparing
    active,preparing          start       running
    running                   finish      completed
    running                   retry       active
    active,preparing,running  requeue     active
    active,preparing,running  stop        completed
    completed                 reactivate  active
    `,
  );
});

describe('MI-10 a subtask', () => {
  walk(
    model.SUBTASK_STATES,
    model.SUBTASK_TRIGGERS,
    model.SUBTASK_MOVES,
    `
    preparing          start  running
    preparing,running  end    completed
    `,
  );
});

describe('START-07, PREP-09, PREP-16 a start, preparation or release task', () => {
  walk(
    model.NODE_TASK_STATES,
    model.NODE_TASK_TRIGGERS,
    model.NODE_TASK_MOVES,
    `
    running            end    completed
    running            retry  running
    running,completed  rerun  running
    `,
  );
});

describe('NET-03 a certificate', () => {
  walk(
    model.CERTIFICATE_STATES,
    model.CERTIFICATE_TRIGGERS,
    model.CERTIFICATE_MOVES,
    `
    active,deletefailed  delete        deleting
    deleting             fail          deletefailed
    deletefailed         cancelDelete  active
    `,
  );
});

import { describe, expect, test } from 'vitest';
import {
  INSTANT_COMMAND,
  type Job,
  makeAccount,
  makeJob,
  makePool,
  makeScenario,
  makeTasks,
  type Scenario,
} from '../../../src/model/index.js';
import {
  ATTEMPT_ENDS,
  findTask,
  type Recording,
  STOP_CAUSES,
  WHY,
  type WhyAnswer,
  type WhyCause,
  whyRun,
  whyTask,
} from '../../../src/recording/index.js';
import { nodeState, type Story, type Told, tell } from '../../helpers/story.js';

const IDLE = nodeState('idle');

/** The answer about the first task at a time in seconds. */
function ask(story: Story, atS: number, scenario: Scenario | null = null, name = 'j/t'): WhyAnswer {
  return askOf(tell(story), atS, scenario, name);
}

function askOf(recording: Recording, atS: number, scenario: Scenario | null, name: string): WhyAnswer {
  const run = whyRun(recording, scenario);
  if (!run.ok) throw new Error(run.error);
  const task = findTask(run.value, name);
  if (!task.ok) throw new Error(task.error.message);
  return whyTask(run.value, task.value, atS * 1000);
}

function causes(answer: WhyAnswer): WhyCause[] {
  return answer.now.map((one) => one.cause);
}

/** One task `t` of job `j` on pool `p` with one node; the rows come after their additions. */
function world(rows: readonly Told[], more: Partial<Story> = {}): Story {
  const added: Told[] = [
    [0, 'poolAdded', 0],
    [0, 'jobAdded', 0],
    [0, 'nodeState', 0, IDLE],
    [10, 'taskAdded', 0, 1],
  ];
  return { tasks: [{ id: 't' }], nodes: [{}], ...more, rows: [...added, ...rows] };
}

/** A scenario with one job `j`. */
function declares(job: Partial<Job>): Scenario {
  const pool = makePool({ id: 'p', vmSize: tell({ rows: [] }).pools[0]!.vmSize });
  const tasks = [makeTasks({ count: 1, ids: { kind: 'list', values: ['t'] } })];
  return makeScenario({
    accounts: [makeAccount({ pools: [pool], jobs: [makeJob({ id: 'j', poolId: 'p', tasks, ...job })] })],
  });
}

describe('why a task waits', () => {
  test('TASK-18 it needs more slots than a node has', () => {
    const answer = ask(world([], { tasks: [{ id: 't', slots: 4 }] }), 20);
    expect(answer.state).toBe('active');
    expect(answer.now).toMatchObject([
      {
        cause: 'requiresMoreSlotsThanANodeHas',
        rules: ['TASK-18'],
        sinceMs: 10_000,
        sentence: 'it needs 4 slots and a node of pool p has 1: it never runs there',
        change: 'a pool with taskSlotsPerNode of at least 4, or fewer requiredSlots',
      },
    ]);
  });

  test('SCH-07 no node can take it: each is counted by what keeps it', () => {
    const rows: Told[] = [
      [0, 'nodeState', 1, nodeState('starting')],
      [0, 'nodeState', 2, IDLE],
      [0, 'nodeState', 3, IDLE],
      [0, 'nodeState', 4, nodeState('offline', 'disableScheduling')],
      [5, 'nodeScheduling', 2, 0],
      [10, 'taskAdded', 1, 1],
      [10, 'taskAdded', 2, 1],
      [10, 'taskStarted', 1, 0],
      [10, 'taskStarted', 2, 3],
    ];
    const tasks = ['t', 'u', 'v'].map((id) => ({ id }));
    const [reason] = ask(world(rows, { tasks, nodes: [{}, {}, {}, {}, {}] }), 20).now;
    expect(reason).toMatchObject({ cause: 'noEligibleNode', rules: ['SCH-07'] });
    expect(reason?.sentence).toBe(
      'no node of pool p can take it: 2 have too few free slots, 1 is starting, 1 has its scheduling disabled, 1 is offline',
    );
  });

  test('RSZ-05 a pool without nodes says why it has none', () => {
    const errors = [
      { code: 'AccountCoreQuotaReached', message: '5 nodes of 2 cores were wanted, 0 fit in the quota.' },
    ];
    const resizes = [{ targetDedicatedNodes: 5, endMs: 0, errors }];
    const rows: Told[] = [
      [0, 'poolAdded', 0],
      [0, 'resizeStarted', 0, 0],
      [0, 'resizeEnded', 0, 0],
      [0, 'jobAdded', 0],
      [1, 'taskAdded', 0, 1],
    ];
    const answer = ask({ tasks: [{ id: 't' }], resizes, rows }, 5);
    expect(causes(answer)).toEqual(['noNodes', 'poolShortByQuota']);
    expect(answer.now[1]?.sentence).toBe(
      'it is short of 5 dedicated nodes: AccountCoreQuotaReached: 5 nodes of 2 cores were wanted, 0 fit in the quota',
    );
  });

  test.each([
    ['JOB-15', [[20, 'jobState', 0, 2] as Told], 'jobDisabled', 'its job is disabled'],
    [
      'JOB-11',
      [[20, 'jobState', 0, 5] as Told],
      'jobEnded',
      'its job is completed: tasks that were active then stay so for ever',
    ],
    ['POOL-16', [[20, 'poolDeleting', 0] as Told], 'poolBeingDeleted', 'pool p is being deleted'],
    ['JOB-03', [[20, 'poolDeleted', 0] as Told], 'poolMissing', 'its job names pool p, which does not exist'],
  ])('%s it waits for its job or pool', (rule, rows, cause, sentence) => {
    const answer = ask(world(rows), 30);
    expect(answer.now).toMatchObject([{ cause, sentence }]);
    expect(answer.now[0]?.rules).toContain(rule);
  });

  test('JOB-19 its job is at maxParallelTasks', () => {
    const rows: Told[] = [
      [0, 'nodeState', 1, IDLE],
      [10, 'taskAdded', 1, 1],
      [10, 'taskStarted', 1, 0],
    ];
    const story = world(rows, { tasks: [{ id: 't' }, { id: 'u' }], nodes: [{}, {}] });
    expect(ask(story, 20, declares({ maxParallelTasks: 1 })).now).toMatchObject([
      { cause: 'jobAtMaxParallelTasks', details: { running: 1, limit: 1 } },
    ]);
    expect(causes(ask(story, 20, declares({ maxParallelTasks: 2 })))).toEqual(['nextPass']);
  });

  test('SCH-04 others go first: by priority, by their place in the job, by turns', () => {
    const jobs = [{ id: 'j' }, { id: 'high', priority: 9 }, { id: 'same' }, { id: 'low', priority: -9 }];
    const tasks = [{ id: 'a' }, { id: 't' }, ...[1, 1, 2, 3].map((job, i) => ({ id: `x${i}`, job }))];
    const rows: Told[] = [
      [0, 'poolAdded', 0],
      ...jobs.map((_, job): Told => [0, 'jobAdded', job]),
      [0, 'nodeState', 0, IDLE],
      ...tasks.map((_, task): Told => [10, 'taskAdded', task, 1]),
    ];
    const answer = ask({ jobs, tasks, nodes: [{}], rows }, 10);
    expect(answer.now.map((one) => [one.cause, one.details['count']])).toEqual([
      ['behindHigherPriority', 2],
      ['behindOwnJob', 1],
      ['besideOtherJobs', 1],
    ]);
  });

  test('SCH-11, PREP-03 it is being dispatched, then waits for the preparation', () => {
    const story = world([
      [12, 'taskAssigned', 0, 0],
      [15, 'taskPreparing', 0, 0],
    ]);
    expect(ask(story, 12).now).toMatchObject([{ cause: 'dispatching', sinceMs: 12_000, details: { node: 'n0' } }]);
    expect(ask(story, 20)).toMatchObject({ state: 'preparing', now: [{ cause: 'preparing', sinceMs: 15_000 }] });
  });

  test('PREP-06 the preparation failed on every node, until one is reimaged', () => {
    const failed = {
      state: 'completed',
      result: 'failure',
      exitCode: 1,
      failure: 'FailureExitCode',
      retries: 0,
    } as const;
    const nodeTasks = [{ kind: 'preparation', node: 0, job: 0, startMs: 11_000, endMs: 12_000, ...failed }] as const;
    const story = world(
      [
        [30, 'nodeState', 0, nodeState('reimaging', 'reimageNode')],
        [40, 'nodeState', 0, IDLE],
      ],
      { nodeTasks },
    );
    expect(causes(ask(story, 20))).toEqual(['allNodesBarredByPreparation']);
    expect(causes(ask(story, 50))).toEqual(['nextPass']);
  });

  test('JM-06 a job manager that wants a dedicated node finds spot nodes only', () => {
    const task = makeTasks({ count: 1, ids: { kind: 'list', values: ['t'] } });
    const jobManagerTask = {
      task,
      killJobOnCompletion: true,
      runExclusive: true,
      allowLowPriorityNode: false,
      actions: [],
    };
    const answer = ask(world([], { nodes: [{ kind: 1 }] }), 20, declares({ jobManagerTask, tasks: [] }));
    expect(causes(answer)).toEqual(['needsDedicatedNode']);
  });

  test('MI-03 a multi-instance task waits for so many idle nodes at once', () => {
    const multiInstance = { numberOfInstances: 3, coordination: INSTANT_COMMAND, commonDownloadBytes: 0 };
    const tasks = [makeTasks({ count: 1, ids: { kind: 'list', values: ['t'] }, multiInstance })];
    const scenario = declares({ tasks });
    expect(causes(ask(world([]), 20, scenario))).toEqual(['needsInterNodePool']);
    const pools = scenario.accounts[0]!.pools.map((pool) => ({ ...pool, enableInterNodeCommunication: true }));
    const linked = makeScenario({ accounts: [{ ...scenario.accounts[0]!, pools }] });
    expect(ask(world([]), 20, linked).now).toMatchObject([
      { cause: 'waitsForInstances', details: { instances: 3, idle: 1 } },
    ]);
  });

  test('SIM-10 the clock stopped before its turn came', () => {
    const answer = ask(world([], { endS: 50, unfinished: [[0, 'stoppedAtUntil']] }), 50);
    expect(causes(answer)).toEqual(['nextPass', 'stoppedAtUntil']);
  });
});

describe('why a task is blocked', () => {
  const tasks = ['t', 'ok', 'bad', 'late', 'gone'].map((id) => ({ id }));
  const set = (id: string, more: object = {}) => makeTasks({ count: 1, ids: { kind: 'list', values: [id] }, ...more });
  const dependsOn = { taskIds: ['OK', 'bad', 'late', 'never', 'gone'], taskIdRanges: [], columns: null };
  const rows: Told[] = [
    [0, 'poolAdded', 0],
    [0, 'jobAdded', 0],
    [0, 'nodeState', 0, IDLE],
    [1, 'taskAdded', 0, 0],
    ...[1, 2, 3, 4].map((task): Told => [1, 'taskAdded', task, 1]),
    [2, 'taskStarted', 1, 0],
    [3, 'taskFinished', 1, 0],
    [3, 'taskStarted', 2, 0],
    [4, 'taskFinished', 2, 7],
    [5, 'taskDeleted', 4],
  ];
  const scenario = (more: object = {}) =>
    declares({
      usesTaskDependencies: true,
      tasks: [set('t', { dependsOn }), set('ok'), set('bad', more), set('late'), set('gone')],
    });

  test('DEP-02 to DEP-09 each parent that has not satisfied is told, and what became of it', () => {
    const answer = ask({ tasks, nodes: [{}], rows }, 10, scenario());
    expect(answer.now.map((one) => [one.cause, one.sentence])).toEqual([
      ['parentBlocks', 'it depends on bad, which completed with exit code 7: that blocks, and it never runs'],
      ['parentUnfinished', 'it depends on late, which is active and waits for a node'],
      ['parentMissing', 'it depends on never, and there is no such task'],
      ['parentDeleted', 'it depends on gone, which was deleted before it satisfied'],
    ]);
    expect(answer.now[0]).toMatchObject({ sinceMs: 4000, rules: ['DEP-04', 'EXIT-04'] });
  });

  test('EXIT-02 an exit code that satisfies by its exit conditions is not named', () => {
    const exitOptions = { dependencyAction: 'satisfy', jobAction: null } as const;
    const exitConditions = {
      exitCodes: [{ code: 7, exitOptions }],
      exitCodeRanges: [],
      preProcessingError: null,
      fileUploadError: null,
      default: null,
    };
    const answer = ask({ tasks, nodes: [{}], rows }, 10, scenario({ exitConditions }));
    expect(causes(answer)).toEqual(['parentUnfinished', 'parentMissing', 'parentDeleted']);
  });

  test('DEP-06, DEP-07 members of a range that are missing keep it waiting; beyond five they are counted', () => {
    const range = { taskIds: [], taskIdRanges: [{ start: 1, end: 9 }], columns: null };
    const account = declares({ tasks: [set('t', { dependsOn: range }), set('004')] });
    const story = {
      tasks: [{ id: 't' }, { id: '004' }],
      nodes: [{}],
      rows: rows.filter(([, , subject]) => subject < 2),
    };
    const answer = ask(story, 10, account);
    expect(answer.now.map((one) => one.details['parent'] ?? one.details['count'])).toEqual([
      '1',
      '2',
      '3',
      '5',
      '6',
      3,
    ]);
  });

  test('without the scenario the answer is true, only shorter', () => {
    expect(causes(ask({ tasks, nodes: [{}], rows }, 10))).toEqual(['blockedByDependency']);
  });
});

describe('what became of a task', () => {
  test('TASK-07, TASK-08 it was retried so often, and then failed', () => {
    const rows: Told[] = [1, 2].flatMap((n): Told[] => [
      [10 * n, 'taskStarted', 0, 0],
      [10 * n + 5, n === 2 ? 'taskFinished' : 'taskRetried', 0, 3],
    ]);
    const answer = ask(world(rows), 100, declares({ maxTaskRetryCount: 1 }));
    expect(answer.now).toMatchObject([
      { cause: 'exitedWithFailure', sinceMs: 25_000, sentence: 'it exited with 3, and 1 of 1 retries are spent' },
    ]);
    expect(answer.before).toMatchObject([
      { cause: 'retried', sinceMs: 15_000, sentence: 'exited with 3 on node n0: retry 1 of 1', rules: ['TASK-08'] },
    ]);
  });

  test('TASK-09 a requeue names the operation that caused it', () => {
    const asked = { accountIndex: 0, code: null, status: 200, message: '', expected: true, byTask: -1 };
    const operations = [{ ...asked, atMs: 30_000, kind: 'disableJob', target: 'job j' }];
    const rows: Told[] = [
      [20, 'taskStarted', 0, 0],
      [30, 'taskRequeued', 0, ATTEMPT_ENDS.indexOf('jobDisabled')],
    ];
    expect(ask(world(rows, { operations }), 40).before.map((one) => one.sentence)).toEqual([
      'requeued when its job was disabled by disableJob of job j',
    ]);
  });

  test.each(ATTEMPT_ENDS.filter((end) => !['retry', 'reactivated'].includes(end)))(
    'an attempt that ended as %s is told',
    (end) => {
      const rows: Told[] = [
        [20, 'taskStarted', 0, 0],
        [30, 'taskRequeued', 0, ATTEMPT_ENDS.indexOf(end)],
      ];
      const [told] = ask(world(rows), 40).before;
      expect(told).toMatchObject({ sinceMs: 30_000 });
      expect(told?.sentence).not.toMatch(/undefined|\{/);
    },
  );

  test.each(STOP_CAUSES)('TASK-15 a task that was stopped by %s is told', (cause) => {
    const rows: Told[] = [
      [20, 'taskStarted', 0, 0],
      [30, 'taskStopped', 0, STOP_CAUSES.indexOf(cause)],
    ];
    const answer = ask(world(rows), 40);
    expect(answer.state).toBe('completed');
    expect(answer.now).toHaveLength(1);
    expect(answer.now[0]?.sentence).not.toMatch(/undefined|\{/);
  });

  test('TASK-11, TASK-16, TASK-23, JOB-14, ACC-15 ends that no exit brought', () => {
    const begun: Told[] = [[20, 'taskStarted', 0, 0]];
    expect(causes(ask(world([...begun, [30, 'taskTimedOut', 0, -9]]), 40))).toEqual(['exceededWallClock']);
    expect(ask(world([...begun, [30, 'taskFailed', 0, 3]]), 40).now).toMatchObject([
      { cause: 'failedWithCode', details: { code: 'BlobNotFound', category: 'usererror' } },
    ]);
    expect(ask(world([...begun, [30, 'taskDeleted', 0]]), 40)).toMatchObject({
      state: 'deleted',
      now: [{ cause: 'deleted' }],
    });
    expect(causes(ask(world([...begun, [30, 'jobState', 0, 255]]), 40))).toEqual(['deletedWithJob']);
    expect(causes(ask(world([[30, 'taskGivenUp', 0]]), 40))).toEqual(['lifetimeExceeded']);
  });

  test('a task that shares cores says at which speed it runs', () => {
    const rows: Told[] = [
      [20, 'taskStarted', 0, 0],
      [30, 'taskSpeed', 0, 500],
    ];
    expect(causes(ask(world(rows), 25))).toEqual(['running']);
    expect(ask(world(rows), 40).now).toMatchObject([
      { cause: 'running', sinceMs: 20_000 },
      { cause: 'sharesCores', details: { speed: '50 %' } },
    ]);
  });

  test('before it was added it is absent', () => {
    expect(ask(world([]), 5)).toMatchObject({ state: 'absent', now: [{ cause: 'notAdded', sinceMs: 10_000 }] });
  });
});

test('every cause has a rule, a sentence and text for each of its details', () => {
  for (const [cause, { rules, sentence }] of Object.entries(WHY)) {
    expect(rules.length, cause).toBeGreaterThan(0);
    for (const rule of rules) expect(rule, cause).toMatch(/^[A-Z]+-\d\d$/);
    expect(sentence, cause).toMatch(/^[a-z{]/);
  }
});

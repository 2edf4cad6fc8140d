import { describe, expect, test } from 'vitest';
import {
  checkContainerSettings,
  checkTaskCollection,
  checkTaskConstraints,
  checkTasks,
  checkTaskValues,
  type ExitConditions,
  INSTANT_COMMAND,
  type Job,
  makeJob,
  makeJobPreparation,
  makeJobRelease,
  makePool,
  makeTasks,
  NO_DEMANDS,
  type TaskDependencies,
  type TaskIds,
  type TaskSet,
} from '../../../src/model/index.js';
import { NO_EXIT_CONDITIONS } from '../../helpers/declared.js';
import { FOUR, refusal } from './refusals.js';

function check(given: Partial<TaskSet>, job: Partial<Job> = {}): string {
  return refusal(checkTasks([makeTasks({ count: 3, ...given })], makeJob({ id: 'j', poolId: 'p', ...job })));
}

const list = (...values: string[]): TaskIds => ({ kind: 'list', values });
const pattern = (prefix: string, first: number, digits = 0): TaskIds => ({
  ...{ kind: 'pattern', prefix, first, digits, suffix: '' },
});
const dependsOn = (given: Partial<TaskDependencies>): TaskDependencies => ({
  ...{ taskIds: [], taskIdRanges: [], columns: null },
  ...given,
});
const multiInstance = (numberOfInstances: number) => ({
  ...{ numberOfInstances, coordination: INSTANT_COMMAND, commonDownloadBytes: 0 },
});

test.each<[string, Partial<TaskSet>, string]>([
  ['ACC-17 ids of a list', { ids: list('a', 'b c', 'd') }, 'InvalidPropertyValue id'],
  ['ACC-17 ids of a pattern', { ids: pattern('a.', 1) }, 'InvalidPropertyValue id'],
  ['ACC-17 ids that grow too long', { ids: pattern('x'.repeat(62), 98) }, 'InvalidPropertyValue id'],
  ['ACC-17 ids that just fit', { ids: pattern('x'.repeat(62), 97) }, 'accepted'],
  ['TASK-18 a slot', { requiredSlots: 1 }, 'accepted'],
  ['TASK-18 more slots than any node has', { requiredSlots: 9999 }, 'accepted'],
  ['TASK-18 no slot', { requiredSlots: 0 }, 'InvalidPropertyValue requiredSlots'],
  ['TASK-18 half a slot', { requiredSlots: 0.5 }, 'InvalidPropertyValue requiredSlots'],
  ['TASK-18 a column with none', { requiredSlots: Uint16Array.of(1, 0, 2) }, 'InvalidPropertyValue requiredSlots'],
  ['TASK-18 a column', { requiredSlots: Uint16Array.of(1, 2, 3) }, 'accepted'],
  ['TASK-07 no retries', { maxTaskRetryCount: 0 }, 'accepted'],
  ['TASK-07 endless retries', { maxTaskRetryCount: -1 }, 'accepted'],
  ['TASK-07 -2 retries', { maxTaskRetryCount: -2 }, 'InvalidConstraintValue maxTaskRetryCount'],
  ['TASK-11 no time', { maxWallClockTimeMs: 0 }, 'InvalidConstraintValue maxWallClockTime'],
  ['TASK-11 a column without limits', { maxWallClockTimeMs: Float64Array.of(5, -1, 5) }, 'accepted'],
  [
    'TASK-11 a column with no time',
    { maxWallClockTimeMs: Float64Array.of(5, -1, 0) },
    'InvalidConstraintValue maxWallClockTime',
  ],
  ['TASK-13 no retention', { retentionTimeMs: 0 }, 'accepted'],
  ['TASK-13 less', { retentionTimeMs: -1 }, 'InvalidConstraintValue retentionTime'],
  ['MI-02 an instance', { multiInstance: multiInstance(1) }, 'accepted'],
  ['MI-02 none', { multiInstance: multiInstance(0) }, 'InvalidPropertyValue numberOfInstances'],
  [
    'TASK-18 a multi-instance task with two slots',
    { multiInstance: multiInstance(2), requiredSlots: 2 },
    'InvalidPropertyValue requiredSlots',
  ],
  [
    'TASK-18 a column of them',
    { multiInstance: multiInstance(2), requiredSlots: Uint16Array.of(1, 1, 2) },
    'InvalidPropertyValue requiredSlots',
  ],
])('TASK-07, TASK-18 %s', (_, given, expected) => {
  expect(check(given)).toBe(expected);
});

describe('DEP-01, DEP-08 dependencies', () => {
  const range = { start: 1, end: 2 };
  const ids = (count: number, length: number) => new Array<string>(count).fill('x'.repeat(length));

  test('DEP-01 need a job that uses them', () => {
    const given = { dependsOn: dependsOn({ taskIds: ['a'] }) };
    expect(check(given)).toBe('TaskDependenciesNotSpecifiedOnJob');
    expect(check(given, { usesTaskDependencies: true })).toBe('accepted');
  });

  test.each<[string, Partial<TaskDependencies>, string]>([
    ['63,999 characters', { taskIds: [...ids(999, 64), 'x'.repeat(63)] }, 'accepted'],
    ['64,000 characters', { taskIds: ids(1000, 64) }, 'TaskDependencyListTooLong'],
    ['1000 ranges', { taskIdRanges: new Array(1000).fill(range) }, 'accepted'],
    ['1001 ranges', { taskIdRanges: new Array(1001).fill(range) }, 'TaskDependencyRangesTooLong'],
    ['a range of one', { taskIdRanges: [{ start: 2, end: 2 }] }, 'accepted'],
    ['a range backwards', { taskIdRanges: [{ start: 2, end: 1 }] }, 'InvalidPropertyValue taskIdRanges'],
  ])('DEP-08 %s', (_, given, expected) => {
    expect(check({ dependsOn: dependsOn(given) }, { usesTaskDependencies: true })).toBe(expected);
  });
});

describe('EXIT-06 a jobAction', () => {
  const exitOptions = { dependencyAction: null, jobAction: 'none' } as const;
  const everywhere: [string, Partial<ExitConditions>][] = [
    ['exitCodes', { exitCodes: [{ code: 1, exitOptions }] }],
    ['exitCodeRanges', { exitCodeRanges: [{ start: 1, end: 2, exitOptions }] }],
    ['preProcessingError', { preProcessingError: exitOptions }],
    ['fileUploadError', { fileUploadError: exitOptions }],
    ['default', { default: exitOptions }],
  ];

  test.each(everywhere)('EXIT-06, ERR-18 in %s needs a job that performs it', (_, given) => {
    const exitConditions = { ...NO_EXIT_CONDITIONS, ...given };
    expect(check({ exitConditions })).toBe('InvalidPropertyValue jobAction');
    expect(check({ exitConditions }, { onTaskFailure: 'performexitoptionsjobaction' })).toBe('accepted');
  });

  test('EXIT-06 a dependencyAction needs nothing', () => {
    const options = { dependencyAction: 'satisfy', jobAction: null } as const;
    expect(check({ exitConditions: { ...NO_EXIT_CONDITIONS, default: options } })).toBe('accepted');
  });

  test('ERR-13 a range of exit codes does not go backwards', () => {
    const exitConditions = { ...NO_EXIT_CONDITIONS, exitCodeRanges: [{ start: 2, end: 1, exitOptions }] };
    expect(check({ exitConditions })).toBe('InvalidPropertyValue exitCodeRanges');
  });
});

describe('PREP-01 reserved ids', () => {
  const job: Partial<Job> = {
    jobPreparationTask: makeJobPreparation({ id: 'prep-7' }),
    jobReleaseTask: makeJobRelease(),
  };

  test.each<[string, TaskIds, string]>([
    ['in a list, whatever the case', list('a', 'PREP-7', 'b'), 'TaskIdSameAsJobPreparationTask'],
    ['of the release task', list('a', 'JobRelease', 'b'), 'TaskIdSameAsJobReleaseTask'],
    ['in a pattern', pattern('Prep-', 5), 'TaskIdSameAsJobPreparationTask'],
    ['after the end of a pattern', pattern('prep-', 4), 'accepted'],
    ['before its start', pattern('prep-', 8), 'accepted'],
    ['with other zeros', pattern('prep-', 5, 3), 'accepted'],
  ])('PREP-01 %s', (_, ids, expected) => {
    expect(check({ ids }, job)).toBe(expected);
    expect(check({ ids })).toBe('accepted');
  });
});

describe('TASK-29 containers', () => {
  const contained = makeTasks({ count: 1, demands: { ...NO_DEMANDS, container: { image: 'i', imageBytes: 0 } } });
  const plain = makeTasks({ count: 1 });

  test('TASK-29 settings stand exactly where the pool has containers', () => {
    expect(refusal(checkContainerSettings([contained], true))).toBe('accepted');
    expect(refusal(checkContainerSettings([plain], false))).toBe('accepted');
    expect(refusal(checkContainerSettings([contained, plain], true))).toBe('MissingRequiredProperty containerSettings');
    expect(refusal(checkContainerSettings([plain, contained], false))).toBe('InvalidPropertyValue containerSettings');
  });

  test('TASK-29 an auto pool is known beforehand', () => {
    const pool = makePool({ id: '', vmSize: FOUR, hasContainers: true });
    const autoPool = { autoPoolIdPrefix: '', poolLifetimeOption: 'job', keepAlive: false, pool } as const;
    expect(check({}, { autoPool })).toBe('MissingRequiredProperty containerSettings');
  });
});

test.each([
  [100, 1_048_575, 'accepted'],
  [101, 5000, 'InvalidPropertyValue value'],
  [1, 1_048_576, 'RequestBodyTooLarge'],
])('ACC-18, ERR-16 a collection of %i tasks in %i bytes: %s', (count, bytes, expected) => {
  expect(refusal(checkTaskCollection(count, bytes))).toBe(expected);
});

test.each([
  [{ maxTaskRetryCount: null, maxWallClockTimeMs: null, retentionTimeMs: null }, 'accepted'],
  [{ maxTaskRetryCount: -1, maxWallClockTimeMs: 1, retentionTimeMs: 0 }, 'accepted'],
  [
    { maxTaskRetryCount: -2, maxWallClockTimeMs: null, retentionTimeMs: null },
    'InvalidConstraintValue maxTaskRetryCount',
  ],
  [{ maxTaskRetryCount: 0, maxWallClockTimeMs: 0, retentionTimeMs: null }, 'InvalidConstraintValue maxWallClockTime'],
  [{ maxTaskRetryCount: 0, maxWallClockTimeMs: null, retentionTimeMs: -1 }, 'InvalidConstraintValue retentionTime'],
])('TASK-25, TASK-07 constraints %o: %s', (constraints, expected) => {
  expect(refusal(checkTaskConstraints(constraints))).toBe(expected);
});

test('ERR-04 of several sets the first problem is told', () => {
  const sets = [
    makeTasks({ count: 1 }),
    makeTasks({ count: 1, requiredSlots: 0 }),
    makeTasks({ count: 1, maxTaskRetryCount: -2 }),
  ];
  expect(refusal(checkTasks(sets, makeJob({ id: 'j', poolId: 'p' })))).toBe('InvalidPropertyValue requiredSlots');
});

test('ERR-04 what needs the job is left to when there is one', () => {
  const depends = makeTasks({ count: 1, dependsOn: dependsOn({ taskIds: ['a'] }) });
  expect(refusal(checkTaskValues([depends]))).toBe('accepted');
  expect(refusal(checkTaskValues([depends, makeTasks({ count: 1, requiredSlots: 0 })]))).toBe(
    'InvalidPropertyValue requiredSlots',
  );
});

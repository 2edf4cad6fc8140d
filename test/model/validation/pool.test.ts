import { describe, expect, test } from 'vitest';
import {
  checkPool,
  checkPoolChanges,
  checkPoolSpecification,
  INSTANT_COMMAND,
  makePool,
  type Pool,
  type PoolConfiguration,
  type StartTask,
} from '../../../src/model/index.js';
import { FOUR, refusal } from './refusals.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function check(given: Partial<Pool>): string {
  return refusal(checkPool(makePool({ id: 'p', vmSize: FOUR, ...given })));
}

const startTask = (given: Partial<StartTask>): StartTask => ({
  maxTaskRetryCount: 0,
  waitForSuccess: true,
  command: INSTANT_COMMAND,
  ...given,
});
const autoScale = (formula: string, evaluationIntervalMs = 15 * MINUTE) => ({ formula, evaluationIntervalMs });
const packages = (count: number) => new Array(count).fill({ applicationId: 'a', version: null });

const configuration = (given: Partial<PoolConfiguration>) => ({
  configuration: { virtualMachine: null, cloudService: null, ...given },
});
const cloudService = { osFamily: '6', osVersion: '*' };

test.each<[string, Partial<Pool>, string]>([
  ['POOL-04 no configuration of either kind', configuration({}), 'MissingRequiredProperty virtualMachineConfiguration'],
  ['POOL-04 a cloud service', configuration({ cloudService }), 'accepted'],
  ['POOL-04 an id', { id: 'a b' }, 'InvalidPropertyValue id'],
  ['ACC-17 a display name of 1025', { displayName: 'x'.repeat(1025) }, 'InvalidPropertyValue displayName'],
  ['RSZ-03 a timeout of 5 minutes', { resizeTimeoutMs: 5 * MINUTE }, 'accepted'],
  ['RSZ-03 a shorter one', { resizeTimeoutMs: 5 * MINUTE - 1 }, 'InvalidPropertyValue resizeTimeout'],
  ['RSZ-03 a timeout of 168 hours', { resizeTimeoutMs: 168 * HOUR }, 'accepted'],
  ['RSZ-03 a longer one', { resizeTimeoutMs: 168 * HOUR + 1 }, 'InvalidPropertyValue resizeTimeout'],
  ['POOL-06 no target at all: 0', {}, 'accepted'],
  ['POOL-06 a negative target', { targetDedicatedNodes: -1 }, 'InvalidPropertyValue targetDedicatedNodes'],
  ['POOL-06 half a node', { targetLowPriorityNodes: 0.5 }, 'InvalidPropertyValue targetLowPriorityNodes'],
  ['POOL-06 a formula', { autoScale: autoScale('$TargetDedicatedNodes=1;') }, 'accepted'],
  ['POOL-06 no formula', { autoScale: autoScale('') }, 'MissingRequiredProperty autoScaleFormula'],
  [
    'POOL-06 a formula beside a target',
    { autoScale: autoScale('x=1;'), targetDedicatedNodes: 2 },
    'InvalidPropertyValue targetDedicatedNodes',
  ],
  [
    'POOL-06 a formula beside a spot target',
    { autoScale: autoScale('x=1;'), targetLowPriorityNodes: 2 },
    'InvalidPropertyValue targetLowPriorityNodes',
  ],
  ['ASC-03 a formula of 8192 characters', { autoScale: autoScale('x'.repeat(8192)) }, 'accepted'],
  ['ASC-03 one more', { autoScale: autoScale('x'.repeat(8193)) }, 'AutoScaleFormulaTooLong'],
  ['ASC-01 an interval of 5 minutes', { autoScale: autoScale('x=1;', 5 * MINUTE) }, 'accepted'],
  [
    'ASC-01 a shorter one',
    { autoScale: autoScale('x=1;', 5 * MINUTE - 1) },
    'InvalidPropertyValue autoScaleEvaluationInterval',
  ],
  ['ASC-01 an interval of 168 hours', { autoScale: autoScale('x=1;', 168 * HOUR) }, 'accepted'],
  [
    'ASC-01 a longer one',
    { autoScale: autoScale('x=1;', 168 * HOUR + 1) },
    'InvalidPropertyValue autoScaleEvaluationInterval',
  ],
  ['ACC-13 sixteen slots on four cores', { taskSlotsPerNode: 16 }, 'accepted'],
  ['ACC-13, POOL-07 seventeen', { taskSlotsPerNode: 17 }, 'InvalidPropertyValue taskSlotsPerNode'],
  ['POOL-07 none', { taskSlotsPerNode: 0 }, 'InvalidPropertyValue taskSlotsPerNode'],
  ['ACC-13 256 slots on 64 cores', { vmSize: { ...FOUR, vcpus: 64 }, taskSlotsPerNode: 256 }, 'accepted'],
  [
    'ACC-13 257 on 416',
    { vmSize: { ...FOUR, vcpus: 416 }, taskSlotsPerNode: 257 },
    'InvalidPropertyValue taskSlotsPerNode',
  ],
  ['POOL-11 metadata without a key', { metadata: [{ name: '', value: 'x' }] }, 'EmptyMetadataKey'],
  ['ACC-14 ten packages', { applicationPackages: packages(10) }, 'accepted'],
  ['ACC-14 eleven', { applicationPackages: packages(11) }, 'InvalidPropertyValue applicationPackageReferences'],
  ['START-04 endless retries', { startTask: startTask({ maxTaskRetryCount: -1 }) }, 'accepted'],
  [
    'START-04, TASK-07 -2 retries',
    { startTask: startTask({ maxTaskRetryCount: -2 }) },
    'InvalidConstraintValue maxTaskRetryCount',
  ],
  ['ACC-19 a start task of 32768 characters', { startTask: startTask({ definitionLength: 32_768 }) }, 'accepted'],
  ['ACC-19 one more', { startTask: startTask({ definitionLength: 32_769 }) }, 'InvalidPropertyValue startTask'],
])('POOL-04, ERR-18 %s', (_, given, expected) => {
  expect(check(given)).toBe(expected);
});

describe('POOL-14 changes', () => {
  test('POOL-14 are held to the limits of a new pool', () => {
    expect(refusal(checkPoolChanges({}))).toBe('accepted');
    expect(refusal(checkPoolChanges({ startTask: null, applicationPackages: [], metadata: [] }))).toBe('accepted');
    expect(refusal(checkPoolChanges({ applicationPackages: packages(11) }))).toContain('applicationPackageReferences');
    expect(refusal(checkPoolChanges({ metadata: [{ name: '', value: '' }] }))).toBe('EmptyMetadataKey');
    const changes = { startTask: startTask({ maxTaskRetryCount: -2 }) };
    expect(refusal(checkPoolChanges(changes))).toBe('InvalidConstraintValue maxTaskRetryCount');
  });
});

test('AUTO-04 the pool of an auto pool has no id yet', () => {
  const pool = makePool({ id: '', vmSize: FOUR });
  expect(refusal(checkPool(pool))).toBe('InvalidPropertyValue id');
  expect(refusal(checkPoolSpecification(pool))).toBe('accepted');
});

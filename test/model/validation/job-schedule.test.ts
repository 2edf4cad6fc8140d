import { expect, test } from 'vitest';
import {
  checkJobSchedule,
  checkJobScheduleChanges,
  type JobSchedule,
  makeJob,
  makeJobSchedule,
  NO_BOUNDS,
} from '../../../src/model/index.js';
import { refusal } from './refusals.js';

const MINUTE = 60_000;

function check(given: Partial<JobSchedule>): string {
  const jobSpecification = makeJob({ id: '', poolId: 'p' });
  return refusal(checkJobSchedule(makeJobSchedule({ id: 's', jobSpecification, ...given })));
}

test.each<[string, Partial<JobSchedule>, string]>([
  ['ACC-17 an id', { id: '' }, 'InvalidPropertyValue id'],
  ['ACC-17 a display name', { displayName: 'x'.repeat(1025) }, 'InvalidPropertyValue displayName'],
  ['JS-03 neither window nor recurrence', {}, 'accepted'],
  [
    'JS-03 a minute each',
    { schedule: { ...NO_BOUNDS, startWindowMs: MINUTE, recurrenceIntervalMs: MINUTE } },
    'accepted',
  ],
  [
    'JS-03 a shorter window',
    { schedule: { ...NO_BOUNDS, startWindowMs: MINUTE - 1 } },
    'InvalidPropertyValue startWindow',
  ],
  [
    'JS-03 a shorter recurrence',
    { schedule: { ...NO_BOUNDS, recurrenceIntervalMs: MINUTE - 1 } },
    'InvalidPropertyValue recurrenceInterval',
  ],
  [
    'JS-03 a recurrence of a year',
    { schedule: { ...NO_BOUNDS, recurrenceIntervalMs: 365 * 1440 * MINUTE } },
    'accepted',
  ],
  [
    'JOB-04 a job that is none',
    { jobSpecification: makeJob({ id: '', poolId: 'p', priority: 2000 }) },
    'OutOfRangePriority priority',
  ],
  ['POOL-11 metadata without a key', { metadata: [{ name: '', value: '' }] }, 'EmptyMetadataKey'],
])('JS-03 %s', (_, given, expected) => {
  expect(check(given)).toBe(expected);
});

test('JS-13 changes are held to the same limits, and may leave anything out', () => {
  expect(refusal(checkJobScheduleChanges({}))).toBe('accepted');
  const schedule = { ...NO_BOUNDS, startWindowMs: 1 };
  expect(refusal(checkJobScheduleChanges({ schedule }))).toBe('InvalidPropertyValue startWindow');
  const jobSpecification = makeJob({ id: '', poolId: '' });
  expect(refusal(checkJobScheduleChanges({ jobSpecification }))).toBe('MissingRequiredProperty poolInfo');
});

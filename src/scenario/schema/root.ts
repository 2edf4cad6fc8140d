// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/** A whole scenario file. */
import { z } from 'zod';
import { action, type GivenAction, job, jobSchedule } from './action.js';
import { sharedFaults } from './faults.js';
import { INERT_CERTIFICATE } from './inert.js';
import type { GivenJob } from './job.js';
import type { GivenJobSchedule } from './job-schedule.js';
import { flag, inert, leaf, real, table, text, whole, word } from './leaves.js';
import { options } from './options.js';
import { type GivenPool, pool, regionCapacity, timing } from './pool.js';
import { duration, moment, share } from './units.js';

const application = table({
  id: text('Its id.'),
  defaultVersion: text('The version that a reference without one means.').optional(),
  versions: z.array(text('A version.')).optional().meta({ description: 'Its versions.' }),
  packages: z
    .array(table({ version: text('A version.'), state: inert(), format: inert(), lastActivationTime: inert() }))
    .optional()
    .meta({ description: 'The same as versions, as the management API writes them.' }),
  displayName: inert(),
  allowUpdates: flag('Whether a version may be replaced; default true.').optional(),
});

const familyQuotas = z.array(table({ name: text('VM family.'), coreQuota: whole('Cores.', { min: 0 }) })).optional();

const quotas = {
  location: text('Region of the account; accounts of one region share its capacity (ACC-09).').optional(),
  poolAllocationMode: word(
    ['BatchService', 'UserSubscription'],
    'Who owns the VMs; decides which quotas bind.',
  ).optional(),
  dedicatedCoreQuota: whole('Cores of dedicated nodes, default 900.', { min: 0 }).optional(),
  lowPriorityCoreQuota: whole('Cores of preemptible nodes, default 100.', { min: 0 }).optional(),
  dedicatedCoreQuotaPerVMFamily: familyQuotas,
  dedicatedCoreQuotaPerVMFamilyEnforced: flag('Whether the quotas per family bind.').optional(),
  subscription: table({
    coreQuota: whole('Cores of dedicated nodes in the region.', { min: 0 }).optional(),
    spotCoreQuota: whole('Cores of spot nodes in the region.', { min: 0 }).optional(),
    coreQuotaPerVMFamily: familyQuotas,
  })
    .optional()
    .meta({ description: 'Quotas of the subscription, in user-subscription mode (ACC-02); default: none bind.' }),
  poolQuota: whole('Pools, default 100.', { min: 0 }).optional(),
  activeJobAndJobScheduleQuota: whole('Active jobs and job schedules, default 300.', { min: 0 }).optional(),
  applications: z
    .array(application)
    .optional()
    .meta({ description: 'Applications of the account (PKG-01); default: those that pools and tasks refer to.' }),
  certificates: z
    .array(
      z.union([
        text('Thumbprint.').transform((thumbprint) => ({ thumbprint })),
        table({ thumbprint: text('Its thumbprint.'), ...INERT_CERTIFICATE }),
      ]),
    )
    .optional()
    .meta({ description: 'Thumbprints of the certificates of the account (NET-03).' }),
};

// Named lists: written out, the type of the whole would be longer than the compiler cares to print.
interface Pools extends Array<GivenPool> {}
interface Jobs extends Array<GivenJob> {}
interface JobSchedules extends Array<GivenJobSchedule> {}
interface Actions extends Array<GivenAction> {}

const pools: z.ZodOptional<z.ZodType<Pools>> = z.array(pool).optional();
const jobs: z.ZodOptional<z.ZodType<Jobs>> = z.array(job).optional();
const jobSchedules: z.ZodOptional<z.ZodType<JobSchedules>> = z.array(jobSchedule).optional();
const actions: z.ZodOptional<z.ZodType<Actions>> = z
  .array(action)
  .optional()
  .meta({ description: 'What happens during the run: operations of an operator, and what fate does.' });

const oneAccount = table({ name: text('Name of the account.', { longest: 64 }).optional(), ...quotas });
const wholeAccount = table({
  name: text('Name of the account.', { longest: 64 }),
  ...quotas,
  pools,
  jobs,
  jobSchedules,
  actions,
});

const givenPrice = table({
  dedicated: real('USD per hour of a dedicated node.', 0).optional(),
  spot: real('USD per hour of a preemptible node.', 0).optional(),
  windows: table({
    dedicated: real('USD per hour of a dedicated node.', 0).optional(),
    spot: real('USD per hour of a preemptible node.', 0).optional(),
  })
    .optional()
    .meta({ description: 'Prices of Windows nodes, in place of those beside it; default: the same.' }),
  extra: real('As extraPerNodeHour, for this size.', 0).optional(),
});

const prices = table({
  table: word(['builtin', 'none'], 'The built-in table of list prices (eastus), or none.').optional(),
  file: text('CSV with vmSize, os, dedicatedPerHour, preemptiblePerHour, extraPerHour.', { longest: 4096 }).optional(),
  region: text('For the report; the built-in prices are of eastus.').optional(),
  overrides: z.record(z.string(), givenPrice).optional().meta({ description: 'USD per node-hour by VM size.' }),
  preemptibleDiscount: share('What preemptible nodes are cheaper by where no price is known.').optional(),
  extraPerNodeHour: real(
    'USD per hour that every charged node costs besides its VM: disks, addresses, licences; default 0.',
    0,
  ).optional(),
});

/** What `batchsim sweep` varies. A single run takes the values as they stand elsewhere. */
const sweep = table({
  vary: z
    .record(z.string(), z.array(z.unknown()))
    .optional()
    .meta({ description: 'Values by path: { vars.spotMax: [80, 160] }.' }),
  reps: whole('Runs of each combination.', { min: 1 }).optional(),
});

/** A scenario. */
export const root = table({
  version: whole('Version of the scenario format.', {
    min: 1,
    max: 1,
    code: 'BS2014',
    says: '1, the version this batchsim reads',
  }).optional(),
  $schema: inert('The JSON Schema of this file, for editors.'),
  name: text('For reports; default: the name of the file.', { longest: 200 }).optional(),
  base: text('Folder from which the paths of this file are taken; default: its own.', { longest: 4096 }).optional(),
  include: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .meta({ description: 'Files laid under this one: tables merge, later ones win, lists replace.' }),
  vars: z.record(z.string(), z.unknown()).optional().meta({ description: 'Values for ${vars.name} in scalars.' }),
  clock: table({
    start: leaf('an ISO 8601 time', { type: 'string', examples: ['2026-01-05T00:00:00Z'] }, (value) => ({
      ok: true,
      value: String(value),
    })).optional(),
    until: moment('Stop here even if work remains.').optional(),
    tail: duration('Run on so long after the last work.').optional(),
  }).optional(),
  seed: leaf(
    'a number or a text',
    { type: ['integer', 'string'], description: 'Everything random derives from it.' },
    (value) => {
      if (typeof value === 'boolean' || value === '')
        return { ok: false, error: { message: 'a seed is a number or a text' } };
      return { ok: true, value };
    },
  ).optional(),
  account: oneAccount.optional().meta({ description: 'The account with its quotas.' }),
  accounts: z
    .array(wholeAccount)
    .min(1)
    .optional()
    .meta({ description: 'Several accounts, each with its pools, jobs, job schedules and actions.' }),
  prices: prices.optional(),
  model: table({
    timing: timing.optional(),
    options: options.optional().meta({ description: 'Options of the model, each named by a rule.' }),
    capacity: z
      .array(regionCapacity)
      .optional()
      .meta({ description: 'How many VMs of a size a region has for all pools, and when; default: enough (ACC-09).' }),
    ...sharedFaults,
  })
    .optional()
    .meta({ description: 'What only a simulation needs, for all pools.' }),
  pools,
  jobs,
  jobSchedules,
  actions,
  expect: z.array(text('A rule such as makespan <= 7h.', { longest: 10_000 })).optional(),
  report: table({
    step: duration('Step of utilization.csv and cost.csv.').optional(),
    gantt: inert(),
    formats: inert(),
  }).optional(),
  sweep: sweep.optional().meta({ description: 'What a sweep varies; a single run does not look at it.' }),
}).meta({ title: 'batchsim scenario' });

/** What {@link root} gives. */
export type GivenScenario = z.infer<typeof root>;
/** An account with pools and jobs. */
export type GivenAccount = z.infer<typeof wholeAccount>;
/** Prices. */
export type GivenPrices = z.infer<typeof prices>;
/** Options of the model. */
export type { GivenOptions } from './options.js';

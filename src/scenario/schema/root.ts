// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scenario format has references of this form
/** A whole scenario file. */
import { z } from 'zod';
import { job } from './job.js';
import { duration, flag, inert, leaf, moment, real, share, table, text, whole, word } from './leaves.js';
import { pool, timing } from './pool.js';

const quotas = {
  poolAllocationMode: word(
    ['BatchService', 'UserSubscription'],
    'Who owns the VMs; decides which quotas bind.',
  ).optional(),
  dedicatedCoreQuota: whole('Cores of dedicated nodes, default 900.', { min: 0 }).optional(),
  lowPriorityCoreQuota: whole('Cores of preemptible nodes, default 100.', { min: 0 }).optional(),
  dedicatedCoreQuotaPerVMFamily: z
    .array(table({ name: text('VM family.'), coreQuota: whole('Cores.', { min: 0 }) }))
    .optional(),
  dedicatedCoreQuotaPerVMFamilyEnforced: flag('Whether the quotas per family bind.').optional(),
  poolQuota: whole('Pools, default 100.', { min: 0 }).optional(),
  activeJobAndJobScheduleQuota: whole('Active jobs, default 300.', { min: 0 }).optional(),
};

const pools = z.array(pool).optional();
const jobs = z.array(job).optional();

const oneAccount = table({ name: text('Name of the account.', { longest: 64 }).optional(), ...quotas });
const wholeAccount = table({ name: text('Name of the account.', { longest: 64 }), ...quotas, pools, jobs });

const givenPrice = table({
  dedicated: real('USD per hour of a dedicated node.', 0).optional(),
  spot: real('USD per hour of a preemptible node.', 0).optional(),
});

const prices = table({
  table: word(['builtin', 'none'], 'The built-in table of list prices (eastus), or none.').optional(),
  file: text('CSV with vmSize, os, dedicatedPerHour, preemptiblePerHour.', { longest: 4096 }).optional(),
  region: text('For the report; the built-in prices are of eastus.').optional(),
  overrides: z.record(z.string(), givenPrice).optional().meta({ description: 'USD per node-hour by VM size.' }),
  preemptibleDiscount: share('What preemptible nodes are cheaper by where no price is known.').optional(),
});

const taskLifetime = leaf('a duration or none', { type: 'string', examples: ['180d', 'none'] }, (value) => {
  if (value === 'none') return { ok: true, value: null };
  const read = duration('').safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  return {
    ok: false,
    error: { message: `${JSON.stringify(value)} is neither a duration nor none`, hint: 'write 180d, or none' },
  };
});

const options = table({
  taskOrder: word(['creation', 'ready', 'random'], 'Order of the tasks of a job (SCH-04).').optional(),
  jobOrder: word(['roundRobin', 'random'], 'Order among jobs of equal priority (SCH-05).').optional(),
  taskLifetime: taskLifetime
    .optional()
    .meta({ description: 'The service gives a task up so long after its addition (ACC-15).' }),
  killedExitCode: whole('Exit code of a stopped process (TASK-14).', { min: -2_147_483_648 }).optional(),
  preemptibleDiscount: share('As prices.preemptibleDiscount (BILL-07).').optional(),
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
    .meta({ description: 'Several accounts, each with its pools and jobs.' }),
  prices: prices.optional(),
  model: table({ timing: timing.optional(), options: options.optional() }).optional(),
  pools,
  jobs,
  expect: z.array(text('A rule such as makespan <= 7h.', { longest: 10_000 })).optional(),
  report: table({
    step: duration('Step of utilization.csv and cost.csv.').optional(),
    gantt: inert(),
    formats: inert(),
  }).optional(),
}).meta({ title: 'batchsim scenario' });

/** What {@link root} gives. */
export type GivenScenario = z.infer<typeof root>;
/** An account with pools and jobs. */
export type GivenAccount = z.infer<typeof wholeAccount>;
/** Prices. */
export type GivenPrices = z.infer<typeof prices>;

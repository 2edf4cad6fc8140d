/** What is questionable: BS22nn. */
import { row } from './row.js';

/** What is questionable: BS22nn. */
export const QUESTIONABLE_CODES = [
  row(
    'BS2201',
    'tasks that take no time',
    'A task without model.runtime runs for 0 seconds. That is rarely meant.',
    'Add model: { runtime: 5m }, or a distribution.',
  ),
  row(
    'BS2202',
    'no price is known (BILL-07)',
    'Neither the scenario nor its price file nor the built-in table has a price for this size and operating system. Its cost is reported as unknown, never as 0.',
    'Add prices.overrides, or a price file.',
  ),
  row(
    'BS2203',
    'prices of another region',
    'The built-in prices are those of eastus. They are used as they are, whatever region the scenario names.',
    'Supply the prices of your region: prices: { file: prices.csv }.',
  ),
  row('BS2204', 'a job that creates no work', 'A job has no tasks.', 'Add tasks, or take the job out.'),
  row(
    'BS2205',
    'dropped rows of a trace',
    'Rows of a task table were left out because they cannot be used.',
    'Look at the reasons; `batchsim import` lists the rows.',
  ),
  row(
    'BS2206',
    'a key without effect',
    'The key is accepted, but here it changes nothing.',
    'Take it out, or read in the message what it would need.',
  ),
] as const;

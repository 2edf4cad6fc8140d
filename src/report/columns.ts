/** Every column of the CSV files of a run folder. The headers and `docs/columns.md` are both made from this table. */
import { NODE_USES } from '../recording/index.js';

/** One column. */
export interface ColumnDoc {
  readonly name: string;
  /** Empty for texts and counts. */
  readonly unit: '' | 's' | 'USD' | 'USD/h' | '0 to 1' | '%';
  readonly meaning: string;
}

/** One file: what a row is, how rows are sorted, and its columns in order. */
export interface FileDoc {
  readonly rows: string;
  readonly columns: readonly ColumnDoc[];
}

/** The CSV files of a run folder. */
export type CsvName =
  | 'tasks.csv'
  | 'nodes.csv'
  | 'jobs.csv'
  | 'job-times.csv'
  | 'autoscale.csv'
  | 'utilization.csv'
  | 'cost.csv'
  | 'attribution.csv';

/** All columns, by file. */
export const COLUMN_DOCS: Readonly<Record<CsvName, FileDoc>> = {
  'tasks.csv': {
    rows: 'One row a task that was added, by creation of the jobs, then by addition of the tasks.',
    columns: [
      column('job_id', '', 'Its job; `account/job` where there are several accounts.'),
      column('task_id', '', 'Its id, unique within the job.'),
      column('pool', '', 'The pool that the job names; it need not exist.'),
      column('node_id', '', 'Node of the latest attempt; empty if there was none.'),
      column('node_ordinal', '', "That node's ordinal within the pool, counted from 0."),
      column('slot', '', 'Lowest slot it held there, counted from 0; an attempt takes the lowest free ones.'),
      column('slots', '', 'Its `requiredSlots`.'),
      column('state', '', 'State at the end: active, preparing, running, completed or deleted.'),
      column('exit_code', '', 'Of the last attempt that exited, or was stopped for good; empty if there is none.'),
      column('result', '', '`success` or `failure` of a completed task.'),
      column('failure_code', '', "Batch's `failureInfo.code` of a task that failed."),
      column('retries', '', 'Attempts after a non-zero exit.'),
      column('requeues', '', 'Attempts that a request cut short: node removal, reboot, disabled job and the like.'),
      column('interruptions', '', 'Attempts that the service cut short: node loss, preemption, displacement.'),
      column('submit_s', 's', 'Added to the service.'),
      column('ready_s', 's', 'Last became runnable: dependencies satisfied, or back after an attempt.'),
      column('start_s', 's', 'Latest attempt began to run; empty if none did.'),
      column('end_s', 's', 'Latest attempt ended; empty if it still runs.'),
      column('wait_s', 's', 'Sum of all stretches in which it was runnable and not running, up to the end of the run.'),
      column('run_s', 's', 'How long the attempt that counts has run; empty if there is none.'),
      column('lost_s', 's', 'How long earlier attempts ran: their work did not count.'),
      column('cost', 'USD', 'Node time of all its attempts by the share of slots they held; empty without a price.'),
    ],
  },
  'nodes.csv': {
    rows: 'One row a node that ever existed, by pool, then by ordinal.',
    columns: [
      column('node_id', '', 'Its id, the same in every run of the same scenario and seed.'),
      column('node_ordinal', '', 'Its place in the order in which its pool got nodes, counted from 0.'),
      column('pool', '', 'Its pool.'),
      column('kind', '', '`dedicated` or `spot`.'),
      column('vm_size', '', 'Its VM size.'),
      column('vcpus', '', 'Cores of that size.'),
      column('requested_s', 's', 'The resize that brought it began.'),
      column('created_s', 's', 'First entered `creating`: billing starts.'),
      column('ready_s', 's', 'First entered `idle`; empty if it never did.'),
      column('gone_s', 's', 'Left the pool: billing ends; empty if it is still there.'),
      column('state', '', 'State at the end; empty once it has left.'),
      column('end_reason', '', 'Why it left: resize, removeNodes, autoscale, poolDeleted; empty if it is still there.'),
      column('booting_s', 's', 'Charged time before it could take tasks: starting, start task, reboot, reimage.'),
      column('idle_s', 's', 'Charged time without a task.'),
      column('running_s', 's', 'Charged time with at least one task.'),
      column('failed_s', 's', 'Charged time in which it could not work.'),
      column('lost_s', 's', 'Part of `running_s` by slot share: attempts whose work did not count.'),
      column('tasks', '', 'Attempts that began to run on it.'),
      column('slot_util', '0 to 1', 'Slot time of running tasks over slots × charged time.'),
      column('cost', 'USD', 'Charged time × price; empty without a price.'),
      column('preemptions', '', 'How often its VM was taken away; that time is free.'),
    ],
  },
  'jobs.csv': {
    rows: 'One row a job, by creation.',
    columns: [
      column('job_id', '', 'Its id; `account/job` where there are several accounts.'),
      column('pool', '', 'The pool that it names; it need not exist.'),
      column('priority', '', 'From -1000 to 1000.'),
      column('state', '', 'State at the end; deleted: it is gone.'),
      column('created_s', 's', 'Added to the service.'),
      column('end_s', 's', 'Completed or deleted; empty for an active job.'),
      column('terminate_reason', '', 'Why it ended, or could not begin; empty for an active job.'),
      column('tasks', '', 'Tasks that were added.'),
      column('succeeded', '', 'Tasks that completed without a failure.'),
      column('failed', '', 'Tasks that completed otherwise.'),
      column('active', '', 'Tasks that wait at the end.'),
      column('running', '', 'Tasks that prepare or run at the end.'),
      column('retries', '', 'Attempts after a non-zero exit.'),
      column('requeues', '', 'Attempts that a request cut short.'),
      column('interruptions', '', 'Attempts that the service cut short.'),
      column('first_start_s', 's', 'The first of its attempts began to run; empty if none did.'),
      column('last_end_s', 's', 'The last of its tasks was completed; empty if none was.'),
      column('wait_s', 's', "Sum of its tasks' `wait_s`."),
      column('run_s', 's', "Sum of its tasks' `run_s`."),
      column('lost_s', 's', "Sum of its tasks' `lost_s`."),
      column('cost', 'USD', 'Node time of all its attempts by the share of slots they held; empty without a price.'),
      column('lost', 'USD', 'The part of `cost` of attempts whose work did not count.'),
      column('deleted', '', 'Tasks that were deleted before they were completed.'),
    ],
  },
  'job-times.csv': {
    rows: 'One row a job and measure, by creation of the jobs; a measure that no task of the job has is left out.',
    columns: [
      column('job_id', '', 'The job.'),
      column(
        'measure',
        '',
        '`wait`: runnable and not running · `run`: the attempt that counts · `turnaround`: from addition to end · `slowdown`: turnaround ÷ run. All but `wait` are of completed tasks that ran.',
      ),
      column('unit', '', '`s`, or empty for a plain number.'),
      column('count', '', 'Tasks that have it.'),
      column('mean', '', 'Their mean.'),
      column('p50', '', 'The smallest value that at least half of them do not exceed.'),
      column('p90', '', 'The same of 90 %.'),
      column('p95', '', 'The same of 95 %.'),
      column('p99', '', 'The same of 99 %.'),
      column('max', '', 'The greatest.'),
    ],
  },
  'autoscale.csv': {
    rows: 'One row an evaluation of a formula by the service, by time. There only if a pool follows a formula.',
    columns: [
      column('t_s', 's', 'The moment.'),
      column('pool', '', 'The pool.'),
      column('ok', '', '`yes`, or `no`: it failed and changes nothing.'),
      column('error', '', "Code, line, column and reason of a failure, as the pool's `autoScaleRun` shows them."),
      column('target_dedicated', '', 'Dedicated nodes that it wants; those wanted before if it failed.'),
      column('target_spot', '', 'Spot nodes that it wants; likewise.'),
      column('dealloc', '', 'Its `$NodeDeallocationOption`; `requeue` if it sets none.'),
      column('changed', '', '`yes`: a resize begins; `later`: when the nodes that leave have drained; else `no`.'),
      column(
        'sample_pct',
        '%',
        'Of the samples that its calls asked for, the least share there was; empty if none asked.',
      ),
      column('variables_json', '', 'Its own variables as `results` shows them: a JSON object of texts.'),
      column('previous_dedicated', '', 'Dedicated nodes that were wanted before.'),
      column('previous_spot', '', 'Spot nodes that were wanted before.'),
      column('dedicated', '', 'Dedicated nodes there were.'),
      column('spot', '', 'Spot nodes there were, preempted ones included.'),
    ],
  },
  'utilization.csv': {
    rows: 'One row a pool at each step and at the end: the world after everything of that moment. By time, then pool.',
    columns: [
      column('t_s', 's', 'The moment.'),
      column('pool', '', 'The pool.'),
      column('target_dedicated', '', 'Dedicated nodes wanted by the latest resize.'),
      column('target_spot', '', 'Spot nodes wanted by the latest resize.'),
      column('dedicated', '', 'Dedicated nodes there are.'),
      column('spot', '', 'Spot nodes there are.'),
      column('booting', '', 'Nodes that cannot take tasks yet.'),
      column('idle', '', 'Nodes without a task.'),
      column('running', '', 'Nodes with at least one task.'),
      column('failed', '', 'Nodes that cannot work.'),
      column('slots', '', 'Slots of all charged nodes.'),
      column('slots_used', '', 'Slots that tasks hold, dispatch included.'),
      column('tasks_active', '', "Active tasks of the pool's jobs: blocked, waiting for a slot, or in dispatch."),
      column('tasks_running', '', "Preparing and running tasks of the pool's jobs."),
      column('free', '', 'Nodes that cost nothing: preempted, deallocated.'),
      column('tasks_waiting', '', 'Of `tasks_active` the queue: runnable, and no slots held.'),
    ],
  },
  'cost.csv': {
    rows: 'One row a step, pool and kind of node in which nodes were charged. By time, then pool, dedicated before spot.',
    columns: [
      column('from_s', 's', 'Begin of the step.'),
      column('to_s', 's', 'Its end; the last one is the end of the run.'),
      column('pool', '', 'The pool.'),
      column('kind', '', '`dedicated` or `spot`.'),
      column('vm_size', '', "The pool's VM size."),
      column('node_s', 's', 'Charged node time.'),
      column(
        'rate',
        'USD/h',
        'Price of a node-hour, extras included; empty if unknown, and then all that follows is too.',
      ),
      column('running', 'USD', 'Nodes with at least one task.'),
      column('idle', 'USD', 'Nodes without a task.'),
      column('booting', 'USD', 'Nodes that could not take tasks yet.'),
      column('failed', 'USD', 'Nodes that could not work.'),
      column('lost', 'USD', 'Part of `running` by slot share: attempts whose work did not count.'),
      column('extras', 'USD', 'Part of `total` that is not the price of VMs: `prices.extraPerNodeHour`.'),
      column('total', 'USD', 'running + idle + booting + failed.'),
      column('cumulative', 'USD', 'Total of this pool and kind since the start.'),
    ],
  },
  'attribution.csv': {
    rows: 'One row an hour since the start, pool, kind of node and job that nodes were charged for; what no job held stands under `(none)`. Node time is booked once: the uses of all rows sum to the charged time exactly.',
    columns: [
      column('from_s', 's', 'Begin of the hour.'),
      column('to_s', 's', 'Its end; the last one is the end of the run.'),
      column('pool', '', 'The pool.'),
      column('vm_size', '', "The pool's VM size."),
      column('kind', '', '`dedicated` or `spot`.'),
      column('job_id', '', 'The job whose attempts held the slots; `(none)`: nobody did.'),
      column('node_s', 's', 'Charged node time, by share of slots: the sum of the uses.'),
      ...NODE_USES.map(({ name, part, meaning }) => column(useColumn(name), 's', `Of ${part}: ${lowerFirst(meaning)}`)),
      column('rate', 'USD/h', 'Price of a node-hour, extras included; empty if unknown.'),
      column('cost', 'USD', 'node_s × rate; empty if unknown.'),
    ],
  },
};

/** The column of a use of node time: `startTask` is `start_task_s`. */
export function useColumn(use: string): string {
  return `${use.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_s`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The names of a file's columns, in order. */
export function headerOf(file: CsvName): string[] {
  return COLUMN_DOCS[file].columns.map((one) => one.name);
}

/** The page `docs/columns.md`. */
export function columnsMarkdown(): string {
  const files = Object.entries(COLUMN_DOCS).map(([file, doc]) => {
    const rows = doc.columns.map((one) => `| \`${one.name}\` | ${one.unit} | ${one.meaning} |`);
    return [`## ${file}`, '', doc.rows, '', '| column | unit | meaning |', '|---|---|---|', ...rows, ''].join('\n');
  });
  return [
    '# Columns of the CSV files',
    '',
    'Made from `src/report/columns.ts`; `npm run golden` writes it anew.',
    '',
    'Times are seconds since the start of the scenario with up to 3 decimals, money is USD with up to 9. Decimals have a',
    'point, lines end in LF, the header is always there, an absent value is empty, fields are quoted where RFC 4180 asks',
    'for it. The step of `utilization.csv` and `cost.csv` is `report.step` of the scenario, by default the shortest of',
    '1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1, 2, 3, 6, 12 h, 1, 2, 4, … d that gives at most 1,000 steps.',
    '',
    ...files,
  ].join('\n');
}

function column(name: string, unit: ColumnDoc['unit'], meaning: string): ColumnDoc {
  return { name, unit, meaning };
}

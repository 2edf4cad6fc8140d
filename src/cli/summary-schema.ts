/** JSON Schema (draft-07) of summary.json, for those who read it. A test holds it against the summary of a real run. */
import { NODE_USES } from '../recording/index.js';
import { count, list, number, object, type Schema, text } from './schema-words.js';

/** The schema that `batchsim schema summary` prints. */
export function summaryJsonSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'batchsim summary',
    description:
      'What one run comes down to. Names ending in _s are seconds; money is USD. Keys are only added while schemaVersion stays.',
    ...object({
      schemaVersion: { const: 1 },
      name: text('Name of the scenario.'),
      seed: { type: ['string', 'number'], description: 'Seed from which everything random derives.' },
      digest: {
        type: 'string',
        pattern: '^[0-9a-f]{32}$',
        description: 'Digest of the outcome; the same for the same scenario, seed and version.',
      },
      complete: { type: 'boolean', description: 'False when the run was stopped from outside.' },
      events: count('Events handled.'),
      end_s: number('When the run ended.'),
      makespan_s: number('End of the last completed task; 0 if there is none.'),
      tasks: object({
        total: count('Tasks that were added.'),
        succeeded: count('Completed without a failure.'),
        failed: count('Completed otherwise.'),
        active: count('Still waiting at the end.'),
        running: count('Still preparing or running at the end.'),
        deleted: count('Deleted before they were completed.'),
        retries: count('Attempts repeated after a failure.'),
        requeues: count('Attempts that a request cut short.'),
        interruptions: count('Attempts cut short by the service.'),
      }),
      wait_s: statistics('Time runnable and not running, per task.'),
      run_s: statistics('Length of the last attempt, per completed task.'),
      turnaround_s: statistics('From the addition to the end, per completed task that ran.'),
      slowdown: statistics('Turnaround ÷ run, a plain number, per completed task that ran for some time.'),
      nodes: object({
        total: count('Nodes that ever existed.'),
        peak: object({
          total: count('Most at one time.'),
          dedicated: count('Dedicated.'),
          spot: count('Spot or low-priority.'),
        }),
        hours: number('Charged node-hours.'),
        preemptions: count('How often VMs of spot nodes were taken away.'),
      }),
      coreHours: object({ total: number('All.'), ...parts(number) }),
      utilization: {
        type: ['number', 'null'],
        description: 'Share of the charged slot time in which tasks ran, 0 to 1.',
      },
      occupancy: object({
        slots: share('Of slots: utilization.'),
        cores: share('Of cores that processes kept busy: as declared, else the share of the slots.'),
        memory: share('Of memory; null where no task declares any, or that of a size is not known.'),
      }),
      cost: object({
        currency: { const: 'USD' },
        total: money('All of it; null where a price is unknown.'),
        ...parts(money),
        extras: money('The part of total that is not the price of VMs (prices.extraPerNodeHour).'),
        byPool: byKey('By pool.'),
        byVmSize: byKey('By VM size.'),
        byKind: byKey('By kind of node.'),
        byJob: byKey('By job, by share of slots; (none) is what no job used.'),
        perTask: money('By succeeded task.'),
      }),
      uses: optional('What charged node time was used for; null without a log.', usesOfNodes()),
      prices: list(
        object({
          pool: text('The pool.'),
          kind: text('`dedicated` or `spot`.'),
          vmSize: text('Its VM size.'),
          os: text('`linux` or `windows`.'),
          perHour: money('USD per hour of the VM alone; null: none is known.'),
          extraPerHour: number('USD per node-hour besides.'),
          source: {
            type: ['string', 'null'],
            description: 'Table or file, with region and date where they are known.',
          },
          assumed: { type: 'boolean', description: 'The dedicated price less the usual discount.' },
        }),
        'What nodes were charged at.',
      ),
      failures: list(
        object({
          code: text("Batch's failure code."),
          count: count('How many.'),
          examples: list({ type: 'string' }, 'The first ones, as job/task.'),
        }),
        'Failed tasks by code.',
      ),
      operations: object({
        total: count('Operations that actions and job managers asked for.'),
        refused: list(
          object({
            operation: text('Its name.'),
            code: text("Batch's code."),
            status: count('HTTP status.'),
            count: count('How many.'),
            unexpected: count('How many of them the scenario did not expect.'),
            first_s: number('When the first was.'),
            message: text('A sentence.'),
          }),
          'Refused ones by operation and code.',
        ),
      }),
      stretch: list(
        object({
          pool: text('The pool.'),
          slots: count('Slots of a node.'),
          cores: count('Cores of a node.'),
          tasks: count('Tasks that were slowed down.'),
          factor: number('Run time over what it would have been alone.'),
        }),
        'Pools whose tasks shared the cores of their nodes.',
      ),
      pools: {
        type: ['array', 'null'],
        items: poolFlow(),
        description: 'Queue and targets of every pool; null without a log.',
      },
      quotas: list(
        object({
          account: text('The account.'),
          quota: text('`dedicatedCores`, `lowPriorityCores` or `familyCores`.'),
          family: { type: ['string', 'null'], description: 'VM family, of familyCores.' },
          limit: count('Cores.'),
          peak: count('Most cores held at one time.'),
          peak_s: number('Since when.'),
          headroom: count('Cores that were left then.'),
          bound: count('Resizes that it cut short.'),
          moments: list(object({ at_s: number('When.'), pool: text('The pool.') }), 'The first of them.'),
        }),
        'Core quotas that bind and have nodes, or cut a resize short.',
      ),
      quotasHit: problems('Resizes that a quota cut short.'),
      resizeErrors: problems('Resizes that ended below target for another reason.'),
      unfinished: list(
        object({
          cause: text('Why.'),
          count: count('How many.'),
          examples: list({ type: 'string' }, 'The first ones, as job/task.'),
        }),
        'Tasks left at the end, by cause.',
      ),
      expect: list(
        object({
          text: text('The rule.'),
          met: { type: 'boolean', description: 'Whether it held.' },
          actual: text('What was found.'),
        }),
        'The rules under expect, in their order.',
      ),
      warnings: list(
        object({ code: text('Stable.'), message: text('A sentence.') }),
        'What to know before trusting the figures.',
      ),
    }),
  };
}

function parts(make: (description: string) => Schema): Readonly<Record<string, Schema>> {
  return {
    running: make('While tasks ran.'),
    idle: make('While nodes stood idle.'),
    booting: make('While nodes started.'),
    failed: make('While nodes were unusable.'),
    lost: make('Spent on attempts that did not count; a part of running.'),
  };
}

function statistics(description: string): Schema {
  const seconds = (what: string): Schema => ({ type: ['number', 'null'], description: what });
  return {
    description,
    ...object({
      count: count('Values.'),
      sum: number('Their sum.'),
      mean: seconds('Mean.'),
      p50: seconds('Median, by nearest rank.'),
      p90: seconds('90th percentile.'),
      p95: seconds('95th percentile.'),
      p99: seconds('99th percentile.'),
      max: seconds('Greatest.'),
    }),
  };
}

function usesOfNodes(): Schema {
  const uses = NODE_USES.map(({ name, part, meaning }) => {
    const one = object({ node_s: number('Charged node time.'), usd: money('Its cost; null: unknown.') });
    return [name, { ...one, description: `Of ${part}. ${meaning}` }] as const;
  });
  return object(Object.fromEntries(uses));
}

function poolFlow(): Schema {
  const gap = object({
    targetHours: number('Node-hours wanted.'),
    actualHours: number('Node-hours there, whatever the nodes did.'),
    shortHours: number('Wanted and not there.'),
    excessHours: number('There and not wanted any more.'),
  });
  return object({
    pool: text('The pool.'),
    queue: object({
      mean: number('Runnable tasks that held no slots, over the whole run.'),
      peak: count('Most of them.'),
      peak_s: number('Since when.'),
    }),
    dedicated: gap,
    spot: gap,
  });
}

function optional(description: string, schema: Schema): Schema {
  return { ...schema, type: [schema['type'], 'null'], description };
}

function share(description: string): Schema {
  return { type: ['number', 'null'], description };
}

function problems(description: string): Schema {
  const row = object({
    pool: text('The pool.'),
    code: text("Batch's code."),
    message: text('A sentence.'),
    resizes: count('How many resizes.'),
    first_s: number('Start of the first.'),
  });
  return list(row, description);
}

function byKey(description: string): Schema {
  return { type: 'object', additionalProperties: { type: ['number', 'null'] }, description };
}

function money(description: string): Schema {
  return { type: ['number', 'null'], description };
}

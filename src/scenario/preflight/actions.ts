/** Actions that Batch will refuse whatever happens: for their properties (ERR-04), or for what is never there (ERR-14). */
import { nearest } from '../../base/index.js';
import { type Action, type Given, idKey, type Operation, type ServiceError } from '../../model/index.js';
import type { Declared } from './declared.js';
import type { Finding } from './findings.js';

type Thing = Extract<Finding, { kind: 'actionMisses' }>['what'];

/** What a finding is about. */
export interface ActionFinding {
  readonly finding: Finding;
  readonly action: Action;
}

/** Every such action, unless its refusal is expected. */
export function actionFindings(declared: Declared): ActionFinding[] {
  const known = new KnownIds(declared);
  const account = declared.account.name;
  return declared.actions.flatMap((action): ActionFinding[] => {
    const { operation, expectError } = action;
    if (expectError !== null) return [];
    const refusal = refusalIn(operation);
    if (refusal !== null) {
      const reason = refusal.values.find(({ key }) => key === 'Reason')?.value ?? refusal.message;
      const property = refusal.values.find(({ key }) => key === 'PropertyName')?.value ?? null;
      const about = { operation: operation.kind, code: refusal.code, property, reason };
      return [{ finding: { kind: 'actionRefused', account, ...about }, action }];
    }
    const about = thingOf(operation);
    if (about === null || known.has(about)) return [];
    const near = nearest(about.id, known.namesOf(about.what));
    return [{ finding: { kind: 'actionMisses', account, operation: operation.kind, ...about, near }, action }];
  });
}

/** What Batch says to the body by its properties alone; null: nothing. */
function refusalIn(operation: Operation): ServiceError | null {
  switch (operation.kind) {
    case 'addPool':
      return errorOf(operation.pool);
    case 'addJob':
      return errorOf(operation.job);
    case 'addTasks':
      return errorOf(operation.tasks);
    case 'addJobSchedule':
      return errorOf(operation.jobSchedule);
    case 'patchJobSchedule':
    case 'updateJobSchedule':
      return errorOf(operation.changes);
    default:
      return null;
  }
}

function errorOf(given: Given<unknown>): ServiceError | null {
  return given.ok ? null : given.error;
}

interface About {
  readonly what: Thing;
  readonly id: string;
}

function thingOf(operation: Operation): About | null {
  if ('poolId' in operation) return { what: 'pool', id: operation.poolId };
  if ('jobId' in operation) return { what: 'job', id: operation.jobId };
  return 'jobScheduleId' in operation ? { what: 'job schedule', id: operation.jobScheduleId } : null;
}

/** The ids that an account will ever know. */
class KnownIds {
  readonly #names: Readonly<Record<Thing, readonly string[]>>;
  readonly #keys: Readonly<Record<Thing, ReadonlySet<string>>>;
  /** What stands before and after the count in the ids of jobs that come more than once (JS-10). */
  readonly #counted: readonly (readonly [prefix: string, suffix: string])[];
  readonly #hasAutoPools: boolean;

  constructor(declared: Declared) {
    const jobs = declared.jobs.map(({ id }) => id);
    const schedules = declared.jobSchedules.map(({ id }) => id);
    const pools = [...declared.poolIds];
    this.#names = { pool: pools, job: jobs, 'job schedule': schedules };
    const keys = (ids: readonly string[]) => new Set(ids.map(idKey));
    this.#keys = { pool: keys(pools), job: keys(jobs), 'job schedule': keys(schedules) };
    this.#counted = [
      ...schedules.map((id) => [idKey(`${id}:job-`), ''] as const),
      ...jobs
        .map((id) => idKey(id).split('{n}'))
        .flatMap(([prefix = '', suffix]) => (suffix === undefined ? [] : [[prefix, suffix] as const])),
    ];
    this.#hasAutoPools = declared.hasAutoPools;
  }

  namesOf(what: Thing): readonly string[] {
    return this.#names[what];
  }

  has({ what, id }: About): boolean {
    // The ids of pools that are made for jobs hold a generated part (AUTO-04).
    if (what === 'pool' && this.#hasAutoPools) return true;
    const key = idKey(id);
    if (this.#keys[what].has(key)) return true;
    return what === 'job' && this.#counted.some(([prefix, suffix]) => isCounted(key, prefix, suffix));
  }
}

function isCounted(id: string, prefix: string, suffix: string): boolean {
  if (!id.startsWith(prefix) || !id.endsWith(suffix)) return false;
  return /^\d+$/.test(id.slice(prefix.length, id.length - suffix.length));
}

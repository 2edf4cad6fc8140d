/** What pre-flight finds out, as data. */

/** One thing that will not go as the author may think. Counts are of tasks or nodes. */
export type Finding =
  /** RSZ-05, POOL-10: the pool gets fewer nodes than it wants. */
  | {
      readonly kind: 'poolCut';
      readonly account: string;
      readonly pool: string;
      readonly code: string;
      readonly wanted: number;
      readonly granted: number;
      /** ACC-02: present where quotas of the subscription bind. */
      readonly ofSubscription?: true;
    }
  /** Timing row 9: so many nodes do not arrive within the resize timeout. */
  | {
      readonly kind: 'slowResize';
      readonly account: string;
      readonly pool: string;
      readonly wanted: number;
      readonly inTime: number;
    }
  /** A pool without nodes that jobs wait for. */
  | { readonly kind: 'emptyPool'; readonly account: string; readonly pool: string; readonly jobs: number }
  /** START-05: no attempt of the start task can succeed, and nodes wait for it. */
  | { readonly kind: 'startTaskFails'; readonly account: string; readonly pool: string; readonly attempts: number }
  /** JM-06: the job manager may not run on the only kind of nodes that its pool has. */
  | { readonly kind: 'managerKeptOut'; readonly account: string; readonly job: string; readonly pool: string }
  /** MI-01, MI-02: the pool cannot run multi-instance tasks, or not so many instances. */
  | {
      readonly kind: 'noInstances';
      readonly account: string;
      readonly job: string;
      readonly pool: string;
      readonly tasks: number;
      readonly example: string;
      readonly lacks: 'communication' | 'one slot' | 'nodes';
      readonly needed: number;
      readonly nodes: number;
    }
  /** TASK-29: tasks with container settings on a pool without containers, or the other way round, fail. */
  | {
      readonly kind: 'containerMismatch';
      readonly account: string;
      readonly job: string;
      readonly pool: string;
      readonly tasks: number;
      readonly example: string;
      readonly poolHasContainers: boolean;
    }
  /** ERR-04: what an action brings is refused by its properties alone. */
  | {
      readonly kind: 'actionRefused';
      readonly account: string;
      readonly operation: string;
      readonly code: string;
      readonly property: string | null;
      readonly reason: string;
    }
  /** ERR-14: an action is about what is never there. */
  | {
      readonly kind: 'actionMisses';
      readonly account: string;
      readonly operation: string;
      readonly what: 'pool' | 'job' | 'job schedule';
      readonly id: string;
      readonly near: string | null;
    }
  /** JOB-03: the job's pool does not exist. */
  | {
      readonly kind: 'missingPool';
      readonly account: string;
      readonly job: string;
      readonly pool: string;
      readonly near: string | null;
      readonly tasks: number;
    }
  /** TASK-18: tasks that need more slots than a node of their pool has. */
  | {
      readonly kind: 'tooManySlots';
      readonly account: string;
      readonly job: string;
      readonly tasks: number;
      readonly example: string;
      readonly needed: number;
      readonly slots: number;
    }
  /** DEP-05, DEP-07: tasks wait for what their job never gets. */
  | {
      readonly kind: 'missingParents';
      readonly account: string;
      readonly job: string;
      readonly tasks: number;
      readonly example: string;
      readonly missing: string;
    }
  /** DEP-10: tasks wait for each other; `circle` names one circle, `tasks` counts all that never run for it. */
  | {
      readonly kind: 'cycle';
      readonly account: string;
      readonly job: string;
      readonly tasks: number;
      readonly circle: readonly string[];
    }
  /** DEP-03: tasks wait for some that fail for certain or never run. */
  | {
      readonly kind: 'failingParents';
      readonly account: string;
      readonly job: string;
      readonly tasks: number;
      readonly example: string;
      readonly parent: string;
    };

/** How a task is to end once its process is gone. */
import type { AttemptEnd, StopCause } from '../recording/index.js';

/** Completed with TaskEnded by someone, back to the queue, completed because its time is over, or gone (TASK-23). */
export type Ending =
  | { readonly kind: 'stop'; readonly cause: StopCause }
  | { readonly kind: 'requeue'; readonly cause: AttemptEnd }
  | { readonly kind: 'timeOut' }
  | { readonly kind: 'delete' };

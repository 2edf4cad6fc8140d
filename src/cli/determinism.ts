/** Are two recordings of one scenario the same, and if not, what differs first? Pure. */
import { formatDuration } from '../base/index.js';
import { EVENT_KINDS, type EventLog, type Recording } from '../recording/index.js';

/** A sentence about the first difference; null if there is none. Both need their event log. */
export function firstDifference(first: Recording, second: Recording): string | null {
  const [a, b] = [first.log, second.log];
  if (a !== null && b !== null) {
    const count = Math.min(a.count, b.count);
    for (let i = 0; i < count; i++) {
      if (sameEvent(a, b, i)) continue;
      return `event ${i + 1} differs: ${describe(a, i)} in the first run, ${describe(b, i)} in the second`;
    }
    if (a.count !== b.count) {
      const [longer, which] = a.count > b.count ? [a, 'first'] : [b, 'second'];
      return `event ${count + 1} came in the ${which} run only: ${describe(longer, count)}`;
    }
  }
  if (first.run.digest === second.run.digest) return null;
  return `the events are the same but the outcomes differ: digest ${first.run.digest} and ${second.run.digest}`;
}

function sameEvent(a: EventLog, b: EventLog, i: number): boolean {
  return (
    a.atMs[i] === b.atMs[i] && a.kind[i] === b.kind[i] && a.subject[i] === b.subject[i] && a.detail[i] === b.detail[i]
  );
}

function describe(log: EventLog, i: number): string {
  const at = log.atMs[i] as number;
  return `${EVENT_KINDS[log.kind[i] as number]} ${log.subject[i]} (${log.detail[i]}) at ${at} ms (${formatDuration(at)})`;
}

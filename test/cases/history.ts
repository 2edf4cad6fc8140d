/** Which states a node, a job or a job schedule went through, from the log of a run. */
import {
  accountedName,
  EVENT_KINDS,
  type EventKind,
  JOB_SCHEDULE_STATES,
  JOB_STATES,
  NODE_STATES,
  type Recording,
} from '../../src/index.js';

/** Who is told of, by which events, and the states that their details number. A job is active when it is added. */
const TOLD: readonly Told[] = [
  { of: 'nodes', events: ['nodeState'], states: NODE_STATES },
  { of: 'jobs', events: ['jobAdded', 'jobState'], states: JOB_STATES },
  { of: 'jobSchedules', events: ['scheduleState'], states: JOB_SCHEDULE_STATES },
];
const GONE = 255;

interface Told {
  readonly of: 'nodes' | 'jobs' | 'jobSchedules';
  readonly events: readonly EventKind[];
  readonly states: readonly string[];
}

interface Change {
  readonly atMs: number;
  readonly state: string;
}

/**
 * A line for each: `n0 creating@0s idle@60s`. States that lasted no time are left out, and so is one that is the same as
 * before. `idle` is idle and running: which one follows from the tasks.
 */
export function histories(recording: Recording, nodeName: (node: number) => string): string[] {
  return TOLD.flatMap((told) =>
    [...changesOf(recording, told)].map(([subject, changes]) =>
      [told.of === 'nodes' ? nodeName(subject) : nameOf(recording, told.of, subject), ...lasting(changes)].join(' '),
    ),
  );
}

function changesOf({ log }: Recording, { events, states }: Told): [number, Change[]][] {
  const found = new Map<number, Change[]>();
  for (let row = 0; log !== null && row < log.count; row++) {
    const kind = EVENT_KINDS[log.kind[row] as number] as EventKind;
    if (!events.includes(kind)) continue;
    const code = kind === 'jobAdded' ? 0 : (log.detail[row] as number) & GONE;
    const state = code === GONE ? 'gone' : (states[code] as string);
    const changes = found.get(log.subject[row] as number) ?? [];
    found.set(log.subject[row] as number, [...changes, { atMs: log.atMs[row] as number, state }]);
  }
  return [...found].sort(([a], [b]) => a - b);
}

function lasting(changes: readonly Change[]): string[] {
  const long = changes.filter((change, i) => changes[i + 1]?.atMs !== change.atMs);
  return long
    .filter((change, i) => long[i - 1]?.state !== change.state)
    .map(({ atMs, state }) => `${state}@${atMs / 1000}s`);
}

function nameOf(recording: Recording, of: 'jobs' | 'jobSchedules', subject: number): string {
  const row = recording[of][subject];
  return row === undefined ? '?' : accountedName(recording, row.accountIndex, row.id);
}

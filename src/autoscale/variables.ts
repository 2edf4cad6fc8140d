/** The service-defined variables (formula 4): one table, which checker, evaluator and help read. */
import { INTERVAL_CONSTANTS } from './instants.js';
import { DEALLOCATION_OPTIONS, type Value } from './values.js';

/** The two numbers that a formula sets. */
export type TargetName = '$TargetDedicatedNodes' | '$TargetLowPriorityNodes';

/** Numbers of the pool that are known without a sample. */
export type PresentNumber = 'currentDedicatedNodes' | 'currentLowPriorityNodes' | 'taskSlotsPerNode';

/** Which name this is, and what it stands for. */
export type ServiceVariable =
  | { readonly kind: 'target'; readonly name: string; readonly target: TargetName; readonly doc: string }
  | { readonly kind: 'option'; readonly name: string; readonly doc: string }
  | MetricVariable;

/** A variable that can only be read: an object with methods, used bare a double (formula 4.3). */
export interface MetricVariable {
  readonly kind: 'metric';
  readonly name: string;
  /** `retired`: known, but the service takes no more samples of it. `old`: an earlier name of another variable. */
  readonly status: 'current' | 'retired' | 'old';
  /** Whose samples these are; another name than its own for an old one. */
  readonly samplesOf: string;
  /** The number that the bare name stands for; null: its newest sample. */
  readonly present: PresentNumber | null;
  readonly doc: string;
}

/** The variables by name. */
export const SERVICE_VARIABLES: ReadonlyMap<string, ServiceVariable> = new Map(
  (
    [
      target('$TargetDedicatedNodes', '$TargetDedicatedNodes', 'wanted dedicated nodes'),
      target('$TargetDedicated', '$TargetDedicatedNodes', 'other name of $TargetDedicatedNodes, which wins'),
      target('$TargetLowPriorityNodes', '$TargetLowPriorityNodes', 'wanted spot nodes'),
      target('$TargetLowPriority', '$TargetLowPriorityNodes', 'other name of $TargetLowPriorityNodes, which wins'),
      { kind: 'option', name: '$NodeDeallocationOption', doc: 'what becomes of running tasks when the pool shrinks' },
      metric('$ActiveTasks', 'tasks ready to run that do not run yet; blocked ones do not count'),
      metric('$RunningTasks', 'tasks that run or prepare to'),
      metric('$PendingTasks', '$ActiveTasks + $RunningTasks'),
      metric('$SucceededTasks', 'tasks that finished well'),
      metric('$FailedTasks', 'tasks that failed'),
      metric('$TaskSlotsPerNode', 'task slots of a node', 'taskSlotsPerNode'),
      metric('$CurrentDedicatedNodes', 'present dedicated nodes', 'currentDedicatedNodes'),
      metric('$CurrentLowPriorityNodes', 'present spot nodes, preempted ones included', 'currentLowPriorityNodes'),
      metric('$PreemptedNodeCount', 'preempted nodes'),
      metric('$UsableNodeCount', 'nodes that run tasks or could'),
      metric('$CPUPercent', 'mean use of the processors, 0 to 1'),
      retired('$WallClockSeconds', 'seconds consumed'),
      retired('$MemoryBytes', 'mean memory in use, MB'),
      retired('$DiskBytes', 'mean disk in use, GB'),
      retired('$DiskReadBytes', 'bytes read'),
      retired('$DiskWriteBytes', 'bytes written'),
      retired('$DiskReadOps', 'read operations'),
      retired('$DiskWriteOps', 'write operations'),
      retired('$NetworkInBytes', 'bytes received'),
      retired('$NetworkOutBytes', 'bytes sent'),
      retired('$SampleNodeCount', 'nodes that gave samples'),
      {
        kind: 'metric',
        name: '$CurrentDedicated',
        status: 'old',
        samplesOf: '$CurrentDedicatedNodes',
        present: 'currentDedicatedNodes',
        doc: 'name of $CurrentDedicatedNodes before 2017',
      },
    ] satisfies ServiceVariable[]
  ).map((row) => [row.name, row]),
);

/** Names with a fixed value: the option words and the interval constants. */
export const FIXED_NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...DEALLOCATION_OPTIONS.map((word) => [word, { type: 'option', word }] as const),
  ...INTERVAL_CONSTANTS,
]);

/** Why a name cannot be assigned, or null for one that can. */
export function readOnlyKind(name: string): string | null {
  if (SERVICE_VARIABLES.get(name)?.kind === 'metric') return 'a metric of the service';
  if (INTERVAL_CONSTANTS.has(name)) return 'a constant';
  return FIXED_NAMES.has(name) ? 'a word of $NodeDeallocationOption' : null;
}

/** Every name that has a value, given those that the formula assigned. */
export function knownNames(assigned: Iterable<string>): readonly string[] {
  return [...assigned, ...SERVICE_VARIABLES.keys(), ...FIXED_NAMES.keys()];
}

function target(name: string, of: TargetName, doc: string): ServiceVariable {
  return { kind: 'target', name, target: of, doc };
}

function metric(name: string, doc: string, present: PresentNumber | null = null): MetricVariable {
  return { kind: 'metric', name, status: 'current', samplesOf: name, present, doc };
}

function retired(name: string, doc: string): MetricVariable {
  return { kind: 'metric', name, status: 'retired', samplesOf: name, present: null, doc };
}

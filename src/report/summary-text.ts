/** A run's figures for a terminal: at most 80 columns, no colour, no clock. */
import { formatCount, formatDuration, formatShare, formatUsd } from '../base/index.js';
import {
  type CostSummary,
  type RefusedOperations,
  type StretchSummary,
  type Summary,
  type UnfinishedSummary,
  USD_DECIMALS,
  type WaitCause,
} from '../recording/index.js';
import { decimal } from './csv.js';

const WIDTH = 80;
/** Where the second figure of a line begins. */
const SECOND_COLUMN = 55;
const INDENT = ' '.repeat(12);
/** Jobs, pools and examples beyond so many are counted instead of named. */
const MOST_NAMES = 3;

/** Lines of text, without the last line end. */
export function summaryText(summary: Summary): string {
  const { cost } = summary;
  const head = `${summary.name} · seed ${summary.seed} · ${duration(summary.end_s)} simulated (${formatCount(summary.events)} events)`;
  const lines = [
    head,
    ...pair('tasks', taskText(summary), `makespan  ${duration(summary.makespan_s)}`),
    ...pair('wait', waitText(summary), slotText(summary)),
    ...block('nodes', nodeText(summary)),
    ...block('cost', costText(cost)),
  ];
  const sources = priceText(summary);
  if (sources !== '') lines.push(...block('prices', sources));
  const again = againText(summary);
  if (again !== '') lines.push(...block('again', again));
  if (summary.failures.some(({ code }) => code !== 'FailureExitCode')) {
    lines.push(...block('failed', failureText(summary)));
  }
  for (const one of summary.stretch) lines.push(...block('cores', stretchText(one)));
  for (const one of summary.operations.refused) lines.push(...block('refused', refusedText(one)));
  for (const one of summary.unfinished) lines.push(...block('waiting', unfinishedText(one)));
  for (const { pool, code, message } of [...summary.quotasHit, ...summary.resizeErrors]) {
    lines.push(...block('resize', `pool ${pool}: ${code}: ${message}`));
  }
  for (const { message } of summary.warnings) lines.push(...block('note', message));
  return lines.join('\n');
}

function taskText({ tasks }: Summary): string {
  const parts = [`${formatCount(tasks.succeeded)} ok`];
  if (tasks.failed > 0 || tasks.total === 0) parts.push(`${formatCount(tasks.failed)} failed`);
  if (tasks.running > 0) parts.push(`${formatCount(tasks.running)} running`);
  if (tasks.active > 0) parts.push(`${formatCount(tasks.active)} active`);
  if (tasks.deleted > 0) parts.push(`${formatCount(tasks.deleted)} deleted`);
  if (tasks.interruptions > 0) parts.push(`${formatCount(tasks.interruptions)} interrupted`);
  return parts.join(' · ');
}

function againText({ tasks, nodes }: Summary): string {
  const counts = [
    [tasks.retries, 'retries'],
    [tasks.requeues, 'requeues'],
    [nodes.preemptions, 'preemptions of nodes'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`)
    .join(' · ');
}

function failureText({ failures }: Summary): string {
  return failures
    .map(({ code, count, examples }) => `${formatCount(count)} ${code} (${named(examples, count)})`)
    .join(' · ');
}

function stretchText({ pool, slots, cores, factor }: StretchSummary): string {
  return `${slots} slots on ${cores} cores: tasks ran ${Number(factor.toFixed(2))} times longer (pool ${pool})`;
}

function refusedText({ operation, code, status, count, unexpected, first_s }: RefusedOperations): string {
  const times = count === 1 ? `at ${duration(first_s)}` : `${formatCount(count)} times, first at ${duration(first_s)}`;
  return `${operation}: ${code} (${status}) ${times}${unexpected === 0 ? ', as expected' : ''}`;
}

function waitText({ wait_s }: Summary): string {
  if (wait_s.p50 === null || wait_s.p95 === null || wait_s.max === null) return 'no task became runnable';
  return `p50 ${duration(wait_s.p50)}   p95 ${duration(wait_s.p95)}   max ${duration(wait_s.max)}`;
}

function slotText({ utilization }: Summary): string {
  return utilization === null ? '' : `slots     ${formatShare(utilization)} busy`;
}

function nodeText({ nodes, coreHours }: Summary): string {
  const kinds = [
    nodes.peak.dedicated > 0 ? `${formatCount(nodes.peak.dedicated)} dedicated` : '',
    nodes.peak.spot > 0 ? `${formatCount(nodes.peak.spot)} spot` : '',
  ].filter((text) => text !== '');
  if (kinds.length === 0) return 'none';
  return `peak ${kinds.join(' + ')} · ${hours(nodes.hours)} node-h · ${hours(coreHours.total)} core-h`;
}

function costText(cost: CostSummary): string {
  if (cost.total === null) return `unknown: ${missingPrices(cost)}`;
  const lost = cost.lost ? ` (${amount(cost.lost)} of it lost)` : '';
  const parts = (['idle', 'booting', 'failed'] as const).filter((part) => cost[part] !== 0);
  const rest = parts.map((part) => `  ${part} ${amount(cost[part])}`).join('');
  return `${formatUsd(cost.total)} = running ${amount(cost.running)}${lost}${rest}`;
}

/** Where prices come from, each source once; what stands in its brackets is left to `summary.json`. */
function priceText({ prices }: Summary): string {
  const sources = new Set(
    prices.flatMap(({ source }) => (source === null ? [] : [source.replace(/ \([^()]*\)/g, '')])),
  );
  const extras = new Set(prices.map(({ extraPerHour }) => extraPerHour));
  const extraText = [...extras]
    .filter((usd) => usd > 0)
    .map((usd) => `$${decimal(usd, USD_DECIMALS)} extra per node-hour`);
  return [...sources, ...extraText].join(' · ');
}

function amount(usd: number | null): string {
  return formatUsd(usd ?? 0).slice(1);
}

function missingPrices(cost: CostSummary): string {
  const sizes = Object.keys(cost.byVmSize).filter((size) => cost.byVmSize[size] === null);
  return `no price is known for ${sizes.join(', ')}`;
}

const CAUSES: Readonly<Record<WaitCause, string>> = {
  blockedByDependency: 'blocked by a dependency',
  requiresMoreSlotsThanANodeHas: 'need more slots than a node has',
  noEligibleNode: 'found no eligible node',
  allNodesBarredByPreparation: "found only nodes where their job's preparation failed",
  needsDedicatedNode: 'need a dedicated node, and their pool has none',
  needsInterNodePool: 'need a pool with inter-node communication and one slot a node',
  waitsForInstances: 'need more idle nodes at once than there were',
  jobDisabled: 'wait for their job, which is disabled',
  jobEnded: 'were left when their job ended',
  poolBeingDeleted: 'wait for a pool that is being deleted',
  jobAtMaxParallelTasks: 'waited for their job, at its maxParallelTasks',
  poolMissing: 'have no pool',
  lifetimeExceeded: 'were given up at their lifetime',
  stoppedAtUntil: 'were left when the clock stopped',
};

function unfinishedText({ cause, count, examples }: UnfinishedSummary): string {
  return `${formatCount(count)} ${CAUSES[cause]} (${named(examples, count)})`;
}

function named(examples: readonly string[], count: number): string {
  return `${examples.slice(0, MOST_NAMES).join(', ')}${count > MOST_NAMES ? ', …' : ''}`;
}

/** Two figures on a line, or on two if they do not fit. */
function pair(label: string, first: string, second: string): string[] {
  const left = labelled(label, first);
  if (second === '') return [left];
  const together = `${left.padEnd(SECOND_COLUMN)}${second}`;
  return left.length < SECOND_COLUMN && together.length <= WIDTH ? [together] : [left, `  ${second}`];
}

/** A text of any length under a label, broken between words. */
function block(label: string, text: string): string[] {
  return wrapped(labelled(label, text), INDENT);
}

function labelled(label: string, text: string): string {
  return `  ${label.padEnd(INDENT.length - 2)}${text}`;
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > WIDTH) {
    const cut = rest.lastIndexOf(' ', WIDTH);
    if (cut <= indent.length) break;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = indent + rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}

function duration(s: number): string {
  return formatDuration(Math.round(s * 1000));
}

function hours(value: number): string {
  return value >= 100 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(3)));
}

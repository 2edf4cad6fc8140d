/** A run's figures for a terminal: at most 80 columns, no colour, no clock. */
import { formatCount, formatDuration, formatShare, formatUsd } from '../base/index.js';
import type { CostSummary, Summary, UnfinishedSummary, WaitCause } from '../recording/index.js';

const WIDTH = 80;
/** Where the second figure of a line begins. */
const SECOND_COLUMN = 55;
const INDENT = ' '.repeat(12);
/** Jobs, pools and examples beyond so many are counted instead of named. */
const MOST_NAMES = 3;

/** Lines of text, without the last line end. */
export function summaryText(summary: Summary): string {
  const { tasks, cost } = summary;
  const head = `${summary.name} · seed ${summary.seed} · ${duration(summary.end_s)} simulated (${formatCount(summary.events)} events)`;
  const lines = [
    head,
    ...pair('tasks', taskText(summary), `makespan  ${duration(summary.makespan_s)}`),
    ...pair('wait', waitText(summary), slotText(summary)),
    ...block('nodes', nodeText(summary)),
    ...block('cost', costText(cost)),
  ];
  const again = [
    tasks.retries > 0 ? `${formatCount(tasks.retries)} retries` : '',
    tasks.requeues > 0 ? `${formatCount(tasks.requeues)} requeues` : '',
  ];
  if (tasks.retries + tasks.requeues > 0)
    lines.push(...block('again', again.filter((text) => text !== '').join(' · ')));
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
  if (tasks.interruptions > 0) parts.push(`${formatCount(tasks.interruptions)} interrupted`);
  return parts.join(' · ');
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
  jobAtMaxParallelTasks: 'waited for their job, at its maxParallelTasks',
  poolMissing: 'have no pool',
  lifetimeExceeded: 'were given up at their lifetime',
  stoppedAtUntil: 'were left when the clock stopped',
};

function unfinishedText({ cause, count, examples }: UnfinishedSummary): string {
  const named = examples.slice(0, MOST_NAMES).join(', ');
  return `${formatCount(count)} ${CAUSES[cause]} (${named}${count > MOST_NAMES ? ', …' : ''})`;
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

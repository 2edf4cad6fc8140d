/**
 * The rules under `expect` of a scenario: `METRIC OP VALUE`, such as `wait.p95 < 8m`. Read before the run, so that a
 * typo costs no time, and checked against its summary. Pure.
 */
import {
  type Diagnostic,
  err,
  formatCount,
  formatDuration,
  formatShare,
  formatUsd,
  nearest,
  ok,
  parseDuration,
  parseShare,
  type Result,
} from '../base/index.js';
import type { Summary } from './summary.js';

/** Code of a rule that cannot be read. */
export const BAD_EXPECTATION = 'BS1014';

/** A rule as it was written, and where; place null: nowhere in a file. */
export interface ExpectationText {
  readonly text: string;
  readonly place: Diagnostic['place'];
}

/** A rule that was read. */
export interface Expectation {
  readonly text: string;
  readonly metric: Metric;
  readonly operator: Operator;
  /** In the metric's unit. */
  readonly limit: number;
  /** The limit is a share of all tasks. */
  readonly ofTasks: boolean;
}

/** A rule held against a summary. */
export interface ExpectationResult {
  readonly text: string;
  readonly met: boolean;
  /** What was found, for people. */
  readonly actual: string;
}

/** ms: read from seconds of the summary. */
type Unit = 'duration' | 'usd' | 'count' | 'share' | 'coreHours';

interface Metric {
  readonly name: string;
  readonly unit: Unit;
  /** null: not known in this run. */
  readonly read: (summary: Summary) => number | null;
}

const OPERATORS = {
  '<=': (a: number, b: number) => a <= b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '>': (a: number, b: number) => a > b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const;
type Operator = keyof typeof OPERATORS;

const TIMES = ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const COUNTS = ['total', 'succeeded', 'failed', 'active', 'retries', 'requeues', 'interruptions', 'deleted'] as const;
const COSTS = ['total', 'running', 'idle', 'booting', 'failed', 'lost'] as const;

const METRICS: readonly Metric[] = [
  { name: 'makespan', unit: 'duration', read: (summary) => summary.makespan_s * 1000 },
  { name: 'utilization', unit: 'share', read: (summary) => summary.utilization },
  ...TIMES.map(
    (key): Metric => ({ name: `wait.${key}`, unit: 'duration', read: (summary) => inMs(summary.wait_s[key]) }),
  ),
  ...TIMES.map(
    (key): Metric => ({ name: `run.${key}`, unit: 'duration', read: (summary) => inMs(summary.run_s[key]) }),
  ),
  ...TIMES.map(
    (key): Metric => ({
      name: `turnaround.${key}`,
      unit: 'duration',
      read: (summary) => inMs(summary.turnaround_s[key]),
    }),
  ),
  ...COUNTS.map((key): Metric => ({ name: `tasks.${key}`, unit: 'count', read: (summary) => summary.tasks[key] })),
  ...COSTS.map((key): Metric => ({ name: `cost.${key}`, unit: 'usd', read: (summary) => summary.cost[key] })),
  ...COSTS.map(
    (key): Metric => ({ name: `coreHours.${key}`, unit: 'coreHours', read: (summary) => summary.coreHours[key] }),
  ),
];

/** Reads the rules of a scenario; every one that cannot be read is reported at its place. */
export function readExpectations(
  rules: readonly ExpectationText[],
): Result<readonly Expectation[], readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const expectations: Expectation[] = [];
  for (const { text, place } of rules) {
    const rule = readRule(text);
    if (rule.ok) expectations.push(rule.value);
    else problems.push({ code: BAD_EXPECTATION, severity: 'error', place, ...rule.error });
  }
  return problems.length > 0 ? err(problems) : ok(expectations);
}

/** Holds each rule against a summary. A metric that is not known meets nothing. */
export function checkExpectations(rules: readonly Expectation[], summary: Summary): readonly ExpectationResult[] {
  return rules.map(({ text, metric, operator, limit, ofTasks }) => {
    const found = metric.read(summary);
    if (found === null) return { text, met: false, actual: 'not known' };
    const actual = ofTasks ? (summary.tasks.total === 0 ? 0 : found / summary.tasks.total) : found;
    return { text, met: OPERATORS[operator](actual, limit), actual: shown(actual, ofTasks ? 'share' : metric.unit) };
  });
}

function readRule(text: string): Result<Expectation, { readonly message: string; readonly hint: string | null }> {
  const parts = /^\s*([A-Za-z][A-Za-z0-9.]*)\s*(<=|>=|==|!=|<|>)\s*(\S.*?)\s*$/.exec(text);
  if (parts === null) {
    return err({
      message: `cannot read the rule ${JSON.stringify(text)}`,
      hint: 'write METRIC OP VALUE, such as wait.p95 < 8m',
    });
  }
  const [, name = '', operator = '', value = ''] = parts;
  const metric = METRICS.find((candidate) => candidate.name === name);
  if (metric === undefined) {
    const names = METRICS.map((candidate) => candidate.name);
    const guess = nearest(name, names);
    return err({
      message: `there is no metric ${name}`,
      hint: guess === null ? `there are ${names.join(', ')}` : `did you mean ${guess}?`,
    });
  }
  const ofTasks = metric.unit === 'count' && value.endsWith('%');
  const limit = readLimit(value, ofTasks ? 'share' : metric.unit);
  if (!limit.ok) return err({ message: `${metric.name}: ${limit.error}`, hint: EXAMPLES[metric.unit] });
  return ok({ text: text.trim(), metric, operator: operator as Operator, limit: limit.value, ofTasks });
}

const EXAMPLES: Readonly<Record<Unit, string>> = {
  duration: 'write a duration with a unit, such as 90s or 1h30m',
  usd: 'write an amount such as 70 USD',
  count: 'write a whole number, or a share of all tasks such as 0.5%',
  share: 'write a share such as 80%',
  coreHours: 'write a number of core-hours such as 120',
};

function readLimit(text: string, unit: Unit): Result<number, string> {
  if (unit === 'duration') return parseDuration(text);
  if (unit === 'share') return parseShare(text);
  const bare = unit === 'usd' ? text.replace(/^\$\s*|\s*USD$/g, '') : text.replace(/\s*h$/, '');
  if (/^[0-9]+(\.[0-9]+)?$/.test(bare)) return ok(Number(bare));
  return err(`${JSON.stringify(text)} is not ${unit === 'usd' ? 'an amount' : 'a number'}`);
}

function shown(value: number, unit: Unit): string {
  if (unit === 'duration') return formatDuration(value);
  if (unit === 'usd') return formatUsd(value);
  if (unit === 'share') return formatShare(value);
  return unit === 'count' ? formatCount(value) : `${value.toFixed(1)} core-hours`;
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

/**
 * A second evaluator, written from the specification and not from the first: it reads the text itself, makes closures,
 * filters sample by sample, and knows neither places nor messages. Slow and short.
 */
import type { FormulaInputs } from '../../../src/autoscale/index.js';

/** Double, vector, string, time, interval (both in ticks of 100 ns), option word. */
type V =
  | readonly ['d', number]
  | readonly ['v', readonly number[]]
  | readonly ['s', string]
  | readonly ['t', bigint]
  | readonly ['i', bigint]
  | readonly ['o', string];

interface World {
  readonly inputs: FormulaInputs;
  readonly vars: Map<string, V>;
}

type Thunk = (world: World) => V;

/** What came out: targets to apply, the option and the printed variables, or the kind of error. */
export type NaiveOutcome =
  | {
      readonly targets: readonly [number, number];
      readonly option: string;
      readonly variables: Readonly<Record<string, string>>;
    }
  | { readonly error: 'syntax' | 'evaluation' | 'insufficientSamples' };

class Fail {
  readonly kind: 'syntax' | 'evaluation' | 'insufficientSamples';
  constructor(kind: Fail['kind']) {
    this.kind = kind;
  }
}
class Stop {}

/** Evaluates a text (of sound length). */
export function evaluateNaively(text: string, inputs: FormulaInputs): NaiveOutcome {
  const world: World = { inputs, vars: new Map() };
  try {
    const statements = new Reader(text).all();
    try {
      for (const run of statements) run(world);
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown;
    }
    const targets = [target(world, 'Dedicated'), target(world, 'LowPriority')] as const;
    if (targets.some((x) => !(Math.abs(x) < 2 ** 31))) throw new Fail('evaluation');
    const variables = [...world.vars].filter(([name]) => !SERVICE.has(name)).map(([name, v]) => [name, show(v)]);
    return {
      targets: [nodes(targets[0]), nodes(targets[1])],
      option: String((world.vars.get('$NodeDeallocationOption') ?? REQUEUE)[1]),
      variables: Object.fromEntries(variables),
    };
  } catch (thrown) {
    if (thrown instanceof Fail) return { error: thrown.kind };
    throw thrown;
  }
}

const REQUEUE: V = ['o', 'requeue'];
const WORDS = ['requeue', 'terminate', 'taskcompletion', 'retaineddata'];
const UNITS: Readonly<Record<string, bigint>> = {
  ...{ Zero: 0n, '100ns': 1n, Microsecond: 10n, Millisecond: 10_000n, Second: 10_000_000n, Minute: 600_000_000n },
  ...{ Hour: 36_000_000_000n, Day: 864_000_000_000n, Week: 6_048_000_000_000n, Year: 315_360_000_000_000n },
};
const METRICS = new Set(
  `CPUPercent WallClockSeconds MemoryBytes DiskBytes DiskReadBytes DiskWriteBytes DiskReadOps DiskWriteOps
  NetworkInBytes NetworkOutBytes SampleNodeCount ActiveTasks RunningTasks PendingTasks SucceededTasks FailedTasks
  TaskSlotsPerNode CurrentDedicatedNodes CurrentLowPriorityNodes PreemptedNodeCount UsableNodeCount CurrentDedicated`
    .split(/\s+/)
    .map((name) => `$${name}`),
);
const TARGETS = ['$TargetDedicatedNodes', '$TargetDedicated', '$TargetLowPriorityNodes', '$TargetLowPriority'];
const SERVICE = new Set([...METRICS, ...TARGETS, '$NodeDeallocationOption']);

function nodes(x: number): number {
  return x > 0 ? Math.floor(x) : 0;
}

function target({ vars, inputs }: World, which: 'Dedicated' | 'LowPriority'): number {
  const set = vars.get(`$Target${which}Nodes`) ?? vars.get(`$Target${which}`);
  return set === undefined ? inputs[`target${which}Nodes`] : (set[1] as number);
}

const TOKEN =
  /\s+|\/\/[^\n]*|("[^"\n]*"|\$?[A-Za-z_]\w*|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?|==|!=|<=|>=|&&|\|\||[-+*/<>!?:().,;=])/y;
const STRENGTHS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

class Reader {
  readonly #tokens: string[] = [];

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const match = TOKEN.exec(text);
      if (match === null) throw new Fail('syntax');
      if (match[1] !== undefined) this.#tokens.push(match[1]);
    }
    this.#tokens.reverse();
  }

  all(): Thunk[] {
    const statements: Thunk[] = [];
    for (;;) {
      while (this.#take(';'));
      if (this.#tokens.length === 0) return statements;
      statements.push(this.#statement());
      if (this.#tokens.length > 0 && !this.#take(';')) throw new Fail('syntax');
    }
  }

  #statement(): Thunk {
    if (!isName(this.#tokens.at(-1)) || this.#tokens.at(-2) !== '=') return this.#choice();
    const name = this.#tokens.pop() as string;
    this.#tokens.pop();
    const value = this.#choice();
    return (world) => assign(world, name, value(world));
  }

  #choice(): Thunk {
    const condition = this.#chain(0);
    if (!this.#take('?')) return condition;
    const yes = this.#choice();
    this.#need(':');
    const no = this.#choice();
    return (world) => (number(condition(world)) !== 0 ? yes(world) : no(world));
  }

  #chain(strength: number): Thunk {
    if (strength === STRENGTHS.length) return this.#sign();
    let left = this.#chain(strength + 1);
    for (;;) {
      const op = STRENGTHS[strength]?.find((one) => one === this.#tokens.at(-1));
      if (op === undefined) return left;
      this.#tokens.pop();
      const [a, b] = [left, this.#chain(strength + 1)];
      left = (world) => operate(op, a(world), () => b(world));
    }
  }

  #sign(): Thunk {
    for (const op of ['-', '!']) {
      if (!this.#take(op)) continue;
      const inner = this.#sign();
      return (world) => {
        const value = inner(world);
        if (op === '-' && value[0] === 'i') return interval(-value[1]);
        return ['d', op === '-' ? -number(value) : number(value) === 0 ? 1 : 0];
      };
    }
    return this.#dotted();
  }

  #dotted(): Thunk {
    let metric = isName(this.#tokens.at(-1)) ? (this.#tokens.at(-1) as string) : '';
    let object = this.#atom();
    while (this.#take('.')) {
      const name = this.#tokens.pop();
      if (!isName(name) || name.startsWith('$')) throw new Fail('syntax');
      const [of, from] = [object, metric];
      const args = this.#tokens.at(-1) === '(' ? this.#args() : null;
      object = (world) => (METRICS.has(from) ? metricMethod(world, from, name, args) : member(of(world), name, args));
      metric = '';
    }
    return object;
  }

  #atom(): Thunk {
    const token = this.#tokens.pop() ?? '';
    if (/^[\d.]+[\deE.+-]*$/.test(token) && token !== '.') return () => ['d', Number(token)];
    if (token.startsWith('"') && !token.includes('\\')) return () => ['s', token.slice(1, -1)];
    if (token === '(') {
      const inner = this.#choice();
      this.#need(')');
      return inner;
    }
    if (!isName(token)) throw new Fail('syntax');
    if (this.#tokens.at(-1) !== '(') return (world) => read(world, token);
    if (token.startsWith('$')) throw new Fail('syntax');
    const args = this.#args();
    return (world) => apply(world, token, args);
  }

  #args(): Thunk[] {
    this.#need('(');
    const args: Thunk[] = [];
    if (this.#take(')')) return args;
    do args.push(this.#choice());
    while (this.#take(','));
    this.#need(')');
    return args;
  }

  #take(token: string): boolean {
    if (this.#tokens.at(-1) !== token) return false;
    this.#tokens.pop();
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw new Fail('syntax');
  }
}

function isName(token: string | undefined): token is string {
  return token !== undefined && /^\$?[A-Za-z_]/.test(token);
}

function number(value: V): number {
  if (value[0] !== 'd') throw new Fail('evaluation');
  return value[1];
}

function assign({ vars }: World, name: string, value: V): V {
  const isConstant = name.startsWith('TimeInterval_') && name.slice(13) in UNITS;
  if (METRICS.has(name) || WORDS.includes(name) || isConstant) throw new Fail('evaluation');
  if (TARGETS.includes(name)) number(value);
  if (name === '$NodeDeallocationOption' && value[0] !== 'o') throw new Fail('evaluation');
  vars.set(name, value);
  return value;
}

function read(world: World, name: string): V {
  const value = world.vars.get(name);
  if (value !== undefined) return value;
  if (name.startsWith('$TargetDedicated') && TARGETS.includes(name)) return ['d', target(world, 'Dedicated')];
  if (name.startsWith('$TargetLow') && TARGETS.includes(name)) return ['d', target(world, 'LowPriority')];
  if (name === '$NodeDeallocationOption') return REQUEUE;
  if (WORDS.includes(name)) return ['o', name];
  const unit = name.startsWith('TimeInterval_') ? UNITS[name.slice(13)] : undefined;
  if (unit !== undefined) return ['i', unit];
  const { inputs } = world;
  if (/^\$CurrentDedicated(Nodes)?$/.test(name)) return ['d', inputs.currentDedicatedNodes];
  if (name === '$CurrentLowPriorityNodes') return ['d', inputs.currentLowPriorityNodes];
  if (name === '$TaskSlotsPerNode') return ['d', inputs.taskSlotsPerNode];
  if (!METRICS.has(name)) throw new Fail('evaluation');
  const newest = samplesOf(inputs, name).at(-1)?.v ?? inputs.constants?.get(name);
  if (newest === undefined) throw new Fail('insufficientSamples');
  return ['d', newest];
}

function interval(ticks: bigint): V {
  if (ticks >= 2n ** 63n || ticks <= -(2n ** 63n)) throw new Fail('evaluation');
  return ['i', ticks];
}

function instant(ticks: bigint): V {
  const from = BigInt(Date.parse('0001-01-01')) * 10_000n;
  const to = BigInt(Date.parse('9999-12-31T23:59:59.999Z')) * 10_000n + 9_999n;
  if (ticks < from || ticks > to) throw new Fail('evaluation');
  return ['t', ticks];
}

function nearest(ticks: number): V {
  if (!(Math.abs(ticks) < 2 ** 64)) throw new Fail('evaluation');
  return interval(BigInt(Math.round(ticks)));
}

function times(x: number, ticks: bigint): V {
  return Number.isSafeInteger(x) ? interval(BigInt(x) * ticks) : nearest(x * Number(ticks));
}

function operate(op: string, a: V, later: () => V): V {
  if (op === '&&' || op === '||') {
    // A left side that is no number fails in any case; which of two errors comes first is not specified.
    const left = a[0] === 'd' ? a[1] !== 0 : null;
    if (left === (op === '||')) return ['d', op === '||' ? 1 : 0];
    const b = later();
    return ['d', number(a) === 0 && op === '&&' ? 0 : number(b) !== 0 ? 1 : 0];
  }
  const b = later();
  if (/^[<>=!]/.test(op)) {
    if (a[0] !== b[0] || a[0] === 'v' || a[0] === 'o') throw new Fail('evaluation');
    const [x, y] = [a[1] as number, b[1] as number];
    const is = { '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y, '==': x === y, '!=': x !== y }[op];
    return ['d', is === true ? 1 : 0];
  }
  const plain = (x: number, y: number) => ({ '+': x + y, '-': x - y, '*': x * y, '/': x / y })[op] as number;
  const [kind, x, y] = [`${a[0]}${op}${b[0]}`, a[1] as never, b[1] as never];
  if (a[0] === 'd' && b[0] === 'd') return ['d', plain(a[1], b[1])];
  if (a[0] === 'v' && b[0] === 'd') return ['v', a[1].map((one) => plain(one, b[1]))];
  if (a[0] === 'v' && b[0] === 'v') {
    if (a[1].length !== b[1].length) throw new Fail('evaluation');
    return ['v', a[1].map((one, index) => plain(one, b[1][index] as number))];
  }
  if (kind === 'd*i') return times(x, y);
  if (kind === 'i*d') return times(y, x);
  if (kind === 'i/d') return nearest(Number(x) / y);
  if (kind === 'i+i') return interval((x as bigint) + y);
  if (kind === 'i-i' || kind === 't-t') return interval((x as bigint) - y);
  if (kind === 'i+t' || kind === 't+i') return instant((x as bigint) + y);
  throw new Fail('evaluation');
}

function apply(world: World, name: string, thunks: readonly Thunk[]): V {
  const { inputs } = world;
  if (!/^(avg|ceil|floor|len|max|min|norm|percentile|rand|range|round|std|stop|sum|time|val|lg|ln|log)$/.test(name)) {
    throw new Fail('evaluation');
  }
  const args = thunks.map((thunk) => thunk(world));
  const types = args.map(([type]) => type).join('');
  if (name === 'stop' && types === '') throw new Stop();
  if (name === 'time' && (types === '' || (types === 's' && args[0]?.[1] === '')))
    return ['t', BigInt(inputs.nowMs) * 10_000n];
  if (name === 'time' && types === 's') return parse(args[0]?.[1] as string);
  if (['stop', 'time', 'rand'].includes(name)) throw new Fail('evaluation');
  if (name === 'val' || name === 'percentile') {
    if (types !== 'vd') throw new Fail('evaluation');
    return pick(name, args[0]?.[1] as readonly number[], args[1]?.[1] as number);
  }
  if (!/^[dv]+$/.test(types)) throw new Fail('evaluation');
  const list = args.flatMap(([, value]) => value as number | number[]);
  const each = {
    ceil: Math.ceil,
    floor: Math.floor,
    round: (x: number) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  }[name];
  if (each !== undefined) return types === 'd' ? ['d', each(list[0] as number)] : ['v', list.map(each)];
  const add = (numbers: readonly number[]) => numbers.reduce((x, y) => x + y, 0);
  if (list.length === 0 && /avg|max|min|range/.test(name)) throw new Fail('evaluation');
  const mean = add(list) / list.length;
  const deviations = list.map((x) => (x - mean) ** 2);
  const results: Readonly<Record<string, number>> = {
    avg: mean,
    len: list.length,
    sum: add(list),
    max: Math.max(...list),
    min: Math.min(...list),
    range: Math.max(...list) - Math.min(...list),
    norm: Math.sqrt(add(list.map((x) => x ** 2))),
    std: list.length < 2 ? 0 : Math.sqrt(add(deviations) / (list.length - 1)),
  };
  return ['d', results[name] as number];
}

function pick(name: string, vector: readonly number[], at: number): V {
  if (name === 'val') {
    const element = at > -1 ? vector[Math.trunc(at)] : undefined;
    if (element === undefined) throw new Fail('evaluation');
    return ['d', element];
  }
  if (!(at >= 0 && at <= 100) || vector.length === 0) throw new Fail('evaluation');
  const sorted = [...vector].sort((a, b) => a - b);
  return ['d', sorted.find((_, index) => (index + 1) * 100 >= at * sorted.length) as number];
}

function parse(text: string): V {
  const isDate = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?)?)?$|GMT$/.test(text);
  const ms = isDate ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new Fail('evaluation');
  return ['t', BigInt(ms) * 10_000n];
}

function samplesOf(inputs: FormulaInputs, metric: string): { t: number; v: number }[] {
  const series = inputs.samples.get(metric);
  const all = Array.from(series?.times ?? [], (t, index) => ({ t, v: series?.values[index] as number }));
  return all.filter(({ t }) => t <= inputs.nowMs && t >= inputs.nowMs - 7 * 86_400_000);
}

function metricMethod(world: World, metric: string, method: string, thunks: readonly Thunk[] | null): V {
  if (thunks === null || !/^(GetSample|GetSamplePercent|GetSamplePeriod|Count|HistoryBeginTime)$/.test(method)) {
    throw new Fail('evaluation');
  }
  const args = thunks.map((thunk) => thunk(world));
  const { inputs } = world;
  const all = samplesOf(inputs, metric === '$CurrentDedicated' ? '$CurrentDedicatedNodes' : metric);
  const types = args.map(([type]) => (type === 'i' || type === 't' ? 'b' : type)).join('');
  if (types === '' && method === 'Count') return ['d', all.length];
  if (types === '' && method === 'GetSamplePeriod') return ['i', 300_000_000n];
  if (types === '' && method === 'HistoryBeginTime') {
    if (all[0] === undefined) throw new Fail('insufficientSamples');
    return ['t', BigInt(all[0].t) * 10_000n];
  }
  if (method === 'GetSample' && types === 'd') {
    const count = args[0]?.[1] as number;
    return ['v', count >= 1 ? all.slice(-Math.floor(count)).map(({ v }) => v) : []];
  }
  if (!(method === 'GetSample' ? /^bb?d?$/ : method === 'GetSamplePercent' ? /^bb?$/ : /^$./).test(types))
    throw new Fail('evaluation');
  const now = BigInt(inputs.nowMs) * 10_000n;
  const bounds = args
    .filter(([type]) => type !== 'd')
    .map(([type, at]) => (type === 'i' ? now - (at as bigint) : (at as bigint)));
  if (bounds.length === 1) bounds.push(now);
  bounds.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [older, newer] = bounds as [bigint, bigint];
  const found = all.filter(({ t }) => BigInt(t) * 10_000n > older && BigInt(t) * 10_000n <= newer).map(({ v }) => v);
  const percent = Math.min(100, (100 * found.length) / Math.max(1, Number(newer - older) / 300_000_000));
  if (method === 'GetSamplePercent') return ['d', percent];
  const wanted = types.endsWith('d') ? (args.at(-1)?.[1] as number) : 10;
  if (percent < wanted) throw new Fail('insufficientSamples');
  return ['v', found];
}

function member(object: V, name: string, args: readonly Thunk[] | null): V {
  if (object[0] !== 't' || args !== null) throw new Fail('evaluation');
  const ticks = object[1];
  const date = new Date(Number((ticks - (((ticks % 10_000n) + 10_000n) % 10_000n)) / 10_000n));
  const [year, month, day, hour, minute, second] = date
    .toISOString()
    .split(/[-:.TZ]/)
    .map(Number);
  const part = { year, month, day, hour, minute, second, weekday: date.getUTCDay() }[name];
  if (part === undefined) throw new Fail('evaluation');
  return ['d', part];
}

function show(value: V): string {
  if (value[0] === 'v') return `[${value[1].join()}]`;
  if (value[0] === 'd') return String(value[1]);
  return `${value[0]} ${value[1]}`;
}

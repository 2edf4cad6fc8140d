/**
 * A formula and its inputs → an evaluation (formula 6). Pure: nothing is remembered from one evaluation to the next.
 * Within, a problem is thrown as a `Complaint` and gets its place where it is caught: every step says beforehand
 * where it is.
 */
import type { Span } from '../base/index.js';
import {
  type AssignStmt,
  type BinaryExpr,
  type CallExpr,
  type ConditionalExpr,
  type Expr,
  leftSpine,
  type MemberExpr,
  type MethodExpr,
  type NameExpr,
} from './ast.js';
import { BUILTINS, STOP } from './builtins.js';
import { isMetric } from './checker.js';
import {
  Complaint,
  noMethods,
  notACondition,
  notAssignable,
  readOnlyName,
  unknownFunction,
  unknownMember,
  unknownName,
  withArticle,
} from './complaints.js';
import { type Evaluation, failureAt, resultsText } from './evaluation.js';
import type { Formula } from './formula.js';
import { DEFAULT_SAMPLE_PERCENT, type FormulaInputs, type SampleSeries } from './inputs.js';
import { memberOf, TIMESTAMP_MEMBERS, timestampOfMs } from './instants.js';
import { type History, historyOf, insufficientData, METHODS, type SampleUse } from './methods.js';
import { applyBinary, applyUnary, truth } from './operators.js';
import { badCall, signatureFor } from './signatures.js';
import { setOf } from './types.js';
import { type Timestamp, typeOf, type Value } from './values.js';
import {
  FIXED_NAMES,
  knownNames,
  type MetricVariable,
  readOnlyKind,
  SERVICE_VARIABLES,
  type TargetName,
} from './variables.js';

/** Watches an evaluation: told of every value as it arises, inner ones first. */
export interface FormulaObserver {
  /** An expression came out; one that is never reported was not evaluated. */
  value(expression: Expr, value: Value): void;
  /** A call looked at samples, just before its value. */
  samples(call: MethodExpr, use: SampleUse): void;
}

/** Evaluates a formula once. Without an observer the trace costs nothing. */
export function evaluateFormula(
  formula: Formula,
  inputs: FormulaInputs,
  observer: FormulaObserver | null = null,
): Evaluation {
  return new Run(formula, inputs, observer).evaluate();
}

/** Beyond this a target is no number of nodes: it is a 32-bit integer in the service. */
const MAX_TARGET = 2_147_483_647;

const NO_SAMPLES: SampleSeries = { times: [], values: [] };
const NOWHERE: Span = { start: 0, end: 0 };

class Run {
  readonly #formula: Formula;
  readonly #inputs: FormulaInputs;
  readonly #observer: FormulaObserver | null;
  readonly #now: Timestamp;
  /** The formula's own variables. */
  readonly #own: Map<string, Value>;
  /** Targets and the option, as far as they were assigned. */
  readonly #outputs = new Map<string, Value>();
  /** The value expression that set a target last. */
  readonly #targetPlaces = new Map<string, Span>();
  /** Where the run is: the place of a complaint. */
  #place: Span = NOWHERE;

  constructor(formula: Formula, inputs: FormulaInputs, observer: FormulaObserver | null) {
    this.#formula = formula;
    this.#inputs = inputs;
    this.#observer = observer;
    this.#own = new Map(inputs.variables);
    this.#now = timestampOfMs(inputs.nowMs);
  }

  evaluate(): Evaluation {
    try {
      this.#statements();
      return this.#success();
    } catch (thrown) {
      if (!(thrown instanceof Complaint)) throw thrown;
      return failureAt(this.#formula.source, this.#place, thrown, this.#inputs, this.#ownVariables());
    }
  }

  #statements(): void {
    try {
      for (const statement of this.#formula.program.statements) {
        if (statement.kind === 'assign') this.#assign(statement, this.#eval(statement.value));
        else this.#eval(statement.expression);
      }
    } catch (thrown) {
      if (thrown !== STOP) throw thrown;
    }
  }

  /** Formula 6.3: what is applied is whole and not negative; `results` shows it as evaluated. */
  #success(): Evaluation {
    const dedicated = this.#target('$TargetDedicatedNodes');
    const lowPriority = this.#target('$TargetLowPriorityNodes');
    const option = this.#outputs.get('$NodeDeallocationOption');
    const word = typeof option === 'object' && 'word' in option ? option.word : 'requeue';
    const variables = this.#ownVariables();
    return {
      ok: true,
      targetDedicatedNodes: this.#applied('$TargetDedicatedNodes', dedicated),
      targetLowPriorityNodes: this.#applied('$TargetLowPriorityNodes', lowPriority),
      nodeDeallocationOption: word,
      results: resultsText(dedicated, lowPriority, word, variables),
      variables,
    };
  }

  #applied(name: TargetName, value: number): number {
    if (Math.abs(value) <= MAX_TARGET) return Math.max(0, Math.trunc(value));
    this.#place = this.#targetPlaces.get(name) ?? this.#targetPlaces.get(ALIASES[name]) ?? NOWHERE;
    throw new Complaint('BS3025', `${name} is ${value}, which is no number of nodes`, 'guard the division');
  }

  #ownVariables(): ReadonlyMap<string, Value> {
    return new Map([...this.#own].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #assign({ name, nameSpan, value: { span } }: AssignStmt, value: Value): void {
    const service = SERVICE_VARIABLES.get(name);
    if (service === undefined && !FIXED_NAMES.has(name)) {
      this.#own.set(name, value);
      return;
    }
    this.#place = nameSpan;
    const why = readOnlyKind(name);
    if (why !== null) throw readOnlyName(name, why);
    this.#place = span;
    const wanted = service?.kind === 'target' ? 'double' : 'option';
    if (typeOf(value) !== wanted) throw notAssignable(name, wanted, typeOf(value));
    this.#targetPlaces.set(name, span);
    this.#outputs.set(name, value);
  }

  #eval(expr: Expr): Value {
    const value = this.#compute(expr);
    if (this.#observer !== null) this.#observer.value(expr, value);
    return value;
  }

  #compute(expr: Expr): Value {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr.value;
      case 'name':
        return this.#name(expr);
      case 'call':
        return this.#call(expr);
      case 'member':
        return this.#member(expr);
      case 'method':
        return this.#method(expr);
      case 'unary': {
        const operand = this.#eval(expr.operand);
        this.#place = expr.span;
        return applyUnary(expr.operator, operand);
      }
      case 'binary':
        return this.#binary(expr);
      case 'conditional':
        return this.#conditional(expr);
      case 'missing':
        throw new Complaint('BS3007', 'something is missing here');
    }
  }

  #name({ name, span }: NameExpr): Value {
    const assigned = this.#own.get(name) ?? this.#outputs.get(name) ?? FIXED_NAMES.get(name);
    if (assigned !== undefined) return assigned;
    const service = SERVICE_VARIABLES.get(name);
    this.#place = span;
    if (service === undefined) throw unknownName(name, knownNames(this.#own.keys()));
    if (service.kind === 'metric') return this.#bareMetric(service);
    return service.kind === 'target' ? this.#target(service.target) : REQUEUE;
  }

  /** Formula 4.1: the full name wins over its alias, and what neither set is the pool's. */
  #target(name: TargetName): number {
    const set = this.#outputs.get(name) ?? this.#outputs.get(ALIASES[name]);
    if (typeof set === 'number') return set;
    return name === '$TargetDedicatedNodes' ? this.#inputs.targetDedicatedNodes : this.#inputs.targetLowPriorityNodes;
  }

  /** Formula 4.3: the pool's present number, else the newest sample. */
  #bareMetric(metric: MetricVariable): number {
    if (metric.present !== null) return this.#inputs[metric.present];
    const { series, from, to } = this.#history(metric);
    const value = from < to ? series.values[to - 1] : this.#inputs.constants?.get(metric.name);
    if (value === undefined) throw insufficientData(metric.name, this.#defaultPercent(), 0);
    return value;
  }

  #history({ name, samplesOf }: MetricVariable): History {
    const { samples, nowMs, sampleDelayMs = 0 } = this.#inputs;
    return historyOf(name, samples.get(samplesOf) ?? NO_SAMPLES, nowMs, sampleDelayMs);
  }

  #defaultPercent(): number {
    return this.#inputs.defaultSamplePercent ?? DEFAULT_SAMPLE_PERCENT;
  }

  #call({ name, nameSpan, args }: CallExpr): Value {
    const builtin = BUILTINS.get(name);
    this.#place = nameSpan;
    if (builtin === undefined) throw unknownFunction(name, [...BUILTINS.keys()]);
    const values = args.map((arg) => this.#eval(arg));
    this.#place = nameSpan;
    const overload = signatureFor(builtin.overloads, values);
    if (overload === null) throw badCall(name, builtin.overloads, values.map(typeSetOf));
    return overload.call(values, { now: this.#now, random: this.#inputs.random });
  }

  #method(expr: MethodExpr): Value {
    const { object, method, methodSpan, openAt, args } = expr;
    const metric = isMetric(object) ? (SERVICE_VARIABLES.get(object.name) as MetricVariable) : null;
    if (metric === null) return this.#withoutMethods(object, method, methodSpan);
    this.#place = methodSpan;
    const found = METHODS.get(method);
    if (found === undefined) throw unknownMember(method, metric.name, [...METHODS.keys()]);
    const values = args.map((arg) => this.#eval(arg));
    this.#place = methodSpan;
    const overload = signatureFor(found.overloads, values);
    if (overload === null) throw badCall(method, found.overloads, values.map(typeSetOf));
    this.#place = { start: openAt, end: expr.span.end };
    const observer = this.#observer;
    return overload.call(this.#history(metric), values, {
      nowTicks: this.#now.ticks,
      defaultSamplePercent: this.#defaultPercent(),
      note: observer === null ? null : (use) => observer.samples(expr, use),
    });
  }

  #member({ object, member, memberSpan }: MemberExpr): Value {
    this.#place = memberSpan;
    if (isMetric(object)) throw unknownMember(member, object.name, [...METHODS.keys()]);
    const value = this.#eval(object);
    this.#place = memberSpan;
    if (typeof value !== 'object' || !('type' in value) || value.type !== 'timestamp') {
      throw unknownMember(member, withArticle(typeOf(value)), []);
    }
    const found = memberOf(value, member);
    if (found === null) throw unknownMember(member, 'a timestamp', [...TIMESTAMP_MEMBERS.keys()]);
    return found;
  }

  #withoutMethods(object: Expr, method: string, span: Span): never {
    const type = typeOf(this.#eval(object));
    this.#place = span;
    throw noMethods(method, type, TIMESTAMP_MEMBERS.has(method));
  }

  /** The operands of a chain from left to right, without a stack as deep as the chain is long. */
  #binary(expr: BinaryExpr): Value {
    if (expr.left.kind !== 'binary') return this.#operation(expr, this.#eval(expr.left));
    const spine = leftSpine(expr);
    let value = this.#eval((spine[0] as BinaryExpr).left);
    for (const part of spine) {
      value = this.#operation(part, value);
      // The outermost is reported by whoever asked for it.
      if (this.#observer !== null && part !== expr) this.#observer.value(part, value);
    }
    return value;
  }

  /** Formula 2.4: `&&` and `||` leave out their right side where the left decides. */
  #operation({ operator, operatorSpan, right }: BinaryExpr, left: Value): Value {
    if (typeof left === 'number' && (operator === '&&' || operator === '||')) {
      const isDecided = operator === '&&' ? left === 0 : left !== 0;
      if (isDecided) return truth(operator === '||');
    }
    const other = this.#eval(right);
    this.#place = operatorSpan;
    return applyBinary(operator, left, other);
  }

  /** Formula 2.4: only the branch taken is evaluated. */
  #conditional({ condition, whenTrue, whenFalse }: ConditionalExpr): Value {
    const value = this.#eval(condition);
    if (typeof value === 'number') return this.#eval(value !== 0 ? whenTrue : whenFalse);
    this.#place = condition.span;
    throw notACondition(typeOf(value));
  }
}

const REQUEUE: Value = { type: 'option', word: 'requeue' };

const ALIASES = {
  $TargetDedicatedNodes: '$TargetDedicated',
  $TargetLowPriorityNodes: '$TargetLowPriority',
} as const satisfies Record<TargetName, string>;

function typeSetOf(value: Value): number {
  return setOf(typeOf(value));
}

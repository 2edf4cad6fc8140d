/**
 * Expressions in plain words. Idioms are recognized: limits (`max(0, min(cap, x))`), the newest sample or none
 * (`max(0, $M.GetSample(1))`), the mean of a window, shares of samples. Whatever is no idiom is told operator by operator.
 */
import {
  type BinaryExpr,
  type CallExpr,
  type ConditionalExpr,
  type Expr,
  type MethodExpr,
  type NameExpr,
  partsOf,
} from '../ast.js';
import type { Subject } from '../lints/subject.js';
import { includes } from '../types.js';
import { isVector, type typeOf, valueText } from '../values.js';
import { SERVICE_VARIABLES } from '../variables.js';
import { newestText, sampleChoice, samplesText } from './samples.js';
import { MEASURES, MEMBERS, OPERATIONS, RELATIONS, ROUNDINGS } from './vocabulary.js';
import { isCounted, lengthText, listText, metricNoun, ordinal } from './words.js';

/** Puts the expressions of one formula into words. */
export class Phrases {
  readonly #subject: Subject;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** A noun phrase for the value: `the mean of pending tasks over the last 15 minutes`. */
  value(expr: Expr): string {
    switch (expr.kind) {
      case 'number':
        return String(expr.value);
      case 'string':
        return `"${expr.value}"`;
      case 'name':
        return this.#name(expr);
      case 'call':
        return this.#call(expr);
      case 'member':
        return `${MEMBERS[expr.member] ?? expr.member} of ${this.#part(expr.object)}${this.#zone(expr.object)}`;
      case 'method':
        return this.#method(expr);
      case 'unary':
        return expr.operator === '-' ? `minus ${this.#part(expr.operand)}` : this.#truth(expr);
      case 'binary':
        return this.#binary(expr);
      case 'conditional':
        return this.#conditional(expr);
      case 'missing':
        return 'nothing';
    }
  }

  /** A clause for the condition: `fewer than 70 % of them are there`. */
  condition(expr: Expr): string {
    const constant = this.#subject.constantOf(expr);
    if (typeof constant === 'number' && expr.kind !== 'name') return constant === 0 ? 'never' : 'always';
    if (expr.kind === 'unary' && expr.operator === '!') return `not (${this.condition(expr.operand)})`;
    if (expr.kind === 'binary') {
      const { operator, left, right } = expr;
      if (operator === '&&') return this.#range(left, right) ?? `${this.#clause(left)} and ${this.#clause(right)}`;
      if (operator === '||') return `${this.#clause(left)} or ${this.#clause(right)}`;
      const relation = RELATIONS[operator];
      if (relation !== undefined) {
        const percent = this.#subject.shownBy(left) === 'percent' ? ' %' : '';
        return `${this.#part(left)} ${relation} ${this.#part(right)}${percent}`;
      }
    }
    if (expr.kind === 'name' && this.#isTruth(this.#subject.definitionOf(expr))) return `${expr.name} holds`;
    return `${this.#part(expr)} is not 0`;
  }

  /** Such as `2`, where the value is always the same. */
  constant(expr: Expr): string | null {
    const value = this.#subject.constantOf(expr);
    if (value === null) return null;
    return typeof value === 'object' && !isVector(value) && value.type === 'timeinterval'
      ? lengthText(value.ticks)
      : valueText(value);
  }

  /** In parentheses where it would run into its surroundings. */
  #part(expr: Expr): string {
    const text = this.value(expr);
    const isCompound =
      expr.kind === 'conditional' ||
      (expr.kind === 'binary' && text !== this.constant(expr)) ||
      (expr.kind === 'call' && /^(max|min|ceil|floor|round)$/.test(expr.name));
    return isCompound && / /.test(text) ? `(${text})` : text;
  }

  /** Before a comma, where a sum reads on. */
  #beforeComma(expr: Expr): string {
    return expr.kind === 'binary' && OPERATIONS[expr.operator] !== undefined ? this.value(expr) : this.#part(expr);
  }

  #clause(expr: Expr): string {
    const isOr = expr.kind === 'binary' && expr.operator === '||';
    return isOr ? `(${this.condition(expr)})` : this.condition(expr);
  }

  #name(expr: NameExpr): string {
    const { name } = expr;
    const variable = SERVICE_VARIABLES.get(name);
    switch (variable?.kind) {
      case 'target':
        return variable.target === '$TargetDedicatedNodes' ? 'the dedicated target' : 'the spot target';
      case 'option':
        return 'the deallocation option';
      case 'metric':
        if (variable.present !== null) return `the number of ${metricNoun(name)}`;
        return isCounted(name) ? `the newest number of ${metricNoun(name)}` : `the newest ${name}`;
      default:
        return this.#subject.definitionOf(expr) === null ? (this.constant(expr) ?? name) : name;
    }
  }

  #call(expr: CallExpr): string {
    const { name, args } = expr;
    const [first, second] = args;
    if (name === 'time') return first?.kind === 'string' && first.value !== '' ? first.value : 'now';
    if (name === 'rand') return 'a random number from 0 to 1';
    if (name === 'stop') return 'nothing: the evaluation stops';
    if (first === undefined) return name;
    const rounded = ROUNDINGS[name];
    if (rounded !== undefined) return `${this.#beforeComma(first)}, ${rounded}`;
    if (name === 'val' && second !== undefined) return `element ${this.value(second)} (from 0) of ${this.value(first)}`;
    if (name === 'percentile' && second !== undefined) {
      const rank = this.#subject.constantOf(second);
      const words = typeof rank === 'number' ? `the ${ordinal(rank)} percentile` : `percentile ${this.value(second)}`;
      return `${words} of ${this.#series(first)}`;
    }
    if (name === 'max' || name === 'min') return this.#limited(expr);
    const measure = MEASURES[name] ?? name;
    if (args.length === 1) return this.#measureOf(name, measure, first);
    return `${measure} of ${listText(args.map((arg) => this.value(arg)))}`;
  }

  /** `the mean of pending tasks over the last 15 minutes`. */
  #measureOf(name: string, measure: string, list: Expr): string {
    const newest = this.#newest(list);
    if (newest !== null && /^(avg|sum|max|min)$/.test(name)) {
      return name === 'sum' ? `${newest}, or 0 without samples` : `${newest} (without samples the evaluation fails)`;
    }
    const choice = list.kind === 'method' && list.method === 'GetSample' ? this.#choice(list) : null;
    const counts = choice?.newest === null && choice.isCounted && (name === 'max' || name === 'min');
    return `${measure}${counts ? ' number' : ''} of ${name === 'len' ? this.value(list) : this.#series(list)}`;
  }

  /** Samples as the quantity they are samples of. */
  #series(list: Expr): string {
    if (list.kind !== 'method' || list.method !== 'GetSample') return this.value(list);
    const choice = this.#choice(list);
    if (choice.newest !== null || choice.share !== null) return samplesText(choice);
    return `${choice.noun} ${choice.when}`;
  }

  /** max and min of two, one of which is a limit; else the greater or lesser of all. */
  #limited(expr: CallExpr): string {
    const limits: string[] = [];
    let inner: Expr = expr;
    for (let next = this.#limitOf(inner); next !== null; next = this.#limitOf(inner)) {
      limits.push(`${next.isLeast ? 'at least' : 'at most'} ${this.#part(next.limit)}`);
      inner = next.of;
    }
    if (limits.length > 0) return this.#withLimits(inner, limits);
    const { name, args } = expr;
    const [first] = args;
    if (args.length === 1 && first !== undefined) return this.#measureOf(name, MEASURES[name] ?? name, first);
    const [ofTwo, ofMore] = name === 'max' ? ['greater', 'greatest'] : ['lesser', 'least'];
    const word = args.length === 2 ? ofTwo : ofMore;
    return `the ${word} of ${listText(args.map((arg) => this.#newest(arg) ?? this.#series(arg)))}`;
  }

  #withLimits(inner: Expr, limits: readonly string[]): string {
    const newest = this.#newest(inner);
    if (newest === null)
      return `${this.#isVector(inner) ? this.#series(inner) : this.#beforeComma(inner)}, but ${listText(limits)}`;
    const rest = limits.filter((limit) => limit !== 'at least 0');
    const orNone = rest.length < limits.length ? `${newest}, or 0 without samples` : newest;
    return rest.length === 0 ? orNone : `${orNone}, but ${listText(rest)}`;
  }

  /** The limit in a max or min of two: a number, or a variable that always holds the same. */
  #limitOf(expr: Expr): { readonly limit: Expr; readonly of: Expr; readonly isLeast: boolean } | null {
    if (expr.kind !== 'call' || (expr.name !== 'max' && expr.name !== 'min') || expr.args.length !== 2) return null;
    const [a, b] = expr.args as [Expr, Expr];
    const [isFixed, isOtherFixed] = [this.#subject.constantOf(a) !== null, this.#subject.constantOf(b) !== null];
    if (isFixed === isOtherFixed) return null;
    return { limit: isFixed ? a : b, of: isFixed ? b : a, isLeast: expr.name === 'max' };
  }

  #newest(expr: Expr): string | null {
    if (expr.kind !== 'method' || expr.method !== 'GetSample') return null;
    const choice = this.#choice(expr);
    return choice.newest === 1 ? newestText(choice) : null;
  }

  #method(expr: MethodExpr): string {
    const noun = expr.object.kind === 'name' ? metricNoun(expr.object.name) : '';
    switch (expr.method) {
      case 'GetSample':
        return samplesText(this.#choice(expr));
      case 'GetSamplePercent':
        return `how many percent of ${samplesText(this.#choice(expr))} are there`;
      case 'GetSamplePeriod':
        return 'the 30 seconds between two samples';
      case 'Count':
        return `the number of all samples of ${noun}`;
      default:
        return `the time of the oldest sample of ${noun}`;
    }
  }

  #choice(call: MethodExpr) {
    return sampleChoice(this.#subject, call, (expr) => this.#part(expr));
  }

  #binary(expr: BinaryExpr): string {
    const isFixed = this.#isOf(expr, 'timeinterval') || !partsOf(expr).some(({ kind }) => kind === 'name');
    const constant = isFixed ? this.constant(expr) : null;
    if (constant !== null) return constant;
    const word = OPERATIONS[expr.operator];
    if (word === undefined) return this.#truth(expr);
    // A chain of the same level reads on: a plus b less c.
    const isSum = expr.operator === '+' || expr.operator === '-';
    const goesOn =
      expr.left.kind === 'binary' &&
      isSum === '+-'.includes(expr.left.operator) &&
      OPERATIONS[expr.left.operator] !== undefined;
    return `${goesOn ? this.value(expr.left) : this.#part(expr.left)} ${word} ${this.#part(expr.right)}`;
  }

  #truth(expr: Expr): string {
    return `1 if ${this.condition(expr)}, else 0`;
  }

  #conditional({ condition, whenTrue, whenFalse }: ConditionalExpr): string {
    return `${this.#part(whenTrue)} if ${this.condition(condition)}, else ${this.#part(whenFalse)}`;
  }

  /** `x >= 8 && x < 18`. */
  #range(left: Expr, right: Expr): string | null {
    const [from, to] = [this.#comparison(left), this.#comparison(right)];
    if (from === null || to === null || !from.operator.startsWith('>') || !to.operator.startsWith('<')) return null;
    if (this.#subject.textOf(from.of) !== this.#subject.textOf(to.of)) return null;
    const least = from.operator === '>=' ? `at least ${from.bound}` : `above ${from.bound}`;
    const most = to.operator === '<=' ? `at most ${to.bound}` : `below ${to.bound}`;
    return `${this.#part(from.of)} is ${least} and ${most}`;
  }

  #comparison(expr: Expr): { readonly of: Expr; readonly operator: string; readonly bound: string } | null {
    if (expr.kind !== 'binary' || RELATIONS[expr.operator] === undefined) return null;
    if (this.#subject.constantOf(expr.right) === null) return null;
    return { of: expr.left, operator: expr.operator, bound: this.#part(expr.right) };
  }

  #isTruth(expr: Expr | null): boolean {
    if (expr === null) return false;
    if (expr.kind === 'name') return this.#isTruth(this.#subject.definitionOf(expr));
    return (
      (expr.kind === 'binary' && OPERATIONS[expr.operator] === undefined) ||
      (expr.kind === 'unary' && expr.operator === '!')
    );
  }

  #isOf(expr: Expr, type: ReturnType<typeof typeOf>): boolean {
    return includes(this.#subject.types.get(expr) ?? 0, type);
  }

  #isVector(expr: Expr): boolean {
    return this.#isOf(expr, 'doubleVec');
  }

  /** Members are of UTC, which is worth a word where the time is that of the evaluation. */
  #zone(object: Expr): string {
    return object.kind === 'call' && object.name === 'time' ? ' (UTC)' : '';
  }
}

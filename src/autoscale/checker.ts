/**
 * Syntax tree → types, reporting all problems that a run is bound to meet, or may meet by the branch it takes. Values
 * are not followed: what depends on them (an empty vector, missing samples) only a run can tell.
 */
import type { Severity, Span } from '../base/index.js';
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
  type Program,
  type UnaryExpr,
} from './ast.js';
import { BUILTINS } from './builtins.js';
import {
  type Complaint,
  noMethods,
  notACondition,
  notAssignable,
  notATime,
  readOnlyName,
  unknownFunction,
  unknownMember,
  unknownName,
  withArticle,
} from './complaints.js';
import { parseTime, TIMESTAMP_MEMBERS } from './instants.js';
import { METHODS } from './methods.js';
import { badOperand, badOperands, binaryResult, unaryResult } from './operators.js';
import { badCall, checkCall, type Signature } from './signatures.js';
import { NOTHING, setOf, type TypeSet, typeSetText, typesIn } from './types.js';
import { typeOf } from './values.js';
import { FIXED_NAMES, knownNames, readOnlyKind, SERVICE_VARIABLES } from './variables.js';

/** The types of all expressions of a tree. Beside the tree, which stays as the parser made it. */
export type TypeTable = ReadonlyMap<Expr, TypeSet>;

/** Tells a problem and its place: an `error` fails in every run that gets there, a `warning` by the branch taken. */
export type ReportTyped = (complaint: Complaint, span: Span, severity: Severity) => void;

/** Checks a tree, holes and all. */
export function checkProgram(program: Program, report: ReportTyped): TypeTable {
  return new Checker(report).check(program);
}

class Checker {
  readonly #report: ReportTyped;
  readonly #types = new Map<Expr, TypeSet>();
  /** What each variable holds after the statements so far. */
  readonly #variables = new Map<string, TypeSet>();
  /** Names without a value that were reported: each is told once. */
  readonly #unknown = new Set<string>();

  constructor(report: ReportTyped) {
    this.#report = report;
  }

  check(program: Program): TypeTable {
    for (const statement of program.statements) {
      if (statement.kind === 'assign') this.#assignment(statement);
      else this.#typeOf(statement.expression);
    }
    return this.#types;
  }

  #assignment({ name, nameSpan, value }: AssignStmt): void {
    const type = this.#typeOf(value);
    const kind = SERVICE_VARIABLES.get(name)?.kind;
    const why = readOnlyKind(name);
    if (why !== null) this.#report(readOnlyName(name, why), nameSpan, 'error');
    else if (kind === 'target') this.#assignable(name, 'double', value, type);
    else if (kind === 'option') this.#assignable(name, 'option', value, type);
    else this.#variables.set(name, type);
  }

  #assignable(name: string, wanted: 'double' | 'option', value: Expr, type: TypeSet): void {
    const surplus = type & ~setOf(wanted);
    if (surplus === NOTHING) return;
    this.#report(notAssignable(name, wanted, typeSetText(surplus)), value.span, severityOf(type, surplus));
  }

  #typeOf(expr: Expr): TypeSet {
    const type = this.#compute(expr);
    this.#types.set(expr, type);
    return type;
  }

  #compute(expr: Expr): TypeSet {
    switch (expr.kind) {
      case 'number':
        return setOf('double');
      case 'string':
        return setOf('string');
      case 'name':
        return this.#name(expr);
      case 'call':
        return this.#call(expr);
      case 'member':
        return this.#member(expr);
      case 'method':
        return this.#method(expr);
      case 'unary':
        return this.#unary(expr);
      case 'binary':
        return this.#binary(expr);
      case 'conditional':
        return this.#conditional(expr);
      case 'missing':
        return NOTHING;
    }
  }

  #name({ name, span }: NameExpr): TypeSet {
    const variable = this.#variables.get(name);
    if (variable !== undefined) return variable;
    const service = SERVICE_VARIABLES.get(name);
    if (service !== undefined) return setOf(service.kind === 'option' ? 'option' : 'double');
    const fixed = FIXED_NAMES.get(name);
    if (fixed !== undefined) return setOf(typeOf(fixed));
    if (this.#unknown.has(name)) return NOTHING;
    this.#unknown.add(name);
    this.#report(unknownName(name, knownNames(this.#variables.keys())), span, 'error');
    return NOTHING;
  }

  #call({ name, nameSpan, args }: CallExpr): TypeSet {
    const types = args.map((arg) => this.#typeOf(arg));
    const builtin = BUILTINS.get(name);
    if (builtin === undefined) {
      this.#report(unknownFunction(name, [...BUILTINS.keys()]), nameSpan, 'error');
      return NOTHING;
    }
    const [text] = args;
    if (name === 'time' && text?.kind === 'string' && text.value !== '' && parseTime(text.value) === null) {
      this.#report(notATime(text.value), text.span, 'error');
    }
    return this.#called(name, builtin.overloads, types, nameSpan);
  }

  #method({ object, method, methodSpan, args }: MethodExpr): TypeSet {
    const types = args.map((arg) => this.#typeOf(arg));
    if (!isMetric(object)) return this.#withoutMethods(object, method, methodSpan);
    const found = METHODS.get(method);
    if (found !== undefined) return this.#called(method, found.overloads, types, methodSpan);
    this.#report(unknownMember(method, object.name, [...METHODS.keys()]), methodSpan, 'error');
    return NOTHING;
  }

  /** A method of something that has none. */
  #withoutMethods(object: Expr, method: string, span: Span): TypeSet {
    const type = this.#typeOf(object);
    if (type !== NOTHING) {
      this.#report(noMethods(method, typeSetText(type), TIMESTAMP_MEMBERS.has(method)), span, 'error');
    }
    return NOTHING;
  }

  #called(name: string, signatures: readonly Signature[], args: readonly TypeSet[], span: Span): TypeSet {
    const { result, fits } = checkCall(signatures, args);
    if (fits !== 'always') this.#report(badCall(name, signatures, args), span, fits === 'never' ? 'error' : 'warning');
    return result;
  }

  #member({ object, member, memberSpan }: MemberExpr): TypeSet {
    if (isMetric(object)) {
      this.#report(unknownMember(member, object.name, [...METHODS.keys()]), memberSpan, 'error');
      return NOTHING;
    }
    const type = this.#typeOf(object);
    const others = type & ~setOf('timestamp');
    if (others !== NOTHING) {
      this.#report(unknownMember(member, withArticle(typeSetText(others)), []), memberSpan, severityOf(type, others));
      return type === others ? NOTHING : setOf('double');
    }
    if (type === NOTHING) return NOTHING;
    if (TIMESTAMP_MEMBERS.has(member)) return setOf('double');
    this.#report(unknownMember(member, 'a timestamp', [...TIMESTAMP_MEMBERS.keys()]), memberSpan, 'error');
    return NOTHING;
  }

  #unary({ operator, operand, span }: UnaryExpr): TypeSet {
    const types = typesIn(this.#typeOf(operand));
    const refused = setOf(...types.filter((type) => unaryResult(operator, type) === null));
    const place = { start: span.start, end: span.start + 1 };
    if (refused !== NOTHING) this.#report(badOperand(operator, refused), place, severityOf(setOf(...types), refused));
    return setOf(...types.flatMap((type) => unaryResult(operator, type) ?? []));
  }

  /** The operands of a chain from left to right; its inner nodes get their types on the way. */
  #binary(expr: BinaryExpr): TypeSet {
    const spine = leftSpine(expr);
    let type = this.#typeOf((spine[0] as BinaryExpr).left);
    for (const part of spine) {
      type = this.#operation(part, type, this.#typeOf(part.right));
      this.#types.set(part, type);
    }
    return type;
  }

  #operation({ operator, operatorSpan }: BinaryExpr, left: TypeSet, right: TypeSet): TypeSet {
    let result = NOTHING;
    let [badLeft, badRight] = [NOTHING, NOTHING];
    for (const one of typesIn(left)) {
      for (const other of typesIn(right)) {
        const type = binaryResult(operator, one, other);
        if (type !== null) result |= setOf(type);
        else [badLeft, badRight] = [badLeft | setOf(one), badRight | setOf(other)];
      }
    }
    if (badLeft !== NOTHING) {
      this.#report(badOperands(operator, badLeft, badRight), operatorSpan, result === NOTHING ? 'error' : 'warning');
    }
    return result;
  }

  #conditional({ condition, whenTrue, whenFalse }: ConditionalExpr): TypeSet {
    const type = this.#typeOf(condition);
    const others = type & ~setOf('double');
    if (others !== NOTHING) {
      this.#report(notACondition(typeSetText(others)), condition.span, severityOf(type, others));
    }
    return this.#typeOf(whenTrue) | this.#typeOf(whenFalse);
  }
}

/** Whether the expression is the name of a metric, which alone has methods (formula 5.10). */
export function isMetric(expr: Expr): expr is NameExpr {
  return expr.kind === 'name' && SERVICE_VARIABLES.get(expr.name)?.kind === 'metric';
}

function severityOf(all: TypeSet, refused: TypeSet): Severity {
  return all === refused ? 'error' : 'warning';
}

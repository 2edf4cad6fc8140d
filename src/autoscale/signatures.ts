/**
 * How functions and methods are called. The checker asks with sets of types, the evaluator with values; both read the
 * same rows, so that neither accepts what the other refuses.
 */
import { Complaint } from './complaints.js';
import { only, setOf, type TypeSet, typeSetText, typesIn } from './types.js';
import { isVector, typeOf, type Value, type ValueType } from './values.js';

/** `list`: one or more doubles and doubleVecs in any mix. `bound`: an end of a window. */
export type ParamKind = 'double' | 'doubleVec' | 'string' | 'list' | 'bound';

/** A parameter: its kind and the name it has in help. */
export interface Param {
  readonly kind: ParamKind;
  readonly name: string;
}

/** One way to call a function. */
export interface Signature {
  readonly params: readonly Param[];
  /** `none`: it does not return. */
  readonly result: ValueType | 'none';
}

/** What each kind of parameter takes. */
const ACCEPTS: Readonly<Record<ParamKind, TypeSet>> = {
  double: setOf('double'),
  doubleVec: setOf('doubleVec'),
  string: setOf('string'),
  list: setOf('double', 'doubleVec'),
  bound: setOf('timestamp', 'timeinterval'),
};

const KIND_TEXTS: Readonly<Record<ParamKind, string>> = {
  double: 'double',
  doubleVec: 'doubleVec',
  string: 'string',
  list: 'doubleVecList',
  bound: 'bound',
};

/** A parameter from `kind name`, for tables that read like documentation. */
export function params(text: string): readonly Param[] {
  if (text === '') return [];
  return text.split(', ').map((param) => {
    const [kind, name] = param.split(' ');
    return { kind: kind as ParamKind, name: name as string };
  });
}

/** `percentile(doubleVec v, double p) → double`. */
export function signatureText(name: string, { params: list, result }: Signature): string {
  const shown = list.map((param) => `${KIND_TEXTS[param.kind]} ${param.name}`).join(', ');
  return `${name}(${shown})${result === 'none' ? '' : ` → ${result}`}`;
}

/** What the call accepts in one place, or nothing where it has no such place. */
function acceptedAt(signature: Signature, index: number): TypeSet {
  const { params: list } = signature;
  const kind = list[0]?.kind === 'list' ? 'list' : list[index]?.kind;
  return kind === undefined ? 0 : ACCEPTS[kind];
}

function takesCount(signature: Signature, count: number): boolean {
  return signature.params[0]?.kind === 'list' ? count >= 1 : count === signature.params.length;
}

/** The first signature that takes these values, or null. */
export function signatureFor<S extends Signature>(signatures: readonly S[], args: readonly Value[]): S | null {
  for (const signature of signatures) if (takes(signature, args)) return signature;
  return null;
}

function takes(signature: Signature, args: readonly Value[]): boolean {
  if (!takesCount(signature, args.length)) return false;
  for (let index = 0; index < args.length; index++) {
    if ((acceptedAt(signature, index) & only(typeOf(args[index] as Value))) === 0) return false;
  }
  return true;
}

/** What is known of a call before it happens. */
export interface CallCheck {
  /** The types that may result. */
  readonly result: TypeSet;
  /** Whether all combinations of argument types are accepted, some, or none. */
  readonly fits: 'always' | 'sometimes' | 'never';
}

/** Checks a call whose arguments have one of several types each. An argument of no type fits everywhere. */
export function checkCall(signatures: readonly Signature[], args: readonly TypeSet[]): CallCheck {
  const able = signatures.filter((signature) => takesCount(signature, args.length));
  if (args.length > MOST_FIXED_PARAMS) return checkList(able, args);
  let result = 0;
  let [fitting, refused] = [0, 0];
  for (const types of combinations(args)) {
    const signature = able.find((one) => types.every((type, index) => (acceptedAt(one, index) & type) === type));
    if (signature === undefined) refused += 1;
    else fitting += 1;
    result |= resultOf(signature);
  }
  return { result, fits: refused === 0 ? 'always' : fitting === 0 ? 'never' : 'sometimes' };
}

/** Above so many arguments only lists are taken, whose places are alike: combinations need not be told apart. */
const MOST_FIXED_PARAMS = 3;

function checkList(able: readonly Signature[], args: readonly TypeSet[]): CallCheck {
  const [list] = able;
  if (list === undefined || args.some((arg) => arg !== 0 && (arg & ACCEPTS.list) === 0)) {
    return { result: 0, fits: 'never' };
  }
  const isSure = args.every((arg) => (arg & ACCEPTS.list) === arg);
  return { result: resultOf(list), fits: isSure ? 'always' : 'sometimes' };
}

function resultOf(signature: Signature | undefined): TypeSet {
  return signature === undefined || signature.result === 'none' ? 0 : only(signature.result);
}

/** Every way to choose one type for each argument. */
function combinations(args: readonly TypeSet[]): readonly (readonly TypeSet[])[] {
  return args.reduce<readonly (readonly TypeSet[])[]>(
    (chosen, set) => {
      const choices = set === 0 ? [0] : typesIn(set).map(only);
      return chosen.flatMap((types) => choices.map((type) => [...types, type]));
    },
    [[]],
  );
}

/** The complaint about a call that no signature takes. */
export function badCall(name: string, signatures: readonly Signature[], args: readonly TypeSet[]): Complaint {
  const ways = signatures.map((signature) => signatureText(name, { ...signature, result: 'none' }));
  const hint = `write ${ways.join(', or ')}${boundsText(signatures)}`;
  const fitsInNumber = signatures.some((signature) => takesCount(signature, args.length));
  const found = fitsInNumber ? givenText(args) : countText(args.length);
  return new Complaint('BS3015', `${name} cannot be called with ${found}`, hint);
}

/** So many types are told one by one; of longer lists only which occur. */
const MOST_TYPES_TOLD = 5;

function givenText(args: readonly TypeSet[]): string {
  if (args.length <= MOST_TYPES_TOLD) return `(${args.map(typeSetText).join(', ')})`;
  return `${args.length} arguments of ${typeSetText(args.reduce((all, types) => all | types, 0))}`;
}

function countText(count: number): string {
  if (count === 0) return 'no argument';
  return count === 1 ? 'one argument' : `${count} arguments`;
}

function boundsText(signatures: readonly Signature[]): string {
  const hasBound = signatures.some((signature) => signature.params[0]?.kind === 'bound');
  return hasBound ? '; a bound is a timeinterval (so long ago) or a timestamp' : '';
}

/** A list parameter's arguments in one vector (formula 2.2). */
export function flattened(args: readonly Value[]): readonly number[] {
  const [first] = args;
  if (args.length === 1 && first !== undefined && isVector(first)) return first;
  const list: number[] = [];
  for (const arg of args) {
    if (typeof arg === 'number') list.push(arg);
    else if (isVector(arg)) for (const element of arg) list.push(element);
  }
  return list;
}

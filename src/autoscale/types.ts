/**
 * Sets of types. Most expressions have one type; a conditional whose branches differ has several; none at all means
 * that no value ever arrives (`stop()`), or that a problem was reported already.
 */
import type { ValueType } from './values.js';

/** A set of {@link ValueType} as bits. */
export type TypeSet = number;

/** All types, in the order of their bits and of messages. */
export const VALUE_TYPES: readonly ValueType[] = [
  'double',
  'doubleVec',
  'string',
  'timestamp',
  'timeinterval',
  'option',
];

const BITS: Readonly<Record<ValueType, TypeSet>> = {
  double: 1,
  doubleVec: 2,
  string: 4,
  timestamp: 8,
  timeinterval: 16,
  option: 32,
};

/** No value arrives, or its type is not known: every further use is accepted in silence. */
export const NOTHING: TypeSet = 0;

/** The set of one type. */
export function only(type: ValueType): TypeSet {
  return BITS[type];
}

/** The set of the given types. */
export function setOf(...types: readonly ValueType[]): TypeSet {
  return types.reduce((set, type) => set | BITS[type], NOTHING);
}

/** Whether a type is in a set. */
export function includes(set: TypeSet, type: ValueType): boolean {
  return (set & BITS[type]) !== 0;
}

/** The types of a set. */
export function typesIn(set: TypeSet): readonly ValueType[] {
  return VALUE_TYPES.filter((type) => includes(set, type));
}

/** `double`, or `double or doubleVec`. */
export function typeSetText(set: TypeSet): string {
  return set === NOTHING ? 'nothing' : typesIn(set).join(' or ');
}

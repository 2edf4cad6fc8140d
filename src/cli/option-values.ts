/** From what was typed, or set in the environment, to the typed values that commands read. Pure. */
import { type Diagnostic, err, nearest, ok, type Result } from '../base/index.js';
import { CLI_CODES, cliError } from './codes.js';
import { type OptionName, type OptionSpec, type OptionValues, optionSpec } from './options.js';

/** What the parser found for one option: its words in order, `true` for a flag, undefined if it was not typed. */
export type Typed = readonly string[] | true | undefined;

type Value = boolean | number | string | readonly string[] | ReadonlyMap<string, string> | null;

/** Reads the options `names`: a typed flag wins over its environment variable. Reports every bad value. */
export function readOptions<N extends OptionName>(
  names: readonly N[],
  typed: (spec: OptionSpec) => Typed,
  env: Readonly<Record<string, string | undefined>>,
): Result<OptionValues<N>, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const values: Partial<Record<OptionName, Value>> = {};
  for (const name of names) {
    const spec = optionSpec(name);
    const value = readOne(spec, typed(spec), env);
    if (value.ok) values[name] = value.value;
    else problems.push(value.error);
  }
  return problems.length > 0 ? err(problems) : ok(values as OptionValues<N>);
}

function readOne(
  spec: OptionSpec,
  typed: Typed,
  env: Readonly<Record<string, string | undefined>>,
): Result<Value, Diagnostic> {
  if (typed === true) return ok(true);
  if (typed !== undefined) return readWords(spec, typed, `--${spec.flag}`);
  const variable = spec.env === null ? undefined : env[spec.env];
  if (spec.env !== null && variable !== undefined && variable !== '') {
    return spec.kind === 'flag' ? readSwitch(variable, spec.env) : readWords(spec, [variable], spec.env);
  }
  return ok(absent(spec.kind));
}

function absent(kind: OptionSpec['kind']): Value {
  if (kind === 'flag') return false;
  if (kind === 'texts') return [];
  return kind === 'pairs' ? new Map() : null;
}

function readSwitch(text: string, where: string): Result<boolean, Diagnostic> {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return ok(true);
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return ok(false);
  return bad(where, text, 'expected 1 or 0');
}

function readWords(spec: OptionSpec, words: readonly string[], where: string): Result<Value, Diagnostic> {
  const last = words.at(-1) ?? '';
  switch (spec.kind) {
    case 'texts':
      return ok(words);
    case 'pairs':
      return readPairs(spec, words, where);
    case 'count':
      return /^[0-9]{1,15}$/.test(last) && Number(last) > 0
        ? ok(Number(last))
        : bad(where, last, `expected a whole number from 1${spec.unit === null ? '' : ` (${spec.unit})`}`);
    case 'factor':
      return /^([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(last) &&
        Number(last) > 0 &&
        Number.isFinite(Number(last))
        ? ok(Number(last))
        : bad(where, last, 'expected a number above 0');
    case 'choice':
      return readChoice(spec, last, where);
    case 'choices': {
      const parts = last.split(',').map((part) => part.trim());
      for (const part of parts) {
        const choice = readChoice(spec, part, where);
        if (!choice.ok) return choice;
      }
      return ok([...new Set(parts)]);
    }
    default:
      return last === '' ? bad(where, last, 'expected some text') : ok(last);
  }
}

/** The value may hold `=`, the key may not. */
function readPairs(spec: OptionSpec, words: readonly string[], where: string): Result<Value, Diagnostic> {
  const pairs = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) return bad(where, word, `expected ${spec.argument}`);
    pairs.set(word.slice(0, at), word.slice(at + 1));
  }
  return ok(pairs);
}

function readChoice(spec: OptionSpec, text: string, where: string): Result<string, Diagnostic> {
  const choices = spec.choices ?? [];
  if (choices.includes(text)) return ok(text);
  const guess = nearest(text, choices);
  return bad(where, text, `expected ${choices.join(', ')}`, guess === null ? null : `did you mean ${guess}?`);
}

function bad(where: string, text: string, expected: string, hint: string | null = null): Result<never, Diagnostic> {
  return err(cliError(CLI_CODES.badOptionValue, `${where} cannot be ${JSON.stringify(text)}; ${expected}`, hint));
}

/**
 * A formula as the lints see it: its expressions, and what is known of the value of each without running anything.
 * Statements run in order and a formula has no loops, so one walk tells for each use of a name what it holds there.
 */
import type { Source, Span } from '../../base/index.js';
import { childrenOf, type Expr, expressionOf, type MethodExpr, type NameExpr, type Program, partsOf } from '../ast.js';
import type { TypeTable } from '../checker.js';
import { Complaint } from '../complaints.js';
import { type Token, tokensOf } from '../lexer.js';
import { applyBinary, applyUnary } from '../operators.js';
import { includes } from '../types.js';
import type { Value } from '../values.js';
import { FIXED_NAMES, SERVICE_VARIABLES, type TargetName } from '../variables.js';

/** Which nodes a pool is meant to have. */
export const POOL_KINDS = ['dedicated', 'spot', 'mixed'] as const;
export type PoolKind = (typeof POOL_KINDS)[number];

/** What is known of the pool; null: nothing. */
export interface LintOptions {
  readonly poolKind: PoolKind | null;
  readonly taskSlotsPerNode: number | null;
}

/** Where a value comes from, its variables followed; a set of these as bits. */
export const TRAIT = {
  /** Whether samples are there: GetSamplePercent, Count, HistoryBeginTime. */
  presence: 1,
  /** How many tasks there are. */
  work: 2,
  /** The slots of a node. */
  slots: 4,
  /** The dedicated target that was just assigned. */
  dedicatedTarget: 8,
} as const;

/** What is known of a value. */
interface Facts {
  /** The value itself where every evaluation gives the same. */
  readonly constant: Value | null;
  /** The value is a share of samples, 0 to 100, or a day of the week, 0 to 6. */
  readonly shows: 'percent' | 'weekday' | null;
  readonly traits: number;
}

/** An assignment of a target. */
export interface TargetSetting {
  readonly target: TargetName;
  readonly nameSpan: Span;
  readonly value: Expr;
}

const WORK: readonly string[] = ['$PendingTasks', '$ActiveTasks', '$RunningTasks'];
const PRESENCE: readonly string[] = ['GetSamplePercent', 'Count', 'HistoryBeginTime'];
const UNKNOWN: Facts = { constant: null, shows: null, traits: 0 };

/** A formula and what is known of it. */
export class Subject {
  readonly source: Source;
  readonly program: Program;
  readonly types: TypeTable;
  readonly options: LintOptions;
  /** Every expression, in the order of the statements, parts first. */
  readonly exprs: readonly Expr[];
  readonly targets: readonly TargetSetting[];
  readonly #parents = new Map<Expr, Expr>();
  readonly #facts = new Map<Expr, Facts>();
  /** What a use of a variable holds: the value of the last assignment before it. */
  readonly #definitions = new Map<NameExpr, Expr>();
  #tokens: readonly Token[] | null = null;

  constructor(source: Source, program: Program, types: TypeTable, options: LintOptions) {
    this.source = source;
    this.program = program;
    this.types = types;
    this.options = options;
    const held = new Map<string, Expr>();
    const exprs: Expr[] = [];
    for (const statement of program.statements) {
      for (const expr of partsOf(expressionOf(statement))) {
        exprs.push(expr);
        this.#learn(expr, held);
      }
      if (statement.kind === 'assign') held.set(statement.name, statement.value);
    }
    this.exprs = exprs;
    this.targets = program.statements.flatMap((statement) => {
      const variable = statement.kind === 'assign' ? SERVICE_VARIABLES.get(statement.name) : undefined;
      return statement.kind === 'assign' && variable?.kind === 'target'
        ? [{ target: variable.target, nameSpan: statement.nameSpan, value: statement.value }]
        : [];
    });
  }

  /** The value that an expression has in every evaluation, or null. */
  constantOf(expr: Expr): Value | null {
    return this.#factsOf(expr).constant;
  }

  /** Whether the value is a share of samples or a day of the week, directly or by a variable. */
  shownBy(expr: Expr): 'percent' | 'weekday' | null {
    return this.#factsOf(expr).shows;
  }

  /** Whether the value comes from what the trait names, variables followed. */
  has(expr: Expr, trait: number): boolean {
    return (this.#factsOf(expr).traits & trait) !== 0;
  }

  /** The length of an interval that is always the same, in ticks of 100 ns; null for anything else. */
  lengthOf(expr: Expr | undefined): bigint | null {
    const value = expr === undefined ? null : this.constantOf(expr);
    return typeof value === 'object' && value !== null && 'ticks' in value && value.type === 'timeinterval'
      ? value.ticks
      : null;
  }

  /** Whether the expression is an end of a window: so long ago, or a time. */
  isBound(expr: Expr | undefined): boolean {
    const types = expr === undefined ? 0 : (this.types.get(expr) ?? 0);
    return includes(types, 'timeinterval') || includes(types, 'timestamp');
  }

  /** What the variable holds here; null for names of the service and for those without a value. */
  definitionOf(expr: NameExpr): Expr | null {
    return this.#definitions.get(expr) ?? null;
  }

  /** The expressions around one, innermost first. */
  *around(expr: Expr): Generator<readonly [inner: Expr, outer: Expr]> {
    for (let inner = expr; ; ) {
      const outer = this.#parents.get(inner);
      if (outer === undefined) return;
      yield [inner, outer];
      inner = outer;
    }
  }

  /** The calls of a method. */
  callsOf(...methods: readonly string[]): readonly MethodExpr[] {
    return this.exprs.filter((expr) => expr.kind === 'method' && methods.includes(expr.method)) as MethodExpr[];
  }

  /** An expression with the parentheses around its first and last parts, which its own span leaves out. */
  wholeSpan({ span }: Expr): Span {
    this.#tokens ??= tokensOf(this.source.text, () => {});
    const tokens = this.#tokens;
    let first = tokens.findIndex(({ start }) => start >= span.start);
    let last = tokens.findIndex(({ end }) => end >= span.end);
    let [depth, deepest] = [0, 0];
    for (const { kind } of tokens.slice(first, last + 1)) {
      if (kind === '(') depth += 1;
      else if (kind === ')') depth -= 1;
      deepest = Math.min(deepest, depth);
    }
    for (let missing = -deepest; missing > 0 && tokens[first - 1]?.kind === '('; missing--) first -= 1;
    for (let open = depth - deepest; open > 0 && tokens[last + 1]?.kind === ')'; open--) last += 1;
    return { start: tokens[first]?.start ?? span.start, end: tokens[last]?.end ?? span.end };
  }

  /** An expression as it is written. */
  textOf(expr: Expr): string {
    const { start, end } = this.wholeSpan(expr);
    return this.source.text.slice(start, end);
  }

  #factsOf(expr: Expr): Facts {
    return this.#facts.get(expr) ?? UNKNOWN;
  }

  #learn(expr: Expr, held: ReadonlyMap<string, Expr>): void {
    let traits = 0;
    for (const part of childrenOf(expr)) {
      this.#parents.set(part, expr);
      const { traits: brought } = this.#factsOf(part);
      // What a condition is about is not what the value is about.
      traits |= expr.kind === 'conditional' && part === expr.condition ? brought & TRAIT.presence : brought;
    }
    if (expr.kind === 'name') {
      const definition = held.get(expr.name);
      if (definition !== undefined) this.#definitions.set(expr, definition);
      this.#facts.set(expr, this.#factsOfName(expr.name, definition));
      return;
    }
    if (expr.kind === 'method' && PRESENCE.includes(expr.method)) traits = TRAIT.presence;
    this.#facts.set(expr, { constant: this.#constant(expr), shows: shownDirectly(expr), traits });
  }

  #factsOfName(name: string, definition: Expr | undefined): Facts {
    const variable = SERVICE_VARIABLES.get(name);
    if (variable?.kind === 'target') {
      const isDedicated = variable.target === '$TargetDedicatedNodes';
      return { ...UNKNOWN, traits: isDedicated ? TRAIT.dedicatedTarget : 0 };
    }
    if (variable !== undefined) {
      const slots = name === '$TaskSlotsPerNode' ? TRAIT.slots : 0;
      return { ...UNKNOWN, traits: WORK.includes(name) ? TRAIT.work : slots };
    }
    if (definition !== undefined) return this.#factsOf(definition);
    return { ...UNKNOWN, constant: FIXED_NAMES.get(name) ?? null };
  }

  #constant(expr: Expr): Value | null {
    if (expr.kind === 'number' || expr.kind === 'string') return expr.value;
    if (expr.kind === 'unary') {
      const operand = this.constantOf(expr.operand);
      return operand === null ? null : applied(() => applyUnary(expr.operator, operand));
    }
    if (expr.kind !== 'binary') return null;
    const left = this.constantOf(expr.left);
    const right = this.constantOf(expr.right);
    return left === null || right === null ? null : applied(() => applyBinary(expr.operator, left, right));
  }
}

function shownDirectly(expr: Expr): Facts['shows'] {
  if (expr.kind === 'method' && expr.method === 'GetSamplePercent') return 'percent';
  return expr.kind === 'member' && expr.member === 'weekday' ? 'weekday' : null;
}

/** A value that the operators refuse is the checker's affair. */
function applied(apply: () => Value): Value | null {
  try {
    return apply();
  } catch (error) {
    if (error instanceof Complaint) return null;
    throw error;
  }
}

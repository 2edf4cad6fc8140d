/** Source → formula: parsed, limited and checked, with every problem that can be known before it runs. */
import { type Diagnostic, err, fileSource, ok, type Result, type Source, type Span } from '../base/index.js';
import type { Program } from './ast.js';
import { checkProgram, type TypeTable } from './checker.js';
import { formulaCodeStory, type RefusalCode } from './codes.js';
import { ASSIGN_FIRST, Complaint, diagnosticOf } from './complaints.js';
import { parseProgram } from './parser.js';

/** The longest formula, in UTF-16 code units; comments and blanks count (formula 1.1, ASC-03). */
export const MAX_CHARACTERS = 8192;

/** The most statements, empty ones aside (formula 1.2, ASC-03). */
export const MAX_STATEMENTS = 100;

/** A formula that the service accepts. Its run may still fail: {@link problems} says where it is bound to. */
export interface Formula {
  readonly source: Source;
  readonly program: Program;
  readonly types: TypeTable;
  /**
   * Unknown names and types that do not fit, in the order of their places. The service stores such a formula, and
   * every run that gets there fails (formula 6.9); warnings are those that depend on a branch.
   */
  readonly problems: readonly Diagnostic[];
}

/**
 * Compiles a formula. The error lists everything that was found in it, what the checker says of the readable
 * statements included; {@link refusalOf} tells what the service would answer.
 */
export function compileFormula(given: Source | string): Result<Formula, readonly Diagnostic[]> {
  const source = sourceOf(given);
  const { program, types, refused, problems } = readFormula(source);
  return refused ? err(problems) : ok({ source, program, types, problems });
}

/** The source of a formula that has no file. */
export function sourceOf(given: Source | string): Source {
  return typeof given === 'string' ? fileSource('formula', given) : given;
}

/** What there is to say of a text, whether it is a formula or not. */
export interface Reading {
  /** What could be read; with holes where it is refused. */
  readonly program: Program;
  readonly types: TypeTable;
  /** Whether the service refuses it; the problems say why. */
  readonly refused: boolean;
  /** In the order of their places. */
  readonly problems: readonly Diagnostic[];
}

/** Parses, limits and checks a text. */
export function readFormula(source: Source): Reading {
  if (source.text.length > MAX_CHARACTERS) {
    return { program: { statements: [] }, types: new Map(), refused: true, problems: [tooLong(source)] };
  }
  const syntax: Diagnostic[] = [];
  const program = parseProgram(source.text, (complaint, span) => {
    syntax.push(diagnosticOf(source, span, complaint, 'error'));
  });
  const surplus = program.statements[MAX_STATEMENTS];
  if (surplus !== undefined) syntax.push(tooMany(source, surplus.span, program.statements.length));
  const problems: Diagnostic[] = [];
  // Beyond the limit nothing is read but its syntax: an endless formula is not to take endless time.
  const types = checkProgram(withinLimit(program), (complaint, span, severity) => {
    problems.push(diagnosticOf(source, span, complaint, severity));
  });
  const told = problems.filter((problem) => !isEcho(problem, syntax, program));
  return { program, types, refused: syntax.length > 0, problems: inOrder([...syntax, ...told]) };
}

/** The order in which the service's reasons count where there are several. */
const REFUSALS: readonly RefusalCode[] = [
  'AutoScaleFormulaTooLong',
  'AutoScalingFormulaSyntaxError',
  'InvalidAutoScalingSettings',
];

/** The code with which the service refuses a formula of these problems, or null where it accepts it (formula 6.5). */
export function refusalOf(diagnostics: readonly Diagnostic[]): RefusalCode | null {
  const found = new Set(diagnostics.map(({ code }) => formulaCodeStory(code)?.refusal));
  return REFUSALS.find((code) => found.has(code)) ?? null;
}

function withinLimit(program: Program): Program {
  return program.statements.length <= MAX_STATEMENTS
    ? program
    : { statements: program.statements.slice(0, MAX_STATEMENTS) };
}

function tooLong(source: Source): Diagnostic {
  const { length } = source.text;
  const message = `a formula has at most ${MAX_CHARACTERS} characters, this one has ${length}`;
  const complaint = new Complaint('BS3001', message, 'comments and blanks count: shorten them first');
  return diagnosticOf(source, { start: MAX_CHARACTERS, end: MAX_CHARACTERS + 1 }, complaint, 'error');
}

function tooMany(source: Source, span: Span, count: number): Diagnostic {
  const message = `a formula has at most ${MAX_STATEMENTS} statements, this one has ${count}; here begins the next`;
  const complaint = new Complaint('BS3002', message, 'write intermediate variables in place');
  return diagnosticOf(source, span, complaint, 'error');
}

/** An unknown name in a broken statement is mostly a part of what broke it: `a++`, `return 3`, `a = b = 1`. */
function isEcho({ hint, place }: Diagnostic, syntax: readonly Diagnostic[], { statements }: Program): boolean {
  if (hint !== ASSIGN_FIRST || place === null) return false;
  const following = statements.findIndex(({ span }) => span.start > place.span.start);
  const from = statements.at(following === -1 ? -1 : following - 1)?.span.start ?? 0;
  const to = statements[following]?.span.start ?? Number.POSITIVE_INFINITY;
  return syntax.some((problem) => {
    const at = problem.place?.span.start ?? -1;
    return at >= from && at < to;
  });
}

/** By place; at one place in the order found. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0));
}

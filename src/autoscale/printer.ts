/**
 * Syntax tree → source: the fewest parentheses that keep the shape of the tree, so that parsing what was printed gives
 * the tree again.
 */
import { BINARY_LEVELS, type BinaryExpr, type Expr, leftSpine, type Program, type Stmt } from './ast.js';

/** A formula, one statement a line. */
export function printProgram({ statements }: Program): string {
  return statements.map((statement) => `${printStatement(statement)}\n`).join('');
}

/** A statement with its semicolon. */
export function printStatement(statement: Stmt): string {
  if (statement.kind === 'expression') return `${printExpression(statement.expression)};`;
  return `${statement.name} = ${printExpression(statement.value)};`;
}

/** An expression. A hole left by a syntax error has no text. */
export function printExpression(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return Number.isFinite(expr.value) ? String(expr.value) : '1e999';
    case 'string':
      return `"${expr.value}"`;
    case 'name':
      return expr.name;
    case 'call':
      return `${expr.name}(${printed(expr.args)})`;
    case 'member':
      return `${within(expr.object, POSTFIX)}.${expr.member}`;
    case 'method':
      return `${within(expr.object, POSTFIX)}.${expr.method}(${printed(expr.args)})`;
    case 'unary':
      return `${expr.operator}${within(expr.operand, UNARY)}`;
    case 'binary':
      return printBinary(expr);
    case 'conditional':
      return `${within(expr.condition, 1)} ? ${printExpression(expr.whenTrue)} : ${printExpression(expr.whenFalse)}`;
    case 'missing':
      return '';
  }
}

/** How tightly things hold together: 0 a condition, then the binary levels, then these. */
const UNARY = BINARY_LEVELS.length + 1;
const POSTFIX = UNARY + 1;

function tightness(expr: Expr): number {
  switch (expr.kind) {
    case 'conditional':
      return 0;
    case 'binary':
      return levelOf(expr);
    case 'unary':
      return UNARY;
    default:
      return POSTFIX;
  }
}

function levelOf({ operator }: BinaryExpr): number {
  return BINARY_LEVELS.findIndex((level) => (level as readonly string[]).includes(operator)) + 1;
}

/** In parentheses where it holds together less tightly than its surroundings ask for. */
function within(expr: Expr, least: number): string {
  const text = printExpression(expr);
  return tightness(expr) < least ? `(${text})` : text;
}

/** From left to right, since a chain may be thousands long; the left side of each operator is what was printed. */
function printBinary(expr: BinaryExpr): string {
  const spine = leftSpine(expr);
  const first = spine[0] as BinaryExpr;
  const parts = [within(first.left, levelOf(first))];
  let inner = 0;
  let opened = 0;
  for (const part of spine) {
    const level = levelOf(part);
    if (inner !== 0 && inner < level) {
      parts.push(')');
      opened += 1;
    }
    parts.push(` ${part.operator} `, within(part.right, level + 1));
    inner = level;
  }
  return `${'('.repeat(opened)}${parts.join('')}`;
}

function printed(args: readonly Expr[]): string {
  return args.map(printExpression).join(', ');
}

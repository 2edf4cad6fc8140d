/**
 * Tokens → syntax tree, by recursive descent: a method for each production of the grammar, which stands above it.
 *
 * The first problem of a statement is reported and blinds the parser to the rest of that statement: it sees the end of
 * the formula, so every method returns by itself, and holes become `missing` expressions. It sees again at the next
 * semicolon, or at a line that begins like an assignment, so that one call reports the problems of all statements.
 */
import type { Span } from '../base/index.js';
import {
  type AssignStmt,
  BINARY_LEVELS,
  type BinaryOperator,
  type Expr,
  type ExpressionStmt,
  type MethodExpr,
  type NameExpr,
  type Program,
  type Stmt,
  type UnaryOperator,
} from './ast.js';
import { Complaint } from './complaints.js';
import { type Report, type Token, type TokenKind, tokensOf } from './lexer.js';

/** The deepest nesting of parentheses, calls, signs, conditions and members within each other. */
export const MAX_NESTING = 256;

/** The tree of a formula. Where a problem was reported, it has holes. */
export function parseProgram(text: string, report: Report): Program {
  return new Parser(text, tokensOf(text, report), report).formula();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #report: Report;
  /** The token to be read next. */
  #at = 0;
  #nesting = 0;
  /** A problem was met in this statement: nothing more is seen of it. */
  #isBlind = false;

  constructor(text: string, tokens: readonly Token[], report: Report) {
    this.#text = text;
    this.#tokens = tokens;
    this.#report = report;
  }

  /** `formula = { ";" } [ statement { ";" { ";" } statement } { ";" } ] ;` */
  formula(): Program {
    const statements: Stmt[] = [];
    for (;;) {
      while (this.#take(';'));
      if (this.#sees('end')) return { statements };
      statements.push(this.#statement());
      this.#endOfStatement();
    }
  }

  /** `statement = identifier "=" expression | expression ;` */
  #statement(): Stmt {
    return this.#startsStatement() ? this.#assignment() : this.#expressionStatement();
  }

  #assignment(): AssignStmt {
    const name = this.#next();
    this.#next();
    const value = this.#expression();
    const span = { start: name.start, end: value.span.end };
    return { kind: 'assign', name: this.#textOf(name), nameSpan: spanOf(name), value, span };
  }

  #expressionStatement(): ExpressionStmt {
    const expression = this.#expression();
    return { kind: 'expression', expression, span: expression.span };
  }

  /** `expression = logicalOr [ "?" expression ":" expression ] ;` Associates to the right. */
  #expression(): Expr {
    const condition = this.#logicalOr();
    const question = this.#peek();
    if (!this.#take('?')) return condition;
    const whenTrue = this.#nested(question, () => this.#expression());
    if (!this.#take(':')) this.#unexpected(': and the other branch of the condition');
    const whenFalse = this.#nested(question, () => this.#expression());
    return { kind: 'conditional', condition, whenTrue, whenFalse, span: between(condition, whenFalse) };
  }

  /** `logicalOr = logicalAnd { "||" logicalAnd } ;` */
  #logicalOr(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[0], () => this.#logicalAnd());
  }

  /** `logicalAnd = equality { "&&" equality } ;` */
  #logicalAnd(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[1], () => this.#equality());
  }

  /** `equality = relation { ( "==" | "!=" ) relation } ;` */
  #equality(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[2], () => this.#relation());
  }

  /** `relation = sum { ( "<" | "<=" | ">" | ">=" ) sum } ;` */
  #relation(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[3], () => this.#sum());
  }

  /** `sum = product { ( "+" | "-" ) product } ;` */
  #sum(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[4], () => this.#product());
  }

  /** `product = unary { ( "*" | "/" ) unary } ;` */
  #product(): Expr {
    return this.#leftAssociative(BINARY_LEVELS[5], () => this.#unary());
  }

  /** `unary = ( "-" | "!" ) unary | postfix ;` */
  #unary(): Expr {
    const sign = this.#peek();
    if (!this.#take('-') && !this.#take('!')) return this.#postfix();
    const operand = this.#nested(sign, () => this.#unary());
    const span = { start: sign.start, end: operand.span.end };
    return { kind: 'unary', operator: sign.kind as UnaryOperator, operand, span };
  }

  /** `postfix = primary { "." name [ "(" [ arguments ] ")" ] } ;` */
  #postfix(): Expr {
    let object = this.#primary();
    const outside = this.#nesting;
    while (this.#take('.')) {
      const name = this.#peek();
      if (!this.#sees('name') || this.#textOf(name).startsWith('$')) {
        this.#unexpected('a method or member, such as GetSample or hour');
        break;
      }
      this.#next();
      // Each link encloses those before it, so a chain of them is as deep as it is long.
      if (!this.#deeper(name)) break;
      object = this.#sees('(') ? this.#method(object, name) : this.#member(object, name);
    }
    this.#nesting = outside;
    return object;
  }

  #member(object: Expr, name: Token): Expr {
    const span = { start: object.span.start, end: name.end };
    return { kind: 'member', object, member: this.#textOf(name), memberSpan: spanOf(name), span };
  }

  #method(object: Expr, name: Token): MethodExpr {
    const openAt = this.#peek().start;
    const { args, end } = this.#arguments();
    const span = { start: object.span.start, end };
    return { kind: 'method', object, method: this.#textOf(name), methodSpan: spanOf(name), openAt, args, span };
  }

  /** `primary = number | string | identifier | name "(" [ arguments ] ")" | "(" expression ")" ;` */
  #primary(): Expr {
    const token = this.#peek();
    if (this.#take('number')) return { kind: 'number', value: Number(this.#textOf(token)), span: spanOf(token) };
    if (this.#take('string')) return { kind: 'string', value: this.#textOf(token).slice(1, -1), span: spanOf(token) };
    if (this.#take('name')) return this.#sees('(') ? this.#call(token) : this.#name(token);
    if (this.#take('(')) return this.#parenthesized(token);
    this.#unexpected('a value');
    return { kind: 'missing', span: { start: token.start, end: token.start } };
  }

  #name(token: Token): NameExpr {
    return { kind: 'name', name: this.#textOf(token), span: spanOf(token) };
  }

  #call(token: Token): Expr {
    const name = this.#textOf(token);
    if (name.startsWith('$')) {
      const hint = `functions are written without $: ${name.slice(1)}(…)`;
      this.#fail(new Complaint('BS3007', `${name} is a variable and cannot be called`, hint), spanOf(token));
      return this.#name(token);
    }
    const { args, end } = this.#arguments();
    return { kind: 'call', name, nameSpan: spanOf(token), args, span: { start: token.start, end } };
  }

  #parenthesized(open: Token): Expr {
    const inner = this.#nested(open, () => this.#expression());
    this.#close(open, 'an operator or )');
    return inner;
  }

  /** `arguments = expression { "," expression } ;` With the parentheses around them. */
  #arguments(): { readonly args: readonly Expr[]; readonly end: number } {
    const open = this.#next();
    const args: Expr[] = [];
    if (!this.#sees(')')) {
      do args.push(this.#nested(open, () => this.#expression()));
      while (this.#take(','));
    }
    return { args, end: this.#close(open, 'an operator, a comma or )') };
  }

  /** The offset after the parenthesis that closes `open`. */
  #close(open: Token, expected: string): number {
    const token = this.#peek();
    if (this.#take(')')) return token.end;
    if (token.kind === 'end' || token.kind === ';' || this.#startsNextLine()) {
      const hint = 'put a ) before the end of the statement';
      this.#fail(new Complaint('BS3009', 'this parenthesis is never closed', hint), spanOf(open));
    }
    this.#unexpected(expected);
    return token.start;
  }

  #leftAssociative(operators: readonly BinaryOperator[], operand: () => Expr): Expr {
    let left = operand();
    while ((operators as readonly TokenKind[]).includes(this.#peek().kind)) {
      const token = this.#next();
      const right = operand();
      const operator = token.kind as BinaryOperator;
      left = { kind: 'binary', operator, operatorSpan: spanOf(token), left, right, span: between(left, right) };
    }
    return left;
  }

  /** Parses what stands one level deeper, or refuses to where that is too deep. */
  #nested(from: Token, parse: () => Expr): Expr {
    const outside = this.#nesting;
    const expr: Expr = this.#deeper(from) ? parse() : { kind: 'missing', span: { start: from.end, end: from.end } };
    this.#nesting = outside;
    return expr;
  }

  #deeper(from: Token): boolean {
    this.#nesting += 1;
    if (this.#nesting <= MAX_NESTING) return true;
    const message = `nesting deeper than ${MAX_NESTING}`;
    this.#fail(new Complaint('BS3003', message, 'give inner parts names of their own'), spanOf(from));
    return false;
  }

  /** After a statement stands a semicolon or the end; else says what is wrong and goes on where it makes sense. */
  #endOfStatement(): void {
    const token = this.#peek();
    if (!this.#isBlind && token.kind !== ';' && token.kind !== 'end') {
      const goesOn = this.#startsStatement();
      this.#surplus(token);
      if (goesOn) this.#isBlind = false;
    }
    if (this.#isBlind) this.#skipStatement();
  }

  #surplus(token: Token): void {
    if (token.kind === ')') {
      this.#fail(new Complaint('BS3007', 'this ) closes nothing', 'take it out, or open one before'), spanOf(token));
    } else if (token.kind === '=') {
      const hint = 'to compare write ==; an assignment is a statement of its own';
      this.#fail(new Complaint('BS3007', 'only a variable can be assigned', hint), spanOf(token));
    } else if (token.kind === 'name' || token.kind === 'number' || token.kind === 'string') {
      const { end } = this.#tokenAt(this.#at - 1);
      const hint = 'statements are separated by semicolons, whatever the lines';
      this.#fail(new Complaint('BS3008', 'a semicolon is missing here', hint), { start: end, end });
    } else this.#unexpected('an operator or a semicolon');
  }

  /** To the next semicolon, or to a line that begins a statement. */
  #skipStatement(): void {
    this.#isBlind = false;
    while (!this.#sees(';') && !this.#sees('end')) {
      if (this.#startsNextLine()) return;
      this.#at += 1;
    }
  }

  /** Whether an assignment stands here. */
  #startsStatement(): boolean {
    return this.#sees('name') && this.#tokenAt(this.#at + 1).kind === '=';
  }

  /** Whether a line begins here like an assignment: what was before it has ended, with or without a semicolon. */
  #startsNextLine(): boolean {
    return this.#peek().startsLine && this.#startsStatement();
  }

  #unexpected(expected: string): void {
    const token = this.#peek();
    if (token.kind === '=') {
      const hint = 'to compare write ==; an assignment is a statement of its own';
      this.#fail(new Complaint('BS3007', `found = where ${expected} is expected`, hint), spanOf(token));
      return;
    }
    const found = token.kind === 'end' ? 'the formula ends' : `found ${this.#textOf(token)}`;
    this.#fail(new Complaint('BS3007', `${found} where ${expected} is expected`), spanOf(token));
  }

  /** Reports the first problem of a statement. What the lexer could not read it has reported itself. */
  #fail(complaint: Complaint, span: Span): void {
    if (!this.#isBlind && this.#peek().kind !== 'bad') this.#report(complaint, span);
    this.#isBlind = true;
  }

  #tokenAt(index: number): Token {
    return this.#tokens[Math.min(index, this.#tokens.length - 1)] as Token;
  }

  #peek(): Token {
    const token = this.#tokenAt(this.#at);
    return this.#isBlind ? { kind: 'end', start: token.start, end: token.start, startsLine: false } : token;
  }

  #sees(kind: TokenKind): boolean {
    return this.#peek().kind === kind;
  }

  #next(): Token {
    const token = this.#peek();
    if (!this.#isBlind) this.#at += 1;
    return token;
  }

  #take(kind: TokenKind): boolean {
    const takes = this.#sees(kind);
    if (takes) this.#at += 1;
    return takes;
  }

  #textOf(token: Token): string {
    return this.#text.slice(token.start, token.end);
  }
}

function spanOf({ start, end }: Token): Span {
  return { start, end };
}

function between(first: Expr, last: Expr): Span {
  return { start: first.span.start, end: last.span.end };
}

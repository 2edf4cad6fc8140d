/**
 * The two streams: standard output carries the result and nothing else, standard error all the rest. A stream that
 * breaks (a closed pipe, a full disk) is noted and told at the end; it never throws in the middle of a command.
 */
import { type Diagnostic, renderDiagnostic } from '../base/index.js';
import { paintDiagnostic } from './paint.js';
import type { Terminal } from './terminal.js';

/** What is needed of a stream of the process. */
export type OutStream = NodeJS.WritableStream;

/** Where a command writes. */
export class Output {
  readonly #stdout: OutStream;
  readonly #stderr: OutStream;
  readonly #terminal: Terminal;
  readonly #quiet: boolean;
  #failure: Error | null = null;

  constructor(stdout: OutStream, stderr: OutStream, terminal: Terminal, quiet: boolean) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#terminal = terminal;
    this.#quiet = quiet;
    stdout.on('error', (error: Error) => {
      this.#failure ??= error;
    });
    stderr.on('error', () => {}); // nobody is left to be told
  }

  /** A piece of the result, as lines. */
  result(text: string): void {
    if (this.#failure === null) this.#stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** The result as one JSON document. */
  json(document: unknown): void {
    this.result(JSON.stringify(document, null, 2));
  }

  /** A hint or a note for the person watching; silent under --quiet. */
  note(text: string): void {
    if (!this.#quiet) this.#stderr.write(`${text}\n`);
  }

  /** Text as it is, to standard error (progress); silent under --quiet. */
  raw(text: string): void {
    if (!this.#quiet) this.#stderr.write(text);
  }

  /** Diagnostics on standard error; under --quiet errors only. */
  problems(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      if (this.#quiet && diagnostic.severity !== 'error') continue;
      this.#stderr.write(`${paintDiagnostic(renderDiagnostic(diagnostic), this.#terminal.stderrColor)}\n`);
    }
  }

  /** What could not be done, in words of its own, on standard error; also under --quiet. */
  complaint(text: string): void {
    this.#stderr.write(`${text}\n`);
  }

  /** Waits until standard output has taken everything; the error if it could not. */
  async finish(): Promise<Error | null> {
    if (this.#failure === null) await new Promise<void>((done) => this.#stdout.write('', () => done()));
    return this.#failure;
  }
}

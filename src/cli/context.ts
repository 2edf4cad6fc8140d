/** What a command is given: where to write, what the terminal can do, what was typed. */
import type { ExitCode } from './exit-codes.js';
import type { GlobalOption, OptionName, OptionValues } from './options.js';
import type { Output } from './output.js';
import type { Terminal } from './terminal.js';

/** The surroundings of one command. */
export interface Context {
  readonly output: Output;
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of batchsim. */
  readonly version: string;
  /** What is being worked on, told when a bug ends the process; commands fill it in. */
  readonly subject: { seed: string | number | null };
}

/** One call of a command. */
export interface Call<N extends OptionName> {
  readonly context: Context;
  readonly args: readonly string[];
  readonly options: OptionValues<N | GlobalOption>;
}

/** A command's work. It prints, and returns the exit code; it never exits the process. */
export type Handler<N extends OptionName> = (call: Call<N>) => Promise<ExitCode>;

/** `formula repl`: a prompt for statements of formulas. Reads a terminal or a pipe; the thinking is done elsewhere. */
import { createInterface } from 'node:readline';
import type { Handler } from '../../context.js';
import { EXIT } from '../../exit-codes.js';
import type { Answer } from '../../formula/repl/answer.js';
import { Repl } from '../../formula/repl/repl.js';
import { readSubject, type SubjectOption } from '../../formula/subject.js';
import type { Output } from '../../output.js';
import { paintDiagnostic } from '../../paint.js';
import { exitFor, readFormulaSource } from './read-formula.js';

/** Exits 0 at its end, whatever was typed; 2 or 3 for a state or a formula that cannot be read. */
export const repl: Handler<SubjectOption> = async ({ context, args, options }) => {
  const { output, terminal } = context;
  const formula = args[0] === undefined ? null : readFormulaSource(args[0]);
  if (formula !== null && !formula.ok) {
    output.problems([formula.error]);
    return EXIT.usage;
  }
  const subject = readSubject(formula?.value ?? null, options, context.env);
  if (!subject.ok) {
    output.problems(subject.error);
    return exitFor(subject.error);
  }
  const { source, inputs, origin } = subject.value;
  if (origin !== null) output.note(origin);
  const session = new Repl(inputs, source);
  const show = (answer: Answer) => showAnswer(answer, output, terminal.stderrColor);
  if (session.formula !== null) show(session.evaluate(session.formula));
  await talk(session, show, (text) => output.note(text));
  return EXIT.ok;
};

/** Line by line until `:quit`, the end of the input, or Ctrl-C. */
async function talk(session: Repl, show: (answer: Answer) => void, note: (text: string) => void): Promise<void> {
  const { stdin, stdout } = process;
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  const lines = createInterface({
    input: stdin,
    terminal: isTerminal,
    completer: (line: string) => {
      const word = /[:$\w]*$/.exec(line)?.[0] ?? '';
      return [session.completions(word), word];
    },
    ...(isTerminal ? { output: stdout } : {}),
  });
  const ask = () => {
    if (!isTerminal) return;
    lines.setPrompt(session.isOpen ? '    ... ' : 'formula> ');
    lines.prompt();
  };
  lines.on('SIGINT', () => lines.close());
  if (isTerminal) note('statements are evaluated as you type them; :help lists the commands, :quit ends');
  ask();
  for await (const line of lines) {
    const answer = session.answer(line);
    show(answer);
    if (answer.isOver) break;
    ask();
  }
  if (isTerminal) note(''); // whoever ended it with Ctrl-C or Ctrl-D is still on the line of the prompt
  show(session.end());
  lines.close();
}

function showAnswer({ text, problem }: Answer, output: Output, color: boolean): void {
  if (text !== '') output.result(text);
  if (problem !== null) output.complaint(paintDiagnostic(problem, color));
}

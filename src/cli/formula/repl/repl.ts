/** Lines of `formula repl` → what is said to them. It reads and writes nothing itself. */
import {
  BUILTINS,
  type FormulaInputs,
  FormulaSession,
  type FormulaTrace,
  METHODS,
  SERVICE_VARIABLES,
} from '../../../autoscale/index.js';
import { type Diagnostic, fileSource, renderDiagnostic, type Source } from '../../../base/index.js';
import { shownValue } from '../value-text.js';
import { type Answer, type ReplState, SILENCE, said, wrong } from './answer.js';
import { REPL_COMMANDS } from './commands.js';

/** One session at a prompt. */
export class Repl implements ReplState {
  readonly session: FormulaSession;
  /** The formula that `:run` evaluates; null: none was named. */
  readonly formula: Source | null;
  /** Every line so far, oldest first. */
  readonly history: string[] = [];
  /** A statement that is not closed yet. */
  #open = '';

  constructor(inputs: FormulaInputs, formula: Source | null) {
    this.session = new FormulaSession(inputs);
    this.formula = formula;
  }

  /** Whether the next line goes on with the one before. */
  get isOpen(): boolean {
    return this.#open !== '';
  }

  /** Answers a line: a command that begins with a colon, or statements of a formula. */
  answer(line: string): Answer {
    if (!this.isOpen && line.trim().startsWith(':')) {
      this.history.push(line.trim());
      return this.#command(line.trim().slice(1));
    }
    const text = this.#open === '' ? line : `${this.#open}\n${line}`;
    this.#open = goesOn(text) ? text : '';
    if (this.isOpen || text.trim() === '') return SILENCE;
    this.history.push(text);
    return this.evaluate(fileSource('repl', text));
  }

  /** Whatever is still open is taken as it is. */
  end(): Answer {
    const text = this.#open;
    this.#open = '';
    return text === '' ? SILENCE : this.evaluate(fileSource('repl', text));
  }

  /** Evaluates statements and shows what each gave. */
  evaluate(source: Source): Answer {
    const before = this.session.inputs;
    const trace = this.session.evaluate(source);
    if (!trace.ok) return refusal(trace.error);
    const { evaluation } = trace.value;
    const text = statementLines(trace.value, before).join('\n');
    return evaluation.ok ? said(text) : refusal([evaluation.error.diagnostic]);
  }

  /** Words that could complete the last one of a line. */
  completions(word: string): readonly string[] {
    const names = [
      ...this.session.variables.keys(),
      ...SERVICE_VARIABLES.keys(),
      ...BUILTINS.keys(),
      ...METHODS.keys(),
    ];
    const known = word.startsWith(':') ? REPL_COMMANDS.map(({ name }) => `:${name}`) : names;
    return word === '' ? [] : known.filter((name) => name.startsWith(word));
  }

  #command(words: string): Answer {
    const [name = '', ...rest] = words.trim().split(/\s+/);
    const command = REPL_COMMANDS.find((one) => one.name === name);
    if (command === undefined) return wrong(`there is no command :${name}; :help lists them`);
    return command.run(this, rest);
  }
}

function refusal(problems: readonly Diagnostic[]): Answer {
  return wrong(problems.map(renderDiagnostic).join('\n'));
}

/** What each statement gave: `$x = 5`, and of targets what they were. */
function statementLines({ statements, evaluation }: FormulaTrace, before: FormulaInputs): readonly string[] {
  const applied = evaluation.ok ? evaluation : before;
  return statements.flatMap(({ name, outcome, root }) => {
    if (outcome === 'stopped') return ['stopped; what was assigned stands'];
    if (root.value === null) return [];
    const value = shownValue(root.value);
    const key = name === null ? undefined : TARGET_KEYS[name];
    const nodes = key === undefined ? '' : nodesText(applied[key], before[key]);
    return [name === null ? value : `${name} = ${value}${nodes}`];
  });
}

const TARGET_KEYS: Readonly<Record<string, 'targetDedicatedNodes' | 'targetLowPriorityNodes'>> = {
  $TargetDedicatedNodes: 'targetDedicatedNodes',
  $TargetDedicated: 'targetDedicatedNodes',
  $TargetLowPriorityNodes: 'targetLowPriorityNodes',
  $TargetLowPriority: 'targetLowPriorityNodes',
};

function nodesText(now: number, before: number): string {
  return ` (${now} nodes, ${now === before ? 'unchanged' : `was ${before}`})`;
}

/** A statement goes on while a parenthesis is open, or an operator waits for its right side. */
function goesOn(text: string): boolean {
  const bare = text.replaceAll(/"[^"\n]*"|\/\/[^\n]*/g, '""');
  const depth = (bare.match(/\(/g)?.length ?? 0) - (bare.match(/\)/g)?.length ?? 0);
  return depth > 0 || /[-+*/<>=!&|?:,]\s*$/.test(bare);
}

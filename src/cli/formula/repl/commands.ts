/** The commands of `formula repl`: one table, which `:help` and completion read. */
import { type FormulaInputs, SERVICE_VARIABLES } from '../../../autoscale/index.js';
import { nearest, parseDuration } from '../../../base/index.js';
import { traceText } from '../trace-text.js';
import { clockText, numbersText, shownValue } from '../value-text.js';
import { type Answer, type ReplState, SILENCE, said, wrong } from './answer.js';

/** One command. */
export interface ReplCommand {
  /** Without its colon. */
  readonly name: string;
  /** What it takes, for help. */
  readonly takes: string;
  readonly doc: string;
  readonly run: (state: ReplState, words: readonly string[]) => Answer;
}

/** The table, in the order of help. */
export const REPL_COMMANDS: readonly ReplCommand[] = [
  { name: 'vars', takes: '', doc: 'variables, targets and samples as they are', run: showVariables },
  { name: 'set', takes: 'NAME NUMBER', doc: 'give a metric a sample of now, or set a number of the pool', run: set },
  { name: 'step', takes: 'DURATION', doc: 'let time pass, such as 5m; samples go on as they were', run: step },
  { name: 'why', takes: 'NAME', doc: 'how a variable got its value', run: why },
  { name: 'run', takes: '', doc: 'evaluate the formula that was named at the start', run: runFormula },
  { name: 'history', takes: '', doc: 'the lines so far', run: showHistory },
  { name: 'help', takes: '', doc: 'this list', run: help },
  { name: 'quit', takes: '', doc: 'end', run: () => ({ ...SILENCE, isOver: true }) },
];

function showVariables({ session }: ReplState): Answer {
  const { inputs, variables } = session;
  const pool = [
    ['$TargetDedicatedNodes', inputs.targetDedicatedNodes],
    ['$TargetLowPriorityNodes', inputs.targetLowPriorityNodes],
    ['$CurrentDedicatedNodes', inputs.currentDedicatedNodes],
    ['$CurrentLowPriorityNodes', inputs.currentLowPriorityNodes],
    ['$TaskSlotsPerNode', inputs.taskSlotsPerNode],
  ].map(([name, value]) => `${name} = ${value}`);
  const own = [...variables].map(([name, value]) => `${name} = ${shownValue(value)}`);
  return said([`time() = ${new Date(inputs.nowMs).toISOString()}`, ...pool, ...sampleLines(inputs), ...own].join('\n'));
}

/** The newest samples of each metric that has some. */
function sampleLines({ samples, nowMs }: FormulaInputs): readonly string[] {
  return [...SERVICE_VARIABLES.keys()].flatMap((name) => {
    const series = samples.get(name);
    const rows = series === undefined ? [] : Array.from(series.times).filter((atMs) => atMs <= nowMs);
    const newest = rows.at(-1);
    if (series === undefined || newest === undefined) return [];
    const values = Array.from(series.values).slice(Math.max(0, rows.length - 6), rows.length);
    return [`${name}: ${rows.length} samples, the last at ${clockText(newest)}: ${numbersText(values)}`];
  });
}

function set({ session }: ReplState, [name = '', text = '', ...rest]: readonly string[]): Answer {
  const value = Number(text);
  if (text === '' || rest.length > 0 || !Number.isFinite(value)) return wrong('write :set $PendingTasks 40');
  const full = name.startsWith('$') ? name : `$${name}`;
  if (session.set(full, value)) return SILENCE;
  const near = nearest(full, [...SERVICE_VARIABLES.keys()]);
  const hint = near === null ? `assign variables of your own: ${name} = ${text}` : `did you mean ${near}?`;
  return wrong(`there is no number of the pool ${full}; ${hint}`);
}

function step({ session }: ReplState, words: readonly string[]): Answer {
  const duration = parseDuration(words.join(' '));
  if (!duration.ok) return wrong(`${duration.error}; write :step 5m`);
  session.step(duration.value);
  return said(new Date(session.inputs.nowMs).toISOString());
}

function why({ session }: ReplState, [name = '']: readonly string[]): Answer {
  const entry = session.entryOf(name) ?? session.entryOf(`$${name}`);
  if (entry !== undefined) return said(`at ${clockText(entry.nowMs)}\n${traceText([entry.statement])}`);
  const near = nearest(name, [...session.variables.keys()]);
  return wrong(
    `no line gave ${name === '' ? 'it' : name} a value; ${near === null ? ':vars lists what there is' : `did you mean ${near}?`}`,
  );
}

function runFormula(state: ReplState): Answer {
  if (state.formula !== null) return state.evaluate(state.formula);
  return wrong('there is no formula to run; name one: batchsim formula repl pool.autoscale');
}

function showHistory({ history }: ReplState): Answer {
  return said(history.map((line, index) => `${String(index + 1).padStart(3)}  ${line}`).join('\n'));
}

function help(): Answer {
  const rows = REPL_COMMANDS.map(
    ({ name, takes, doc }) => [`:${name}${takes === '' ? '' : ` ${takes}`}`, doc] as const,
  );
  const width = Math.max(...rows.map(([words]) => words.length));
  const lines = rows.map(([words, doc]) => `${words.padEnd(width)}  ${doc}`);
  return said(['Statements are evaluated as they are typed: $x = 5 * 2', ...lines].join('\n'));
}

/** Every command of the command line: what it takes, what it is for, how it is used. Help and completions read it. */
import type { OptionName } from './options.js';

/** A positional argument. */
export interface ArgumentSpec {
  readonly name: string;
  readonly required: boolean;
  /** Takes all that follows; only the last may. */
  readonly variadic: boolean;
  readonly doc: string;
  readonly choices: readonly string[] | null;
  readonly completes: 'file' | 'folder' | null;
}

/** One command. */
export interface CommandSpec {
  /** One line, in the imperative, without a full stop. */
  readonly summary: string;
  readonly arguments: readonly ArgumentSpec[];
  /** Its own options, in the order of help; the global ones come on top. */
  readonly options: readonly OptionName[];
  /** Shown first in help. */
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  /** What cannot be read off the tables; a paragraph each. */
  readonly notes: readonly string[];
}

const FILE = { required: true, variadic: false, choices: null, completes: 'file' } as const;

/** The table, in the order of help. */
export const COMMANDS = {
  init: {
    summary: 'make a scenario to start from',
    arguments: [
      {
        name: 'dir',
        required: false,
        variadic: false,
        doc: 'folder to make; default: the name of the template',
        choices: null,
        completes: 'folder',
      },
    ],
    options: ['template', 'list'],
    examples: [
      { line: 'batchsim init demo', what: 'a burst of tasks on a pool that has to be built first' },
      { line: 'batchsim init farm --template ci-farm', what: 'a stream of jobs through a working day' },
      { line: 'batchsim init film --template render-spot', what: 'spot nodes, a formula, preemptions' },
      { line: 'batchsim init --list', what: 'all templates' },
    ],
    notes: ['Files that are already there are never overwritten.'],
  },
  run: {
    summary: 'simulate a scenario, print its summary and write a run folder',
    arguments: [{ ...FILE, name: 'file', doc: 'scenario (YAML or JSON); - reads standard input' }],
    options: ['runOut', 'runFormat', 'noFiles', 'seed', 'set', 'var', 'until', 'checkDeterminism'],
    examples: [
      { line: 'batchsim run scenario.yaml', what: 'run it; the summary says where the files are' },
      {
        line: 'batchsim run scenario.yaml --seed 7 --set pools.render.targetDedicatedNodes=20',
        what: 'try another seed and a larger pool',
      },
      { line: 'batchsim run scenario.yaml --no-files --json | jq .cost.total', what: 'one number for a script' },
    ],
    notes: [
      'The same scenario, seed and version write the same bytes. Ctrl-C once stops the run and writes what there is, marked complete: false; twice quits at once.',
      'Rules under expect in the scenario are checked at the end; a rule that does not hold exits 4.',
    ],
  },
  validate: {
    summary: 'check scenarios and say what they would run',
    arguments: [{ ...FILE, name: 'file', variadic: true, doc: 'scenarios; - reads standard input' }],
    options: ['strict', 'validateFormat', 'seed', 'set', 'var', 'until'],
    examples: [
      { line: 'batchsim validate scenario.yaml', what: 'every problem with its place, then what would run' },
      { line: 'batchsim validate --strict --format github scenarios/*.yaml', what: 'annotate a pull request' },
    ],
    notes: [],
  },
  schema: {
    summary: 'print the JSON Schema that editors check scenarios with',
    arguments: [
      {
        name: 'kind',
        required: false,
        variadic: false,
        doc: 'scenario (default), formula-test or summary',
        choices: ['scenario', 'formula-test', 'summary'],
        completes: null,
      },
    ],
    options: ['schemaOut'],
    examples: [
      {
        line: 'batchsim schema --out .batchsim/scenario.schema.json',
        what: 'then link it in the first line of the scenario',
      },
      { line: 'batchsim schema summary', what: 'what summary.json holds' },
    ],
    notes: [],
  },
  import: {
    summary: 'turn a recorded workload into a scenario',
    arguments: [{ ...FILE, name: 'file', doc: 'trace, plain or gzip' }],
    options: ['from', 'nodes', 'vmSize', 'slots', 'scale', 'head', 'timing', 'taskOrder', 'map', 'importOut'],
    examples: [
      { line: 'batchsim import log.swf.gz --nodes 64 -o night', what: 'then: batchsim run night/scenario.yaml' },
      {
        line: 'batchsim import log.swf --slots processors --vm-size Standard_D16s_v5',
        what: 'wide jobs take several slots',
      },
      {
        line: 'batchsim import jobs.csv --map started=submit_s --map took=runtime_s',
        what: 'columns under other names',
      },
    ],
    notes: [
      'Rows that cannot be used are left out, counted by reason and listed; nothing else is changed. Ids that Batch refuses are mapped, and the original stays as displayName.',
    ],
  },
  why: {
    summary: 'say why a task, a node or a pool of a run is as it is',
    arguments: [
      { ...FILE, name: 'run', doc: 'run folder', completes: 'folder' },
      {
        name: 'kind',
        required: true,
        variadic: false,
        doc: 'task, node or pool',
        choices: ['task', 'node', 'pool'],
        completes: null,
      },
      {
        name: 'name',
        required: true,
        variadic: false,
        doc: 'JOB/TASK, a node by ordinal (n3) or id, or a pool',
        choices: null,
        completes: null,
      },
    ],
    options: ['at', 'pool'],
    examples: [
      { line: 'batchsim why reports/render task frames/frame-7', what: 'why it waits, failed or can never run' },
      { line: 'batchsim why reports/render node n3 --at 3:10', what: 'why it was idle, lost or not removed then' },
      { line: 'batchsim why reports/render pool render --at +2h --json', what: 'why it was short of its target' },
    ],
    notes: [
      'Each reason names the rule that it follows from, since when it holds, and what would have to change. Ids compare without regard to case.',
    ],
  },
  'formula check': {
    summary: 'say what is wrong with autoscale formulas',
    arguments: [
      {
        ...FILE,
        name: 'file',
        variadic: true,
        doc: 'formulas, or scenarios (YAML or JSON) with formulas in them; - reads a formula from standard input',
      },
    ],
    options: ['strict', 'poolKind', 'validateFormat', 'explainCodes', 'set', 'var', 'fix'],
    examples: [
      {
        line: 'batchsim formula check render.autoscale',
        what: 'every problem with its place, a hint, and often a fix',
      },
      {
        line: 'batchsim formula check scenario.yaml --fix',
        what: 'the formulas of a scenario, mended where they stand',
      },
      {
        line: 'batchsim formula check --format github --strict scenarios/*.yaml',
        what: 'annotate a pull request; warnings fail too',
      },
      { line: 'batchsim formula check - < render.autoscale', what: 'whatever comes from a pipe' },
    ],
    notes: [
      'Errors are what the service refuses, and what fails in every evaluation that gets there. Warnings are legal and rarely meant; batchsim explain tells the story of each code.',
      'A file that ends in .yaml, .yml or .json is a scenario, of which every formula is checked; anything else is a formula.',
    ],
  },
  'formula eval': {
    summary: 'evaluate a formula on a state, and show how it came to its targets',
    arguments: [{ ...FILE, required: false, name: 'file', doc: 'the formula; - reads standard input' }],
    options: ['state', 'formulaRun', 'formulaPool', 'stateAt', 'trace'],
    examples: [
      { line: 'batchsim formula eval pool.autoscale --state state.yaml', what: 'the targets and the variables' },
      {
        line: 'batchsim formula eval pool.autoscale --state state.yaml --at 3:10 --trace',
        what: 'every expression, the samples that each call saw, the branches taken',
      },
      {
        line: 'batchsim formula eval --run reports/night-4f1c9a --pool render --at 3:10 --trace',
        what: 'an evaluation of a run, made again',
      },
    ],
    notes: [
      'A state is what stands under state in a formula test: samples of metrics, present nodes, targets (docs/formula-tools.md).',
      'Exits 3 when the evaluation fails.',
    ],
  },
  'formula test': {
    summary: 'run the tests of formulas',
    arguments: [{ ...FILE, name: 'file', variadic: true, doc: 'formula test files (YAML or JSON)' }],
    options: ['reporter', 'watchFiles', 'update'],
    examples: [
      { line: 'batchsim formula test pool.test.yaml', what: 'every case and property, and what differs' },
      { line: 'batchsim formula test --watch pool.test.yaml', what: 'again at every change, while you write' },
      { line: 'batchsim formula test --reporter junit *.test.yaml > junit.xml', what: 'for a server' },
    ],
    notes: [
      'A test file names a formula, cases (a state and what must come out) and properties of a simulated run (docs/formula-tools.md). batchsim schema formula-test describes it to editors.',
      'Exits 4 when a case or a property fails.',
    ],
  },
  'formula vectors': {
    summary: 'run a file of evaluation vectors',
    arguments: [{ ...FILE, name: 'file', doc: 'vectors (JSON); - reads standard input' }],
    options: [],
    examples: [
      { line: 'batchsim formula vectors vectors.json', what: 'a line for each that differs, then the counts' },
    ],
    notes: ['Exits 4 when a vector differs.'],
  },
  'formula repl': {
    summary: 'try statements of formulas at a prompt',
    arguments: [{ ...FILE, required: false, name: 'file', doc: 'a formula to evaluate first, and again with :run' }],
    options: ['state', 'formulaRun', 'formulaPool', 'stateAt'],
    examples: [
      { line: 'batchsim formula repl --state state.yaml', what: 'then $x = max(0, $PendingTasks.GetSample(1))' },
      { line: 'batchsim formula repl pool.autoscale --state state.yaml', what: 'then :why $x, :step 5m, :run' },
    ],
    notes: ['At the prompt :help lists the commands. Without a terminal it reads lines from standard input.'],
  },
  'formula explain': {
    summary: 'tell a formula in plain words, statement by statement',
    arguments: [{ ...FILE, name: 'file', doc: 'formula; - reads standard input' }],
    options: [],
    examples: [
      {
        line: 'batchsim formula explain render.autoscale',
        what: 'what each statement means, and what becomes of the pool',
      },
      { line: 'batchsim formula explain render.autoscale --json', what: 'the same for a program' },
    ],
    notes: ['It tells what is written, not whether that is wise: batchsim formula check judges.'],
  },
  'formula plot': {
    summary: 'draw how formulas scale a pool: nodes, queue and cost of a simulated run',
    arguments: [
      { ...FILE, name: 'scenario', doc: 'scenario (YAML or JSON); - reads standard input' },
      {
        ...FILE,
        required: false,
        variadic: true,
        name: 'formula',
        doc: "formulas, each in place of the pool's own; default: the pool's own",
      },
    ],
    options: ['plotPool', 'plotOwn', 'plotOut', 'plotWidth', 'ascii', 'seed', 'set', 'var', 'until'],
    examples: [
      { line: 'batchsim formula plot scenario.yaml', what: 'target against actual nodes, queue and cost' },
      {
        line: 'batchsim formula plot scenario.yaml careful.autoscale --with-own',
        what: 'another formula beside the one it has',
      },
      {
        line: 'batchsim formula plot scenario.yaml a.autoscale b.autoscale --out compare.html',
        what: 'a page that can be mailed',
      },
    ],
    notes: [
      'All plots share their axes. A pool of fixed size can be drawn too: then its targets do not move.',
      'The page needs no network and no script; it follows the light or dark setting of its reader.',
    ],
  },
  explain: {
    summary: 'tell the longer story of an error code',
    arguments: [
      {
        name: 'code',
        required: false,
        variadic: false,
        doc: 'a code such as BS2003; default: list them all',
        choices: null,
        completes: null,
      },
    ],
    options: [],
    examples: [
      { line: 'batchsim explain BS2003', what: 'what it means and what to do' },
      { line: 'batchsim explain', what: 'all codes' },
    ],
    notes: [],
  },
  doctor: {
    summary: 'show what batchsim found out about this machine',
    arguments: [],
    options: [],
    examples: [{ line: 'batchsim doctor', what: 'versions, terminal, colour, width' }],
    notes: [],
  },
  completion: {
    summary: 'print a completion script for a shell',
    arguments: [
      {
        name: 'shell',
        required: true,
        variadic: false,
        doc: 'bash, zsh, fish or pwsh',
        choices: ['bash', 'zsh', 'fish', 'pwsh'],
        completes: null,
      },
    ],
    options: [],
    examples: [
      { line: 'source <(batchsim completion bash)', what: 'bash, for this session; put it in ~/.bashrc to keep' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a word of zsh
      { line: 'batchsim completion zsh > "${fpath[1]}/_batchsim"', what: 'zsh' },
      { line: 'batchsim completion fish > ~/.config/fish/completions/batchsim.fish', what: 'fish' },
      {
        line: 'batchsim completion pwsh | Out-String | Invoke-Expression',
        what: 'PowerShell; put it in $PROFILE to keep',
      },
    ],
    notes: [],
  },
} as const satisfies Record<string, CommandSpec>;

/** Commands whose first word is a topic, such as `formula check`: the topic, and its line of help. */
export const COMMAND_GROUPS: Readonly<Record<string, string>> = {
  formula: 'write, check and understand autoscale formulas',
};

/** Names of the commands; one of two words belongs to the group that is its first. */
export type CommandName = keyof typeof COMMANDS;
/** Names of the options of one command. */
export type OptionsOf<K extends CommandName> = (typeof COMMANDS)[K]['options'][number];

/** Commands in the order of help. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** The commands of a group, in the order of help. */
export function commandsOf(group: string): readonly CommandName[] {
  return COMMAND_NAMES.filter((name) => groupOf(name) === group);
}

/** The group that a command belongs to; null for a command of one word. */
export function groupOf(name: CommandName): string | null {
  const at = name.indexOf(' ');
  return at === -1 ? null : name.slice(0, at);
}

/** The last word of a command's name: what is typed after its group. */
export function lastWord(name: CommandName): string {
  return name.slice(name.indexOf(' ') + 1);
}

/** One command's row. */
export function commandSpec(name: CommandName): CommandSpec {
  return COMMANDS[name];
}

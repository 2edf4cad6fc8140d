/**
 * Every option of the command line, in one typed table: commander's parsing, `--help` and the shell completions are
 * all made from it. An option that takes at most one value can also be given as its environment variable; the flag
 * wins over the variable, the variable over the scenario, the scenario over the default.
 */

/** One option. `kind` decides how its value is read and what type the command sees. */
export interface OptionSpec {
  /** Long name without dashes. */
  readonly flag: string;
  readonly short: string | null;
  /** `flag`: true or false · `text` · `texts`: repeatable · `pairs`: repeatable KEY=VALUE · `count`: whole and positive · `factor`: positive ·
   *  `choice`: one of · `choices`: some of, by comma. */
  readonly kind: 'flag' | 'text' | 'texts' | 'pairs' | 'count' | 'factor' | 'choice' | 'choices';
  /** Name of the value in help; null for flags. */
  readonly argument: string | null;
  readonly choices: readonly string[] | null;
  /** What holds when it is not given, in words; the command decides. */
  readonly default: string | null;
  readonly unit: string | null;
  readonly doc: string;
  readonly env: string | null;
  /** What the shell completes the value with. */
  readonly completes: 'file' | 'folder' | null;
  /** Heading under which help lists it. */
  readonly group: 'Output' | 'Overrides' | 'Checks' | 'Trace' | 'Options' | 'Global options';
}

/** The type of an option's value, after reading; null: not given. */
export type OptionValue<S extends OptionSpec> = S['kind'] extends 'flag'
  ? boolean
  : S['kind'] extends 'count' | 'factor'
    ? number | null
    : S['kind'] extends 'texts'
      ? readonly string[]
      : S['kind'] extends 'pairs'
        ? ReadonlyMap<string, string>
        : S['kind'] extends 'choice'
          ? ChoiceOf<S> | null
          : S['kind'] extends 'choices'
            ? readonly ChoiceOf<S>[] | null
            : string | null;

type ChoiceOf<S extends OptionSpec> = S['choices'] extends readonly (infer C)[] ? C : never;

const PLAIN = { short: null, choices: null, default: null, unit: null, env: null, completes: null } as const;
const FLAG = { ...PLAIN, kind: 'flag', argument: null } as const;
const TEXT = { ...PLAIN, kind: 'text' } as const;

/** The table. Keys are what commands read; `flag` is what users type. */
export const OPTIONS = {
  json: {
    ...FLAG,
    flag: 'json',
    doc: 'print the result as one JSON document',
    env: 'BATCHSIM_JSON',
    group: 'Global options',
  },
  quiet: {
    ...FLAG,
    flag: 'quiet',
    short: 'q',
    doc: 'no progress, hints or notes; only results and errors',
    env: 'BATCHSIM_QUIET',
    group: 'Global options',
  },
  verbose: {
    ...FLAG,
    flag: 'verbose',
    short: 'v',
    doc: 'say more: files read, timings, the stack of a bug',
    env: 'BATCHSIM_VERBOSE',
    group: 'Global options',
  },
  color: {
    ...PLAIN,
    flag: 'color',
    kind: 'choice',
    argument: 'WHEN',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    doc: 'colour the output; auto: on a terminal, unless NO_COLOR is set',
    env: 'BATCHSIM_COLOR',
    group: 'Global options',
  },
  glyphs: {
    ...PLAIN,
    flag: 'glyphs',
    kind: 'choice',
    argument: 'SET',
    choices: ['auto', 'unicode', 'ascii'],
    default: 'auto',
    doc: 'characters to draw with; auto: unicode where the locale is UTF-8',
    env: 'BATCHSIM_GLYPHS',
    group: 'Global options',
  },
  noInput: {
    ...FLAG,
    flag: 'no-input',
    doc: 'never ask anything; no command asks today',
    env: 'BATCHSIM_NO_INPUT',
    group: 'Global options',
  },
  cwd: {
    ...TEXT,
    flag: 'cwd',
    argument: 'DIR',
    default: 'the current folder',
    doc: 'work as if started in this folder',
    env: 'BATCHSIM_CWD',
    completes: 'folder',
    group: 'Global options',
  },

  runOut: {
    ...TEXT,
    flag: 'out',
    short: 'o',
    argument: 'DIR',
    default: 'reports/NAME-HASH',
    doc: 'the run folder; an older run in it is replaced',
    env: 'BATCHSIM_OUT',
    completes: 'folder',
    group: 'Output',
  },
  runFormat: {
    ...PLAIN,
    flag: 'format',
    kind: 'choices',
    argument: 'LIST',
    choices: ['csv', 'json'],
    default: 'csv,json',
    doc: 'csv: the tables; json: the event log. recording.bin, summary.json and run.json are always written',
    env: 'BATCHSIM_FORMAT',
    group: 'Output',
  },
  noFiles: {
    ...FLAG,
    flag: 'no-files',
    doc: 'summary only: write no run folder and keep no event log',
    env: 'BATCHSIM_NO_FILES',
    group: 'Output',
  },

  seed: {
    ...TEXT,
    flag: 'seed',
    argument: 'N',
    default: "the scenario's, else 1",
    doc: 'seed from which everything random derives',
    env: 'BATCHSIM_SEED',
    group: 'Overrides',
  },
  set: {
    ...TEXT,
    kind: 'texts',
    flag: 'set',
    argument: 'PATH=VALUE',
    doc: 'override one value, e.g. pools.render.targetDedicatedNodes=20 (repeatable; list items are named by their id)',
    group: 'Overrides',
  },
  var: {
    ...TEXT,
    kind: 'pairs',
    flag: 'var',
    argument: 'KEY=VALUE',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the scenario's own way to name a variable
    doc: 'set a variable that the scenario reads as ${vars.KEY} (repeatable)',
    group: 'Overrides',
  },
  until: {
    ...TEXT,
    flag: 'until',
    argument: 'TIME',
    unit: 'duration, such as 12h or 90m',
    default: "the scenario's, else when nothing is left to do",
    doc: 'stop the simulated clock here even if work remains',
    env: 'BATCHSIM_UNTIL',
    group: 'Overrides',
  },

  checkDeterminism: {
    ...FLAG,
    flag: 'check-determinism',
    doc: 'run twice and compare; a difference is named and exits 1',
    env: 'BATCHSIM_CHECK_DETERMINISM',
    group: 'Checks',
  },
  strict: { ...FLAG, flag: 'strict', doc: 'warnings fail as well (exit 3)', env: 'BATCHSIM_STRICT', group: 'Checks' },
  validateFormat: {
    ...PLAIN,
    flag: 'format',
    kind: 'choice',
    argument: 'FORMAT',
    choices: ['text', 'json', 'github', 'sarif'],
    default: 'text',
    doc: 'github: annotations of a workflow run; sarif: for code scanning',
    group: 'Output',
  },

  fix: { ...FLAG, flag: 'fix', doc: 'mend in place what leaves no doubt, and say what was done', group: 'Options' },
  poolKind: {
    ...PLAIN,
    flag: 'pool-kind',
    kind: 'choice',
    argument: 'KIND',
    choices: ['dedicated', 'spot', 'mixed'],
    default: 'any targets will do',
    doc: 'nodes that the pool is to have: warn about targets that do not fit',
    env: 'BATCHSIM_POOL_KIND',
    group: 'Checks',
  },
  explainCodes: { ...FLAG, flag: 'explain', doc: 'tell the longer story of each code found', group: 'Output' },

  schemaOut: {
    ...TEXT,
    flag: 'out',
    short: 'o',
    argument: 'FILE',
    default: 'standard output',
    doc: 'write the schema to a file',
    completes: 'file',
    group: 'Output',
  },

  from: {
    ...PLAIN,
    flag: 'from',
    kind: 'choice',
    argument: 'FORMAT',
    choices: ['swf', 'wfformat', 'wtf', 'opendc', 'csv', 'ndjson'],
    default: "by the file's extension where it is plain",
    doc: 'format of the trace',
    group: 'Trace',
  },
  importOut: {
    ...TEXT,
    flag: 'out',
    short: 'o',
    argument: 'DIR',
    default: 'a folder named after the trace',
    doc: 'folder for scenario.yaml and tasks.ndjson',
    completes: 'folder',
    group: 'Output',
  },
  nodes: {
    ...PLAIN,
    flag: 'nodes',
    kind: 'count',
    argument: 'N',
    unit: 'nodes',
    doc: 'dedicated nodes of the pool',
    group: 'Trace',
  },
  vmSize: {
    ...TEXT,
    flag: 'vm-size',
    argument: 'SIZE',
    default: 'Standard_D2s_v5',
    doc: 'VM size of the pool',
    group: 'Trace',
  },
  slots: {
    ...PLAIN,
    flag: 'slots',
    kind: 'choice',
    argument: 'WHICH',
    choices: ['processors', '1'],
    default: "the trace's own slots column, else 1",
    doc: 'processors: a task needs as many slots as the job had processors, a node has as many as cores; 1: one slot each',
    group: 'Trace',
  },
  scale: {
    ...PLAIN,
    flag: 'scale',
    kind: 'factor',
    argument: 'F',
    default: '1',
    doc: 'multiply submit and run times by this factor',
    group: 'Trace',
  },
  head: {
    ...PLAIN,
    flag: 'head',
    kind: 'count',
    argument: 'N',
    unit: 'tasks',
    default: 'all',
    doc: 'import the first N tasks only',
    group: 'Trace',
  },
  timing: {
    ...PLAIN,
    flag: 'timing',
    kind: 'choice',
    argument: 'PROFILE',
    choices: ['none', 'typical'],
    default: 'none',
    doc: 'latencies of the service; none: every one is 0',
    group: 'Trace',
  },
  taskOrder: {
    ...PLAIN,
    flag: 'task-order',
    kind: 'choice',
    argument: 'ORDER',
    choices: ['creation', 'ready'],
    default: 'creation',
    doc: "order of the job's waiting tasks (SCH-04)",
    group: 'Trace',
  },
  map: {
    ...TEXT,
    kind: 'pairs',
    flag: 'map',
    argument: 'THEIRS=OURS',
    doc: 'read a column under another name, for csv and ndjson (repeatable)',
    group: 'Trace',
  },

  state: {
    ...TEXT,
    flag: 'state',
    argument: 'FILE',
    default: 'an empty pool without samples',
    doc: 'what the formula sees (YAML or JSON); - reads standard input',
    completes: 'file',
    group: 'Options',
  },
  formulaRun: {
    ...TEXT,
    flag: 'run',
    argument: 'DIR',
    doc: 'run folder: the formula sees what a pool of it had to show; without a formula of your own, what the service evaluated last',
    completes: 'folder',
    group: 'Options',
  },
  formulaPool: {
    ...TEXT,
    flag: 'pool',
    argument: 'POOL',
    doc: 'pool of the run, where several have formulas',
    group: 'Options',
  },
  stateAt: {
    ...TEXT,
    flag: 'at',
    argument: 'TIME',
    default: "the state's own now, else its newest sample; of a run, its end",
    unit: 'moment, such as 3:10, 10m or an ISO time',
    doc: 'when the formula is evaluated',
    group: 'Options',
  },
  reporter: {
    ...PLAIN,
    flag: 'reporter',
    kind: 'choice',
    argument: 'REPORTER',
    choices: ['text', 'json', 'tap', 'junit'],
    default: 'text',
    doc: 'tap: version 14; junit: XML for servers of continuous integration',
    group: 'Output',
  },
  watchFiles: {
    ...FLAG,
    flag: 'watch',
    short: 'w',
    doc: 'run again whenever a test file, its formula or its scenario changes; Ctrl-C ends',
    group: 'Options',
  },
  update: {
    ...FLAG,
    flag: 'update',
    short: 'u',
    doc: 'write what comes out into expect, where it differs',
    group: 'Options',
  },
  trace: { ...FLAG, flag: 'trace', doc: 'show the value of every expression and how it came about', group: 'Output' },
  template: {
    ...PLAIN,
    flag: 'template',
    short: 't',
    kind: 'choice',
    argument: 'NAME',
    choices: ['batch-burst', 'nightly-etl', 'render-spot', 'mpi', 'ci-farm', 'trace'],
    default: 'batch-burst',
    doc: 'which example to start from',
    group: 'Options',
  },
  at: {
    ...TEXT,
    flag: 'at',
    argument: 'TIME',
    default: 'the end of the run',
    unit: 'moment, such as 3:10, +2h or an ISO time',
    doc: 'ask about this moment',
    group: 'Options',
  },
  pool: {
    ...TEXT,
    flag: 'pool',
    argument: 'POOL',
    doc: 'pool of the node, where there are several',
    group: 'Options',
  },
  plotPool: {
    ...TEXT,
    flag: 'pool',
    argument: 'POOL',
    default: 'the only one, or the only one with a formula',
    doc: 'the pool to look at; account/pool where there are several accounts',
    group: 'Options',
  },
  plotOwn: { ...FLAG, flag: 'with-own', doc: "plot the pool's own formula as well, first", group: 'Options' },
  plotOut: {
    ...TEXT,
    flag: 'out',
    short: 'o',
    argument: 'FILE',
    default: 'the terminal',
    doc: 'draw into a file instead; its name ends in .svg or .html',
    completes: 'file',
    group: 'Output',
  },
  plotWidth: {
    ...PLAIN,
    flag: 'width',
    kind: 'count',
    argument: 'N',
    unit: 'columns; in a file pixels of a chart',
    default: 'that of the terminal; 720',
    doc: 'how wide to draw',
    group: 'Output',
  },
  ascii: { ...FLAG, flag: 'ascii', doc: 'draw with ASCII characters, as --glyphs ascii', group: 'Output' },
  list: { ...FLAG, flag: 'list', doc: 'list the templates', group: 'Options' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** Options that every command takes. */
export const GLOBAL_OPTIONS = [
  'json',
  'quiet',
  'verbose',
  'color',
  'glyphs',
  'noInput',
  'cwd',
] as const satisfies readonly OptionName[];
export type GlobalOption = (typeof GLOBAL_OPTIONS)[number];

/** Values of the options `N`, as a command reads them. */
export type OptionValues<N extends OptionName> = { readonly [K in N]: OptionValue<(typeof OPTIONS)[K]> };

/** One option's row. */
export function optionSpec(name: OptionName): OptionSpec {
  return OPTIONS[name];
}

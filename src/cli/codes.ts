/**
 * The command line's own problems, BS10nn: one row each, read by `batchsim explain`. Codes are stable; what a scenario
 * or a trace gets wrong has its codes in the rooms that read it.
 */
import type { Diagnostic } from '../base/index.js';
import type { BAD_EXPECTATION } from '../recording/index.js';

/** The longer story of a code. */
export interface CodeStory {
  readonly code: string;
  /** One line. */
  readonly title: string;
  /** What it means and when it happens. */
  readonly story: string;
  /** What to do. */
  readonly fix: string;
}

/** The table. */
export const CLI_CODES = {
  unknownCommand: {
    code: 'BS1001',
    title: 'unknown command',
    story: 'The first word after batchsim must be one of its commands.',
    fix: 'Run `batchsim --help` for the list; the message suggests the nearest one.',
  },
  unknownOption: {
    code: 'BS1002',
    title: 'unknown option',
    story: 'Each command knows its own options and the global ones, nothing else; a typo is never ignored.',
    fix: 'Run `batchsim COMMAND --help`; the message suggests the nearest option.',
  },
  badArguments: {
    code: 'BS1003',
    title: 'missing or surplus arguments',
    story: 'A command was given too few or too many words, or an option was given no value.',
    fix: 'Run `batchsim COMMAND --help`: its first lines are examples.',
  },
  badOptionValue: {
    code: 'BS1004',
    title: 'bad value of an option',
    story: 'An option, or the BATCHSIM_* variable that stands for it, has a value outside of what it accepts.',
    fix: 'The message says what is accepted. A flag on the command line overrides its variable.',
  },
  cannotRead: {
    code: 'BS1005',
    title: 'a file cannot be read',
    story: 'A file named on the command line does not exist, is a folder, is damaged, or access to it is denied.',
    fix: 'Check the path; relative paths count from the current folder, or from --cwd.',
  },
  cannotWrite: {
    code: 'BS1006',
    title: 'a file or folder cannot be written',
    story:
      'The system refused to write: the disk is full, it is read-only, or access is denied. Nothing half-written is left under its final name.',
    fix: 'Make room or choose another place with -o, then run again.',
  },
  folderInUse: {
    code: 'BS1007',
    title: 'a folder holds something else',
    story:
      'A run replaces a folder that holds a run.json, since that is an older run. Any other folder with files in it is left alone.',
    fix: 'Name another folder with -o, or empty this one.',
  },
  closedPipe: {
    code: 'BS1008',
    title: 'the output was cut off',
    story: 'Whoever was reading the standard output stopped reading (as `head` does), or the place it goes to is full.',
    fix: 'Read all of it, or write to a file: run folders are not affected.',
  },
  bug: {
    code: 'BS1009',
    title: 'a bug of batchsim',
    story: 'Something happened that should be impossible whatever the input. It is never your fault.',
    fix: 'Run again with --verbose and report what it prints, together with the scenario and the seed.',
  },
  unknownCode: {
    code: 'BS1010',
    title: 'unknown code',
    story: '`batchsim explain` was asked about a code that does not exist.',
    fix: 'Run `batchsim explain` without a code for the list.',
  },
  notDeterministic: {
    code: 'BS1011',
    title: 'two runs differ',
    story:
      'The same scenario, seed and version must give the same events on any machine. `--check-determinism` ran twice and found a difference.',
    fix: 'This is a bug: report the scenario, the seed and the event that is named.',
  },
  fileExists: {
    code: 'BS1012',
    title: 'a file is already there',
    story: '`init` and `import` do not overwrite what they did not make.',
    fix: 'Name another folder.',
  },
  importProblem: {
    code: 'BS1013',
    title: 'an import that does not fit',
    story: 'The options of `import` contradict each other or the VM size.',
    fix: 'The message says which; see `batchsim import --help`.',
  },
  badExpectation: {
    code: 'BS1014' satisfies typeof BAD_EXPECTATION,
    title: 'a rule under expect that cannot be read',
    story:
      'A rule is METRIC OP VALUE, such as makespan <= 7h, wait.p95 < 8m, cost.total < 70 USD or tasks.failed <= 0.5%. Rules are read before the run and checked after it.',
    fix: 'The message names what could not be read and suggests the nearest metric.',
  },
  notInRun: {
    code: 'BS1015',
    title: 'no such thing in the run',
    story: 'A task, node or pool was asked about that the run does not have. Ids compare without regard to case.',
    fix: 'The message suggests the nearest name; tasks.csv and nodes.csv of the run folder list them all.',
  },
  notARun: {
    code: 'BS1016',
    title: 'no run folder',
    story: 'The folder holds no run.json, or its recording was made without the event log.',
    fix: 'Name the folder that `batchsim run` printed after files, or run the scenario again.',
  },
  actionRefused: {
    code: 'BS1017',
    title: 'a refused action stopped the run',
    story:
      'The scenario says onActionError: fail, and the simulated service refused an action that nobody expected it to refuse (ERR-19). The run stops at that instant and exits with 4, as a rule under expect that does not hold; what had happened by then is reported and written.',
    fix: 'Correct the action; or write expectError: CODE beside it if the refusal is what you test, or onActionError: continue to go on without it.',
  },
} as const satisfies Record<string, CodeStory>;

/** An error of the command line itself: it has a code and a sentence, but no place in a file. */
export function cliError(story: CodeStory, message: string, hint: string | null = null): Diagnostic {
  return { code: story.code, severity: 'error', message, place: null, hint };
}

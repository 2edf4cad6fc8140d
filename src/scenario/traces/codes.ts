/** Every problem that reading or importing a trace can report. Codes are stable; `batchsim explain CODE` prints the rest. */

/** One code's page: what it is called, what it means and what to do. */
export interface TraceCode {
  /** `BS` and four digits, from BS2501 to BS2599. */
  readonly code: string;
  readonly title: string;
  readonly story: string;
  readonly fix: string;
}

/** The table that diagnostics and `explain` share. */
export const TRACE_CODES = {
  unknownFormat: {
    code: 'BS2501',
    title: 'the format of the trace is not known',
    story:
      'Six formats can be read: swf, wfformat, wtf, opendc, csv and ndjson. Where none is named, the ending of the file decides (.swf, .json, .ndjson, .jsonl, .csv, each also with .gz), and for CSV the names in its header.',
    fix: 'Name the format: `--from swf` for an import, `format: swf` beside `trace:` in a scenario.',
  },
  missingColumn: {
    code: 'BS2502',
    title: 'the trace lacks a column that its format needs',
    story:
      'Columns are found by their names in the first record. Every format needs a run time; wtf and opendc also need an id and a submission time.',
    fix: 'Map the column of the file to the name that is expected: `--map theirs=ours`, such as `--map elapsed=runtime_s`.',
  },
  notJson: {
    code: 'BS2503',
    title: 'the trace is not JSON',
    story:
      'A WfFormat workflow is one JSON document; reading stopped at the place shown. A download cut short looks the same.',
    fix: 'Compare the file with its source, or name another format with `--from`.',
  },
  notWorkflow: {
    code: 'BS2504',
    title: 'the JSON document is not a WfFormat workflow',
    story:
      'WfFormat 1.5 and later keep tasks in workflow.specification.tasks and their run times in workflow.execution.tasks; older versions keep both in workflow.tasks or workflow.jobs. Neither was found.',
    fix: 'Use a workflow of WfCommons, or convert the file to the plain CSV or NDJSON columns.',
  },
  noRows: {
    code: 'BS2505',
    title: 'no task could be read from the trace',
    story: 'Every row was skipped, or there was none. The diagnostic names the commonest reason and its first row.',
    fix: 'Check the format (`--from`) and the columns (`--map`); a value in another unit shows up here too.',
  },
  badMap: {
    code: 'BS2506',
    title: 'a column mapping cannot be used',
    story:
      'A mapping `theirs=ours` names a column of the file and the column of the format that it stands for. One of the two does not exist, or two columns were mapped to one.',
    fix: 'Compare both names with the header of the file and with the columns listed in the hint.',
  },
  rowsSkipped: {
    code: 'BS2507',
    title: 'rows of the trace were skipped',
    story:
      'Recorded logs hold rows that describe no work: jobs that never ran, lines cut short, values that are not numbers. They are skipped, counted by reason and listed; no value is guessed.',
    fix: 'Nothing, if the reasons are as expected. `import --json` lists the rows.',
  },
  unknownParents: {
    code: 'BS2508',
    title: 'tasks name parents that are not in the trace',
    story:
      'A dependency on a task that was skipped, cut off by --head or never recorded could not be met, so it is left out; the task itself is kept.',
    fix: 'Check whether the trace is complete, or import more of it.',
  },
  cycle: {
    code: 'BS2509',
    title: 'dependencies of the trace form a cycle',
    story:
      'Tasks on a cycle, and all that wait for them, never become runnable (DEP-10). They are kept and stay active.',
    fix: 'Repair the parents of the tasks named.',
  },
  tooLarge: {
    code: 'BS2510',
    title: 'the trace is too large to be read in this format',
    story:
      'SWF, CSV and NDJSON are read row by row and may be of any length, but a single row may not exceed 4 MiB. A WfFormat document is read as a whole and may not exceed 256 MiB.',
    fix: 'Convert the workflow to NDJSON, or check that the file is text.',
  },
  badOption: {
    code: 'BS2511',
    title: 'an option of the import cannot be used',
    story: 'The option is outside its range; the message names the range.',
    fix: 'Give a value inside the range.',
  },
  neverRun: {
    code: 'BS2512',
    title: 'tasks of the trace need more slots than a node has',
    story:
      'With `--slots processors` a task takes one slot per processor and a node has one slot per core (at most 256, ACC-13). A task that needs more than that is accepted by the service and never scheduled (TASK-18).',
    fix: 'Choose a larger VM size, or `--slots 1`.',
  },
  mismatch: {
    code: 'BS2513',
    title: 'lists of parents and children disagree',
    story:
      'In WfFormat each dependency is written twice: as a parent of one task and as a child of the other. Where they differ, parents decide; a task without a list of parents gets them from the lists of children.',
    fix: 'Check the tasks named against the workflow system that wrote the trace.',
  },
  duplicateColumn: {
    code: 'BS2514',
    title: 'two columns of the trace have one meaning',
    story: 'Only one column may hold the submission time, the run time, and so on; it is not clear which to believe.',
    fix: 'Map the one that does not count to `-`, which ignores it: `--map theirs=-`.',
  },
  mapped: {
    code: 'BS2515',
    title: 'ids of the trace were replaced',
    story:
      'Batch takes letters, digits, - and _ in ids, at most 64 of them, and does not tell capitals from small letters (ACC-17). Other characters become _; an id that is too long or already taken keeps its first 51 characters, followed by - and 12 digits of a hash of the original, which becomes the display name.',
    fix: 'Nothing; look for the original in the display name.',
  },
} as const satisfies Record<string, TraceCode>;

/** `why`: why a task, a node or a pool of a run is, or was, as it is. The answers are `recording`'s; here they are printed. */
import { type Diagnostic, err, ok, parseMoment, type Result } from '../../base/index.js';
import {
  findNode,
  findPool,
  findTask,
  momentText,
  type NotFound,
  type Reason,
  type WhyAnswer,
  type WhyRun,
  whyNode,
  whyPool,
  whyRun,
  whyTask,
  whyText,
} from '../../recording/index.js';
import { CLI_CODES, cliError } from '../codes.js';
import type { Handler } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { openRun } from '../open-run.js';

/** Exits 2 for what is not in the run, 1 for a run that cannot be read. */
export const why: Handler<'at' | 'pool'> = async ({ context, args, options }) => {
  const { output } = context;
  const [folder = '', kind = '', name = ''] = args;
  const opened = openRun(folder, context.env);
  if (!opened.ok) {
    output.problems([opened.error]);
    return opened.error.code === CLI_CODES.cannotRead.code ? EXIT.failure : EXIT.usage;
  }
  const { recording, scenario } = opened.value;
  const answer = answerOf(whyRun(recording, scenario), kind, name, options);
  if (!answer.ok) {
    output.problems([answer.error]);
    return EXIT.usage;
  }
  if (scenario === null)
    output.note(`note: the scenario of ${folder} cannot be read any more; the answer is less exact`);
  if (options.json) output.json(whyDocument(answer.value));
  else output.result(whyText(answer.value));
  return EXIT.ok;
};

function answerOf(
  run: Result<WhyRun, string>,
  kind: string,
  name: string,
  options: { readonly at: string | null; readonly pool: string | null },
): Result<WhyAnswer, Diagnostic> {
  if (!run.ok) return err(cliError(CLI_CODES.notARun, run.error, 'run the scenario again'));
  const at = readAt(run.value, options.at);
  if (!at.ok) return at;
  switch (kind) {
    case 'task':
      return answered(findTask(run.value, name), (task) => whyTask(run.value, task, at.value));
    case 'node':
      return answered(findNode(run.value, name, options.pool), (node) => whyNode(run.value, node, at.value));
    case 'pool':
      return answered(findPool(run.value, name), (pool) => whyPool(run.value, pool, at.value));
    default:
      return err(
        cliError(CLI_CODES.badArguments, `why tells of a task, a node or a pool, not of ${JSON.stringify(kind)}`),
      );
  }
}

/** The moment asked about; by default the end of the run. */
function readAt({ recording }: WhyRun, text: string | null): Result<number, Diagnostic> {
  const { endMs, epochMs } = recording.run;
  if (text === null) return ok(endMs);
  const at = parseMoment(text, epochMs);
  if (!at.ok) return err(cliError(CLI_CODES.badOptionValue, `--at: ${at.error}`, 'write 3:10, +2h or an ISO time'));
  if (at.value <= endMs) return at;
  return err(cliError(CLI_CODES.badOptionValue, `--at: the run ended at ${momentText(endMs)}, before ${text}`));
}

function answered(found: Result<number, NotFound>, answer: (row: number) => WhyAnswer): Result<WhyAnswer, Diagnostic> {
  if (found.ok) return ok(answer(found.value));
  const { message, guess } = found.error;
  return err(cliError(CLI_CODES.notInRun, message, guess === null ? null : `did you mean ${guess}?`));
}

/** The answer for programs; times in seconds from the start. */
function whyDocument({ subject, atMs, state, now, before }: WhyAnswer): unknown {
  return {
    schemaVersion: 1,
    subject,
    at_s: atMs / 1000,
    state,
    now: now.map(inSeconds),
    before: before.map(inSeconds),
  };
}

function inSeconds({ sinceMs, ...rest }: Reason): unknown {
  return { ...rest, since_s: sinceMs === null ? null : sinceMs / 1000 };
}

/**
 * WfFormat, the JSON documents of WfCommons. From 1.5 on, tasks stand in `workflow.specification.tasks` and what their
 * runs took in `workflow.execution.tasks`, joined by id; before that one list, `workflow.tasks` or `workflow.jobs`,
 * holds both. All tasks are there from the start; dependencies alone delay them.
 */
import { type Diagnostic, err, fileSource, lineAt, ok, positionAt, type Result } from '../../base/index.js';
import { jsonErrorOffset } from './json-text.js';
import { MAX_PROCESSORS, parseMs, wasRounded } from './numbers.js';
import { problem, shorten } from './problems.js';
import type { TableBuilder } from './table-builder.js';
import { emptyRow, type TraceRow } from './trace-row.js';
import { type WorkflowLinks, workflowLinks } from './workflow-links.js';

/** A document is held as a whole, in UTF-16 units. */
export const MAX_DOCUMENT_LENGTH = 256 * 1024 * 1024;

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a workflow into the builder. */
export function readWfFormat(chunks: Iterable<string>, builder: TableBuilder): Result<null, readonly Diagnostic[]> {
  const { name } = builder.options;
  const text = join(chunks);
  if (text === null) {
    const message = `${name} is longer than ${MAX_DOCUMENT_LENGTH / 1024 / 1024} MiB`;
    return err([problem('tooLarge', message, null, 'convert the workflow to NDJSON, which is read row by row')]);
  }
  const document = parse(text);
  if (document === undefined) return err([notJson(name, text)]);
  const found = findTasks(document);
  if (found === null) {
    const hint = 'expected workflow.specification.tasks (1.5 and later), workflow.tasks or workflow.jobs';
    return err([problem('notWorkflow', `${name} holds JSON but no workflow`, startOf(name, text), hint)]);
  }
  builder.hasClock = false;
  addTasks(found, builder);
  return ok(null);
}

function join(chunks: Iterable<string>): string | null {
  const pieces: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_DOCUMENT_LENGTH) return null;
    pieces.push(chunk);
  }
  const text = pieces.join('');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(name: string, text: string): Diagnostic {
  const offset = jsonErrorOffset(text) ?? text.length;
  const source = fileSource(name, text);
  const message = offset >= text.length ? `${name} ends before its JSON does` : 'this is not JSON';
  const { line } = positionAt(source, offset);
  const at = lineAt(source, offset);
  // A document of one long line would travel with the diagnostic; its surroundings are enough.
  const from = Math.max(at.start, offset - 2000);
  const around = {
    name,
    text: text.slice(from, offset + 2000).split('\n', 1)[0] as string,
    firstLine: line,
    firstColumn: 1 + from - at.start,
  };
  const start = Math.min(offset - from, around.text.length);
  return problem(
    'notJson',
    message,
    { source: around, span: { start, end: start + 1 } },
    'is the file whole, and is it WfFormat?',
  );
}

function startOf(name: string, text: string): Diagnostic['place'] {
  const line = shorten(text.split('\n', 1)[0] as string, 200);
  return { source: fileSource(name, line), span: { start: 0, end: Math.min(1, line.length) } };
}

/** Tasks and what is known of their runs, by id. */
interface FoundTasks {
  readonly tasks: readonly unknown[];
  /** Null: each task holds its own figures. */
  readonly executions: ReadonlyMap<string, JsonObject> | null;
}

function findTasks(document: unknown): FoundTasks | null {
  const workflow = child(document, 'workflow');
  const specified = child(child(workflow, 'specification'), 'tasks');
  if (Array.isArray(specified)) {
    const executed = child(child(workflow, 'execution'), 'tasks');
    return { tasks: specified, executions: byId(Array.isArray(executed) ? executed : []) };
  }
  const old = child(workflow, 'tasks') ?? child(workflow, 'jobs');
  return Array.isArray(old) ? { tasks: old, executions: null } : null;
}

function child(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first record of each id counts. */
function byId(records: readonly unknown[]): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const record of records) {
    const id = textOf(child(record, 'id'));
    if (id !== '' && isObject(record) && !found.has(id)) found.set(id, record);
  }
  return found;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function addTasks(found: FoundTasks, builder: TableBuilder): void {
  const links = workflowLinks(found.tasks.map(linksOf));
  builder.mismatchCount = links.mismatchCount;
  for (let i = 0; i < found.tasks.length && !builder.isFull; i++) {
    const task = found.tasks[i];
    const line = i + 1;
    if (!isObject(task)) builder.drop(line, 'malformed', 'a task is not an object', '');
    else addTask(task, i, found, links, builder);
  }
}

/** What the two lists of a task say; null where it has no such list. */
function linksOf(task: unknown): WorkflowLinks {
  const list = (key: string) => {
    const value = child(task, key);
    return Array.isArray(value) ? value.map(textOf).filter((id) => id !== '') : null;
  };
  return { id: idOf(task), name: textOf(child(task, 'name')), parents: list('parents'), children: list('children') };
}

/** Versions before 1.3 know a task by its name alone. */
function idOf(task: unknown): string {
  const id = textOf(child(task, 'id'));
  return id === '' ? textOf(child(task, 'name')) : id;
}

function addTask(
  task: JsonObject,
  index: number,
  found: FoundTasks,
  links: { readonly parents: readonly (readonly string[])[] },
  builder: TableBuilder,
): void {
  const row = emptyRow();
  row.id = idOf(task);
  row.parents = links.parents[index] as readonly string[];
  const line = index + 1;
  const figures = found.executions === null ? task : found.executions.get(row.id);
  if (row.id === '') {
    builder.drop(line, 'no-id', 'a task without an id', '');
    return;
  }
  const runtime = figures === undefined ? undefined : (figures['runtimeInSeconds'] ?? figures['runtime']);
  if (runtime === undefined || runtime === null) {
    builder.drop(line, 'no-runtime', `no run time is recorded for ${row.id}`, '');
    return;
  }
  row.runtimeMs = parseMs(textOf(runtime), 1000);
  if (Number.isNaN(row.runtimeMs))
    builder.drop(line, 'bad-value', `run time of ${row.id} is ${shorten(JSON.stringify(runtime), 60)}`, '');
  else if (row.runtimeMs < 0) builder.drop(line, 'no-runtime', `run time of ${row.id} is ${String(runtime)}`, '');
  else {
    if (wasRounded(textOf(runtime), 1000, row.runtimeMs)) row.roundedCount = 1;
    setResources(row, figures as JsonObject);
    builder.add(row, line, '');
  }
}

/** `avgCPU` is a percentage and no count of cores; a fraction of a core takes a whole one; unknown ones are one. */
function setResources(row: TraceRow, figures: JsonObject): void {
  const cores = figures['coreCount'] ?? figures['cores'];
  const known = typeof cores === 'number' && cores > 0 && cores <= MAX_PROCESSORS;
  row.processors = known ? Math.ceil(cores) : 0;
  const memory = figures['memoryInBytes'];
  row.memoryBytes =
    typeof memory === 'number' && memory >= 0 && memory <= Number.MAX_SAFE_INTEGER ? Math.round(memory) : -1;
}

/** What building a scenario has at hand: the text it comes from, the files around it, and where things stand. */
import { err, type FileReader, ok, parseInstant, parseOffset } from '../../base/index.js';
import { type Given, type ServiceError, serviceError } from '../../model/index.js';
import type { ScenarioCode } from '../codes.js';
import type { Problems } from '../text/problems.js';
import { headOf, keyPlaceAt, type Path, type Place, pathText, placeAt, type Table, treeAt } from '../text/tree.js';

/** Shared by all builders of one scenario. */
export class BuildContext {
  readonly tree: Table;
  readonly problems: Problems;
  readonly files: FileReader;
  /** Files read besides the scenario and its includes. */
  readonly filesRead: string[] = [];
  /** Unix time of the start of the clock, in ms. */
  epochMs = 0;
  /** `clock.until`, in ms from the start. */
  untilMs: number | null = null;
  /** Where pools, jobs and task sets stand, for whoever finds something out about them later. */
  readonly places = new Map<object, Place>();
  /** What Batch said about the bodies of actions that are being read, the innermost last. */
  readonly #asked: { refusal: ServiceError | null }[] = [];
  readonly #rootFile: string;
  readonly #isFile: (name: string) => boolean;

  /**
   * @param rootFile the scenario's file, or with `base` a file in that folder
   * @param isFile whether a source of the tree is an included file, whose paths count from its own folder
   */
  constructor(tree: Table, problems: Problems, files: FileReader, rootFile: string, isFile: (name: string) => boolean) {
    this.tree = tree;
    this.problems = problems;
    this.files = files;
    this.#rootFile = rootFile;
    this.#isFile = isFile;
  }

  /** Where a value stands. */
  place(path: Path): Place {
    return placeAt(this.tree, path);
  }

  /** Reports an error at a value. */
  error(code: ScenarioCode, path: Path, message: string, hint: string | null = null): void {
    this.problems.error(code, this.place(path), message, hint);
  }

  /** Reports a warning at a value. */
  warning(code: ScenarioCode, path: Path, message: string, hint: string | null = null): void {
    this.problems.warning(code, this.place(path), message, hint);
  }

  /** Whether the body of an action is being read, rather than a thing of the file itself. */
  get inAction(): boolean {
    return this.#asked.length > 0;
  }

  /**
   * What Batch refuses by its properties alone (ERR-04): an error at a value of the file itself, and the outcome of the
   * operation in the body of an action.
   */
  refuse(code: ScenarioCode, path: Path, message: string, hint: string | null, refusal: ServiceError): void {
    const asked = this.#asked[this.#asked.length - 1];
    if (asked === undefined) this.error(code, path, message, hint);
    else asked.refusal ??= refusal;
  }

  /**
   * Reads the body of an action: what `check` or {@link refuse} says against it is the outcome of the operation. A body
   * with another problem gives null, and that problem is told.
   */
  asked<T>(read: () => T | null, check: (value: T) => ServiceError | null): Given<T> {
    const { value, refusal: found } = this.judged(read);
    const refusal = found ?? (value === null ? serviceError('InvalidRequestBody') : check(value));
    return refusal === null ? ok(value as T) : err(refusal);
  }

  /** Reads the body of an action, and what {@link refuse} said against it. */
  judged<T>(read: () => T): { readonly value: T; readonly refusal: ServiceError | null } {
    const asked: { refusal: ServiceError | null } = { refusal: null };
    this.#asked.push(asked);
    const value = read();
    this.#asked.pop();
    return { value, refusal: asked.refusal };
  }

  /** Reads a part of an action of which the service judges for itself, when it comes. */
  unjudged<T>(read: () => T): T {
    return this.judged(read).value;
  }

  /** Reports an error at a key. */
  keyError(code: ScenarioCode, path: Path, key: string, message: string, hint: string | null = null): void {
    this.problems.error(code, keyPlaceAt(this.tree, path, key), message, hint);
  }

  /** A path for people. */
  name(path: Path): string {
    return pathText(this.tree, path);
  }

  /** Remembers where a thing of the model stands. */
  placed<T extends object>(thing: T, path: Path): T {
    const tree = treeAt(this.tree, path);
    if (tree !== null) this.places.set(thing, headOf(tree));
    return thing;
  }

  /** The path of a file that the value at `path` names. */
  filePath(path: Path, name: string): string {
    const from = treeAt(this.tree, path)?.place.source.name;
    return this.files.resolve(from !== undefined && this.#isFile(from) ? from : this.#rootFile, name);
  }

  /** The whole text of a file that the value at `path` names; null after a problem. */
  readFile(path: Path, name: string): { readonly name: string; readonly text: string } | null {
    const file = this.filePath(path, name);
    const text = this.files.readText(file);
    if (!text.ok) {
      this.error('BS2001', path, text.error, 'paths are taken from the folder of the file in which they stand');
      return null;
    }
    this.filesRead.push(file);
    return { name: file, text: text.value };
  }

  /** The same for a time that may lie before the start, which gives a negative number. */
  anyMoment(path: Path, text: string): number {
    const instant = parseInstant(text);
    return instant.ok ? instant.value - this.epochMs : this.moment(path, text);
  }

  /** A time of the scenario in ms from its start; 0 after a problem. */
  moment(path: Path, text: string): number {
    const read = parseOffset(text, this.epochMs);
    if (read.ok) return read.value;
    this.error(
      'BS2005',
      path,
      `${this.name(path)}: ${read.error}`,
      'write +2h, or an ISO time such as 2026-01-05T08:00:00Z',
    );
    return 0;
  }
}

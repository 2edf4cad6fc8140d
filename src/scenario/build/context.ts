/** What building a scenario has at hand: the text it comes from, the files around it, and where things stand. */
import { type FileReader, parseOffset } from '../../base/index.js';
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

/** How rooms that may not touch the machine read files: they are handed one of these. */
import type { Result } from './result.js';

/** Reads files. Each error is a sentence fit for a user, such as `there is no file prices.csv`. */
export interface FileReader {
  /** The whole file as text. */
  readText(path: string): Result<string, string>;
  /** The file in pieces, unpacked if it ends in `.gz`, decoded as UTF-8. */
  readChunks(path: string): Result<Iterable<string>, string>;
  /** The path of a file that is named in another, relative to that other file's folder. */
  resolve(fromFile: string, relative: string): string;
}

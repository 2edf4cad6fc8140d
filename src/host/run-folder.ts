/**
 * Run folders: written beside their place and renamed, so that a folder under its own name is always whole. What a
 * killed run leaves is named `NAME.partial-…`, stands in nobody's way and may be deleted.
 */
import { createHash, type Hash, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { err, ok, type Result } from '../base/index.js';
import { ioSentence } from './io-error.js';
import { removeQuietly } from './remove.js';

/** The file that makes a folder a run folder: written last, and the reason why a folder may be replaced. */
export const MANIFEST_NAME = 'run.json';

/** Why a folder cannot take a run: `usage` is for its owner to decide (exit 2), `io` is the disk's refusal (exit 1). */
export interface FolderProblem {
  readonly kind: 'usage' | 'io';
  readonly message: string;
}

/** What one written file came to. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Whether a run may be written to `path`: it is new, empty, or a run folder. Asked before the run, which may be long. */
export function checkRunFolder(path: string): Result<void, FolderProblem> {
  try {
    const real = realPlace(path);
    if (process.cwd() === real || process.cwd().startsWith(real.endsWith(sep) ? real : real + sep)) {
      return err(usage(`${path} holds the current folder and cannot be replaced by a run folder`));
    }
    if (!existsSync(real)) return ok(undefined);
    if (!lstatSync(real).isDirectory()) return err(usage(`${path} is a file; a run is written to a folder`));
    const entries = readdirSync(real);
    if (entries.length === 0 || entries.includes(MANIFEST_NAME)) return ok(undefined);
    return err(usage(`${path} is not empty and holds no ${MANIFEST_NAME}: it is not a run folder`));
  } catch (error) {
    return err({ kind: 'io', message: ioSentence(error, path) });
  }
}

/** A folder in the making. Nothing is seen under its own name until {@link RunFolder.commit}. */
export class RunFolder {
  readonly #place: string;
  readonly #partial: string;

  private constructor(place: string, partial: string) {
    this.#place = place;
    this.#partial = partial;
  }

  /** Makes the folder beside `path`. */
  static create(path: string): Result<RunFolder, FolderProblem> {
    const allowed = checkRunFolder(path);
    if (!allowed.ok) return allowed;
    try {
      const place = realPlace(path);
      const partial = `${place}.partial-${randomBytes(4).toString('hex')}`;
      mkdirSync(partial, { recursive: true });
      return ok(new RunFolder(place, partial));
    } catch (error) {
      return err({ kind: 'io', message: ioSentence(error, path) });
    }
  }

  /**
   * Writes one file of the folder, piece by piece, giving way to signals in between.
   * Throws the system's error (a full disk); the caller discards the folder.
   */
  async write(
    name: string,
    chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): Promise<WrittenFile> {
    const writer = new HashingWriter(await open(join(this.#partial, name), 'wx'));
    try {
      for await (const chunk of chunks) await writer.add(chunk);
      return { name, ...(await writer.finish()) };
    } finally {
      await writer.close();
    }
  }

  /** Puts the folder in its place; a run folder that stood there is gone. */
  commit(): Result<void, FolderProblem> {
    const allowed = checkRunFolder(this.#place);
    if (!allowed.ok) return allowed;
    const old = `${this.#place}.partial-old-${randomBytes(4).toString('hex')}`;
    try {
      const replaces = existsSync(this.#place);
      if (replaces) renameSync(this.#place, old);
      try {
        renameSync(this.#partial, this.#place);
      } catch (error) {
        if (replaces) renameSync(old, this.#place);
        throw error;
      }
      if (replaces) removeQuietly(old);
      return ok(undefined);
    } catch (error) {
      return err({ kind: 'io', message: ioSentence(error, this.#place) });
    }
  }

  /** Removes what was written. */
  discard(): void {
    removeQuietly(this.#partial);
  }
}

/** Small chunks are gathered into writes of this many bytes. */
const WRITE_BYTES = 1 << 18;

class HashingWriter {
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(chunk: string | Uint8Array): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : Buffer.from(chunk); // a copy: makers reuse buffers
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= WRITE_BYTES) await this.#flush();
  }

  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    await this.#flush();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const block = this.#pending.length === 1 ? (this.#pending[0] as Uint8Array) : Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#hash.update(block);
    this.#bytes += block.length;
    for (let at = 0; at < block.length; ) at += (await this.#file.write(block, at, block.length - at)).bytesWritten;
  }
}

function usage(message: string): FolderProblem {
  return { kind: 'usage', message };
}

/** Where the folder really lies: links are followed, so that the rename replaces the folder and not the link. */
function realPlace(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const parent = dirname(full);
  return parent === full ? full : join(realPlace(parent), basename(full));
}

/** Single files written whole or not at all: beside their place, then renamed. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../base/index.js';
import { ioSentence, isSystemError } from './io-error.js';
import { removeQuietly } from './remove.js';

/** Writes `chunks` to `path`, making its folder; an older file is replaced. The error is a sentence. */
export function writeWhole(path: string, chunks: Iterable<string>): Result<{ readonly bytes: number }, string> {
  const partial = `${path}.partial-${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = writeAll(partial, chunks);
    renameSync(partial, path);
    return ok({ bytes });
  } catch (error) {
    removeQuietly(partial);
    if (!isSystemError(error)) throw error; // thrown by whoever makes the chunks: a bug, not a full disk
    return err(ioSentence(error, path));
  }
}

function writeAll(path: string, chunks: Iterable<string>): number {
  const file = openSync(path, 'wx');
  try {
    let total = 0;
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk, 'utf8');
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      total += bytes.length;
    }
    return total;
  } finally {
    closeSync(file);
  }
}

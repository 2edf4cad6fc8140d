/**
 * Files of the real machine behind the port that scenarios and traces are read through. Reading is synchronous: a
 * loader asks for an include in the middle of its work. Packed files (gzip) are known by their first bytes, so that a
 * wrong extension does no harm.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { err, type FileReader, ok, type Result } from '../base/index.js';
import { ioSentence } from './io-error.js';

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 20;
/** A packed file may unpack to this many bytes (1 GiB); more is taken for a bomb. */
const UNPACKED_BYTES_MAX = 2 ** 30;
/** Longest text that is read as one string, in bytes (V8 refuses strings beyond about 2^29 units). */
const TEXT_BYTES_MAX = 256 * 2 ** 20;

/** Files of this machine. Relative paths count from the process's working folder. */
export function nodeFiles(): FileReader {
  return {
    readText,
    readChunks,
    resolve: (fromFile, relative) => (isAbsolute(relative) ? relative : join(dirname(fromFile), relative)),
  };
}

/** The environment that `${env.NAME}` reads. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

function readText(path: string): Result<string, string> {
  try {
    const bytes = unpacked(readFileSync(path));
    if (bytes.length > TEXT_BYTES_MAX) return err(`${path} is too large to be read as one text (over 256 MiB)`);
    return ok(new TextDecoder().decode(bytes));
  } catch (error) {
    return err(readSentence(error, path));
  }
}

function readChunks(path: string): Result<Iterable<string>, string> {
  try {
    const head = readHead(path);
    if (!isGzip(head)) return ok({ [Symbol.iterator]: () => decode(fileBytes(path)) });
    // zlib has no synchronous stream: a packed file is unpacked at once and decoded piece by piece.
    const bytes = unpacked(readFileSync(path));
    return ok({ [Symbol.iterator]: () => decode(slices(bytes)) });
  } catch (error) {
    return err(readSentence(error, path));
  }
}

function readSentence(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return `${path} unpacks to more than 1 GiB; unpack it first`;
  if (code === 'ERR_FS_FILE_TOO_LARGE') return `${path} is too large to be read at once`;
  if (code.startsWith('Z_')) return `${path} is a damaged gzip file`;
  return ioSentence(error, path);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpacked(bytes: Uint8Array): Uint8Array {
  return isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX }) : bytes;
}

function readHead(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const head = new Uint8Array(2);
    return head.subarray(0, readSync(file, head, 0, 2, 0));
  } finally {
    closeSync(file);
  }
}

function* fileBytes(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) yield buffer.subarray(0, size);
  } finally {
    closeSync(file);
  }
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** UTF-8 across chunk borders; a byte order mark is dropped, a broken sequence becomes U+FFFD. */
function* decode(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder();
  for (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

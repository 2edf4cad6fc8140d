/** The frame of `recording.bin`: is it one, is it whole, and where are its sections. Every byte is under a checksum. */
import { err, ok, type Result } from '../base/index.js';
import { uint32At } from './bytes.js';
import { crc32 } from './checksum.js';
import {
  END_MARK,
  type FileHeader,
  FORMAT_VERSION,
  MAGIC,
  PREFIX_BYTES,
  type SectionEntry,
  SUFFIX_BYTES,
} from './file-format.js';

/** What is said of a file whose bytes are not those that were written. */
export const DAMAGED = 'the recording is damaged: its bytes do not match their checksums; run the scenario again';
const CUT_SHORT = 'the recording was cut short: its end is missing; run the scenario again';
const FOREIGN = 'this is not a recording of batchsim';

/** The bytes of each section, by its name in the directory. */
export type Sections = ReadonlyMap<string, Uint8Array>;

/** The header of a file; refuses what is no recording, of a newer version, cut short or damaged. */
export function readHeader(bytes: Uint8Array): Result<FileHeader, string> {
  if (!matchesAt(bytes, 0, MAGIC.subarray(0, Math.min(MAGIC.length, bytes.length))) || bytes.length === 0)
    return err(FOREIGN);
  if (bytes.length < PREFIX_BYTES + SUFFIX_BYTES) return err(CUT_SHORT);
  const version = uint32At(bytes, 8);
  if (version > FORMAT_VERSION) {
    return err(
      `the recording is of format ${version}, made by a newer batchsim; this one reads format ${FORMAT_VERSION}`,
    );
  }
  if (version < FORMAT_VERSION) {
    return err(
      `the recording is of format ${version}, made by an older batchsim; this one reads format ${FORMAT_VERSION}: run the scenario again`,
    );
  }
  const end = PREFIX_BYTES + uint32At(bytes, 12);
  if (end + SUFFIX_BYTES > bytes.length) return err(CUT_SHORT);
  const json = bytes.subarray(PREFIX_BYTES, end);
  if (crc32(json, crc32(bytes.subarray(8, 16))) !== uint32At(bytes, 16)) return err(DAMAGED);
  const header = parseJson(json);
  return header === null ? err(DAMAGED) : ok(header as FileHeader);
}

/** Every section by name, each checked against its checksum. */
export function readDirectory(bytes: Uint8Array): Result<Sections, string> {
  const suffix = bytes.length - SUFFIX_BYTES;
  if (!matchesAt(bytes, suffix + 8, END_MARK)) return err(CUT_SHORT);
  const start = suffix - uint32At(bytes, suffix);
  if (start < PREFIX_BYTES) return err(DAMAGED);
  const json = bytes.subarray(start, suffix);
  const length = bytes.subarray(suffix, suffix + 4);
  if (crc32(length, crc32(json)) !== uint32At(bytes, suffix + 4)) return err(DAMAGED);
  const entries = parseJson(json);
  if (!Array.isArray(entries)) return err(DAMAGED);
  const sections = new Map<string, Uint8Array>();
  for (const { name, at, bytes: size, crc } of entries as SectionEntry[]) {
    const section = bytes.subarray(at, at + size);
    if (section.length !== size || crc32(section) !== crc) return err(DAMAGED);
    sections.set(name, section);
  }
  return ok(sections);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

function matchesAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}

/** Which files an output-file pattern means (TASK-20, ENV-18). */
import type { NameValue } from './command.js';

/**
 * ENV-18: variables in a pattern, unlike in a command line, are put in: `$name` or `${name}` on Linux, `%name%` on
 * Windows. One that is not set gives nothing on Linux and stays as it is written on Windows, as their shells do.
 */
export function expandVariables(os: 'linux' | 'windows', pattern: string, environment: readonly NameValue[]): string {
  if (os === 'windows') {
    const values = new Map(environment.map(({ name, value }) => [name.toUpperCase(), value]));
    return pattern.replace(/%([^%]+)%/g, (written, name: string) => values.get(name.toUpperCase()) ?? written);
  }
  const values = new Map(environment.map(({ name, value }) => [name, value]));
  return pattern.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    return values.get(braced ?? bare ?? '') ?? '';
  });
}

/**
 * TASK-20: whether a file is meant by a pattern with `*` (anything within a name), `**` (any folders), `?` (one
 * character) and `[..]` (one of these). Both are relative to the same folder; on Windows case does not count and
 * folders may be parted by either slash.
 */
export function matchesPattern(os: 'linux' | 'windows', pattern: string, path: string): boolean {
  const slashed = (text: string) => (os === 'windows' ? text.replaceAll('\\', '/').toLowerCase() : text);
  return matchesSequence(slashed(pattern).split('/'), slashed(path).split('/'), '**', matchesName);
}

function matchesName(pattern: string, name: string): boolean {
  return matchesSequence(pattern.match(/\[[^\]]+\]|[\s\S]/gu) ?? [], [...name], '*', matchesCharacter);
}

/**
 * Whether the parts fit the items one to one, where `star` stands for any number of items. A star begins with none and
 * takes one more when what follows does not fit, so that time is bounded by the product of both lengths.
 */
function matchesSequence(
  parts: readonly string[],
  items: readonly string[],
  star: string,
  fits: (part: string, item: string) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let lastStar = -1;
  let afterStar = 0;
  while (item < items.length) {
    const wanted = parts[part];
    if (wanted === star) {
      lastStar = part;
      afterStar = item;
      part += 1;
    } else if (wanted !== undefined && fits(wanted, items[item] as string)) {
      part += 1;
      item += 1;
    } else if (lastStar !== -1) {
      afterStar += 1;
      item = afterStar;
      part = lastStar + 1;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === star);
}

function matchesCharacter(part: string, character: string): boolean {
  if (part === '?') return true;
  if (part.length === 1 || !part.startsWith('[')) return part === character;
  const inside = part.slice(1, -1);
  const ranges = inside.matchAll(/([\s\S])-([\s\S])|[\s\S]/gu);
  for (const [single, from, to] of ranges) {
    if (from === undefined || to === undefined ? single === character : from <= character && character <= to)
      return true;
  }
  return false;
}

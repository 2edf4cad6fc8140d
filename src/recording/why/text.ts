/** An answer of `why` in words. */
import type { Reason, WhyAnswer } from './causes.js';

/** Earlier happenings beyond so many are counted: the latest tell most. */
const MOST_BEFORE = 12;

/** Lines of text, without the last line end. */
export function whyText({ subject, atMs, state, now, before }: WhyAnswer): string {
  const kept = before.slice(-MOST_BEFORE);
  const left = before.length - kept.length;
  return [
    `${subject.kind} ${subject.name} at ${momentText(atMs)}: ${state}`,
    ...now.flatMap((one) => [`  ${one.sentence} (${one.rules.join(', ')})${since(one)}`, ...changeLines(one)]),
    ...(before.length > 0 ? ['before'] : []),
    ...(left > 0 ? [`  ${left} more earlier`] : []),
    ...kept.map(
      (one) => `  ${one.sinceMs === null ? '' : `${momentText(one.sinceMs)}  `}${one.sentence} (${one.rules[0]})`,
    ),
  ].join('\n');
}

function since({ sinceMs }: Reason): string {
  return sinceMs === null ? '' : `, since ${momentText(sinceMs)}`;
}

function changeLines({ change }: Reason): string[] {
  return change === '' ? [] : [`    to change it: ${change}`];
}

/** A moment as `h:mm[:ss[.fff]]` from the start; `parseMoment` reads it back. */
export function momentText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const head = `${hours}:${String(minutes % 60).padStart(2, '0')}`;
  const left = ms - minutes * 60_000;
  if (left === 0) return head;
  const seconds = String(Math.floor(left / 1000)).padStart(2, '0');
  const fraction = left % 1000 === 0 ? '' : `.${String(left % 1000).padStart(3, '0')}`;
  return `${head}:${seconds}${fraction}`;
}

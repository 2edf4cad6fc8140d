/** The progress of a long run as one line of text: a function of data, width and glyphs, nothing else. */
import stringWidth from 'string-width';
import { formatCount, formatDuration } from '../base/index.js';

/** How far a run is. */
export interface ProgressData {
  /** What is being done, such as `simulating`. */
  readonly phase: string;
  /** Part that is done, 0 to 1; null where nobody can know. */
  readonly fraction: number | null;
  /** Simulated time so far, in milliseconds; null in phases that simulate nothing. */
  readonly simulatedMs: number | null;
  /** Real time since the phase began, in milliseconds. */
  readonly elapsedMs: number;
  /** Events handled so far; null in phases that handle none. */
  readonly eventCount: number | null;
}

/** Widest bar, in columns. */
const BAR_WIDTH_MAX = 30;
/** Narrowest bar worth drawing, in columns. */
const BAR_WIDTH_MIN = 8;

/** One line of at most `width` columns with a bar in it; parts that do not fit are left out from the right. */
export function progressBar(data: ProgressData, width: number, unicode: boolean): string {
  const head = data.fraction === null ? data.phase : `${data.phase} ${percent(data.fraction)}`;
  const parts = facts(data, unicode);
  while (parts.length > 0 && stringWidth([head, ...parts].join(' ')) + BAR_WIDTH_MIN + 3 > width) parts.pop();
  const text = [head, ...parts].join(unicode ? ' · ' : ' - ');
  const room = Math.min(BAR_WIDTH_MAX, width - stringWidth(text) - 1);
  if (data.fraction === null || room < BAR_WIDTH_MIN) return clip(text, width);
  return `${bar(data.fraction, room, unicode)} ${text}`;
}

/** The same as a sentence for logs, without a bar and without a width. */
export function progressLine(data: ProgressData): string {
  const done = data.fraction === null ? '' : ` ${percent(data.fraction)}`;
  return `${data.phase}${done}, ${facts(data, false).join(', ')}`;
}

/** Filled and empty columns; Unicode fills by eighths. */
function bar(fraction: number, width: number, unicode: boolean): string {
  const inner = unicode ? width : width - 2;
  const eighths = Math.round(Math.max(0, Math.min(1, fraction)) * inner * 8);
  const full = Math.floor(eighths / 8);
  if (!unicode) return `[${'#'.repeat(full)}${'.'.repeat(inner - full)}]`;
  const part = eighths % 8 === 0 ? '' : (EIGHTHS[eighths % 8] ?? '');
  return `${'█'.repeat(full)}${part}${'░'.repeat(inner - full - part.length)}`;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function facts(data: ProgressData, unicode: boolean): string[] {
  const { simulatedMs, eventCount, elapsedMs, fraction } = data;
  const parts = [
    simulatedMs === null ? `${formatDuration(elapsedMs)} so far` : `${formatDuration(simulatedMs)} simulated`,
  ];
  if (fraction !== null && fraction > 0.001 && fraction < 1) {
    parts.push(`ETA ${formatDuration((elapsedMs * (1 - fraction)) / fraction)}`);
  }
  if (elapsedMs <= 0) return parts;
  if (simulatedMs !== null) {
    parts.push(`${formatCount(Math.round(simulatedMs / elapsedMs))}${unicode ? '×' : 'x'} real time`);
  }
  if (eventCount !== null) parts.push(`${formatCount(Math.round((eventCount * 1000) / elapsedMs))} events/s`);
  return parts;
}

function percent(fraction: number): string {
  return `${Math.floor(Math.max(0, Math.min(1, fraction)) * 100)} %`;
}

function clip(text: string, width: number): string {
  return stringWidth(text) <= width ? text : text.slice(0, Math.max(0, width - 1));
}

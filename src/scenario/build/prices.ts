/** `prices` of a scenario → where its node prices come from (BILL-07). */
import { parse } from 'csv-parse/sync';
import { fileSource, type Source } from '../../base/index.js';
import {
  CATALOGUE_REGION,
  DEFAULT_DISCOUNT,
  findVmSize,
  type GivenPrice,
  type PriceSources,
  priceKey,
  suggestVmSize,
} from '../../model/index.js';
import type { GivenPrices } from '../schema/root.js';
import type { Path } from '../text/tree.js';
import type { BuildContext } from './context.js';

/** Columns of a price file; `os` may be missing (both), and what comes after `dedicatedPerHour` too. */
export const PRICE_COLUMNS = ['vmSize', 'os', 'dedicatedPerHour', 'preemptiblePerHour', 'extraPerHour'] as const;
type Column = (typeof PRICE_COLUMNS)[number];

/** The sources in the order of BILL-07; `discount` is the one of `model.options`. */
export function readPrices(
  context: BuildContext,
  given: GivenPrices | undefined,
  discount: number | undefined,
): PriceSources {
  const path = ['prices'];
  const share = given?.preemptibleDiscount ?? discount;
  const builtin = given?.table !== 'none';
  warnOfRegion(context, given, builtin);
  return {
    overrides: readOverrides(context, [...path, 'overrides'], given),
    file:
      given?.file === undefined ? new Map() : readPriceFile(context, [...path, 'file'], given.file, regionText(given)),
    builtin,
    preemptibleDiscount: share === undefined ? DEFAULT_DISCOUNT : { linux: share, windows: share },
    extraPerHourUsd: given?.extraPerNodeHour ?? 0,
  };
}

function warnOfRegion(context: BuildContext, given: GivenPrices | undefined, builtin: boolean): void {
  if (given?.region === undefined || given.region === CATALOGUE_REGION || !builtin || given.file !== undefined) return;
  const message = `prices of ${CATALOGUE_REGION} are used for ${given.region}: the built-in table has no others`;
  context.warning('BS2203', ['prices', 'region'], message, 'supply your own: prices: { file: prices.csv }');
}

function readOverrides(context: BuildContext, path: Path, given: GivenPrices | undefined): Map<string, GivenPrice> {
  const overrides = new Map<string, GivenPrice>();
  for (const [name, price] of Object.entries(given?.overrides ?? {})) {
    if (findVmSize(name) === null) {
      const near = suggestVmSize(name);
      context.keyError(
        'BS2105',
        path,
        name,
        `there is no VM size "${name}" in the catalogue (POOL-24)`,
        near === null ? null : `did you mean "${near}"?`,
      );
    }
    const source = `prices.overrides of the scenario${regionText(given)}`;
    for (const os of ['linux', 'windows'] as const) {
      const { dedicated, spot } = os === 'windows' ? (price.windows ?? price) : price;
      overrides.set(priceKey(name, os), {
        dedicatedUsd: dedicated ?? null,
        spotUsd: spot ?? null,
        extraUsd: price.extra ?? null,
        source,
      });
    }
  }
  return overrides;
}

/** The region that the scenario names for its own prices. */
function regionText(given: GivenPrices | undefined): string {
  return given?.region === undefined ? '' : `, ${given.region}`;
}

function readPriceFile(context: BuildContext, path: Path, name: string, region: string): Map<string, GivenPrice> {
  const prices = new Map<string, GivenPrice>();
  const file = context.readFile(path, name);
  if (file === null) return prices;
  const source = fileSource(file.name, file.text);
  const rows = readRows(context, source);
  const header = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const columns = Object.fromEntries(
    PRICE_COLUMNS.map((column) => [column, header.indexOf(column.toLowerCase())]),
  ) as Record<Column, number>;
  if (columns.vmSize < 0 || columns.dedicatedPerHour < 0) {
    context.problems.error(
      'BS2005',
      placeOfLine(source, 1),
      'a price file needs the columns vmSize and dedicatedPerHour',
      `its first line is ${PRICE_COLUMNS.join(',')}`,
    );
    return prices;
  }
  for (const { cells, line } of rows.slice(1))
    readRow(context, source, line, (column) => (cells[columns[column]] ?? '').trim(), prices, region);
  return prices;
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

function readRows(context: BuildContext, source: Source): Row[] {
  try {
    const options = {
      bom: true,
      comment: '#',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    } as const;
    // The package's types do not follow `info`, with which each row comes with the line on which it ends.
    const rows = parse(source.text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    // The parser throws for broken quotes; its message names the line.
    const message = error instanceof Error ? error.message : 'unreadable';
    context.problems.error('BS2005', placeOfLine(source, 1), `the file is not CSV: ${message}`);
    return [];
  }
}

function readRow(
  context: BuildContext,
  source: Source,
  line: number,
  cell: (column: Column) => string,
  prices: Map<string, GivenPrice>,
  region: string,
): void {
  const fail = (message: string, hint: string | null = null) =>
    context.problems.error('BS2005', placeOfLine(source, line), message, hint);
  const dedicated = amount(cell('dedicatedPerHour'));
  const spot = amount(cell('preemptiblePerHour'));
  const extra = amount(cell('extraPerHour'));
  const os: string = cell('os').toLowerCase();
  if (cell('vmSize') === '') fail('this row names no VM size');
  else if (dedicated === undefined || spot === undefined || extra === undefined)
    fail('a price is a number of USD per hour, such as 0.192');
  else if (os !== '' && os !== 'linux' && os !== 'windows') fail(`"${os}" is neither linux nor windows`);
  else {
    const price = {
      dedicatedUsd: dedicated,
      spotUsd: spot,
      extraUsd: extra,
      source: `${source.name}, line ${line}${region}`,
    };
    for (const system of os === '' ? (['linux', 'windows'] as const) : ([os] as const))
      prices.set(priceKey(cell('vmSize'), system), price);
  }
}

/** USD; null for an empty cell, undefined for one that is no price. */
function amount(text: string): number | null | undefined {
  if (text === '') return null;
  return /^\d{1,9}(\.\d{1,12})?$/.test(text) ? Number(text) : undefined;
}

function placeOfLine(source: Source, line: number) {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = source.text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const end = source.text.indexOf('\n', start);
  return { source, span: { start, end: end < 0 ? source.text.length : end } };
}

/**
 * `attribution.csv`: what every charged node-second was used for and who pays for it, hour by hour. Times are whole
 * milliseconds that sum to the nodes' charged time exactly, in each of BILL-06's four parts; money sums to the summary's.
 */
import { NODE_KINDS } from '../model/index.js';
import {
  costUsd,
  jobNameAt,
  Ledger,
  type LedgerCell,
  NO_JOB,
  NODE_USES,
  type PoolRow,
  poolNameAt,
  pricePerHourUsd,
  type Recording,
  roundParts,
  roundTo,
  USD_DECIMALS,
} from '../recording/index.js';
import { type CsvRow, decimal, seconds, usd } from './csv.js';

/** Books are closed every hour from the start. */
const HOUR_MS = 3_600_000;
const PARTS = [...new Set(NODE_USES.map(({ part }) => part))];
/** Places in `NODE_USES` of the uses of each part. */
const USES_OF_PART = PARTS.map((part) => NODE_USES.flatMap((use, i) => (use.part === part ? [i] : [])));

/** Rows by hour, pool, kind and job; what is nobody's comes last. */
export function* attributionRows(recording: Recording): Generator<CsvRow> {
  const { endMs } = recording.run;
  const ledger = new Ledger(recording);
  const groups = recording.pools.map((_, pool) => NODE_KINDS.map((_, kind) => new GroupBooks(recording, pool, kind)));
  for (let fromMs = 0; fromMs < endMs; fromMs += HOUR_MS) {
    const toMs = Math.min(fromMs + HOUR_MS, endMs);
    const head = [seconds(fromMs), seconds(toMs)];
    const cells = ledger.upTo(toMs);
    for (let i = 0; i < cells.length; ) {
      const { pool, kind } = cells[i] as LedgerCell;
      const first = i;
      while (cells[i]?.pool === pool && cells[i]?.kind === kind) i += 1;
      const books = groups[pool]?.[kind] as GroupBooks;
      for (const row of books.rows(cells.slice(first, i))) yield [...head, ...row];
    }
  }
}

/** One pool's nodes of one kind. */
class GroupBooks {
  readonly #recording: Recording;
  readonly #names: readonly string[];
  readonly #slots: number;
  readonly #perHour: number | null;
  /** Since the start: money follows from it, so that rounding never adds up. */
  #slotMs = 0;
  #cost = 0;

  constructor(recording: Recording, pool: number, kind: number) {
    const row = recording.pools[pool] as PoolRow;
    this.#recording = recording;
    this.#names = [poolNameAt(recording, pool), row.vmSize.name, NODE_KINDS[kind] as string];
    this.#slots = row.taskSlotsPerNode;
    this.#perHour = pricePerHourUsd(row.price, kind);
  }

  /** The rows of one hour, without their times. */
  rows(cells: readonly LedgerCell[]): CsvRow[] {
    const timesMs = this.#nodeTimes(cells);
    return cells.map((cell, i) => {
      const ms = timesMs[i] as number[];
      const nodeMs = ms.reduce((a, b) => a + b, 0);
      const job = cell.job < 0 ? NO_JOB : jobNameAt(this.#recording, cell.job);
      return [...this.#names, job, seconds(nodeMs), ...ms.map(seconds), ...this.#money(cell)];
    });
  }

  /** Node time in whole ms, by cell and use: shares of a slot are rounded so that each part keeps its sum. */
  #nodeTimes(cells: readonly LedgerCell[]): number[][] {
    const timesMs = cells.map(() => NODE_USES.map(() => 0));
    for (const uses of USES_OF_PART) {
      const parts = cells.flatMap(({ slotMs }) => uses.map((use) => (slotMs[use] as number) / this.#slots));
      const sumSlotMs = cells.reduce(
        (sum, { slotMs }) => uses.reduce((inner, use) => inner + (slotMs[use] as number), sum),
        0,
      );
      const rounded = roundParts(parts, sumSlotMs / this.#slots, 0);
      for (const [i, ms] of rounded.entries()) {
        const cell = timesMs[Math.floor(i / uses.length)] as number[];
        cell[uses[i % uses.length] as number] = ms;
      }
    }
    return timesMs;
  }

  /** Rate and cost of a row. */
  #money({ slotMs }: LedgerCell): [string, string] {
    if (this.#perHour === null) return ['', ''];
    this.#slotMs += slotMs.reduce((a, b) => a + b, 0);
    const cost = roundTo(costUsd(this.#slotMs / this.#slots, this.#perHour), USD_DECIMALS);
    const ofRow = roundTo(cost - this.#cost, USD_DECIMALS);
    this.#cost = cost;
    return [decimal(this.#perHour, USD_DECIMALS), usd(ofRow)];
  }
}

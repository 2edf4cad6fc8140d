/** `cost.csv`: what each pool and kind of node cost, step by step. The totals sum to the summary's. */
import { assert } from '../base/index.js';
import { NODE_KINDS } from '../model/index.js';
import {
  CHARGE_PARTS,
  costUsd,
  type PoolRow,
  poolNameAt,
  pricePerHourUsd,
  type Recording,
  roundParts,
  roundTo,
  USD_DECIMALS,
} from '../recording/index.js';
import { type CsvRow, decimal, seconds, usd } from './csv.js';
import { LostTime } from './lost-time.js';
import { NodeTime } from './node-time.js';

const PARTS = CHARGE_PARTS.length;

/** Rows by step, pool and kind; where no node was charged there is none. */
export function* costRows(recording: Recording, stepMs: number): Generator<CsvRow> {
  assert(stepMs > 0, 'a step takes time');
  const { endMs } = recording.run;
  const nodeTime = new NodeTime(recording);
  const lostTime = new LostTime(recording);
  const groups = recording.pools.flatMap((_, pool) =>
    NODE_KINDS.map((_, kind) => new GroupCost(recording, pool, kind)),
  );
  for (let fromMs = 0; fromMs < endMs; ) {
    const toMs = Math.min(fromMs + stepMs, endMs);
    const partsMs = nodeTime.upTo(toMs);
    const lostMs = lostTime.between(fromMs, toMs);
    for (const [i, group] of groups.entries()) {
      const row = group.row(fromMs, toMs, [...partsMs.subarray(i * PARTS, (i + 1) * PARTS)], lostMs[i] as number);
      if (row !== null) yield row;
    }
    fromMs = toMs;
  }
}

/** Costs of one pool and kind so far. */
class GroupCost {
  readonly #pool: string;
  readonly #kind: string;
  readonly #vmSize: string;
  readonly #perHour: number | null;
  readonly #extraPerHour: number;
  /** Node time by part since the start: money follows from it, so that rounding never adds up. */
  readonly #sumMs = CHARGE_PARTS.map(() => 0);
  #cumulative = 0;

  constructor(recording: Recording, pool: number, kind: number) {
    const row = recording.pools[pool] as PoolRow;
    this.#pool = poolNameAt(recording, pool);
    this.#kind = NODE_KINDS[kind] as string;
    this.#vmSize = row.vmSize.name;
    this.#perHour = pricePerHourUsd(row.price, kind);
    this.#extraPerHour = row.price.extraPerHourUsd ?? 0;
  }

  /** The row of one step; null if no node was charged. `partsMs` is in the order of CHARGE_PARTS. */
  row(fromMs: number, toMs: number, partsMs: readonly number[], lostMs: number): CsvRow | null {
    const nodeMs = partsMs.reduce((a, b) => a + b, 0);
    if (nodeMs === 0) return null;
    const head = [seconds(fromMs), seconds(toMs), this.#pool, this.#kind, this.#vmSize, seconds(nodeMs)];
    const perHour = this.#perHour;
    if (perHour === null) return [...head, '', '', '', '', '', '', '', '', ''];
    for (const [i, ms] of partsMs.entries()) this.#sumMs[i]! += ms;
    const cumulative = roundTo(
      this.#sumMs.reduce((sum, ms) => sum + costUsd(ms, perHour), 0),
      USD_DECIMALS,
    );
    const total = roundTo(cumulative - this.#cumulative, USD_DECIMALS);
    this.#cumulative = cumulative;
    const parts = roundParts(
      partsMs.map((ms) => costUsd(ms, perHour)),
      total,
      USD_DECIMALS,
    );
    const [lost, extras] = [costUsd(lostMs, perHour), costUsd(nodeMs, this.#extraPerHour)];
    return [
      ...head,
      decimal(perHour, USD_DECIMALS),
      ...parts.map(usd),
      usd(lost),
      usd(extras),
      usd(total),
      usd(cumulative),
    ];
  }
}

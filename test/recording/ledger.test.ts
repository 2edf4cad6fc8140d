import { describe, expect, test } from 'vitest';
import { NODE_KINDS, type Scenario } from '../../src/model/index.js';
import {
  jobNameAt,
  Ledger,
  type LedgerCell,
  NODE_USES,
  poolNameAt,
  type Recording,
} from '../../src/recording/index.js';
import { eventLines } from '../../src/report/index.js';
import { simulate } from '../../src/sim/index.js';
import { type Audit, audit } from '../helpers/event-audit.js';
import { chancyWorld, randomWorld } from '../helpers/worlds.js';

const WORLDS: readonly (readonly [string, Scenario])[] = Array.from({ length: 60 }, (_, i) => [
  [`world ${i}`, randomWorld(i)] as const,
  [`chancy world ${i}`, chancyWorld(i)] as const,
]).flat();

/** The stretches of a recording's ledger, some seven to a run. */
function stretches(recording: Recording): { stretchMs: number; cells: LedgerCell[][] } {
  const { endMs } = recording.run;
  const stretchMs = Math.max(1, Math.ceil(endMs / 7));
  const ledger = new Ledger(recording);
  const cells: LedgerCell[][] = [];
  for (let toMs = stretchMs; ; toMs += stretchMs) {
    cells.push(ledger.upTo(Math.min(toMs, endMs)));
    if (toMs >= endMs) return { stretchMs, cells };
  }
}

function audited(recording: Recording, stretchMs: number): Audit {
  const { log, run } = recording;
  if (log === null) throw new Error('the run has no log');
  return audit([...eventLines(recording, log)].join(''), { endMs: run.endMs, stretchMs });
}

describe('BILL-06 the finer parts', () => {
  test.each(WORLDS)('%s: are those of an audit of events.ndjson, by stretch, pool, kind, job and use', (_, world) => {
    const { recording } = simulate(world);
    const { stretchMs, cells } = stretches(recording);
    const booked = new Map<string, number>();
    for (const [stretch, ofStretch] of cells.entries()) {
      for (const { pool, kind, job, slotMs } of ofStretch) {
        const head = `${stretch}|${poolNameAt(recording, pool)}|${NODE_KINDS[kind]}|${job < 0 ? '' : jobNameAt(recording, job)}`;
        for (const [use, ms] of slotMs.entries()) {
          const key = `${head}|${NODE_USES[use]?.name}`;
          if (ms !== 0) booked.set(key, (booked.get(key) ?? 0) + ms);
        }
      }
    }
    expect(Object.fromEntries(booked)).toEqual(Object.fromEntries(audited(recording, stretchMs).slotMs));
  });

  test.each(WORLDS)("%s: sum to the nodes' four parts exactly", (_, world) => {
    const { recording } = simulate(world);
    const { nodes, pools } = recording;
    const sums = { booting: 0, idle: 0, running: 0, failed: 0 };
    for (const { slotMs } of stretches(recording).cells.flat()) {
      for (const [use, ms] of slotMs.entries()) sums[NODE_USES[use]!.part] += ms;
    }
    for (const part of ['booting', 'idle', 'running', 'failed'] as const) {
      let slotMs = 0;
      for (let node = 0; node < nodes.count; node++) {
        slotMs += nodes[`${part}Ms`][node]! * pools[nodes.pool[node]!]!.taskSlotsPerNode;
      }
      expect(sums[part], part).toBe(slotMs);
    }
  });
});

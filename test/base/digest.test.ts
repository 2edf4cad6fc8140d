/** A changed bit anywhere changes the digest, and nothing else does. */
import { describe, expect, test } from 'vitest';
import { Digest } from '../../src/base/index.js';

type Column = Parameters<Digest['addColumn']>[0];

function digestOf(add: (digest: Digest) => void): string {
  const digest = new Digest();
  add(digest);
  return digest.hex();
}

function columnDigest(column: Column, count = column.length): string {
  return digestOf((digest) => digest.addColumn(column, count));
}

describe('digest', () => {
  test('is 32 hexadecimal digits, also of nothing, and reading it changes nothing', () => {
    const digest = new Digest();
    expect(digest.hex()).toMatch(/^[0-9a-f]{32}$/);
    expect(digest.hex()).toBe(digest.hex());
    digest.addInt(1);
    expect(digest.hex()).not.toBe(new Digest().hex());
  });

  test('every single bit of a column counts, wherever it is', () => {
    const column = new Uint32Array(64).fill(0x5a5a5a5a);
    const seen = new Set([columnDigest(column)]);
    for (let bit = 0; bit < 64 * 32; bit++) {
      const changed = column.slice();
      changed[bit >> 5] = (changed[bit >> 5] as number) ^ (1 << (bit & 31));
      seen.add(columnDigest(changed));
    }
    expect(seen.size).toBe(64 * 32 + 1);
  });

  test('every bit of a double counts, the sign of zero included', () => {
    const seen = new Set([columnDigest(Float64Array.of(1.5, 2.5))]);
    for (let bit = 0; bit < 64; bit++) {
      const column = Float64Array.of(1.5, 2.5);
      const words = new Uint32Array(column.buffer);
      words[bit >> 5] = (words[bit >> 5] as number) ^ (1 << (bit & 31));
      seen.add(columnDigest(column));
    }
    expect(seen.size).toBe(65);
    expect(columnDigest(Float64Array.of(0))).not.toBe(columnDigest(Float64Array.of(-0)));
  });

  test('these digests are part of the format of results: they must not change', () => {
    const doubles = Float64Array.from({ length: 1000 }, (_, i) => i * 1.25 - 300);
    const codes = Uint8Array.from({ length: 1000 }, (_, i) => i % 7);
    const all = digestOf((digest) => {
      digest.addText('batchsim');
      digest.addInt(-1);
      digest.addColumn(doubles, 999);
      digest.addColumn(codes, 1000);
    });
    expect(all).toMatchInlineSnapshot(`"6f5cd597f5b718dd5b6cbe9493bd39f5"`);
  });

  test('a column adds what its words add one by one', () => {
    const column = Int32Array.of(5, -1, 0, 2 ** 31 - 1);
    const oneByOne = digestOf((digest) => {
      digest.addInt(column.length);
      for (const word of column) digest.addInt(word);
    });
    expect(columnDigest(column)).toBe(oneByOne);
  });

  test('order counts', () => {
    expect(columnDigest(Int32Array.of(1, 2, 3))).not.toBe(columnDigest(Int32Array.of(1, 3, 2)));
    const inTurn = (a: number, b: number) =>
      digestOf((digest) => {
        digest.addInt(a);
        digest.addInt(b);
      });
    expect(inTurn(0, 1)).not.toBe(inTurn(1, 0));
  });

  test('all small columns of two values differ', () => {
    const seen = new Set<string>();
    for (let a = -40; a < 40; a++) for (let b = -40; b < 40; b++) seen.add(columnDigest(Int32Array.of(a, b)));
    expect(seen.size).toBe(80 * 80);
  });

  test('only the first rows count: what lies beyond them means nothing', () => {
    expect(columnDigest(Int32Array.of(1, 2, 9, 9), 2)).toBe(columnDigest(Int32Array.of(1, 2), 2));
    expect(columnDigest(Float64Array.of(1, 2, 9), 2)).toBe(columnDigest(Float64Array.of(1, 2), 2));
  });

  test('a column that is a view into a larger buffer counts from its own start', () => {
    const whole = Float64Array.of(7, 1, 2, 3);
    expect(columnDigest(whole.subarray(1), 2)).toBe(columnDigest(Float64Array.of(1, 2), 2));
  });

  test('the border between two columns or two texts counts', () => {
    const split = (at: number) =>
      digestOf((digest) => {
        digest.addColumn(Int32Array.of(1, 2, 3, 4).slice(0, at), at);
        digest.addColumn(Int32Array.of(1, 2, 3, 4).slice(at), 4 - at);
      });
    expect(new Set([0, 1, 2, 3, 4].map(split)).size).toBe(5);
    const texts = (a: string, b: string) =>
      digestOf((digest) => {
        digest.addText(a);
        digest.addText(b);
      });
    expect(texts('ab', 'c')).not.toBe(texts('a', 'bc'));
  });

  test('the same values in columns of other widths are the same: the width is layout, not content', () => {
    expect(columnDigest(Uint8Array.of(1, 2))).toBe(columnDigest(Int32Array.of(1, 2)));
  });

  test('zeros alone tell lengths apart', () => {
    const seen = new Set(Array.from({ length: 100 }, (_, n) => columnDigest(new Uint8Array(n))));
    expect(seen.size).toBe(100);
  });

  test('each of the 32 digits moves', () => {
    const digests = Array.from({ length: 200 }, (_, i) => columnDigest(Int32Array.of(i, 0)));
    for (let digit = 0; digit < 32; digit++) {
      expect(new Set(digests.map((hex) => hex[digit])).size, `digit ${digit}`).toBeGreaterThan(8);
    }
  });
});

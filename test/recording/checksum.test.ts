import { expect, test } from 'vitest';
import { crc32 } from '../../src/recording/checksum.js';

test('CRC-32 of the standard check text is cbf43926', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('summing piece by piece gives the sum of the whole', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) & 255);
  for (const cut of [0, 1, 3, 4, 500, 999, 1000]) {
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
  }
});

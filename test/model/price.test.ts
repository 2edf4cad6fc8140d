import { describe, expect, test } from 'vitest';
import {
  BUILTIN_PRICES,
  findListPrice,
  findVmSize,
  nodePrice,
  type PriceSources,
  priceKey,
  suggestVmSize,
  type VmSize,
  vmFamilyNames,
  vmSizeNames,
} from '../../src/model/index.js';

const D4 = findVmSize('Standard_D4s_v5') as VmSize;

describe('the catalogue of VM sizes', () => {
  test('POOL-24 names compare without regard to case and come back as the API spells them', () => {
    expect(findVmSize('STANDARD_d4S_V5')).toEqual({
      name: 'Standard_D4s_v5',
      family: 'standardDSv5Family',
      vcpus: 4,
      memoryGib: 16,
      tempDiskGib: 0,
      gpus: 0,
    });
    expect(findVmSize('Standard_Nope')).toBeNull();
  });

  test('it holds 565 sizes, 530 with a Linux, 455 with a Windows and 249 with a spot price', () => {
    const prices = vmSizeNames().map((name) => findListPrice(name));
    expect(prices).toHaveLength(565);
    expect(prices.filter((price) => price?.linuxUsd != null)).toHaveLength(530);
    expect(prices.filter((price) => price?.windowsUsd != null)).toHaveLength(455);
    expect(prices.filter((price) => price?.spotLinuxUsd != null)).toHaveLength(249);
    expect(prices.every((price) => price?.source.startsWith('size:'))).toBe(true);
  });

  test('a figure that was not found is null, not 0', () => {
    expect(findVmSize('Standard_A1')?.tempDiskGib).toBeNull();
    expect(findVmSize('ExtraSmall')?.family).toBeNull();
    expect(findListPrice('ExtraSmall')?.linuxUsd).toBeNull();
  });

  test('a near name is suggested, also without its Standard_', () => {
    expect(suggestVmSize('Standard_D4s_v55')).toBe('Standard_D4s_v5');
    expect(suggestVmSize('d4s_v5')).toBe('Standard_D4s_v5');
    expect(suggestVmSize('completely-else')).toBeNull();
    expect(new Set(vmFamilyNames()).size).toBe(vmFamilyNames().length);
  });
});

describe('BILL-07 the price of a node', () => {
  const file = new Map([
    [priceKey('standard_d4s_v5', 'linux'), { dedicatedUsd: 0.3, spotUsd: null, source: 'prices.csv, line 2' }],
  ]);
  const overrides = new Map([
    [priceKey('standard_d4s_v5', 'linux'), { dedicatedUsd: null, spotUsd: 0.05, source: 'override' }],
  ]);
  const sources: PriceSources = { ...BUILTIN_PRICES, file, overrides };

  test('overrides come before the file, the file before the table, figure by figure', () => {
    expect(nodePrice(D4, 'linux', sources)).toEqual({
      dedicatedPerHourUsd: 0.3,
      spotPerHourUsd: 0.05,
      dedicatedSource: 'prices.csv, line 2',
      spotSource: 'override',
      spotAssumed: false,
    });
  });

  test('the table names region, date and source of its figures', () => {
    const price = nodePrice(D4, 'linux');
    expect(price).toMatchObject({ dedicatedPerHourUsd: 0.192, spotPerHourUsd: 0.02112, spotAssumed: false });
    expect(price.dedicatedSource).toBe(
      'built-in table: eastus, 2026-06-18 (linux:karpenter-2026-06-18, spot:skypilot-v6)',
    );
  });

  test('without a spot figure the assumed discount is taken: 80 % on Linux, 60 % on Windows, and marked', () => {
    const windows = nodePrice(D4, 'windows');
    expect(windows.spotAssumed).toBe(true);
    expect(windows.spotPerHourUsd).toBeCloseTo((windows.dedicatedPerHourUsd as number) * 0.4, 9);
    expect(windows.spotSource).toContain('assumed: 60 % below');
    const linux = nodePrice(D4, 'linux', { ...sources, overrides: new Map() });
    expect(linux.spotPerHourUsd).toBe(0.02112);
  });

  test('no price at all is null, never 0', () => {
    const nothing: PriceSources = { ...BUILTIN_PRICES, builtin: false };
    expect(nodePrice(D4, 'linux', nothing)).toEqual({
      dedicatedPerHourUsd: null,
      spotPerHourUsd: null,
      dedicatedSource: null,
      spotSource: null,
      spotAssumed: false,
    });
  });
});

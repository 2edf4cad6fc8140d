/** What an hour of a node costs (BILL-07). Prices are inputs for examples and plans, never quotes. */
import type { NodePrice } from './pool-spec.js';
import type { VmSize } from './vm-size.js';
import { CATALOGUE_REGION, findListPrice } from './vm-sizes.js';

/** Operating system of a node, as far as prices care. */
type Os = 'linux' | 'windows';

/** One price that a user gave: USD per hour, null where none was given. */
export interface GivenPrice {
  readonly dedicatedUsd: number | null;
  readonly spotUsd: number | null;
  /** What a node costs besides its VM; absent or null: nothing is said. */
  readonly extraUsd?: number | null;
  /** Where it stands, for the report. */
  readonly source: string;
}

/** Where prices come from, in the order of BILL-07. */
export interface PriceSources {
  /** The scenario's `prices.overrides`, by {@link priceKey}. */
  readonly overrides: ReadonlyMap<string, GivenPrice>;
  /** The user's file, by {@link priceKey}. */
  readonly file: ReadonlyMap<string, GivenPrice>;
  /** Whether the built-in table counts. */
  readonly builtin: boolean;
  /** Share of the list price by which preemptible nodes are taken to be cheaper where nobody says. */
  readonly preemptibleDiscount: Readonly<Record<Os, number>>;
  /** What every node costs besides its VM unless its size says otherwise, in USD per hour. */
  readonly extraPerHourUsd: number;
}

/** Ratios of the fixed low-priority prices that Batch had until 2025. */
export const DEFAULT_DISCOUNT: Readonly<Record<Os, number>> = { linux: 0.8, windows: 0.6 };

/** The built-in table alone. */
export const BUILTIN_PRICES: PriceSources = {
  overrides: new Map(),
  file: new Map(),
  builtin: true,
  preemptibleDiscount: DEFAULT_DISCOUNT,
  extraPerHourUsd: 0,
};

/** Key of the prices of a size: names compare without regard to case. */
export function priceKey(vmSize: string, os: Os): string {
  return `${vmSize.toLowerCase()}|${os}`;
}

/** The prices of a node of this size: the first source that has each figure; null, never 0, where none has. */
export function nodePrice(size: VmSize, os: Os, sources: PriceSources = BUILTIN_PRICES): NodePrice {
  const override = sources.overrides.get(priceKey(size.name, os));
  const row = sources.file.get(priceKey(size.name, os));
  const extraPerHourUsd = override?.extraUsd ?? row?.extraUsd ?? sources.extraPerHourUsd;
  const given = [override, row, sources.builtin ? listed(size, os) : undefined];
  const dedicated = given.find((price) => price !== undefined && price.dedicatedUsd !== null);
  const spot = given.find((price) => price !== undefined && price.spotUsd !== null);
  const discounted = spot === undefined ? discountedPrice(dedicated, sources.preemptibleDiscount[os]) : null;
  return {
    dedicatedPerHourUsd: dedicated?.dedicatedUsd ?? null,
    spotPerHourUsd: spot?.spotUsd ?? discounted?.spotUsd ?? null,
    dedicatedSource: dedicated?.source ?? null,
    spotSource: spot?.source ?? discounted?.source ?? null,
    spotAssumed: discounted !== null,
    ...(extraPerHourUsd === 0 ? {} : { extraPerHourUsd }),
  };
}

function discountedPrice(dedicated: GivenPrice | undefined, discount: number): GivenPrice | null {
  if (dedicated === undefined || dedicated.dedicatedUsd === null) return null;
  const percent = Math.round(discount * 1000) / 10;
  return {
    dedicatedUsd: null,
    // Billionths of a dollar: free of the noise of 1 - 0.8.
    spotUsd: Math.round(dedicated.dedicatedUsd * (1 - discount) * 1e9) / 1e9,
    source: `assumed: ${percent} % below the dedicated price (${dedicated.source})`,
  };
}

function listed(size: VmSize, os: Os): GivenPrice | undefined {
  const list = findListPrice(size.name);
  if (list === null) return undefined;
  const dedicatedUsd = os === 'linux' ? list.linuxUsd : list.windowsUsd;
  const where = `built-in table: ${CATALOGUE_REGION}${list.date === null ? '' : `, ${list.date}`}`;
  const keys = list.source
    .split('; ')
    .filter((part) => part.startsWith(`${os}:`) || part.startsWith('spot:'))
    .join(', ');
  return { dedicatedUsd, spotUsd: os === 'linux' ? list.spotLinuxUsd : null, source: `${where} (${keys})` };
}

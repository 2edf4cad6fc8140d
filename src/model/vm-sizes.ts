/** The built-in catalogue of VM sizes (POOL-24): look-ups without regard to case, and its list prices (BILL-07). */
import { nearest } from '../base/index.js';
import type { VmSize } from './vm-size.js';
import { VM_SIZE_ROWS, VM_SIZE_SOURCES } from './vm-size-table.js';

/** Region of every price of the catalogue. */
export const CATALOGUE_REGION = 'eastus';

/** What a size was listed at, in USD per hour; null where no figure was found. */
export interface ListPrice {
  readonly linuxUsd: number | null;
  readonly windowsUsd: number | null;
  readonly spotLinuxUsd: number | null;
  /** Day of the Linux price, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** Where each figure comes from, keys as in docs/vm-sizes.md: `size:… ; linux:… ; spot:…`. */
  readonly source: string;
}

interface CatalogueRow {
  readonly size: VmSize;
  readonly price: ListPrice;
}

let catalogue: ReadonlyMap<string, CatalogueRow> | null = null;

/** The size of this name, or null when the catalogue has none. */
export function findVmSize(name: string): VmSize | null {
  return rows().get(name.toLowerCase())?.size ?? null;
}

/** The list price of the size of this name, or null when the catalogue has none. */
export function findListPrice(name: string): ListPrice | null {
  return rows().get(name.toLowerCase())?.price ?? null;
}

/** The catalogue's name nearest to one that it does not hold, or null. `D4s_v5` finds `Standard_D4s_v5`. */
export function suggestVmSize(name: string): string | null {
  const full = findVmSize(`Standard_${name}`);
  return full === null ? nearest(name, vmSizeNames()) : full.name;
}

/** Names of all sizes, in the order of the catalogue. */
export function vmSizeNames(): readonly string[] {
  return [...rows().values()].map((row) => row.size.name);
}

/** Names of all VM families, each once, in the service's own spelling. */
export function vmFamilyNames(): readonly string[] {
  const families = new Set<string>();
  for (const { size } of rows().values()) if (size.family !== null) families.add(size.family);
  return [...families];
}

/** The table is read at the first question, so that commands which ask none do not pay for it. */
function rows(): ReadonlyMap<string, CatalogueRow> {
  catalogue ??= new Map(
    VM_SIZE_ROWS.trim()
      .split('\n')
      .map((line) => {
        const row = readRow(line.split('|'));
        return [row.size.name.toLowerCase(), row] as const;
      }),
  );
  return catalogue;
}

function readRow(fields: readonly string[]): CatalogueRow {
  const text = (column: number) => (fields[column] === '' ? null : (fields[column] as string));
  const number = (column: number) => (fields[column] === '' ? null : Number(fields[column]));
  const size = {
    name: fields[0] as string,
    family: text(1),
    vcpus: Number(fields[2]),
    memoryGib: number(3),
    tempDiskGib: number(4),
    gpus: number(5),
  };
  const source = VM_SIZE_SOURCES[Number(fields[10])] as string;
  const price = { linuxUsd: number(6), windowsUsd: number(7), spotLinuxUsd: number(8), date: text(9), source };
  return { size, price };
}

/** What the nodes of a pool are made from, as its body names it (POOL-04, POOL-05). */

/** Exactly one of the two is there; null: it is not given. */
export interface PoolConfiguration {
  readonly virtualMachine: VirtualMachineConfiguration | null;
  readonly cloudService: CloudServiceConfiguration | null;
}

/** Both are required (POOL-05). */
export interface VirtualMachineConfiguration {
  readonly imageReference: ImageReference | null;
  readonly nodeAgentSkuId: string | null;
}

/** An image, by its id or by publisher, offer and SKU; null: not given. */
export interface ImageReference {
  readonly publisher: string | null;
  readonly offer: string | null;
  readonly sku: string | null;
  /** `virtualMachineImageId`, `sharedGalleryImageId` and `communityGalleryImageId`, as far as they are given. */
  readonly ids: readonly string[];
}

/** Retired by Azure in 2024. */
export interface CloudServiceConfiguration {
  /** Required (POOL-05). */
  readonly osFamily: string | null;
  /** Default `*`, the latest. */
  readonly osVersion: string;
}

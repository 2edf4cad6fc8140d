/** Virtual machine sizes: what a node is made of and what it is listed at. */

/** One size of the catalogue (POOL-24). Absent figures are null: nothing is guessed. */
export interface VmSize {
  /** As the Batch API spells it, such as `Standard_D4s_v5`. */
  readonly name: string;
  /** VM family under which cores are counted; the service's own uneven spelling, null where unknown. */
  readonly family: string | null;
  readonly vcpus: number;
  readonly memoryGib: number | null;
  readonly tempDiskGib: number | null;
  readonly gpus: number | null;
}

/**
 * What was brought to a node's disk and need not be brought again: container images and application packages (PKG-02,
 * row 7). It survives a reboot, and is lost with the disk.
 */

/** By the name of the thing, from when it is there, in ms: it may still be on its way. */
export interface NodeContents {
  readonly images: Map<string, number>;
  /** By {@link packageKey}. */
  readonly packages: Map<string, number>;
}

/** Contents by node; a node without any has no entry. */
export class ContentsByNode {
  private readonly byNode = new Map<number, NodeContents>();

  /** What is on the node; to be written to. */
  of(node: number): NodeContents {
    const known = this.byNode.get(node);
    if (known !== undefined) return known;
    const made: NodeContents = { images: new Map(), packages: new Map() };
    this.byNode.set(node, made);
    return made;
  }

  /** The disk is as new. */
  wipe(node: number): void {
    this.byNode.delete(node);
  }
}

/** The name of a package on a node: versions stand side by side. */
export function packageKey(applicationId: string, version: string): string {
  return `${applicationId}#${version}`.toLowerCase();
}

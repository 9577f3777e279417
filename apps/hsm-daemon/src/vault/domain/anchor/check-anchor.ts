/** The store's own marks, to compare with its anchor. */
export interface StoreMark {
  readonly logId: string;
  readonly epoch: number;
  readonly size: number;
  /** Root of the tree over as many of its entries as the anchor has seen. */
  readonly anchoredRoot: string;
}

/**
 * Returns why a store does not match its anchor, or undefined when it does. A store may be ahead of
 * its anchor, never behind.
 */
export function anchorFault(store: StoreMark, anchor: AnchorMark | undefined): string | undefined {
  if (anchor === undefined) {
    // The very first start: nothing can have been rolled back yet.
    return store.size === 0 ? undefined : 'the anchor is missing or cannot be read';
  }
  if (anchor.logId !== store.logId) return 'the anchor belongs to another store';
  if (anchor.epoch > store.epoch) return 'the store is of an epoch before the last restore';
  // Power failed between the restore and the anchor write: the store may be ahead.
  if (anchor.epoch < store.epoch) return undefined;
  if (anchor.size > store.size) {
    return `the store was rolled back: it has ${store.size} entries, and had ${anchor.size}`;
  }
  if (store.anchoredRoot !== anchor.root) {
    return `the store is another one: its first ${anchor.size} entries are not those that were written`;
  }
  return undefined;
}
/** What an anchor keeps of the store. An older copy of the store is behind it. */
export interface AnchorMark {
  readonly logId: string;
  /** Of the store, incremented by each restore. */
  readonly epoch: number;
  readonly size: number;
  /** Root of the audit tree at this size, in hexadecimal. */
  readonly root: string;
  /** The latest time that the daemon has seen; 0 in an anchor of a former version. */
  readonly atMs: number;
}

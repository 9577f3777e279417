/** What the store can say of itself. */
export interface StoreMark {
  readonly logId: string;
  readonly epoch: number;
  readonly size: number;
  /** Root of the tree over as many of its entries as the anchor has seen. */
  readonly anchoredRoot: string;
}

/** Why a store does not fit its anchor; undefined when it does. A store may be ahead of it, never behind. */
export function anchorFault(store: StoreMark, anchor: AnchorMark | undefined): string | undefined {
  if (anchor === undefined) {
    // The very first start: there is nothing yet that could have been rolled back.
    return store.size === 0 ? undefined : 'the anchor is missing or cannot be read';
  }
  if (anchor.logId !== store.logId) return 'the anchor belongs to another store';
  if (anchor.epoch > store.epoch) return 'the store is of an epoch before the last restore';
  // The power went between the restore and its mark: the store is ahead, as it may be.
  if (anchor.epoch < store.epoch) return undefined;
  if (anchor.size > store.size) {
    return `the store was rolled back: it has ${store.size} entries, and had ${anchor.size}`;
  }
  if (store.anchoredRoot !== anchor.root) {
    return `the store is another one: its first ${anchor.size} entries are not those that were written`;
  }
  return undefined;
}
/** What an anchor remembers of the store: an older copy of the store is behind it. */
export interface AnchorMark {
  readonly logId: string;
  /** Of the store, bumped by each restore. */
  readonly epoch: number;
  readonly size: number;
  /** Root of the audit tree at this size, in hexadecimal. */
  readonly root: string;
  /** The latest time that the daemon has seen; 0 in an anchor of a former version. */
  readonly atMs: number;
}

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

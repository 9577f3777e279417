/** A source of a log: a daemon that answers an auditor. Its answers are checked, not trusted. */
export interface LogReader {
  /** Returns the newest signed note, the former ones kept, and the key said to have signed. */
  checkpoint(): Promise<{ readonly note: string; readonly former: readonly string[]; readonly publicKey: Buffer }>;
  /** Returns at most `count` entries from `first` on, in order, and the log's size in decimal. */
  entries(first: number, count: number): Promise<{ readonly entries: readonly Buffer[]; readonly logSize: string }>;
  /** RFC 6962 2.1.1: returns the hashes on the path from an entry to the root of `size` entries. */
  inclusionProof(index: number, size: number): Promise<{ readonly hashes: readonly Buffer[] }>;
  /** RFC 6962 2.1.2: returns the hashes that connect a tree of `from` entries to one of `size`. */
  consistencyProof(from: number, size: number): Promise<{ readonly hashes: readonly Buffer[] }>;
}

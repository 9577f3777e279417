/** Where a log is read from: a daemon that answers an auditor's calls. Whatever it says is checked, and not believed. */
export interface LogReader {
  /** The newest signed note, the former ones that it kept, and the key that it says it signs with. */
  checkpoint(): Promise<{ readonly note: string; readonly former: readonly string[]; readonly publicKey: Buffer }>;
  /** At most `count` entries from `first` on, in order, and how many there are in all, as decimal text. */
  entries(first: number, count: number): Promise<{ readonly entries: readonly Buffer[]; readonly logSize: string }>;
  /** RFC 6962 2.1.1: the hashes on the way from an entry to the root of `size` entries. */
  inclusionProof(index: number, size: number): Promise<{ readonly hashes: readonly Buffer[] }>;
  /** RFC 6962 2.1.2: the hashes that tie a tree of `from` entries to one of `size`. */
  consistencyProof(from: number, size: number): Promise<{ readonly hashes: readonly Buffer[] }>;
}

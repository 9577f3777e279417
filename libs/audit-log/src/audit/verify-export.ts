import { accessSync, constants } from 'node:fs';
import { bytesOfHex, fingerprintOf, hexOf, sameBytes } from '@ramz/custody';
import { decodeEntry } from '../entries/entry-codec.ts';
import { checkedCheckpoint } from '../tree/checked-checkpoint.ts';
import { leafHash, TreeEdge } from '../tree/merkle-tree.ts';
import { EXPORT_VERSION } from './export-format.ts';
import { linesOf } from './export-lines.ts';
import { assertKeyText, isKey } from './known-key.ts';
import { keptCheckpoints } from './witness.ts';

export interface TrustedReferences {
  /** The audit key: its fingerprint, or the key in hexadecimal. */
  readonly key?: string;
  /** A witness's file. */
  readonly witness?: string;
}

export interface CheckedExport {
  /** The first fault; undefined when there is none. */
  readonly fault?: string;
  readonly entries: number;
  readonly checkpoints: number;
  readonly keyFingerprint: string;
}

/**
 * Checks an export in one pass with little memory, and names the first bad entry.
 * @throws Error when it cannot be checked: a missing file, an invalid key
 */
export async function verifyExport(
  path: string,
  known: TrustedReferences,
  progress: (done: number, of: number) => void,
): Promise<CheckedExport> {
  if (known.key !== undefined) assertKeyText(known.key);
  accessSync(path, constants.R_OK);
  const check = new ExportCheck(known);
  try {
    for (const line of linesOf(path, progress)) await check.take(line);
    check.end();
    return check.found();
  } catch (error) {
    // A file that cannot be read is not a fault of the log.
    if (error instanceof NotAnExport || (error instanceof Error && 'syscall' in error)) throw error;
    return { ...check.found(), fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The file is not an export, so it is neither valid nor faulty. */
class NotAnExport extends Error {
  constructor() {
    super('this is not an export of a Ramz audit log');
    this.name = 'NotAnExport';
  }
}

/** Checks the lines of an export in one pass. Throws at the first fault. */
class ExportCheck {
  readonly #known: TrustedReferences;
  readonly #edge = new TreeEdge();
  #key: Uint8Array | undefined;
  #origin: string | undefined;
  #lines = 0;
  #checkpoints = 0;
  #covered = 0;
  // Checkpoints that a witness kept, by size: the pass must meet each of them.
  readonly #kept: Map<number, string>;

  constructor(known: TrustedReferences) {
    this.#known = known;
    this.#kept = new Map(known.witness === undefined ? [] : keptCheckpoints(known.witness));
  }

  async take(line: string): Promise<void> {
    this.#lines += 1;
    if (this.#lines === 1) {
      if (line !== EXPORT_VERSION) throw new NotAnExport();
    } else if (this.#lines === 2) this.#takeKey(line);
    else if (line.startsWith('e ')) await this.#takeEntry(line);
    else if (line.startsWith('c ')) await this.#takeCheckpoint(Buffer.from(line.slice(2), 'base64').toString());
    else
      throw new Error(
        `entry ${this.#edge.size}: line ${this.#lines} of the export is neither an entry nor a checkpoint`,
      );
  }

  end(): void {
    const size = this.#edge.size;
    const [ahead] = this.#kept.keys();
    if (ahead !== undefined)
      throw new Error(`entry ${size} is missing: the end was cut off, the witness has seen ${ahead} entries`);
    if (size > this.#covered)
      throw new Error(`entry ${this.#covered}: no signed checkpoint covers it and those after it`);
    if (this.#lines === 0) throw new NotAnExport();
    if (size === 0) throw new Error('entry 0 is missing: the export is empty');
  }

  found(): CheckedExport {
    const keyFingerprint = this.#key === undefined ? 'unknown' : fingerprintOf(this.#key);
    return { entries: this.#edge.size, checkpoints: this.#checkpoints, keyFingerprint };
  }

  #takeKey(line: string): void {
    const [, hex = ''] = /^key ([0-9a-f]{64})$/.exec(line) ?? [];
    if (hex === '') throw new Error('the export names no audit key');
    this.#key = bytesOfHex(hex);
    if (this.#known.key !== undefined && !isKey(this.#key, this.#known.key))
      throw new Error('the export is signed by another audit key than yours');
  }

  async #takeEntry(line: string): Promise<void> {
    const index = this.#edge.size;
    const [, number, hash = '', base64 = '', ...more] = line.split(' ');
    if (number !== String(index)) throw new Error(`entry ${index} is missing or out of place: ${number} stands there`);
    const entry = Buffer.from(base64, 'base64');
    // An entry has exactly one form, so that nothing can be hidden on its line.
    if (more.length > 0 || entry.toString('base64') !== base64)
      throw new Error(`entry ${index} is not written in the form of an export`);
    const leaf = leafHash(entry);
    if (hash !== hexOf(leaf)) throw new Error(`entry ${index} is not what its hash says: it was changed`);
    assertReadable(entry, index);
    this.#edge.append(leaf);
    const kept = this.#kept.get(index + 1);
    if (kept !== undefined) await this.#compareKept(index + 1, kept);
  }

  async #takeCheckpoint(note: string): Promise<void> {
    const checkpoint = await checkedCheckpoint(note, this.#key ?? new Uint8Array(), this.#origin);
    this.#origin = checkpoint.origin;
    const { size, root } = checkpoint;
    if (size !== this.#edge.size)
      throw new Error(
        `entry ${Math.min(size, this.#edge.size)}: a checkpoint of ${size} entries stands after ${this.#edge.size}`,
      );
    if (!sameBytes(root, this.#edge.root())) throw new Error(this.#differs(size));
    this.#covered = size;
    this.#checkpoints += 1;
  }

  async #compareKept(size: number, note: string): Promise<void> {
    this.#kept.delete(size);
    const { root } = await checkedCheckpoint(note, this.#key ?? new Uint8Array(), this.#origin);
    if (!sameBytes(root, this.#edge.root()))
      throw new Error(`a fork: the witness has seen another log. ${this.#differs(size)}`);
  }

  /** Describes where the log differs. Hashes fit the entries here: only checkpoints show it. */
  #differs(size: number): string {
    const first = this.#covered;
    const where = first === size - 1 ? `entry ${first}` : `the first bad entry is one of ${first} to ${size - 1}`;
    return `${where}: these are not the entries that were signed`;
  }
}

function assertReadable(entry: Uint8Array, index: number): void {
  try {
    decodeEntry(entry);
  } catch (error) {
    throw new Error(`entry ${index} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { sha256 } from '@ramz/otp-core/messages';
import type { AnchorMark } from '../domain/anchor/check-anchor.ts';
import { type Anchor, AnchorTaken } from './anchor.ts';
import { StoreUnavailable } from './store-errors.ts';

/** A disk writes a sector whole. Each of the two slots is one sector; they are written in turn. */
const SLOT_BYTES = 512;
const SPACE = 0x20;
const VERSION = 'ramz-anchor/v2';

/**
 * The anchor as a file, best on another volume than the store. It is written after each commit and
 * before the answer. It is not synced, since it must outlive the process but not the power: an
 * anchor that is behind its store after a power failure is as good as any.
 */
export class AnchorFile implements Anchor {
  readonly #path: string;
  readonly #file: number;
  // Reused at each commit: the slot to write next, the slot written last, and its copy in the file.
  #slot = Buffer.alloc(SLOT_BYTES);
  #last = Buffer.alloc(SLOT_BYTES);
  readonly #found = Buffer.alloc(SLOT_BYTES);
  #hasLast = false;
  #turn = 0;
  /** Number of marks written: two marks may differ in nothing but their time. */
  #count = 0;

  /** @throws Error of the file system, with the path */
  static open(path: string): AnchorFile {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    // Allocates both slots at the start, so that writing them takes no more space later.
    if (fstatSync(file).size === 0) writeSync(file, Buffer.alloc(2 * SLOT_BYTES, SPACE));
    return new AnchorFile(path, file);
  }

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  read(): AnchorMark | undefined {
    const slots = [0, 1].flatMap((turn) => {
      const read = readSlot(this.#readSlot(turn, this.#found));
      return read === undefined ? [] : [{ turn, ...read }];
    });
    const [newest] = slots.toSorted(
      (a, b) => b.mark.epoch - a.mark.epoch || b.mark.size - a.mark.size || b.count - a.count,
    );
    if (newest === undefined) return undefined;
    this.#turn = newest.turn;
    this.#count = newest.count;
    this.#readSlot(newest.turn, this.#last);
    this.#hasLast = true;
    return newest.mark;
  }

  write(mark: AnchorMark): void {
    if (this.#hasLast && !this.#readSlot(this.#turn, this.#found).equals(this.#last)) {
      throw new AnchorTaken(this.#path);
    }
    this.#count += 1;
    const text = textOf(mark, this.#count);
    const end = this.#slot.write(`${text} ${checksum(text)}\n`, 'latin1');
    this.#slot.fill(SPACE, end);
    const turn = 1 - this.#turn;
    this.#put(this.#slot, turn);
    this.#turn = turn;
    [this.#slot, this.#last] = [this.#last, this.#slot];
    this.#hasLast = true;
  }

  /**
   * @throws StoreUnavailable when the volume is full or failing. The commit before it stands and is
   * reported once the anchor is written
   */
  #put(slot: Buffer, turn: number): void {
    try {
      writeSync(this.#file, slot, 0, SLOT_BYTES, turn * SLOT_BYTES);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreUnavailable(`the anchor ${this.#path} cannot be written: ${why}`);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #readSlot(turn: number, into: Buffer): Buffer {
    const bytes = readSync(this.#file, into, 0, SLOT_BYTES, turn * SLOT_BYTES);
    // Past the end of a short file the slot is empty.
    return into.fill(0, bytes);
  }
}

function textOf({ logId, epoch, size, root, atMs }: AnchorMark, count: number): string {
  return `${VERSION} ${logId} ${epoch} ${size} ${root} ${Math.round(atMs)} ${count}`;
}

/** Version 1 has no time and no count. */
const FORM =
  /^(ramz-anchor\/v[12] ([0-9a-f]{32}) (\d{1,15}) (\d{1,15}) ([0-9a-f]{64})(?: (\d{1,15}) (\d{1,15}))?) ([0-9a-f]{16})$/;

function readSlot(slot: Buffer): { readonly mark: AnchorMark; readonly count: number } | undefined {
  const text = slot.toString('latin1').trimEnd();
  const [, body = '', logId = '', epoch, size, root = '', atMs = '0', count = '0', sum = ''] = FORM.exec(text) ?? [];
  if (sum === '' || checksum(body) !== sum) return undefined;
  const mark = { logId, epoch: Number(epoch), size: Number(size), root, atMs: Number(atMs) };
  return { mark, count: Number(count) };
}

// Detects torn writes, not forgery: an attacker who can write here can write all of it.
function checksum(text: string): string {
  return Buffer.from(sha256(Buffer.from(text)).subarray(0, 8)).toString('hex');
}

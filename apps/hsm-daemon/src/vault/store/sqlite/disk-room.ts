import { statfsSync } from 'node:fs';
import { StoreUnavailable } from '../store-errors.ts';

/** Reserved for the log of ceremonies and approvals: verdicts stop while there is space for it. */
const RESERVE_BYTES_MAX = 67_108_864;
/** The reserved share of a small volume. */
const RESERVE_SHARE = 0.05;
const LOOK_EVERY_MS = 1_000;
const MIB = 1_048_576;

/** The free space on the volume. Checked at most once a second: a check costs a system call. */
export class DiskRoom {
  readonly #dir: string;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #freeBytes = Number.POSITIVE_INFINITY;
  #reserveBytes = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get freeBytes(): number | undefined {
    this.#look();
    return Number.isFinite(this.#freeBytes) ? this.#freeBytes : undefined;
  }

  /** @throws StoreUnavailable when only the reserve is left */
  assertForVerdicts(): void {
    this.#look();
    if (this.#freeBytes >= this.#reserveBytes) return;
    const free = Math.floor(this.#freeBytes / MIB);
    throw new StoreUnavailable(
      `its volume has ${free} MiB left, which are kept for the log of ceremonies and approvals: make room in ${this.#dir}`,
    );
  }

  #look(): void {
    const nowMs = performance.now();
    if (nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return;
    this.#lookedAtMs = nowMs;
    try {
      const { bavail, blocks, bsize } = statfsSync(this.#dir);
      this.#freeBytes = bavail * bsize;
      this.#reserveBytes = Math.min(RESERVE_BYTES_MAX, blocks * bsize * RESERVE_SHARE);
    } catch {
      // A volume that cannot be queried fails when it is written to.
      this.#freeBytes = Number.POSITIVE_INFINITY;
    }
  }
}

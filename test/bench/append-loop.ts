import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Bytes in the entry of one verdict. */
const ENTRY_BYTES = 110;

/** A bare log: the upper limit for the store. */
class BareLog implements Disposable {
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-append-'));
  readonly #db = new DatabaseSync(join(this.#dir, 'log.db'));
  readonly #append;
  readonly #batch: number;
  readonly #bytes: Uint8Array;
  #entries = 0;

  constructor(batch: number) {
    this.#batch = batch;
    this.#bytes = new Uint8Array(ENTRY_BYTES * batch).fill(7);
    this.#db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    this.#db.exec(
      'CREATE TABLE log (first_index INTEGER PRIMARY KEY, count INTEGER, at_ms INTEGER, entries BLOB) STRICT',
    );
    this.#append = this.#db.prepare('INSERT INTO log VALUES (?, ?, ?, ?)');
  }

  get entries(): number {
    return this.#entries;
  }

  /** Appends a batch. It is durable on return. */
  append(): void {
    this.#append.run(this.#entries, this.#batch, 0, this.#bytes);
    this.#entries += this.#batch;
  }

  [Symbol.dispose](): void {
    this.#db.close();
    rmSync(this.#dir, { recursive: true });
  }
}

/** Measures entries per second of a bare durable append loop without pauses. */
export function measureAppends(batch: number, seconds: number): number {
  using log = new BareLog(batch);
  const untilMs = performance.now() + seconds * 1000;
  while (performance.now() < untilMs) log.append();
  return log.entries / seconds;
}

/**
 * Measures the median milliseconds of one append after machine and disk were idle for `pauseMs`.
 */
export function measureAppendAlone(pauseMs: number, times: number): number {
  using log = new BareLog(1);
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const tookMs = Array.from({ length: times }, () => {
    Atomics.wait(nobody, 0, 0, pauseMs);
    const beganMs = performance.now();
    log.append();
    return performance.now() - beganMs;
  });
  return tookMs.toSorted((a, b) => a - b)[times >> 1] ?? 0;
}

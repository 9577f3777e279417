import { REQUESTS_KEPT_MS } from '../ledger.ts';
import type { Sessions } from './sessions.ts';

/** Rows stay an hour longer than they count: deleting them is not urgent. */
const KEPT_MS = REQUESTS_KEPT_MS + 3600 * 1000;
const EVERY_MS = 60_000;
const FORGOTTEN_AT_ONCE = 5_000;

/** The table of requests, and how it is kept from growing. */
export class Requests {
  readonly #sessions: Sessions;
  #nextMs = 0;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** A slice of those that are old, once a minute; while there are more, at each call. */
  async forgetOld(nowMs: number): Promise<void> {
    if (nowMs < this.#nextMs) return;
    const text = `WITH old AS (
        SELECT request_key FROM request WHERE at_ms < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
      ) DELETE FROM request USING old WHERE request.request_key = old.request_key RETURNING 1`;
    const gone = await this.#sessions.query({ text, values: [nowMs - KEPT_MS, FORGOTTEN_AT_ONCE] });
    if (gone.length < FORGOTTEN_AT_ONCE) this.#nextMs = nowMs + EVERY_MS;
  }
}

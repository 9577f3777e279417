import { REQUESTS_KEPT_MS } from '../ledger.ts';
import type { Sessions } from './sessions.ts';

/** Rows stay an hour longer than they are valid: deleting them is not urgent. */
const KEPT_MS = REQUESTS_KEPT_MS + 3600 * 1000;
const EVERY_MS = 60_000;
const FORGOTTEN_AT_ONCE = 5_000;

/** The table of requests. Keeps it from growing. */
export class Requests {
  readonly #sessions: Sessions;
  #nextMs = 0;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Deletes some old rows once a minute, or on each call while there are more. */
  async forgetOld(nowMs: number): Promise<void> {
    if (nowMs < this.#nextMs) return;
    const text = `WITH old AS (
        SELECT request_key FROM request WHERE at_ms < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
      ) DELETE FROM request USING old WHERE request.request_key = old.request_key RETURNING 1`;
    const gone = await this.#sessions.query({ text, values: [nowMs - KEPT_MS, FORGOTTEN_AT_ONCE] });
    if (gone.length < FORGOTTEN_AT_ONCE) this.#nextMs = nowMs + EVERY_MS;
  }
}

import { type EventKind, SEEN } from '../../domain/events/events.ts';
import type { LoggedEvent } from '../ledger.ts';
import type { Sessions } from './sessions.ts';

interface EventRow {
  readonly log_index: string;
  readonly kind: string;
}

/** The tables beside one daemon's log: where it has ceremonies and events, and its checkpoints. */
export class PostgresSideTables {
  readonly #sessions: Sessions;
  readonly #logId: string;

  constructor(sessions: Sessions, logId: string) {
    this.#sessions = sessions;
    this.#logId = logId;
  }

  async events(first: number, count: number, kinds: readonly EventKind[] = SEEN): Promise<readonly LoggedEvent[]> {
    const text =
      'SELECT log_index, kind FROM event WHERE log_id = $1 AND log_index >= $2 AND kind = ANY($4) ORDER BY log_index LIMIT $3';
    const values = [this.#logId, first, count, kinds];
    return (await this.#sessions.query<EventRow>({ text, values })).map(eventOfRow);
  }

  async latestEvent(kinds: readonly EventKind[]): Promise<LoggedEvent | undefined> {
    const text =
      'SELECT log_index, kind FROM event WHERE log_id = $1 AND kind = ANY($2) ORDER BY log_index DESC LIMIT 1';
    const [row] = await this.#sessions.query<EventRow>({ text, values: [this.#logId, kinds] });
    return row && eventOfRow(row);
  }

  async ceremonyEntries(id: string): Promise<readonly number[]> {
    const text = 'SELECT log_index FROM ceremony WHERE log_id = $1 AND id = $2 ORDER BY log_index';
    const rows = await this.#sessions.query<{ log_index: string }>({ text, values: [this.#logId, id] });
    return rows.map(({ log_index: logIndex }) => Number(logIndex));
  }

  async latestCeremony(): Promise<string | undefined> {
    const text = 'SELECT id FROM ceremony WHERE log_id = $1 ORDER BY log_index DESC LIMIT 1';
    return (await this.#sessions.query<{ id: string }>({ text, values: [this.#logId] }))[0]?.id;
  }

  async putCheckpoint(size: number, note: string): Promise<void> {
    const text = 'INSERT INTO checkpoint VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
    await this.#sessions.query({ text, values: [this.#logId, size, note] });
  }

  async checkpoints(count: number): Promise<readonly string[]> {
    const text = 'SELECT note FROM checkpoint WHERE log_id = $1 ORDER BY size DESC LIMIT $2';
    const rows = await this.#sessions.query<{ note: string }>({ text, values: [this.#logId, count] });
    return rows.map(({ note }) => note).toReversed();
  }
}

function eventOfRow({ log_index: logIndex, kind }: EventRow): LoggedEvent {
  return { logIndex: Number(logIndex), kind: kind as EventKind };
}

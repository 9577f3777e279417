import type { Purpose, VerdictReason } from '../../../boundary/commands.ts';
import { placeOf, type Standing, subjectAt } from '../../domain/enrolment/standing.ts';
import type { Change, FormerVerdict, Wanted } from '../ledger.ts';
import { RowBroken } from '../row-broken.ts';
import { activeIn, readStanding } from '../standing-text.ts';
import type { Sessions } from './sessions.ts';

/** A row as it was loaded. */
interface AtVersion {
  readonly version: number;
  /** Tokens of it that may make codes. */
  readonly active: number;
  readonly standing: Standing;
}

interface Row {
  readonly kind: 'standing' | 'request' | 'keys';
  readonly name: string;
  readonly number: string;
  readonly text: string;
  readonly more: string;
}

/** One round trip: the standings, the requests, and whether the keys are still the same. */
const TEXT = `
SELECT 'standing' AS kind, place AS name, version AS number, state AS text, '' AS more
  FROM standing WHERE place = ANY($1::text[])
UNION ALL
SELECT 'request', request_key, log_index, reason, request_digest FROM request WHERE request_key = ANY($2::text[])
UNION ALL
SELECT 'keys', '', version, '', '' FROM keys`;

/** What a batch is decided on. */
export class Loaded {
  readonly #standings: Map<string, AtVersion> = new Map();
  readonly #formers: Map<string, FormerVerdict> = new Map();
  /** Rows that somebody else wrote: only who asks for them is told. */
  readonly #broken: Map<string, RowBroken> = new Map();
  keys_version = 0;

  static async from(sessions: Sessions, { places, request_keys }: Wanted): Promise<Loaded> {
    const named = [...new Set(places.map(({ subject, purpose }) => placeOf(subject, purpose)))];
    const rows = await sessions.query<Row>({ name: 'ramz-load', text: TEXT, values: [named, request_keys] });
    const loaded = new Loaded();
    for (const row of rows) loaded.#take(row);
    return loaded;
  }

  at(place: string): AtVersion | undefined {
    return this.#standings.get(place);
  }

  standing(subject: string, purpose: Purpose): Standing | undefined {
    const place = placeOf(subject, purpose);
    const broken = this.#broken.get(place);
    if (broken !== undefined) throw broken;
    return this.#standings.get(place)?.standing;
  }

  former(request_key: string): FormerVerdict | undefined {
    return this.#formers.get(request_key);
  }

  /**
   * The standings that a change writes. Those that it only relied on are written as they were: with a new version, so
   * that of two daemons that each look at what the other changes one loses (no isolation level is needed for it).
   */
  changedBy({ standings, relied_on }: Change): ReadonlyMap<string, Standing> {
    const untouched = [...relied_on].flatMap((place) => {
      const known = standings.has(place) ? undefined : this.#standings.get(place);
      return known === undefined ? [] : [[place, known.standing] as const];
    });
    return untouched.length === 0 ? standings : new Map([...standings, ...untouched]);
  }

  /** As a load right after the change would have it. */
  after(change: Change): Loaded {
    const { verdicts } = change;
    for (const [place, standing] of this.changedBy(change)) {
      const version = (this.#standings.get(place)?.version ?? 0) + 1;
      this.#standings.set(place, { version, active: activeIn(standing), standing });
    }
    for (const [key, verdict] of verdicts) this.#formers.set(key, verdict);
    return this;
  }

  #take({ kind, name, number, text, more }: Row): void {
    if (kind === 'keys') this.keys_version = Number(number);
    else if (kind === 'request') {
      this.#formers.set(name, { log_index: Number(number), reason: text as VerdictReason, request_digest: more });
    } else {
      this.#takeStanding(name, Number(number), text);
    }
  }

  #takeStanding(place: string, version: number, text: string): void {
    const { subject, purpose } = subjectAt(place);
    try {
      const standing = readStanding(subject, purpose, text);
      this.#standings.set(place, { version, active: activeIn(standing), standing });
    } catch (error) {
      if (!(error instanceof RowBroken)) throw error;
      this.#broken.set(place, error);
    }
  }
}

// The work of a PostgreSQL server: the same for each kind of refusal (D-14), and no more for a
// batch when its tables have grown.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Batch } from '../../apps/hsm-daemon/src/vault/application/batch/batch.ts';
import type { Standing } from '../../apps/hsm-daemon/src/vault/domain/enrolment/standing.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { RequestNames } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';
import type { VerdictReason } from '../../libs/audit-log/src/entries/words.ts';
import { commitAll, draftOf, enrolled, hexId, NOW_MS, standingIn, verdict } from '../harness/ledger-entries.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores[Symbol.asyncDispose]());

const KNOWN = 1;
const UNKNOWN = 2;

/** Returns a dummy standing like those of `evenOut`. */
function rehearsal(n: number): Standing {
  const wrong = { status: 'active', generation: 1, wrongAtMs: [NOW_MS], wrongSinceAccepted: 1 } as const;
  return { subject: hexId(n), purpose: 'second-pin', ...wrong, enrolments: [], through: 0 };
}

async function refused(ledger: Ledger, n: number, request: number, reason: VerdictReason): Promise<Batch> {
  const entry = verdict(n, request, { reason });
  await ledger.load({ places: [entry], names: RequestNames.of([entry]), requestsSinceMs: 0 });
  return draftOf(ledger, [entry]);
}

describe('refusals that count nothing', () => {
  it('write the row of a known card unchanged, and a decoy for an unknown one', async () => {
    const database = await stores.newDatabase();
    await using ledger = disposable(await stores.open(database, 1));
    await commitAll(ledger.it, [enrolled(KNOWN)]);
    const rows = () =>
      stores.server.sql(
        'SELECT (SELECT version FROM standing) AS standing, (SELECT state FROM standing) AS state, (SELECT sum(version) - count(*) FROM decoy) AS decoys',
        database,
      );
    const [before] = await rows();
    const used = await refused(ledger.it, KNOWN, 1, 'used-code');
    used.rehearse(rehearsal(KNOWN));
    await used.commit();
    expect(await rows()).toEqual([{ ...before, standing: '2' }]);
    const nobody = await refused(ledger.it, UNKNOWN, 2, 'not-enrolled');
    nobody.rehearse(rehearsal(UNKNOWN));
    await nobody.commit();
    expect(await rows()).toEqual([{ ...before, standing: '2', decoys: '1' }]);
    expect(standingIn(ledger.it, UNKNOWN)).toBeUndefined();
  });

  it('write separate decoys for each daemon', async () => {
    const database = await stores.newDatabase();
    await using one = disposable(await stores.open(database, 1));
    await using two = disposable(await stores.open(database, 2));
    const drafts = [
      await refused(one.it, UNKNOWN, 1, 'not-enrolled'),
      await refused(two.it, UNKNOWN, 2, 'not-enrolled'),
    ];
    for (const draft of drafts) draft.rehearse(rehearsal(UNKNOWN));
    await Promise.all(drafts.map((draft) => draft.commit()));
    const written = await stores.server.sql('SELECT count(*) AS rows FROM decoy WHERE version > 1', database);
    expect(written).toEqual([{ rows: '2' }]);
  });
});

describe('a plan that was made while the tables were empty', () => {
  const CARDS = 3_000;
  const AT_ONCE = 100;
  /**
   * Rows read per card, at most: each is looked up to load and to write it. Full scans read dozens
   * per card.
   */
  const ROWS_A_CARD_MAX = 6;
  it('still uses indexes when they are full, and scans no table', async () => {
    const database = await stores.newDatabase();
    await fill(database);
    const tooMany = (await rowsRead(database)).filter(({ rows }) => rows > CARDS * ROWS_A_CARD_MAX);
    expect(tooMany).toEqual([]);
  });

  it("reads one row for an unknown card, with any of the server's statistics", async () => {
    const database = await stores.newDatabase();
    const ledger = await stores.open(database, 1);
    await commitAll(ledger, [enrolled(0)]);
    for (const known of ['VACUUM decoy', 'ANALYZE', 'VACUUM ANALYZE']) {
      await stores.server.sql(known, database);
      for (let n = 1; n <= UNKNOWN_CARDS; n++) await refuseUnknown(ledger, n);
    }
    await ledger.close();
    const decoys = await vi.waitFor(async () => {
      const read = (await rowsRead(database, 1)).find(({ table }) => table === 'decoy')?.rows ?? 0;
      if (read < UNKNOWN_CARDS) throw new Error('there are no statistics yet');
      return read;
    });
    expect(decoys).toBeLessThan(3 * UNKNOWN_CARDS * ROWS_A_CARD_MAX);
  });

  const UNKNOWN_CARDS = 40;
  let request = 1_000;
  async function refuseUnknown(ledger: Ledger, n: number): Promise<void> {
    const draft = await refused(ledger, UNKNOWN + n, (request += 1), 'not-enrolled');
    draft.rehearse(rehearsal(UNKNOWN + n));
    await draft.commit();
  }

  /** Fills the tables in one session, with the plans of its first commits. */
  async function fill(database: string): Promise<void> {
    await using ledger = disposable(await stores.open(database, 1));
    await commitAll(ledger.it, [enrolled(0)]);
    await commitAll(ledger.it, [verdict(0, 0)]);
    for (let first = 1; first <= CARDS; first += AT_ONCE) {
      const cards = Array.from({ length: AT_ONCE }, (_, i) => first + i);
      await commitAll(
        ledger.it,
        cards.map((n) => enrolled(n)),
      );
      await commitAll(
        ledger.it,
        cards.map((n) => verdict(n, n)),
      );
    }
  }

  /**
   * Returns rows read by table, by scan or by index. The server counts a session's reads when it
   * ends.
   */
  async function rowsRead(database: string, standings = CARDS) {
    const text =
      'SELECT relname AS table, seq_tup_read + (SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes AS i WHERE i.relid = t.relid) AS rows FROM pg_stat_user_tables AS t';
    return await vi.waitFor(async () => {
      const found = await stores.server.sql(text, database);
      const read = found.map(({ table, rows }) => ({ table: String(table), rows: Number(rows) }));
      if (!read.some(({ table, rows }) => table === 'standing' && rows >= standings))
        throw new Error('there are no statistics yet');
      return read;
    });
  }
});

describe('an index', () => {
  it('on text has the collation C, which no update of the server changes', async () => {
    const database = await stores.newDatabase();
    await (await stores.open(database, 1)).close();
    const text = `SELECT c.relname AS index, l.collname AS collation
      FROM pg_index AS i
      JOIN pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'public'
      CROSS JOIN unnest(i.indcollation::oid[]) AS u(oid)
      JOIN pg_collation AS l ON l.oid = u.oid`;
    const rows = await stores.server.sql(text, database);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter(({ collation }) => collation !== 'C')).toEqual([]);
  });
});

function disposable(it: Ledger): { readonly it: Ledger } & AsyncDisposable {
  return { it, [Symbol.asyncDispose]: () => it.close() };
}

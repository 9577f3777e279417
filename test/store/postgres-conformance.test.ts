import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import { LogBroken } from '../../apps/hsm-daemon/src/vault/store/log-broken.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { DatabaseTooNew } from '../../apps/hsm-daemon/src/vault/store/postgres/schema.ts';
import { Sessions, type Statement } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { RowBroken } from '../../apps/hsm-daemon/src/vault/store/row-broken.ts';
import { StoreUnavailable } from '../../apps/hsm-daemon/src/vault/store/store-unavailable.ts';
import {
  allEntries,
  commitAll,
  draftOf,
  enrolled,
  hexId,
  loadFor,
  NOW_MS,
  requestKey,
  verdict,
} from '../harness/ledger-entries.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { describeLedger, SOME_KEYS } from './conformance.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

let databases = 0;
const address = (database: string) => ({ ...readDatabaseAddress(server.url, 'test'), database });
const newDatabase = async () => {
  const database = `ramz_${(databases += 1)}`;
  await server.sql(`CREATE DATABASE ${database}`);
  return database;
};
const open = (database: string, log = 1) => PostgresLedger.open(new Sessions([address(database)], ''), hexId(log));

describeLedger('PostgreSQL', async () => {
  const database = await newDatabase();
  return { open: () => open(database), remove: async () => {} };
});

describe('several daemons on one database', () => {
  it('of two that decided on the same state one loses, and nothing of it is written', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    await commitAll(one, [enrolled(1), enrolled(2)]);
    const accepted = (request: number) => verdict(1, request, { reason: 'accepted', step: 9 });
    const both = [accepted(1), verdict(2, 3)];
    await loadFor(one, both);
    await loadFor(other, [accepted(2)]);
    await draftOf(other, [accepted(2)]).commit();
    await expect(draftOf(one, both).commit()).rejects.toThrow(RaceLost);
    await loadFor(one, both);
    expect(one.standing(hexId(1), 'second-pin')?.enrolments[0]?.floor).toBe(9);
    expect(one.standing(hexId(2), 'second-pin')?.wrong_at_ms).toEqual([]);
    expect([one.log_size, other.log_size]).toEqual([2, 1]);
    await Promise.all([one.close(), other.close()]);
  });

  it.each([
    ['the same card is enrolled twice at once', [enrolled(7)], [enrolled(7, { enrolment_id: hexId(8) })]],
    ['the same request comes to both', [verdict(1, 5)], [verdict(2, 5)]],
  ])('%s: one loses', async (_, mine, theirs) => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    await loadFor(one, mine);
    await loadFor(other, theirs);
    const [mine_draft, theirs_draft] = [draftOf(one, mine), draftOf(other, theirs)];
    const ends = await Promise.allSettled([mine_draft.commit(), theirs_draft.commit()]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(RaceLost) });
    await Promise.all([one.close(), other.close()]);
  });

  it('of two that each change what the other relied on one loses: no write skew', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    const first = (request: number) => verdict(1, request, { purpose: 'first-pin', enrolment_id: hexId(8) });
    await commitAll(one, [enrolled(1), enrolled(1, { purpose: 'first-pin', enrolment_id: hexId(8) })]);
    const drafts = await Promise.all(
      [
        { ledger: one, mine: verdict(1, 1), theirs: first(2) },
        { ledger: other, mine: first(2), theirs: verdict(1, 1) },
      ].map(async ({ ledger, mine, theirs }) => {
        await loadFor(ledger, [mine, theirs]);
        const sibling = ledger.standing(theirs.subject, theirs.purpose);
        const draft = draftOf(ledger, [{ ...mine, request_key: requestKey(ledger === one ? 1 : 2) }]);
        draft.relyOn(sibling === undefined ? [] : [sibling]);
        return draft;
      }),
    );
    const ends = await Promise.allSettled(drafts.map((draft) => draft.commit()));
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await Promise.all([one.close(), other.close()]);
  });

  it('what one stores as keys the other sees; of two that store them at once one loses', async () => {
    const database = await newDatabase();
    const [one, other] = [await open(database, 1), await open(database, 2)];
    const store = (ledger: PostgresLedger, epoch: number) => {
      const draft = draftOf(ledger, [enrolled(epoch)]);
      draft.storeKeys({ ...SOME_KEYS, epoch });
      return draft.commit();
    };
    await store(one, 5);
    await expect(store(other, 6)).rejects.toThrow(RaceLost);
    await other.load({ places: [], request_keys: [] });
    expect(other.keys).toEqual({ ...SOME_KEYS, epoch: 5 });
    await Promise.all([one.close(), other.close()]);
  });

  it('200 rounds of both on eight cards: every accepted step was accepted once', { timeout: 60_000 }, async () => {
    const database = await newDatabase();
    const ledgers = [await open(database, 1), await open(database, 2)];
    await commitAll(
      ledgers[0] as PostgresLedger,
      Array.from({ length: 8 }, (_, n) => enrolled(n)),
    );
    let request = 100;
    const run = async (ledger: PostgresLedger, seed: number) => {
      for (let round = 0; round < 100; round++) {
        const cards = [0, 1, 2].map((i) => (round * (seed + i) + i * 3) % 8);
        const wanted = [...new Set(cards)].map((n) => verdict(n, (request += 1)));
        for (;;) {
          await loadFor(ledger, wanted);
          const floors = wanted.map(({ subject }) => ledger.standing(subject, 'second-pin')?.enrolments[0]?.floor ?? 0);
          const draft = draftOf(
            ledger,
            wanted.map((one, i) => ({ ...one, reason: 'accepted', step: (floors[i] ?? 0) + 1 })),
          );
          const lost = await draft.commit().then(
            () => false,
            (error: unknown) => {
              if (error instanceof RaceLost) return true;
              throw error;
            },
          );
          if (!lost) break;
        }
      }
    };
    await Promise.all(ledgers.map((ledger, i) => run(ledger, i + 1)));
    const entries = (await Promise.all(ledgers.map(allEntries))).flat();
    const steps = entries.flatMap((one) => (one.kind === 'verdict' ? [`${one.subject} ${one.step}`] : []));
    expect(steps.length).toBeGreaterThan(400);
    expect(new Set(steps).size).toBe(steps.length);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });
});

describe('a database that is not as it was', () => {
  it('a copy of a daemon that writes the same log is found out, and stops', async () => {
    const database = await newDatabase();
    const [one, copy] = [await open(database, 1), await open(database, 1)];
    await commitAll(one, [enrolled(1)]);
    await expect(commitAll(copy, [enrolled(2)])).rejects.toThrow(RaceLost);
    await expect(copy.load({ places: [], request_keys: [] })).rejects.toThrow(LogBroken);
    await Promise.all([one.close(), copy.close()]);
  });

  it('one that has lost the end of the log is found out at the next commit', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    await commitAll(ledger, [enrolled(1)]);
    await commitAll(ledger, [enrolled(2)]);
    const sessions = new Sessions([address(database)], '');
    await sessions.query({ text: 'DELETE FROM log WHERE first_index = 1' });
    await expect(commitAll(ledger, [enrolled(3)])).rejects.toThrow(RaceLost);
    await expect(ledger.load({ places: [], request_keys: [] })).rejects.toThrow('has lost 1 entries that were durable');
    await Promise.all([ledger.close(), sessions.close()]);
  });

  it('one of a newer version is refused', async () => {
    const database = await newDatabase();
    await (await open(database)).close();
    const sessions = new Sessions([address(database)], '');
    await sessions.query({ text: 'UPDATE ramz_schema SET version = 99' });
    await sessions.close();
    await expect(open(database)).rejects.toThrow(DatabaseTooNew);
  });

  it('a hole in the log is found when it is read, a lost tile when the tree is', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    for (let batch = 0; batch < 3; batch++) {
      await commitAll(
        ledger,
        Array.from({ length: 200 }, (_, n) => enrolled(batch * 200 + n)),
      );
    }
    await ledger.close();
    const sessions = new Sessions([address(database)], '');
    await sessions.query({ text: 'DELETE FROM tile WHERE number = 1' });
    await expect(open(database)).rejects.toThrow(LogBroken);
    await sessions.query({ text: 'DELETE FROM log WHERE first_index = 200' });
    await expect(open(database)).rejects.toThrow(LogBroken);
    await sessions.close();
  });

  it('one that is gone is told as that, and used again when it is back', { timeout: 60_000 }, async () => {
    await using own = await PostgresServer.start();
    const sessions = new Sessions([readDatabaseAddress(own.url, 'test')], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1)]);
    await own.down('SIGKILL');
    await expect(commitAll(ledger, [verdict(1, 1)], NOW_MS)).rejects.toThrow(StoreUnavailable);
    await own.up();
    await vi.waitFor(() => commitAll(ledger, [verdict(1, 1)]), { timeout: 5_000, interval: 200 });
    expect(await allEntries(ledger)).toEqual([enrolled(1), verdict(1, 1)]);
    await ledger.close();
  });

  it('a commit whose end nobody saw counts when it was done, and is done again when it was not', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    const query = sessions.query.bind(sessions);
    const breakAfter = (does_commit: boolean) => {
      sessions.query = async (statement) => {
        if (statement.name !== 'ramz-commit') return query(statement);
        if (does_commit) await query(statement);
        sessions.query = query;
        throw new StoreUnavailable('the connection broke');
      };
    };
    breakAfter(true);
    await expect(commitAll(ledger, [verdict(1, 1)])).rejects.toThrow(StoreUnavailable);
    await loadFor(ledger, [verdict(1, 1)]);
    expect(ledger.formerVerdict(verdict(1, 1).request_key)).toMatchObject({ log_index: 2 });
    breakAfter(false);
    await expect(commitAll(ledger, [verdict(2, 2)])).rejects.toThrow(StoreUnavailable);
    await loadFor(ledger, [verdict(2, 2)]);
    expect(ledger.formerVerdict(verdict(2, 2).request_key)).toBeUndefined();
    await commitAll(ledger, [verdict(2, 2)]);
    expect(await allEntries(ledger)).toEqual([enrolled(1), enrolled(2), verdict(1, 1), verdict(2, 2)]);
    await ledger.close();
  });

  it('a commit that nobody heard of, and that is done long afterwards, is found and counts', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    const query = sessions.query.bind(sessions);
    const held: Statement[] = [];
    sessions.query = async (statement) => {
      if (statement.name !== 'ramz-commit') return query(statement);
      held.push(statement);
      throw new StoreUnavailable('no answer in time');
    };
    for (const request of [1, 2]) {
      await expect(commitAll(ledger, [verdict(1, request)])).rejects.toThrow(StoreUnavailable);
    }
    sessions.query = query;
    await loadFor(ledger, [verdict(2, 3)]);
    // Only now the server comes to it.
    await query(held[0] as Statement);
    await expect(draftOf(ledger, [verdict(2, 3)]).commit()).rejects.toThrow(RaceLost);
    await commitAll(ledger, [verdict(2, 3)]);
    expect(await allEntries(ledger)).toEqual([enrolled(1), enrolled(2), verdict(1, 1), verdict(2, 3)]);
    const fresh = await PostgresLedger.open(new Sessions([address(database)], ''), hexId(1));
    expect(fresh.treeRoot()).toEqual(ledger.treeRoot());
    await Promise.all([ledger.close(), fresh.close()]);
  });

  it('a tree whose tiles could not be read is not the tree: it is read again', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(
      ledger,
      Array.from({ length: 600 }, (_, n) => enrolled(n)),
    );
    const query = sessions.query.bind(sessions);
    let is_unheard = true;
    sessions.query = async (statement) => {
      if (statement.name === 'ramz-tiles') throw new StoreUnavailable('no answer in time');
      const rows = await query(statement);
      if (statement.name !== 'ramz-commit' || !is_unheard) return rows as never;
      is_unheard = false;
      throw new StoreUnavailable('the connection broke');
    };
    await expect(commitAll(ledger, [verdict(1, 1)])).rejects.toThrow(StoreUnavailable);
    await expect(ledger.load({ places: [], request_keys: [] })).rejects.toThrow(StoreUnavailable);
    sessions.query = query;
    await ledger.load({ places: [], request_keys: [] });
    const fresh = await PostgresLedger.open(new Sessions([address(database)], ''), hexId(1));
    expect([ledger.log_size, ledger.treeRoot()]).toEqual([601, fresh.treeRoot()]);
    await Promise.all([ledger.close(), fresh.close()]);
  });

  it('every connection waits for the disk, whatever the role is set to', async () => {
    const database = await newDatabase();
    await server.sql(`ALTER DATABASE ${database} SET synchronous_commit = off`);
    const sessions = new Sessions([address(database)], '');
    const shown = await Promise.all(
      Array.from({ length: 4 }, () =>
        sessions.within(async (session) => {
          await session.query({ text: 'SELECT pg_sleep(0.1)' });
          return session.query<{ synchronous_commit: string }>({ text: 'SHOW synchronous_commit' });
        }),
      ),
    );
    expect(shown.flat().map((row) => row.synchronous_commit)).toEqual(['on', 'on', 'on', 'on']);
    await sessions.close();
  });

  it('a row that somebody else wrote is told by its name, to who asks for it and to nobody else', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    for (const text of ['garbage', '[1,5]', '{}', '[0,7,1,0,0,[],[]]']) {
      await server.sql(`UPDATE standing SET state = '${text}' WHERE place LIKE '${hexId(1)}%'`, database);
      await loadFor(ledger, [enrolled(1), enrolled(2)]);
      expect(() => ledger.standing(hexId(1), 'second-pin')).toThrow(RowBroken);
      expect(ledger.standing(hexId(2), 'second-pin')?.status).toBe('active');
    }
    await ledger.close();
  });
});

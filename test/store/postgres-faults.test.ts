// A database that lost data, was changed by a third party, or does not report how a commit ended.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import { NOTHING_TO_LOAD } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { DatabaseTooNew } from '../../apps/hsm-daemon/src/vault/store/postgres/schema.ts';
import { Sessions, type SqlStatement } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { RaceLost } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { LogBroken, RowBroken, StoreUnavailable } from '../../apps/hsm-daemon/src/vault/store/store-errors.ts';
import {
  allEntries,
  commitAll,
  draftOf,
  enrolled,
  formerIn,
  hexId,
  loadFor,
  NOW_MS,
  namesOf,
  standingIn,
  verdict,
} from '../harness/ledger-entries.ts';
import { Pooler } from '../harness/pooler.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores[Symbol.asyncDispose]());

const newDatabase = () => stores.newDatabase();
const open = (database: string, log = 1) => stores.open(database, log);
const address = (database: string) => stores.address(database);

describe('the PostgreSQL ledger on a database with faults', () => {
  it('stops a copy of a daemon that writes the same log', async () => {
    const database = await newDatabase();
    const [one, copy] = [await open(database, 1), await open(database, 1)];
    await commitAll(one, [enrolled(1)]);
    await expect(commitAll(copy, [enrolled(2)])).rejects.toThrow(RaceLost);
    await expect(copy.load(NOTHING_TO_LOAD)).rejects.toThrow(LogBroken);
    await Promise.all([one.close(), copy.close()]);
  });

  it('detects at the next commit that the database lost the end of the log', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    await commitAll(ledger, [enrolled(1)]);
    await commitAll(ledger, [enrolled(2)]);
    const sessions = new Sessions([address(database)], '');
    await sessions.query({ text: 'DELETE FROM log WHERE first_index = 1' });
    await expect(commitAll(ledger, [enrolled(3)])).rejects.toThrow(RaceLost);
    await expect(ledger.load(NOTHING_TO_LOAD)).rejects.toThrow('has lost 1 entries that were durable');
    await Promise.all([ledger.close(), sessions.close()]);
  });

  it('rejects a database of a newer version', async () => {
    const database = await newDatabase();
    await (await open(database)).close();
    const sessions = new Sessions([address(database)], '');
    await sessions.query({ text: 'UPDATE ramz_schema SET version = 99' });
    await sessions.close();
    await expect(open(database)).rejects.toThrow(DatabaseTooNew);
  });

  it('works with a role that may not create tables once they exist', async () => {
    const database = await newDatabase();
    const limited = `${database}_daemon`;
    const sql = (text: string) => stores.server.sql(text, database);
    await sql(`CREATE ROLE ${limited} LOGIN; GRANT CREATE ON SCHEMA public TO ${limited}`);
    const as = () =>
      new Sessions([readDatabaseAddress(stores.url(database).replace('ramz@', `${limited}@`), 'test')], '');
    await (await PostgresLedger.open(as(), hexId(1))).close();
    await sql(`REVOKE CREATE ON SCHEMA public FROM ${limited}`);
    const ledger = await PostgresLedger.open(as(), hexId(1));
    await commitAll(ledger, [enrolled(1)]);
    await ledger.scrub();
    expect(await allEntries(ledger)).toEqual([enrolled(1)]);
    await ledger.close();
  });

  it('detects a hole in the log, and a lost tile of the tree', async () => {
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

  it('reports a database that is gone, and uses it again when it is back', { timeout: 240_000 }, async () => {
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

  it('counts a commit with an unknown outcome if it was done, and repeats it if not', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    const query = sessions.query.bind(sessions);
    const breakAfter = (doesCommit: boolean) => {
      sessions.query = async (statement) => {
        if (statement.name !== 'ramz-commit') return query(statement);
        if (doesCommit) await query(statement);
        sessions.query = query;
        throw new StoreUnavailable('the connection broke');
      };
    };
    breakAfter(true);
    await expect(commitAll(ledger, [verdict(1, 1)])).rejects.toThrow(StoreUnavailable);
    await loadFor(ledger, [verdict(1, 1)]);
    expect(formerIn(ledger, 1)).toMatchObject({ logIndex: 2 });
    breakAfter(false);
    await expect(commitAll(ledger, [verdict(2, 2)])).rejects.toThrow(StoreUnavailable);
    await loadFor(ledger, [verdict(2, 2)]);
    expect(formerIn(ledger, 2)).toBeUndefined();
    await commitAll(ledger, [verdict(2, 2)]);
    expect(await allEntries(ledger)).toEqual([enrolled(1), enrolled(2), verdict(1, 1), verdict(2, 2)]);
    await ledger.close();
  });

  it('counts a commit with an unknown outcome that is done long afterwards', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    const query = sessions.query.bind(sessions);
    const held: SqlStatement[] = [];
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
    // Only now the server runs it.
    await query(held[0] as SqlStatement);
    await expect(draftOf(ledger, [verdict(2, 3)]).commit()).rejects.toThrow(RaceLost);
    await commitAll(ledger, [verdict(2, 3)]);
    expect(await allEntries(ledger)).toEqual([enrolled(1), enrolled(2), verdict(1, 1), verdict(2, 3)]);
    const fresh = await PostgresLedger.open(new Sessions([address(database)], ''), hexId(1));
    expect(fresh.treeRoot()).toEqual(ledger.treeRoot());
    await Promise.all([ledger.close(), fresh.close()]);
  });

  it('reads the tree again after its tiles could not be read', async () => {
    const database = await newDatabase();
    const sessions = new Sessions([address(database)], '');
    const ledger = await PostgresLedger.open(sessions, hexId(1));
    await commitAll(
      ledger,
      Array.from({ length: 600 }, (_, n) => enrolled(n)),
    );
    const query = sessions.query.bind(sessions);
    let isUnheard = true;
    sessions.query = async (statement) => {
      if (statement.name === 'ramz-tiles') throw new StoreUnavailable('no answer in time');
      const rows = await query(statement);
      if (statement.name !== 'ramz-commit' || !isUnheard) return rows as never;
      isUnheard = false;
      throw new StoreUnavailable('the connection broke');
    };
    await expect(commitAll(ledger, [verdict(1, 1)])).rejects.toThrow(StoreUnavailable);
    await expect(ledger.load(NOTHING_TO_LOAD)).rejects.toThrow(StoreUnavailable);
    sessions.query = query;
    await ledger.load(NOTHING_TO_LOAD);
    const fresh = await PostgresLedger.open(new Sessions([address(database)], ''), hexId(1));
    expect([ledger.logSize, ledger.treeRoot()]).toEqual([601, fresh.treeRoot()]);
    await Promise.all([ledger.close(), fresh.close()]);
  });

  it('waits for the disk on every connection, also where the database setting is off', async () => {
    const database = await newDatabase();
    await stores.server.sql(`ALTER DATABASE ${database} SET synchronous_commit = off`);
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

  it('rejects a pooler that drops session options', async () => {
    const { port } = stores.server;
    const database = await newDatabase();
    await stores.server.sql(`ALTER DATABASE ${database} SET synchronous_commit = off`);
    for (const dropped of ['-c synchronous_commit=on', '-c plan_cache_mode=force_generic_plan']) {
      await using pooler = await Pooler.start(port, dropped);
      const through = new Sessions([{ ...address(database), port: pooler.port }], '');
      await expect(through.query({ text: 'SELECT 1' })).rejects.toThrow('connect to the server itself');
      await through.close();
    }
  });

  it('reports a damaged row by name, only to requests for it', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    const [row] = await stores.server.sql(`SELECT state FROM standing WHERE ${isOf(1)}`, database);
    const sound = row?.['state'] as Buffer;
    const broken = [
      Buffer.from('garbage'),
      Buffer.alloc(0),
      sound.subarray(0, 60),
      Buffer.concat([sound, sound]),
      Buffer.from(sound).fill(9, 21, 22),
      // The row of another card.
      Buffer.from(sound).fill(9, 4, 5),
    ];
    for (const state of broken) {
      const set = `UPDATE standing SET state = '\\x${state.toString('hex')}' WHERE ${isOf(1)}`;
      await stores.server.sql(set, database);
      await loadFor(ledger, [enrolled(1), enrolled(2)]);
      expect(() => standingIn(ledger, 1)).toThrow(RowBroken);
      expect(standingIn(ledger, 2)?.status).toBe('active');
    }
    await ledger.close();
  });

  it('keeps other rows readable beside a row with foreign data or an invalid version', async () => {
    const database = await newDatabase();
    const ledger = await open(database);
    await commitAll(ledger, [enrolled(1), enrolled(2)]);
    await commitAll(ledger, [verdict(2, 5)]);
    const set = (what: string) => stores.server.sql(`UPDATE standing SET ${what} WHERE ${isOf(1)}`, database);
    const ofOther = `(SELECT state FROM standing WHERE ${isOf(2)})`;
    for (const what of [`state = state || ${ofOther}`, `version = 9223372036854775807`, `version = 9007199254740993`]) {
      await set(what);
      await loadFor(ledger, [enrolled(1), enrolled(2)]);
      expect(() => standingIn(ledger, 1)).toThrow(RowBroken);
      expect(standingIn(ledger, 2)?.status).toBe('active');
    }
    await ledger.load({ places: [], names: namesOf(5, 6), requestsSinceMs: 0 });
    expect([formerIn(ledger, 5)?.logIndex, formerIn(ledger, 6)]).toEqual([2, undefined]);
    for (const what of ['reason = 99', 'reason = -1', 'log_index = -1', 'log_index = 9007199254740993']) {
      await stores.server.sql(`UPDATE request SET ${what}`, database);
      await ledger.load({ places: [], names: namesOf(5), requestsSinceMs: 0 });
      expect(() => formerIn(ledger, 5)).toThrow(RowBroken);
    }
    await ledger.close();
  });
});

function isOf(n: number): string {
  return `subject = '${hexId(n)}'`;
}

// A database of an earlier version keeps its locks, used codes and answered requests when this
// version opens it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { RowBroken } from '../../apps/hsm-daemon/src/vault/store/store-errors.ts';
import { formerIn, hexId, NOW_MS, namesOf, requestKey, standingIn } from '../harness/ledger-entries.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';

let stores: PostgresStores;
beforeAll(async () => {
  stores = await PostgresStores.start();
});
afterAll(() => stores[Symbol.asyncDispose]());

/** The tables of schema version 3 that have changed since. */
const THIRD_VERSION = `
CREATE TABLE ramz_schema (version INTEGER NOT NULL);
INSERT INTO ramz_schema VALUES (1), (2), (3);
CREATE TABLE log (log_id TEXT COLLATE "C" NOT NULL, first_index BIGINT NOT NULL, count INTEGER NOT NULL,
  at_ms BIGINT NOT NULL, entries BYTEA NOT NULL, PRIMARY KEY (log_id, first_index));
CREATE TABLE standing (place TEXT COLLATE "C" PRIMARY KEY, version BIGINT NOT NULL, state TEXT NOT NULL) WITH (fillfactor = 70);
CREATE TABLE request (request_key TEXT COLLATE "C" PRIMARY KEY, request_digest TEXT NOT NULL, reason TEXT NOT NULL,
  log_index BIGINT NOT NULL, at_ms BIGINT NOT NULL);
CREATE INDEX request_by_age ON request (at_ms);
CREATE TABLE tile (log_id TEXT COLLATE "C" NOT NULL, level INTEGER NOT NULL, number BIGINT NOT NULL, hashes BYTEA NOT NULL,
  PRIMARY KEY (log_id, level, number));
CREATE TABLE checkpoint (log_id TEXT COLLATE "C" NOT NULL, size BIGINT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (log_id, size));
CREATE TABLE ceremony (log_id TEXT COLLATE "C" NOT NULL, log_index BIGINT NOT NULL, id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (log_id, log_index));
CREATE TABLE event (log_id TEXT COLLATE "C" NOT NULL, log_index BIGINT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (log_id, log_index));
CREATE TABLE tally (log_id TEXT COLLATE "C" PRIMARY KEY, active BIGINT NOT NULL);
CREATE TABLE keys (id INTEGER PRIMARY KEY, version BIGINT NOT NULL, value TEXT NOT NULL);
INSERT INTO keys VALUES (1, 0, '');
CREATE TABLE decoy (place TEXT COLLATE "C" PRIMARY KEY, version BIGINT NOT NULL, state TEXT NOT NULL);
CREATE TABLE clock (log_id TEXT COLLATE "C" PRIMARY KEY, offset_ms BIGINT NOT NULL, server_ms BIGINT NOT NULL);`;

const CARDS = 12_000;
const state = (n: number) =>
  `[${n % 2 === 0 ? '1,0' : '0,1'},1,${n},1,[${NOW_MS}],[["${hexId(n + 1_000_000)}",1,1,"S-${n}",${29_000_000 + n},[${n},7],[[${n},8]]]]]`;

it('migrates standings and requests, and keeps an unreadable row unreadable', async () => {
  const database = await stores.newDatabase();
  await stores.server.sql(THIRD_VERSION, database);
  for (let from = 0; from < CARDS; from += 3_000) {
    const cards = Array.from({ length: 3_000 }, (_, i) => from + i + 1);
    const rows = cards.map((n) => `('${hexId(n)}/second-pin', ${(n % 9) + 1}, '${state(n)}')`);
    await stores.server.sql(`INSERT INTO standing VALUES ${rows.join()}`, database);
    const asked = cards.map((n) => `('${requestKey(n)}', '${hexId(7)}', 'used-code', ${n}, ${NOW_MS})`);
    await stores.server.sql(`INSERT INTO request VALUES ${asked.join()}`, database);
  }
  await stores.server.sql(`UPDATE standing SET state = 'garbage' WHERE place = '${hexId(5)}/second-pin'`, database);
  const ledger = await PostgresLedger.open(new Sessions([stores.address(database)], ''), hexId(1));
  const places = [2, 3, 5, CARDS].map((n) => ({ subject: hexId(n), purpose: 'second-pin' as const }));
  await ledger.load({ places, names: namesOf(1, CARDS), requestsSinceMs: 0 });
  const seen = (n: number) => ({ step: n, atMs: 8 });
  expect(standingIn(ledger, 2)).toEqual({
    subject: hexId(2),
    purpose: 'second-pin',
    status: 'active',
    generation: 1,
    through: 2,
    wrongSinceAccepted: 1,
    wrongAtMs: [NOW_MS],
    enrolments: [
      {
        id: hexId(1_000_002),
        generation: 1,
        epoch: 1,
        tokenSerial: 'S-2',
        floor: 29_000_002,
        resynchronised: { step: 2, atMs: 7 },
        observed: [seen(2)],
      },
    ],
  });
  expect([standingIn(ledger, 3)?.status, standingIn(ledger, CARDS)?.through]).toEqual(['locked', CARDS]);
  expect(() => standingIn(ledger, 5)).toThrow(RowBroken);
  expect([formerIn(ledger, 1), formerIn(ledger, CARDS)]).toMatchObject([
    { logIndex: 1, reason: 'used-code', requestDigest: hexId(7) },
    { logIndex: CARDS },
  ]);
  const [left] = await stores.server.sql(
    'SELECT (SELECT count(*) FROM standing) AS standings, (SELECT count(*) FROM request) AS requests, (SELECT min(version) FROM standing) AS version',
    database,
  );
  expect(left).toEqual({ standings: String(CARDS), requests: String(CARDS), version: '1' });
  await ledger.close();
});

describe('a migration of rows that no daemon has written', () => {
  const textOf = ({ status = '1,0', wrong = 1 as number, id = hexId(8), tries = `[${NOW_MS}]` } = {}) =>
    `[${status},1,1,${wrong},${tries},[["${id}",1,1,"S",29,0,[]]]]`;
  const standing = (version: string | number, text: string, place = `${hexId(1)}/second-pin`) =>
    `INSERT INTO standing VALUES ('${place}', ${version}, '${text}')`;
  const request = (key: string, digest: string, reason: string) =>
    `INSERT INTO request VALUES ('${key}', '${digest}', '${reason}', 1, ${NOW_MS})`;

  const opened = async (rows: string): Promise<PostgresLedger> => {
    const database = await stores.newDatabase();
    await stores.server.sql(`${THIRD_VERSION}${standing(1, textOf(), `${hexId(9)}/second-pin`)};${rows}`, database);
    const ledger = await PostgresLedger.open(new Sessions([stores.address(database)], ''), hexId(1));
    const places = [1, 9].map((n) => ({ subject: hexId(n), purpose: 'second-pin' as const }));
    await ledger.load({ places, names: namesOf(1), requestsSinceMs: 0 });
    return ledger;
  };

  it.each([
    ['a version of less than one', standing(-1, textOf())],
    ['a version beyond safe integers', standing('1152921504606846976', textOf())],
    ['half a wrong try', standing(1, textOf({ wrong: 2.5 }))],
    ['a negative number of wrong tries', standing(1, textOf({ wrong: -1 }))],
    ['a token without a name', standing(1, textOf({ id: 'zz' }))],
    ['more wrong tries than are kept', standing(1, textOf({ tries: JSON.stringify(Array(130).fill(NOW_MS)) }))],
    ['an invalid status', standing(1, textOf({ status: '1,7' }))],
  ])('reports %s only to a call for its row', async (_, rows) => {
    const ledger = await opened(rows);
    expect(() => standingIn(ledger, 1)).toThrow(RowBroken);
    expect(standingIn(ledger, 9)?.status).toBe('active');
    await ledger.close();
  });

  it.each([
    ['an invalid place', standing(1, textOf(), 'x')],
    ['an unknown purpose', standing(1, textOf(), `${hexId(1)}/third-pin`)],
    ['a subject in other letters', standing(1, textOf(), `${'AB'.repeat(16)}/second-pin`)],
    ['an invalid request key', request('xyz', hexId(7), 'used-code')],
    ['an invalid request digest', request(requestKey(1), 'garbage', 'used-code')],
  ])('drops %s, and lets the daemon start', async (_, rows) => {
    const ledger = await opened(rows);
    expect([standingIn(ledger, 1), formerIn(ledger, 1), standingIn(ledger, 9)?.status]).toEqual([
      undefined,
      undefined,
      'active',
    ]);
    await ledger.close();
  });

  it('reports an unknown verdict to a caller that repeats its request', async () => {
    const ledger = await opened(request(requestKey(1), hexId(7), 'odd-reason'));
    expect(() => formerIn(ledger, 1)).toThrow(RowBroken);
    await ledger.close();
  });
});

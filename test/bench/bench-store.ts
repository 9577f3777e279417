// npm run bench:store: durable verdicts a second that each engine takes, beside the bare statement it cannot do without,
// in one run: PostgreSQL beside a batched UPDATE ... FROM unnest of as many rows, SQLite beside a bare append.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import pg from 'pg';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { decidedAgain } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { RequestNames } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import type { VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { commitAll, draftOf, enrolled, hexId, verdict } from '../harness/ledger-entries.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { measureAppends } from './append-loop.ts';
import { benchNumbers } from './bench-numbers.ts';

// As the daemon does unless its operator says otherwise.
chooseEngine(derivingEngine);

const BATCHES = [100, 1_000];
const { enrolments: CARDS, seconds: SECONDS } = benchNumbers(
  'npm run bench:store -- [flags]: durable verdicts a second of each engine, beside the bare statement that it needs',
  {
    enrolments: { usual: 100_000, least: 5_000, what: 'cards in each store' },
    seconds: { usual: 5, least: 1, what: 'seconds for each figure' },
  },
);
const AT_ONCE = 5_000;

interface Row {
  readonly what: string;
  readonly batch: number;
  readonly per_s: number;
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function fill(ledger: Ledger): Promise<void> {
  for (let from = 0; from < CARDS; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, CARDS - from);
    await commitAll(
      ledger,
      Array.from({ length: count }, (_, i) => enrolled(from + i)),
      Date.now(),
    );
  }
}

/** A batch of accepted codes, each of another card taken at random. */
function accepted(count: number): VerdictEntry[] {
  const first = Math.floor(Math.random() * (CARDS - count));
  return Array.from({ length: count }, (_, i) => {
    // As even as the keyed hash that it is: the engines count on that.
    const requestKey = randomBytes(16).toString('hex');
    return verdict(first + ((i * 7_919) % count), 0, { reason: 'accepted', step: Date.now(), requestKey });
  });
}

async function rate(batch: number, work: () => Promise<void>): Promise<number> {
  const beganMs = performance.now();
  let done = 0;
  for (; performance.now() - beganMs < SECONDS * 1_000; done += batch) await work();
  return done / ((performance.now() - beganMs) / 1_000);
}

/** Loads, decides and commits as the vault does; deciding is left out, and so is what it does about refusals. */
const ledgerRate = (ledger: Ledger, batch: number) =>
  rate(batch, async () => {
    const entries = accepted(batch);
    await decidedAgain(async () => {
      await loadAgain(ledger, entries);
      await draftOf(ledger, entries, Date.now()).commit();
    });
    await ledger.tidy(Date.now());
  });

/** What must be done whatever is built around it: a floor raised in each of so many rows, if it is higher. */
async function bareRate(server: PostgresServer, batch: number): Promise<number> {
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'ramz', database: 'ramz' });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS bare (card TEXT PRIMARY KEY, floor BIGINT) WITH (fillfactor = 70)');
  await client.query(
    "INSERT INTO bare SELECT lpad(to_hex(n), 32, '0'), 0 FROM generate_series(0, $1) AS n ON CONFLICT DO NOTHING",
    [CARDS],
  );
  const text =
    'UPDATE bare SET floor = u.floor FROM unnest($1::text[], $2::bigint[]) AS u(card, floor) WHERE bare.card = u.card AND bare.floor < u.floor';
  const perSeconds = await rate(batch, async () => {
    const rows = accepted(batch);
    const values = [rows.map(({ subject }) => subject), rows.map(({ step }) => step)];
    await client.query({ name: 'bare', text, values });
  });
  await client.end();
  return perSeconds;
}

/** As for codes: what the engine remembers will do. */
async function loadAgain(ledger: Ledger, entries: readonly VerdictEntry[]): Promise<void> {
  const names = RequestNames.of(entries);
  await ledger.load({ places: entries, names, requestsSinceMs: 0 });
}

const rows: Row[] = [];
await using server = await PostgresServer.start(['shared_buffers = 1GB', 'max_wal_size = 4GB']);
const postgres = await PostgresLedger.open(new Sessions([readDatabaseAddress(server.url, 'test')], ''), hexId(1));
const dir = mkdtempSync(join(tmpdir(), 'ramz-store-'));
const sqlite = SqliteLedger.open(join(dir, 'vault.db'), Date.now());
progress(`writing ${CARDS} enrolments to each ...`);
await fill(postgres);
await fill(sqlite);
for (const batch of BATCHES) {
  progress(`batches of ${batch} ...`);
  await bareRate(server, batch);
  rows.push({ what: 'PostgreSQL, bare UPDATE FROM unnest', batch, per_s: await bareRate(server, batch) });
  rows.push({ what: 'PostgreSQL, ramz', batch, per_s: await ledgerRate(postgres, batch) });
  rows.push({ what: 'SQLite, bare append', batch, per_s: measureAppends(batch, SECONDS) });
  rows.push({ what: 'SQLite, ramz', batch, per_s: await ledgerRate(sqlite, batch) });
}
await postgres.close();
await sqlite.close();
rmSync(dir, { recursive: true });
process.stdout.write(`\ndurable verdicts a second, one writer, ${CARDS} enrolments, ${SECONDS} s each\n`);
for (const { what, batch, per_s: perSeconds } of rows) {
  process.stdout.write(`${what.padEnd(36)} ${`in ${batch}s`.padStart(9)} ${perSeconds.toFixed(0).padStart(9)}\n`);
}
const rateOf = (what: string, batch: number) =>
  rows.find((row) => row.what === what && row.batch === batch)?.per_s ?? 0;
const ratios = BATCHES.map((batch) => ({
  batch,
  postgres: rateOf('PostgreSQL, ramz', batch) / rateOf('PostgreSQL, bare UPDATE FROM unnest', batch),
  sqlite: rateOf('SQLite, ramz', batch) / rateOf('SQLite, bare append', batch),
}));
process.stdout.write(`\n${JSON.stringify({ bench: 'store', enrolments: CARDS, rows, ratios })}\n`);

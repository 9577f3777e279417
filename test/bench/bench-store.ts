// npm run bench:store: durable verdicts per second of each engine, beside the bare statement it
// needs at least, in one run: PostgreSQL beside a batched UPDATE ... FROM unnest of as many rows,
// SQLite beside a bare append.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import pg from 'pg';
import { readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { commitAll, enrolled, hexId } from '../harness/ledger-entries.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { measureAppends } from './append-loop.ts';
import { benchNumbers } from './bench-numbers.ts';
import { accepted, type Cards, ledgerRate, rate } from './store-load.ts';

// The daemon's default engine.
chooseEngine(derivingEngine);

const BATCHES = [100, 1_000];
const { enrolments: CARDS, seconds: SECONDS } = benchNumbers(
  'npm run bench:store -- [flags]: measures durable verdicts per second of each engine, beside the bare statement it needs',
  {
    enrolments: { usual: 100_000, least: 5_000, what: 'cards in each store' },
    seconds: { usual: 5, least: 1, what: 'seconds per figure' },
  },
);
const AT_ONCE = 5_000;
const ALL: Cards = { first: 0, count: CARDS };
const WRITER = fileURLToPath(new URL('./store-writer.ts', import.meta.url));

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

/**
 * Measures the minimal statement: it raises the floor in each row of a batch, if the new one is
 * higher.
 */
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
  const perSeconds = await rate(SECONDS, batch, async () => {
    const rows = accepted(ALL, batch);
    const values = [rows.map(({ subject }) => subject), rows.map(({ step }) => step)];
    await client.query({ name: 'bare', text, values });
  });
  await client.end();
  return perSeconds;
}

/** Measures the total rate of two daemons on one database, each with its own cards. */
async function twoDaemonsRate(url: string, batch: number): Promise<number> {
  const half = Math.floor(CARDS / 2);
  const writers = [0, 1].map((n) =>
    fork(WRITER, [url, ...[n + 2, n * half, half, SECONDS, batch].map(String)], { stdio: 'inherit' }),
  );
  const said = (writer: ChildProcess) => once(writer, 'message').then(([message]) => message as unknown);
  await Promise.all(writers.map(said));
  const rates = writers.map(said);
  for (const writer of writers) writer.send('begin');
  return (await Promise.all(rates)).reduce<number>((sum, one) => sum + Number(one), 0);
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
  rows.push({ what: 'PostgreSQL, ramz', batch, per_s: await ledgerRate(postgres, ALL, SECONDS, batch) });
  rows.push({ what: 'PostgreSQL, ramz, two daemons', batch, per_s: await twoDaemonsRate(server.url, batch) });
  rows.push({ what: 'SQLite, bare append', batch, per_s: measureAppends(batch, SECONDS) });
  rows.push({ what: 'SQLite, ramz', batch, per_s: await ledgerRate(sqlite, ALL, SECONDS, batch) });
}
await postgres.close();
await sqlite.close();
rmSync(dir, { recursive: true });
process.stdout.write(`\ndurable verdicts a second, ${CARDS} enrolments, ${SECONDS} s each\n`);
for (const { what, batch, per_s: perSeconds } of rows) {
  process.stdout.write(`${what.padEnd(36)} ${`in ${batch}s`.padStart(9)} ${perSeconds.toFixed(0).padStart(9)}\n`);
}
const rateOf = (what: string, batch: number) =>
  rows.find((row) => row.what === what && row.batch === batch)?.per_s ?? 0;
const ratios = BATCHES.map((batch) => ({
  batch,
  postgres: rateOf('PostgreSQL, ramz', batch) / rateOf('PostgreSQL, bare UPDATE FROM unnest', batch),
  two_daemons: rateOf('PostgreSQL, ramz, two daemons', batch) / rateOf('PostgreSQL, ramz', batch),
  sqlite: rateOf('SQLite, ramz', batch) / rateOf('SQLite, bare append', batch),
}));
process.stdout.write(`\n${JSON.stringify({ bench: 'store', enrolments: CARDS, rows, ratios })}\n`);

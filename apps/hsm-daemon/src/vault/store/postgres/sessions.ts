import { readFileSync } from 'node:fs';
import { type ClientConfig, DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { DatabaseAddress } from '../../../config/database-address.ts';
import { RaceLost } from '../race-lost.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** The vault works on one batch at a time; the others are for what is read meanwhile. */
const CONNECTIONS_MAX = 4;
/** A server that is there answers at once; callers wait ten seconds at most for everything. */
const CONNECT_TIMEOUT_MS = 2_000;
/** The server gives up first, so that what it was asked is known to be undone. */
const STATEMENT_TIMEOUT_MS = 4_000;
const ANSWER_TIMEOUT_MS = 5_000;

/** SQLSTATEs of a race: division by zero is how a commit says that not all of it could be done (see `commit-sql`). */
const RACES = ['22012', '23505', '40001', '40P01'];
/** Of a server that goes, comes, has no room, or may not be written to: 08 connection, 53 resources, 57 operator. */
const UNAVAILABLE = /^(08|53|57)|^25006$/;

/** Something to send: with a name, the server plans it once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/**
 * Connections to the one server of several that may be written to. When it goes, the next statement finds out and the
 * one after that looks for another: fail-over is promoting a standby, and nothing here is restarted.
 */
export class Sessions {
  readonly #addresses: readonly DatabaseAddress[];
  readonly #password: string | undefined;
  #pool: Pool | undefined;

  /** @param password_path a file; empty where the server asks for none */
  constructor(addresses: readonly DatabaseAddress[], password_path: string) {
    this.#addresses = addresses;
    this.#password = password_path === '' ? undefined : readFileSync(password_path, 'utf8').trim();
  }

  /** @throws StoreUnavailable, RaceLost */
  async query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    return this.within((session) => session.query<Row>(statement));
  }

  /** Work on one connection. @throws StoreUnavailable, RaceLost */
  async within<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    try {
      const result = await work(new Session(client));
      client.release();
      return result;
    } catch (error) {
      const known = knownError(error);
      // Whatever is left on a connection that failed is nobody's business any more.
      client.release(true);
      if (known instanceof StoreUnavailable) await this.#forget();
      throw known;
    }
  }

  async close(): Promise<void> {
    await this.#forget();
  }

  async #connect(): Promise<PoolClient> {
    if (this.#pool !== undefined) {
      try {
        return await this.#pool.connect();
      } catch {
        await this.#forget();
      }
    }
    return this.#find();
  }

  /** The first server that may be written to. @throws StoreUnavailable */
  async #find(): Promise<PoolClient> {
    const whys: string[] = [];
    for (const address of this.#addresses) {
      const pool = this.#poolOf(address);
      try {
        const client = await pool.connect();
        await assertFit(client);
        this.#pool = pool;
        return client;
      } catch (error) {
        void pool.end();
        whys.push(`${address.host}:${address.port}: ${messageOf(error)}`);
      }
    }
    throw new StoreUnavailable(whys.join('; '));
  }

  async #forget(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    // Connections that hang are not waited for.
    void pool?.end();
  }

  #poolOf({ host, port, user, database, tls }: DatabaseAddress): Pool {
    const ssl = tls === undefined ? {} : { ssl: { ca: readFileSync(tls.ca_path, 'utf8'), rejectUnauthorized: true } };
    const config: ClientConfig = {
      host,
      port,
      user,
      database,
      ...(this.#password !== undefined && { password: this.#password }),
      ...ssl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'ramz',
    };
    const pool = new Pool({ ...config, max: CONNECTIONS_MAX });
    // A connection that breaks is found when it is used: whatever it says by itself must not end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }
}

/** One connection of the pool. */
export class Session {
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async query<Row extends QueryResultRow>({ name, text, values }: Statement): Promise<Row[]> {
    const { rows } = await this.#client.query<Row>({ text, values: [...(values ?? [])], ...(name && { name }) });
    return rows;
  }
}

/** Of several addresses that were tried, the first says why. */
function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}

/** What may be waited for, and what may be tried again; anything else is what it is. */
function knownError(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    if (RACES.includes(code)) return new RaceLost();
    return UNAVAILABLE.test(code) ? new StoreUnavailable(error.message) : error;
  }
  if (!(error instanceof Error)) return error;
  // The driver's own: the connection broke, or nothing came in time.
  const of_system = 'code' in error && /^E(?!RR_)/.test(String(error.code));
  return of_system || /connection|timeout/i.test(error.message) ? new StoreUnavailable(messageOf(error)) : error;
}

/** A standby, or a server that answers before what it was told is on a disk, is not for us. @throws Error */
async function assertFit(client: PoolClient): Promise<void> {
  try {
    await client.query('SET synchronous_commit = on');
    const { rows } = await client.query<{ standby: boolean; fsync: string }>(
      "SELECT pg_is_in_recovery() AS standby, current_setting('fsync', true) AS fsync",
    );
    if (rows[0]?.standby !== false) throw new Error('is a standby');
    if (rows[0].fsync === 'off') throw new Error('has fsync off: an answer could be lost with the power');
  } catch (error) {
    client.release(true);
    throw error;
  }
}

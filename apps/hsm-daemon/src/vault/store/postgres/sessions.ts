import { readFileSync } from 'node:fs';
import { Pool, type PoolClient, type PoolConfig, type QueryResultRow } from 'pg';
import type { DatabaseAddress } from '../../../config/database-address.ts';
import { RaceLost } from '../race-lost.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { POSTGRES } from './dialect.ts';
import { knownError, messageOf } from './server-errors.ts';

/** The vault works on one batch at a time. The other connections are for reads meanwhile. */
const CONNECTIONS_MAX = 4;
/** An available server answers at once. Callers wait ten seconds at most for everything. */
const CONNECT_TIMEOUT_MS = 2_000;
/** The server gives up first, so that the statement is known to be undone. */
const STATEMENT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 4_000;
/** When no server was found, other calls do not wait for the same: one call per second tries. */
const DOWN_MS = 1_000;
/** A statement to send. With a name, the server plans it once per connection. */
export interface SqlStatement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Nothing depends on its outcome, so a warning is not a failure. */
  readonly mayWarn?: true;
}

/**
 * Connections to the one writable server of several. When it fails, the next statement finds out,
 * and the one after looks for another: to fail over, promote a standby. Nothing here is restarted.
 */
export class Sessions {
  readonly #addresses: readonly DatabaseAddress[];
  readonly #password: string | undefined;
  #pool: Pool | undefined;
  #connectionsMade = 0;
  #downUntilMs = 0;

  /** @param passwordPath path of a file; empty when the server asks for no password */
  constructor(addresses: readonly DatabaseAddress[], passwordPath: string) {
    this.#addresses = addresses;
    this.#password = passwordPath === '' ? undefined : readFileSync(passwordPath, 'utf8').trim();
  }

  /** Increases with each connection: a new one may reach another server. */
  get connectionsMade(): number {
    return this.#connectionsMade;
  }

  /**
   * @param connections expected `connectionsMade`: if there are more, the statement is not sent
   * @throws StoreUnavailable, RaceLost
   */
  async query<Row extends QueryResultRow>(statement: SqlStatement, connections?: number): Promise<Row[]> {
    // A single statement is its own transaction: a lost race undoes it and leaves nothing behind.
    // Reconnecting would cost the server a process and the machine a port for each race.
    return this.#on(
      (session) => session.query<Row>(statement),
      (known) => known instanceof RaceLost,
      connections,
    );
  }

  /** @throws StoreUnavailable, RaceLost */
  within<T>(work: (session: Session) => Promise<T>, connections?: number): Promise<T> {
    // A connection on which the work failed is closed: it may be inside a transaction.
    return this.#on(work, () => false, connections);
  }

  /** @param isClean whether the connection may be used again after this error */
  async #on<T>(
    work: (session: Session) => Promise<T>,
    isClean: (known: unknown) => boolean,
    connections: number = Number.POSITIVE_INFINITY,
  ): Promise<T> {
    const client = await this.#connect();
    if (this.#connectionsMade > connections) {
      client.release();
      throw new RaceLost();
    }
    const session = new Session(client);
    try {
      const result = await work(session);
      session.end();
      client.release();
      return result;
    } catch (error) {
      const known = knownError(error);
      session.end();
      client.release(!isClean(known));
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

  /**
   * Finds the writable server. If there are two, one is a former primary that was unreachable in
   * the promotion and waits for a standby in vain: the cluster continues on the later timeline.
   * @throws StoreUnavailable
   */
  async #find(): Promise<PoolClient> {
    if (performance.now() < this.#downUntilMs) throw new StoreUnavailable('no server answered a moment ago');
    // Tries all at once: a server that hangs must not use up the time of the others.
    const tried = await Promise.allSettled(this.#addresses.map((address) => this.#try(address)));
    const writable = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const [found, ...more] = writable.length > 1 ? await latestFirst(writable) : writable;
    for (const { pool, client } of more) {
      client.release();
      void pool.end();
    }
    if (found === undefined) {
      this.#downUntilMs = performance.now() + DOWN_MS;
      const whys = tried.map((one) => (one.status === 'rejected' ? messageOf(one.reason) : ''));
      throw new StoreUnavailable(whys.join('; '));
    }
    this.#pool = found.pool;
    return found.client;
  }

  async #try(address: DatabaseAddress): Promise<Reached> {
    let pool: Pool | undefined;
    try {
      pool = this.#poolOf(address);
      return { pool, client: await pool.connect() };
    } catch (error) {
      void pool?.end();
      throw new Error(`${address.host}:${address.port}: ${messageOf(error)}`, { cause: error });
    }
  }

  async #forget(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    // Does not wait for connections that hang.
    void pool?.end();
  }

  #poolOf({ host, port, user, database, tls }: DatabaseAddress): Pool {
    const ssl = tls === undefined ? {} : { ssl: { ca: readFileSync(tls.caPath, 'utf8'), rejectUnauthorized: true } };
    const config: PoolConfig = {
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
      options: POSTGRES.settings,
    };
    // Checks every new connection: there may be another server behind the address by now.
    const verify = (client: PoolClient, done: (error?: Error) => void) => {
      // The pool wants a callback.
      void (async () => done(await whyUnfit(client)))();
    };
    const pool = new Pool({ ...config, max: CONNECTIONS_MAX, verify });
    // The next use detects a broken connection. Its error event must not end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => {
      this.#connectionsMade += 1;
      client.on('error', () => {});
    });
    return pool;
  }
}

/**
 * One connection of the pool. A commit whose wait for the standby is canceled (`pg_cancel_backend`,
 * a shutdown) succeeds with a WARNING, "committed locally, but might not have been replicated". So
 * a statement with a warning has an unknown outcome.
 */
export class Session {
  readonly #client: PoolClient;
  #warnings: string[] = [];
  readonly #note = ({ message }: { readonly message?: string | undefined }): void => {
    this.#warnings.push(message ?? 'without words');
  };

  constructor(client: PoolClient) {
    this.#client = client;
    client.on('notice', this.#note);
  }

  /** @throws StoreUnavailable when the server warned */
  async query<Row extends QueryResultRow>({ name, text, values, mayWarn }: SqlStatement): Promise<Row[]> {
    this.#warnings = [];
    const { rows } = await this.#client.query<Row>({ text, values: [...(values ?? [])], ...(name && { name }) });
    if (this.#warnings.length > 0 && mayWarn !== true)
      throw new StoreUnavailable(`the server warned: ${this.#warnings.join('; ')}`);
    return rows;
  }

  end(): void {
    this.#client.off('notice', this.#note);
  }
}

/** A server, and a connection to it. */
interface Reached {
  readonly pool: Pool;
  readonly client: PoolClient;
}

/** Sorts by timeline, latest first. A server that does not answer comes last. */
async function latestFirst(reached: readonly Reached[]): Promise<Reached[]> {
  const timelines = await Promise.all(
    reached.map(({ client }) =>
      client.query<{ timeline: string }>(POSTGRES.timeline).then(
        ({ rows: [row] }) => Number.parseInt(row?.timeline ?? '', 16),
        () => -1,
      ),
    ),
  );
  const ranked = reached.map((one, i) => ({ one, timeline: timelines[i] ?? -1 }));
  return ranked.toSorted((a, b) => b.timeline - a.timeline).map(({ one }) => one);
}

/**
 * Returns why a server cannot be used: it is a standby, it answers before data is on disk, or a
 * pooler dropped the session's settings. Undefined when it can be used.
 */
async function whyUnfit(client: PoolClient): Promise<Error | undefined> {
  try {
    const { rows } = await client.query<{ standby: boolean; fsync: string; session: string }>(POSTGRES.fitness);
    if (rows[0]?.standby !== false) return new Error('is a standby');
    if (rows[0].fsync === 'off') return new Error('has fsync off: an answer could be lost with the power');
    if (rows[0].session === POSTGRES.fitSession) return undefined;
    return new Error("did not get this session's settings: connect to the server itself, not through a pooler");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

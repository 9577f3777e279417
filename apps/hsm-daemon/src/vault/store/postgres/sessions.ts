import { readFileSync } from 'node:fs';
import { Pool, type PoolClient, type PoolConfig, type QueryResultRow } from 'pg';
import type { DatabaseAddress } from '../../../config/database-address.ts';
import { RaceLost } from '../race-lost.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { POSTGRES } from './dialect.ts';
import { knownError, messageOf } from './server-errors.ts';

/** The vault works on one batch at a time; the others are for what is read meanwhile. */
const CONNECTIONS_MAX = 4;
/** A server that is there answers at once; callers wait ten seconds at most for everything. */
const CONNECT_TIMEOUT_MS = 2_000;
/** The server gives up first, so that what it was asked is known to be undone. */
const STATEMENT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 4_000;
/** After no server was found nobody else waits for the same: one call in a second asks. */
const DOWN_MS = 1_000;
/** Something to send: with a name, the server plans it once a connection. */
export interface SqlStatement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Nothing is decided on its outcome, so a warning beside it is not a failure. */
  readonly mayWarn?: true;
}

/**
 * Connections to the one server of several that may be written to. When it goes, the next statement finds out and the
 * one after that looks for another: fail-over is promoting a standby, and nothing here is restarted.
 */
export class Sessions {
  readonly #addresses: readonly DatabaseAddress[];
  readonly #password: string | undefined;
  #pool: Pool | undefined;
  #connectionsMade = 0;
  #downUntilMs = 0;

  /** @param passwordPath a file; empty where the server asks for none */
  constructor(addresses: readonly DatabaseAddress[], passwordPath: string) {
    this.#addresses = addresses;
    this.#password = passwordPath === '' ? undefined : readFileSync(passwordPath, 'utf8').trim();
  }

  /** Grows with each connection: behind a new one there may be another server than before. */
  get connectionsMade(): number {
    return this.#connectionsMade;
  }

  /**
   * @param connections as `connectionsMade` must be: with more of them it is not sent
   * @throws StoreUnavailable, RaceLost
   */
  async query<Row extends QueryResultRow>(statement: SqlStatement, connections?: number): Promise<Row[]> {
    // One statement is a transaction of its own: a lost race undoes it and leaves nothing behind. To connect anew for each
    // costs the server a process and the machine a port, as often as two daemons race.
    return this.#on(
      (session) => session.query<Row>(statement),
      (known) => known instanceof RaceLost,
      connections,
    );
  }

  /** Work on one connection. @throws StoreUnavailable, RaceLost */
  within<T>(work: (session: Session) => Promise<T>, connections?: number): Promise<T> {
    // Whatever is left on a connection that failed is nobody's business any more.
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
   * The server that may be written to. There may be two: a former primary that was unreachable when the other was promoted,
   * and that waits for a standby in vain. The later timeline is the one that the cluster goes on with. @throws StoreUnavailable
   */
  async #find(): Promise<PoolClient> {
    if (performance.now() < this.#downUntilMs) throw new StoreUnavailable('no server answered a moment ago');
    // All at once: one that hangs must not use up the time of the others.
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
    // Connections that hang are not waited for.
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
    // Each new connection, not only the first: the server behind an address may have become another one.
    const verify = (client: PoolClient, done: (error?: Error) => void) => {
      // The pool wants a callback.
      void (async () => done(await whyUnfit(client)))();
    };
    const pool = new Pool({ ...config, max: CONNECTIONS_MAX, verify });
    // A connection that breaks is found when it is used: whatever it says by itself must not end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => {
      this.#connectionsMade += 1;
      client.on('error', () => {});
    });
    return pool;
  }
}

/**
 * One connection of the pool. PostgreSQL reports a commit as successful when its wait for the standby is canceled
 * (`pg_cancel_backend`, a shutdown): all that tells is a WARNING, "committed locally, but might not have been replicated".
 * So a statement that comes with a warning has an unknown outcome.
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

/** By timeline; one that does not answer comes last. */
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
 * A standby, a server that answers before what it was told is on a disk, or a session whose settings a pooler between has
 * dropped, is not for us. Why; undefined when it is.
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
